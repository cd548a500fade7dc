//! What a component may send in one call: keys, words and lists of a known length, and events by
//! nobody but whom it is answering. The contract states these bounds; more breaks it.

use super::bindings::ehr::patient_portal::types;
use crate::lent::{Actor, Event};
use crate::runtime::{Breach, Call, Caller};

/// Longest key of a patient or a member of staff, in bytes.
const LONGEST_KEY: usize = 128;
/// Longest name of an action, in bytes.
const LONGEST_ACTION: usize = 64;
/// Longest detail of an event, in bytes.
const LONGEST_DETAIL: usize = 1024;
/// Longest username, hash, Portal ID or counted key, in bytes.
const LONGEST_WORD: usize = 1024;
/// Most counters, keys or actions in one call.
const MOST_COUNTERS: usize = 16;
/// Most entries of history in one call.
pub(super) const MOST_ENTRIES: u16 = 200;

/// Passes a patient's key on if it is one the contract allows.
pub(super) fn key(key: String) -> wasmtime::Result<String> {
    if key.len() > LONGEST_KEY { Err(Breach("a key is longer than 128 bytes").into()) } else { Ok(key) }
}

/// Passes any other short text on.
pub(super) fn word(word: String) -> wasmtime::Result<String> {
    brief(&word)?;
    Ok(word)
}

/// Checks the length of a short text.
pub(super) fn brief(word: &str) -> wasmtime::Result<()> {
    if word.len() > LONGEST_WORD { Err(Breach("a text is longer than 1,024 bytes").into()) } else { Ok(()) }
}

/// Checks how many counters or actions come in one call.
pub(super) fn few<T>(list: &[T]) -> wasmtime::Result<()> {
    if list.len() > MOST_COUNTERS { Err(Breach("more than 16 in a list of one call").into()) } else { Ok(()) }
}

impl Call {
    /// Counts an act that was put on record.
    pub(super) fn done<T, E>(&self, event: &Event, committed: &Result<T, E>) {
        if committed.is_ok() {
            self.lent.metrics.act(&event.action);
        }
    }

    /// Takes an event from the component: within bounds, and by nobody but whom it is answering.
    pub(super) fn event(&self, event: types::Event) -> wasmtime::Result<Event> {
        let event = Event { address: self.caller.address(), ..event.into() };
        let by_whom_it_answers = match (&event.actor, &self.caller) {
            (Actor::Staff(named), Caller::Staff { id, .. }) => named == id,
            (Actor::Visitor(named), Caller::Visitor(asking)) => named == asking,
            // Who a visitor has shown to be is the portal's to say.
            (Actor::Patient(named), Caller::Visitor(_)) => named.as_str().len() <= LONGEST_KEY,
            (Actor::Patient(_) | Actor::Visitor(_), Caller::Staff { .. })
            | (Actor::Staff(_), Caller::Visitor(_))
            | (Actor::Staff(_) | Actor::Patient(_) | Actor::Visitor(_), Caller::Host)
            | (Actor::System, Caller::Staff { .. } | Caller::Visitor(_) | Caller::Host) => false,
        };
        let longest_detail = event.detail.as_ref().map_or(0, String::len);
        if !by_whom_it_answers {
            Err(Breach("an event names someone else as its actor").into())
        } else if event.action.len() > LONGEST_ACTION || longest_detail > LONGEST_DETAIL {
            Err(Breach("an event is too long").into())
        } else if event.patient.as_ref().is_some_and(|patient| patient.as_str().len() > LONGEST_KEY) {
            Err(Breach("a key is longer than 128 bytes").into())
        } else {
            Ok(event)
        }
    }
}
