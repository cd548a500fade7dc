//! Sealing the open Portal IDs anew, after the host's keys were rotated.

use crate::audit::write_event;
use crate::database::Database;
use crate::driver::{rows, statement, statements};
use crate::store_error::StoreError;
use portal_host::KeyId;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{Actor, Event, PortalIdLookUp, SealedPortalId};

/// How many are read at a time.
const PAGE: i64 = 500;

statements! {
    OPEN_IDS = "SELECT patient, portal_id_look_up, portal_id_key, portal_id_sealed FROM portal_account \
        WHERE practice = $1 AND patient > $2 AND portal_id_sealed IS NOT NULL ORDER BY patient LIMIT $3";
    // The account is as it was: its revision stays, and so do sessions.
    RESEAL = "UPDATE portal_account SET portal_id_look_up = $3, portal_id_key = $4, portal_id_sealed = $5 \
        WHERE practice = $1 AND patient = $2";
}

/// Why the Portal IDs were not sealed anew. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ResealError<E: std::error::Error> {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of them could not be opened or sealed.
    #[error("a Portal ID could not be sealed anew")]
    Sealing(#[source] E),
}

impl<E: std::error::Error> From<sqlx::Error> for ResealError<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Database {
    /// Replaces every stored Portal ID of the practice by what `reseal` makes of it, all or none, and
    /// puts on record how many.
    ///
    /// # Errors
    /// See [`ResealError`].
    pub async fn reseal_portal_ids<E: std::error::Error>(
        &self,
        practice: &PracticeId,
        at: Timestamp,
        mut reseal: impl FnMut(&PatientId, &SealedPortalId) -> Result<SealedPortalId, E>,
    ) -> Result<u64, ResealError<E>> {
        let mut transaction = self.write().await?;
        let (mut last, mut done) = (String::new(), 0_u64);
        loop {
            let page: Vec<(String, Vec<u8>, i64, Vec<u8>)> = rows(OPEN_IDS)
                .bind(practice.as_str())
                .bind(last.clone())
                .bind(PAGE)
                .fetch_all(&mut *transaction)
                .await?;
            let Some((end, ..)) = page.last() else { break };
            last.clone_from(end);
            for (patient, look_up, key, ciphertext) in page {
                let patient = PatientId::new(patient);
                let sealed = reseal(&patient, &sealed(&look_up, key, ciphertext)?);
                let sealed = sealed.map_err(ResealError::Sealing)?;
                statement(RESEAL)
                    .bind(practice.as_str())
                    .bind(patient.as_str())
                    .bind(sealed.look_up.0.as_slice())
                    .bind(i64::from(sealed.key.0))
                    .bind(sealed.ciphertext.as_slice())
                    .execute(&mut *transaction)
                    .await?;
                done = done.saturating_add(1);
            }
        }
        let event = Event {
            actor: Actor::System,
            patient: None,
            action: "keys.rotated".to_owned(),
            detail: Some(format!("{done} open Portal IDs sealed anew")),
            address: None,
        };
        write_event(&mut transaction, practice, &event, at).await?;
        transaction.commit().await?;
        Ok(done)
    }
}

fn sealed(look_up: &[u8], key: i64, ciphertext: Vec<u8>) -> Result<SealedPortalId, StoreError> {
    let unreadable = |column| StoreError::Unreadable { table: "portal_account", column };
    Ok(SealedPortalId {
        look_up: PortalIdLookUp(look_up.try_into().map_err(|_| unreadable("portal_id_look_up"))?),
        key: KeyId(key.try_into().map_err(|_| unreadable("portal_id_key"))?),
        ciphertext,
    })
}
