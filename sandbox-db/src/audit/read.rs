//! Entries of one chain, for the history in the tab and for tests.

use super::PRACTICE_CHAIN;
use super::entry::EntryRow;
use crate::columns::whole;
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::Entry;

/// Actions that one statement asks for. One that asks for fewer names its last several times.
const ACTIONS: usize = 16;

statements! {
    NEWEST = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND chain = $2 AND sequence < $3 ORDER BY sequence DESC LIMIT $4";
    LATEST = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND chain = $2 AND action IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
        $13, $14, $15, $16, $17, $18) AND sequence < $19 ORDER BY sequence DESC LIMIT 1";
}

impl Database {
    /// The newest entries about `patient`, or with none, about the practice itself: sign-ins of
    /// staff, access levels, modules. Newest first, `limit` at the most; with `before`, the newest of
    /// those with a smaller number.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_trail(
        &self,
        practice: &PracticeId,
        patient: Option<&PatientId>,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, StoreError> {
        let chain = patient.map_or(PRACTICE_CHAIN, PatientId::as_str);
        let stored: Vec<EntryRow> = rows(NEWEST)
            .bind(practice.as_str())
            .bind(chain)
            .bind(before.map_or(i64::MAX, whole))
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        stored.into_iter().map(EntryRow::entry).collect()
    }

    /// The newest entry about `patient` with one of these actions, of which there are 16 at the most;
    /// with `before`, the newest of those with a smaller number.
    pub(crate) async fn latest_entry(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        actions: &[String],
        before: Option<u64>,
    ) -> Result<Option<Entry>, StoreError> {
        let Some(last) = actions.last() else { return Ok(None) };
        let mut asked = rows(LATEST).bind(practice.as_str()).bind(patient.as_str());
        for action in actions.iter().chain(std::iter::repeat(last)).take(ACTIONS) {
            asked = asked.bind(action.as_str());
        }
        let asked = asked.bind(before.map_or(i64::MAX, whole));
        let stored: Option<EntryRow> = asked.fetch_optional(self.reader()).await?;
        stored.map(EntryRow::entry).transpose()
    }
}
