//! Faults that break a promise of the contract: events by someone else, and texts and lists longer
//! than agreed.

use crate::bindings::ehr::patient_portal::types::{Actor, Event};
use crate::bindings::ehr::patient_portal::{accounts, attempts, patients};
use crate::bindings::exports::ehr::patient_portal::patient_pages::Response;
use crate::page;

/// An event by a member of staff who is not asking.
pub(crate) fn forged_staff() -> Response {
    noted(&Event { actor: Actor::Staff("somebody-else".to_owned()), ..event() })
}

/// An event by a visitor who is not there.
pub(crate) fn forged_visitor() -> Response {
    noted(&Event { actor: Actor::Visitor("192.0.2.77".to_owned()), ..event() })
}

/// An event in the host's own name.
pub(crate) fn forged_system() -> Response {
    noted(&Event { actor: Actor::System, ..event() })
}

pub(crate) fn long_action() -> Response {
    noted(&Event { action: "a".repeat(65), ..event() })
}

pub(crate) fn long_detail() -> Response {
    noted(&Event { detail: Some("d".repeat(1_025)), ..event() })
}

pub(crate) fn long_key() -> Response {
    let found = patients::get(&"9".repeat(129));
    page(200, if found.is_ok() { "found" } else { "unavailable" }.to_owned())
}

pub(crate) fn long_username() -> Response {
    let found = accounts::find_by_username(&"u".repeat(1_025));
    page(200, if found.is_ok() { "found" } else { "unavailable" }.to_owned())
}

pub(crate) fn many_counters() -> Response {
    counted(&(0..17).map(|n| counter(format!("counter {n}"))).collect::<Vec<_>>())
}

pub(crate) fn many_cleared() -> Response {
    let keys: Vec<_> = (0..17).map(|n| format!("counter {n}")).collect();
    let cleared = attempts::clear(&keys, &event());
    page(200, if cleared.is_ok() { "cleared" } else { "unavailable" }.to_owned())
}

pub(crate) fn long_counter() -> Response {
    counted(&[counter("c".repeat(1_025))])
}

fn event() -> Event {
    // On the website the sandbox's visitors come from here; in the tab this is nobody.
    let actor = Actor::Visitor("127.0.0.1".to_owned());
    Event { actor, patient: None, action: "fault.noted".to_owned(), detail: None }
}

fn noted(event: &Event) -> Response {
    let noted = accounts::note(event);
    page(200, if noted.is_ok() { "noted" } else { "unavailable" }.to_owned())
}

fn counter(key: String) -> attempts::Counter {
    attempts::Counter { key, window_seconds: 60, limit: 5 }
}

fn counted(counters: &[attempts::Counter]) -> Response {
    let verdict = attempts::take(counters);
    page(200, if verdict.is_ok() { "counted" } else { "unavailable" }.to_owned())
}
