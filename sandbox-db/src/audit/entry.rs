//! An entry as it stands in its table.

use crate::columns::{count, timestamp};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, StaffId};
use portal_host::lent::{Actor, Entry, Event};

/// A row of `audit_entry`, without the practice, which every statement names.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct EntryRow {
    pub(crate) chain: String,
    pub(crate) sequence: i64,
    pub(crate) epoch: i64,
    pub(crate) at: i64,
    pub(crate) actor_kind: String,
    pub(crate) actor_key: String,
    pub(crate) actor_name: String,
    pub(crate) address: Option<String>,
    pub(crate) action: String,
    pub(crate) detail: Option<String>,
    pub(crate) key_id: i64,
    pub(crate) mac: Vec<u8>,
}

impl EntryRow {
    /// The entry as the portal and the EHR's screens read it.
    pub(crate) fn entry(self) -> Result<Entry, StoreError> {
        let actor = match self.actor_kind.as_str() {
            "staff" => Actor::Staff(StaffId::new(self.actor_key)),
            "patient" => Actor::Patient(PatientId::new(self.actor_key)),
            "visitor" => Actor::Visitor(self.actor_key),
            "system" => Actor::System,
            _ => return Err(StoreError::Unreadable { table: "audit_entry", column: "actor_kind" }),
        };
        let patient = (self.chain != super::PRACTICE_CHAIN).then(|| PatientId::new(self.chain));
        let Self { action, detail, address, .. } = self;
        let event = Event { actor, patient, action, detail, address };
        Ok(Entry { number: count(self.sequence), at: timestamp(self.at), who: self.actor_name, event })
    }
}

/// The kind of an actor and its key, as they are stored.
pub(super) fn actor_columns(actor: &Actor) -> (&'static str, &str) {
    match actor {
        Actor::Staff(id) => ("staff", id.as_str()),
        Actor::Patient(id) => ("patient", id.as_str()),
        Actor::Visitor(address) => ("visitor", address),
        Actor::System => ("system", ""),
    }
}
