//! The audit trail: the one function that writes an entry, always inside the transaction of the
//! change it explains.

use crate::columns::{person_name, seconds, timestamp};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, StaffId, Timestamp};
use portal_host::lent::{Actor, Entry, Event};

statements! {
    LENGTHEN = "INSERT INTO audit_chain (practice, chain, length) VALUES ($1, $2, 1) \
        ON CONFLICT (practice, chain) DO UPDATE SET length = audit_chain.length + 1 \
        RETURNING length";
    APPEND = "INSERT INTO audit_event \
        (practice, chain, sequence, at, actor_kind, actor_key, actor_name, action, detail) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NAME_OF_STAFF = "SELECT name FROM staff WHERE practice = $1 AND id = $2";
    NAME_OF_PATIENT = "SELECT given_name, family_name FROM patient_name \
        WHERE practice = $1 AND patient = $2 AND position = 0";
    NEWEST = "SELECT at, actor_kind, actor_key, actor_name, action, detail FROM audit_event \
        WHERE practice = $1 AND chain = $2 ORDER BY sequence DESC LIMIT $3";
}

/// The chain of events about no one patient.
const PRACTICE_CHAIN: &str = "";

/// Appends `event`. Ask for it last, right before the commit: from here on, other writers about the
/// same patient wait.
pub(crate) async fn write_event(
    connection: &mut Connection,
    practice: &PracticeId,
    event: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (kind, key) = actor_columns(&event.actor);
    let name = actor_name(connection, practice, &event.actor).await?;
    let chain = event.patient.as_ref().map_or(PRACTICE_CHAIN, PatientId::as_str);
    let sequence: i64 =
        scalar(LENGTHEN).bind(practice.as_str()).bind(chain).fetch_one(&mut *connection).await?;
    statement(APPEND)
        .bind(practice.as_str())
        .bind(chain)
        .bind(sequence)
        .bind(seconds(at))
        .bind(kind)
        .bind(key)
        .bind(name)
        .bind(event.action.as_str())
        .bind(event.detail.as_deref())
        .execute(connection)
        .await?;
    Ok(())
}

/// Appends what a member of staff did to the sandbox itself.
pub(crate) async fn write_staff_event(
    connection: &mut Connection,
    practice: &PracticeId,
    by: &StaffId,
    action: &str,
    detail: Option<String>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let event = Event { actor: Actor::Staff(by.clone()), patient: None, action: action.to_owned(), detail };
    write_event(connection, practice, &event, at).await
}

impl Database {
    /// The newest entries about `patient`, or with none, about the practice itself: sign-ins of
    /// staff, access levels, modules. Newest first, `limit` at the most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_trail(
        &self,
        practice: &PracticeId,
        patient: Option<&PatientId>,
        limit: u16,
    ) -> Result<Vec<Entry>, StoreError> {
        let chain = patient.map_or(PRACTICE_CHAIN, PatientId::as_str);
        let stored: Vec<EntryRow> = rows(NEWEST)
            .bind(practice.as_str())
            .bind(chain)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        stored.into_iter().map(|row| row.entry(patient)).collect()
    }
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    at: i64,
    actor_kind: String,
    actor_key: String,
    actor_name: String,
    action: String,
    detail: Option<String>,
}

impl EntryRow {
    fn entry(self, patient: Option<&PatientId>) -> Result<Entry, StoreError> {
        let actor = match self.actor_kind.as_str() {
            "staff" => Actor::Staff(StaffId::new(self.actor_key)),
            "patient" => Actor::Patient(PatientId::new(self.actor_key)),
            "visitor" => Actor::Visitor(self.actor_key),
            _ => return Err(StoreError::Unreadable { table: "audit_event", column: "actor_kind" }),
        };
        let event = Event { actor, patient: patient.cloned(), action: self.action, detail: self.detail };
        Ok(Entry { at: timestamp(self.at), who: self.actor_name, event })
    }
}

fn actor_columns(actor: &Actor) -> (&'static str, &str) {
    match actor {
        Actor::Staff(id) => ("staff", id.as_str()),
        Actor::Patient(id) => ("patient", id.as_str()),
        Actor::Visitor(address) => ("visitor", address),
    }
}

/// The actor's name as it is now; the key of one who is not on file.
async fn actor_name(
    connection: &mut Connection,
    practice: &PracticeId,
    actor: &Actor,
) -> Result<String, StoreError> {
    match actor {
        Actor::Staff(id) => {
            let name: Option<String> = scalar(NAME_OF_STAFF)
                .bind(practice.as_str())
                .bind(id.as_str())
                .fetch_optional(connection)
                .await?;
            Ok(name.unwrap_or_else(|| id.as_str().to_owned()))
        }
        Actor::Patient(id) => {
            let name: Option<(Option<String>, String)> = rows(NAME_OF_PATIENT)
                .bind(practice.as_str())
                .bind(id.as_str())
                .fetch_optional(connection)
                .await?;
            Ok(name.map_or_else(
                || id.as_str().to_owned(),
                |(given, family)| person_name(given, family).written(),
            ))
        }
        Actor::Visitor(address) => Ok(address.clone()),
    }
}
