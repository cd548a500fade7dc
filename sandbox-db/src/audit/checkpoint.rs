//! Checkpoints: from time to time the heads of all chains are put under one keyed hash, which can be
//! kept outside the database. What was in the trail by then cannot be taken away unnoticed, not even
//! by somebody who puts back an older copy of it.

use super::seal::{Heads, NOTHING_BEFORE};
use crate::columns::{count, seconds, whole};
use crate::database::Database;
use crate::driver::{rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};

statements! {
    LAST = "SELECT number, mac FROM audit_checkpoint WHERE practice = $1 AND number > 0 \
        ORDER BY number DESC LIMIT 1";
    OF_NUMBER = "SELECT mac FROM audit_checkpoint WHERE practice = $1 AND number = $2";
    // Only the chains that grew: the others are covered by the checkpoints before.
    GROWN = "SELECT audit_head.chain, audit_head.length, audit_head.mac FROM (\
        SELECT DISTINCT chain FROM audit_entry WHERE practice = $1 AND epoch = $2) AS grown \
        JOIN audit_head ON audit_head.practice = $1 AND audit_head.chain = grown.chain \
        ORDER BY audit_head.chain";
    ADD = "INSERT INTO audit_checkpoint (practice, number, at, key_id, mac) VALUES ($1, $2, $3, $4, $5)";
    ADD_HEAD = "INSERT INTO audit_checkpoint_head (practice, number, chain, length, mac) \
        VALUES ($1, $2, $3, $4, $5)";
}

/// A checkpoint, as it is kept outside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// 1, 2, 3 … in its practice.
    pub number: u64,
    /// The keyed hash over it.
    pub mac: [u8; 32],
}

impl Database {
    /// Whether the trail still has this checkpoint, as it was taken. One that was kept outside and is not there,
    /// or is another, tells that an older copy of the database was put back.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn has_checkpoint(
        &self,
        practice: &PracticeId,
        checkpoint: &Checkpoint,
    ) -> Result<bool, StoreError> {
        let mac: Option<Vec<u8>> = scalar(OF_NUMBER)
            .bind(practice.as_str())
            .bind(whole(checkpoint.number))
            .fetch_optional(self.reader())
            .await?;
        Ok(mac.is_some_and(|mac| mac == checkpoint.mac))
    }

    /// Takes a checkpoint if anything was put on record since the last one. It costs what has changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn checkpoint(
        &self,
        practice: &PracticeId,
        at: Timestamp,
    ) -> Result<Option<Checkpoint>, StoreError> {
        let mut writing = self.write_alone(practice).await?;
        let practice = practice.as_str();
        let last: Option<(i64, Vec<u8>)> = rows(LAST).bind(practice).fetch_optional(&mut *writing).await?;
        let (last, before) = last.unwrap_or((0, NOTHING_BEFORE.to_vec()));
        let number = last.saturating_add(1);
        let grown: Vec<(String, i64, Vec<u8>)> =
            rows(GROWN).bind(practice).bind(number).fetch_all(&mut *writing).await?;
        if grown.is_empty() {
            return Ok(None);
        }
        let mut heads = Heads::default();
        for (chain, length, mac) in &grown {
            heads.add(chain, *length, mac);
        }
        let seal = heads.seal(self.audit_keys(), practice, number, seconds(at), &before);
        statement(ADD)
            .bind(practice)
            .bind(number)
            .bind(seconds(at))
            .bind(seal.key_id)
            .bind(seal.mac.as_slice())
            .execute(&mut *writing)
            .await?;
        for (chain, length, mac) in grown {
            statement(ADD_HEAD)
                .bind(practice)
                .bind(number)
                .bind(chain)
                .bind(length)
                .bind(mac)
                .execute(&mut *writing)
                .await?;
        }
        writing.commit().await?;
        Ok(Some(Checkpoint { number: count(number), mac: seal.mac }))
    }
}
