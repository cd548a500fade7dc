//! Invitations that ran out: the Portal ID is wiped and the account says that it lapsed, with an entry
//! of the audit trail by the host itself.

use crate::audit::write_event;
use crate::columns::seconds;
use crate::database::Database;
use crate::driver::{rows, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{Actor, Event};

/// How long after its end an invitation lapses, in seconds. Whoever was confirmed in its last minute has
/// ten minutes to choose a login, and that leave is bound to the account's revision.
const GRACE: u64 = 15 * 60;

/// How many lapse in one transaction, so that nobody waits long for their turn to write.
const BATCH: i64 = 100;

statements! {
    RAN_OUT = "SELECT patient, revision FROM portal_account \
        WHERE practice = $1 AND portal_id_expires <= $2 ORDER BY portal_id_expires LIMIT $3";
    LAPSE = "UPDATE portal_account SET state = 'lapsed', lapsed_at = portal_id_expires, \
        lapsed_how = 'expired', portal_id_look_up = NULL, portal_id_key = NULL, portal_id_sealed = NULL, \
        portal_id_expires = NULL, revision = revision + 1 \
        WHERE practice = $1 AND patient = $2 AND revision = $3 AND state = 'invited'";
}

impl Database {
    /// Makes invitations lapse that ended a while before `at`, and says how many. Call it now and then.
    ///
    /// # Errors
    /// When the database does not answer; those done before that stay done.
    pub async fn lapse_expired(&self, practice: &PracticeId, at: Timestamp) -> Result<u64, StoreError> {
        let mut lapsed = 0_u64;
        loop {
            let batch = self.lapse_some(practice, at).await?;
            lapsed = lapsed.saturating_add(batch);
            if batch == 0 {
                return Ok(lapsed);
            }
        }
    }

    async fn lapse_some(&self, practice: &PracticeId, at: Timestamp) -> Result<u64, StoreError> {
        let until = Timestamp(at.0.saturating_sub(GRACE));
        // Looked for among the readers first: mostly there is none, and no need to queue up to write.
        let ran_out: Vec<(String, i64)> = rows(RAN_OUT)
            .bind(practice.as_str())
            .bind(seconds(until))
            .bind(BATCH)
            .fetch_all(self.reader())
            .await?;
        if ran_out.is_empty() {
            return Ok(0);
        }
        let mut transaction = self.write(practice).await?;
        let mut lapsed = 0_u64;
        for (patient, revision) in ran_out {
            let done = statement(LAPSE)
                .bind(practice.as_str())
                .bind(patient.as_str())
                .bind(revision)
                .execute(&mut *transaction)
                .await?;
            // Somebody changed the account meanwhile: theirs stands.
            if done.rows_affected() == 0 {
                continue;
            }
            let event = Event {
                actor: Actor::System,
                patient: Some(PatientId::new(patient)),
                action: "invitation.expired".to_owned(),
                detail: None,
                address: None,
            };
            write_event(&mut transaction, practice, &event, at).await?;
            lapsed = lapsed.saturating_add(1);
        }
        transaction.commit().await?;
        Ok(lapsed)
    }
}
