//! What a staff session last searched the patient list for: kept with the session, so that no
//! address ever holds a name or a birth date.

use crate::database::Database;
use crate::driver::{scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::PracticeId;

statements! {
    KEEP = "UPDATE staff_session SET search = $3 WHERE practice = $1 AND token_hash = $2";
    KEPT = "SELECT search FROM staff_session WHERE practice = $1 AND token_hash = $2";
}

impl Database {
    /// Keeps what this session searches for, in place of what it searched for before. An unknown
    /// session keeps nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_search(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        search: &str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        statement(KEEP)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .bind(search)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What this session last searched for; empty where it has not searched or is unknown.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_search(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
    ) -> Result<String, StoreError> {
        let kept: Option<String> = scalar(KEPT)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .fetch_optional(self.reader())
            .await?;
        Ok(kept.unwrap_or_default())
    }
}
