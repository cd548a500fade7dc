//! The newest entries of one chain, for the history in the tab and for tests.

use super::PRACTICE_CHAIN;
use super::entry::EntryRow;
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::Entry;

statements! {
    NEWEST = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND chain = $2 ORDER BY sequence DESC LIMIT $3";
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
        stored.into_iter().map(EntryRow::entry).collect()
    }
}
