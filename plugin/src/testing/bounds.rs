//! What the contract allows the portal to send in one call, as the host enforces it: a breach
//! ends the call there, and the test here.

use super::memory::Memory;
use crate::audit::{Actor, Event};
use crate::patient::{handle, request::Request, response::Response};
use crate::people::{PatientId, StaffId};
use crate::rules::account::Account;
use crate::rules::throttle::Counter;

/// Who may be asking in a call of the tab.
const STAFF: [&str; 2] = ["frontdesk", "nurse"];
const LONGEST_KEY: usize = 128;
const LONGEST_ACTION: usize = 64;
const LONGEST_DETAIL: usize = 1_024;
const LONGEST_WORD: usize = 1_024;
const MOST_COUNTERS: usize = 16;
pub(super) const MOST_SESSIONS: usize = 64;
/// Calls that a host takes while it is answered once.
pub(super) const MOST_CALLS: u32 = 64;

impl Memory {
    /// Answers a visitor of the website as a host does: nobody else can be the actor meanwhile.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        self.visitor.replace(Some(request.client.clone()));
        self.spent.set(0);
        let response = handle(self, request);
        assert!(self.spent.get() <= MOST_CALLS, "{} calls for {}", self.spent.get(), request.target);
        self.visitor.replace(None);
        response
    }

    /// An event is by whom the call answers, and within its bounds.
    pub(super) fn check_event(&self, event: &Event) {
        let visitor = self.visitor.borrow();
        let by_whom_it_answers = match (&event.actor, visitor.as_deref()) {
            (Actor::Staff(StaffId(id)), None) => STAFF.contains(&id.as_str()),
            (Actor::Visitor(address), Some(visitor)) => address == visitor,
            (Actor::Patient(id), Some(_)) => event.patient.as_ref() == Some(id),
            (Actor::Staff(_), Some(_)) | (Actor::Visitor(_) | Actor::Patient(_), None) => false,
        };
        assert!(by_whom_it_answers, "an event names someone else as its actor: {event:?}");
        assert!(event.deed.name().len() <= LONGEST_ACTION, "{event:?}");
        assert!(event.detail.as_ref().is_none_or(|detail| detail.len() <= LONGEST_DETAIL), "{event:?}");
        event.patient.iter().for_each(check_key);
    }
}

pub(super) fn check_key(PatientId(key): &PatientId) {
    assert!(key.len() <= LONGEST_KEY, "a patient's key of {} bytes", key.len());
}

pub(super) fn check_word(word: &str) {
    assert!(word.len() <= LONGEST_WORD, "a text of {} bytes", word.len());
}

pub(super) fn check_account(account: &Account) {
    check_key(&account.patient);
    if let Some(credentials) = account.credentials() {
        check_word(credentials.username.as_str());
        check_word(&credentials.password_hash.0);
    }
}

pub(super) fn check_counters(counters: &[Counter]) {
    assert!(counters.len() <= MOST_COUNTERS, "{} counters in one call", counters.len());
    for counter in counters {
        check_word(&counter.key);
        assert!(counter.limit.window.seconds() >= 1);
    }
}
