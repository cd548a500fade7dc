//! Adding to the trail: the one function that writes an entry.

use super::PRACTICE_CHAIN;
use super::entry::{EntryRow, actor_columns};
use super::seal::{NOTHING_BEFORE, seal_entry, seal_head};
use crate::columns::{person_name, seconds};
use crate::database::Writing;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, StaffId, Timestamp};
use portal_host::lent::{Actor, Event};

statements! {
    // The row stays locked until the end of the transaction, so that writers about the same patient
    // wait for each other and no others do. It still has the hash of the entry before.
    LENGTHEN = "INSERT INTO audit_head (practice, chain, length, mac, key_id, seal) \
        VALUES ($1, $2, 1, $3, 0, $3) \
        ON CONFLICT (practice, chain) DO UPDATE SET length = audit_head.length + 1 \
        RETURNING length, mac";
    // A writer that read this before a checkpoint was taken and committed after it would put an entry into an
    // epoch already closed, and the verifier would report it. A checkpoint is taken alone, so it cannot be.
    EPOCH = "SELECT COALESCE(MAX(number), 0) + 1 FROM audit_checkpoint \
        WHERE practice = $1 AND number > 0";
    APPEND = "INSERT INTO audit_entry (practice, chain, sequence, epoch, at, actor_kind, actor_key, \
        actor_name, address, action, detail, key_id, mac) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SEAL = "UPDATE audit_head SET mac = $3, key_id = $4, seal = $5 WHERE practice = $1 AND chain = $2";
    NAME_OF_STAFF = "SELECT name FROM staff WHERE practice = $1 AND id = $2";
    NAME_OF_PATIENT = "SELECT given_name, family_name FROM patient_name \
        WHERE practice = $1 AND patient = $2 AND position = 0";
}

/// A member of staff who does something in the sandbox itself, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub staff: StaffId,
    /// The network address they are signed in from, where it is known.
    pub address: Option<String>,
}

/// Appends `event`. Ask for it last, right before the commit: from here on, other writers about the
/// same patient wait.
pub(crate) async fn write_event(
    writing: &mut Writing,
    practice: &PracticeId,
    event: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let keys = writing.audit_keys().clone();
    let connection: &mut Connection = writing;
    let (kind, key) = actor_columns(&event.actor);
    let name = actor_name(connection, practice, &event.actor).await?;
    let practice = practice.as_str();
    let chain = event.patient.as_ref().map_or(PRACTICE_CHAIN, PatientId::as_str);
    let (sequence, before): (i64, Vec<u8>) = rows(LENGTHEN)
        .bind(practice)
        .bind(chain)
        .bind(NOTHING_BEFORE.as_slice())
        .fetch_one(&mut *connection)
        .await?;
    let epoch: i64 = scalar(EPOCH).bind(practice).fetch_one(&mut *connection).await?;
    let entry = EntryRow {
        chain: chain.to_owned(),
        sequence,
        epoch,
        at: seconds(at),
        actor_kind: kind.to_owned(),
        actor_key: key.to_owned(),
        actor_name: name,
        address: event.address.clone(),
        action: event.action.clone(),
        detail: event.detail.clone(),
        key_id: 0,
        mac: Vec::new(),
    };
    let sealed = seal_entry(&keys, practice, &entry, &before);
    let head = seal_head(&keys, practice, chain, sequence, &sealed.mac);
    statement(APPEND)
        .bind(practice)
        .bind(chain)
        .bind(sequence)
        .bind(epoch)
        .bind(entry.at)
        .bind(entry.actor_kind)
        .bind(entry.actor_key)
        .bind(entry.actor_name)
        .bind(entry.address)
        .bind(entry.action)
        .bind(entry.detail)
        .bind(sealed.key_id)
        .bind(sealed.mac.as_slice())
        .execute(&mut *connection)
        .await?;
    statement(SEAL)
        .bind(practice)
        .bind(chain)
        .bind(sealed.mac.as_slice())
        .bind(head.key_id)
        .bind(head.mac.as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// Appends what a member of staff did to the sandbox itself.
pub(crate) async fn write_staff_event(
    writing: &mut Writing,
    practice: &PracticeId,
    by: &By,
    action: &str,
    detail: Option<String>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (actor, address) = (Actor::Staff(by.staff.clone()), by.address.clone());
    let event = Event { actor, patient: None, action: action.to_owned(), detail, address };
    write_event(writing, practice, &event, at).await
}

/// Who it was, as the EHR shows it now; the key where nobody of that key is on file.
async fn actor_name(
    connection: &mut Connection,
    practice: &PracticeId,
    actor: &Actor,
) -> Result<String, StoreError> {
    Ok(match actor {
        Actor::Staff(id) => {
            let name: Option<String> = scalar(NAME_OF_STAFF)
                .bind(practice.as_str())
                .bind(id.as_str())
                .fetch_optional(connection)
                .await?;
            name.unwrap_or_else(|| id.as_str().to_owned())
        }
        Actor::Patient(id) => {
            let name: Option<(Option<String>, String)> = rows(NAME_OF_PATIENT)
                .bind(practice.as_str())
                .bind(id.as_str())
                .fetch_optional(connection)
                .await?;
            name.map_or_else(
                || id.as_str().to_owned(),
                |(given, family)| person_name(given, family).written(),
            )
        }
        Actor::Visitor(address) => address.clone(),
        Actor::System => "System".to_owned(),
    })
}
