//! Conversions that several interfaces share.

use super::bindings::ehr::patient_portal::types;
use crate::identity::{Date, PatientId, StaffId};
use crate::lent::{Actor, Event, Unavailable};

impl From<Date> for types::Date {
    fn from(date: Date) -> Self {
        Self { year: date.year, month: date.month, day: date.day }
    }
}

impl From<Unavailable> for types::Unavailable {
    fn from(unavailable: Unavailable) -> Self {
        let seconds = u32::try_from(unavailable.retry_after.as_secs()).unwrap_or(u32::MAX);
        Self { retry_after_seconds: seconds.max(1) }
    }
}

impl From<types::Event> for Event {
    /// Without the address, which is the host's to add.
    fn from(event: types::Event) -> Self {
        Self {
            actor: match event.actor {
                types::Actor::Staff(id) => Actor::Staff(StaffId::new(id)),
                types::Actor::Patient(id) => Actor::Patient(PatientId::new(id)),
                types::Actor::Visitor(address) => Actor::Visitor(address),
                types::Actor::System => Actor::System,
            },
            patient: event.patient.map(PatientId::new),
            action: event.action,
            detail: event.detail,
            address: None,
        }
    }
}

impl From<Event> for types::Event {
    fn from(event: Event) -> Self {
        Self {
            actor: match event.actor {
                Actor::Staff(id) => types::Actor::Staff(id.as_str().to_owned()),
                Actor::Patient(id) => types::Actor::Patient(id.as_str().to_owned()),
                Actor::Visitor(address) => types::Actor::Visitor(address),
                Actor::System => types::Actor::System,
            },
            patient: event.patient.map(|id| id.as_str().to_owned()),
            action: event.action,
            detail: event.detail,
        }
    }
}

/// The words shared by every interface come with no functions.
impl types::Host for crate::runtime::Call {}
