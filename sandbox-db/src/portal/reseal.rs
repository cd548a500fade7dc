//! Sealing open Portal IDs and second factors anew, after the host's keys were rotated.

use crate::audit::write_event;
use crate::database::{Database, Writing};
use crate::driver::{rows, statement, statements};
use crate::host_keys::recognise;
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{Actor, Event, PortalIdLookUp, SealedPortalId, SealedSecret};
use portal_host::{Entropy, HostKeys, KeyId, SealError};

/// How many are read at a time.
const PAGE: i64 = 500;

statements! {
    OPEN_IDS = "SELECT patient, portal_id_look_up, portal_id_key, portal_id_sealed FROM portal_account \
        WHERE practice = $1 AND patient > $2 AND portal_id_sealed IS NOT NULL ORDER BY patient LIMIT $3";
    // The account is as it was: its revision stays, and so do sessions.
    RESEAL = "UPDATE portal_account SET portal_id_look_up = $3, portal_id_key = $4, portal_id_sealed = $5 \
        WHERE practice = $1 AND patient = $2";
    FACTORS = "SELECT patient, id, key_id, sealed FROM portal_factor \
        WHERE practice = $1 AND (patient, id) > ($2, $3) ORDER BY patient, id LIMIT $4";
    RESEAL_FACTOR = "UPDATE portal_factor SET key_id = $4, sealed = $5 \
        WHERE practice = $1 AND patient = $2 AND id = $3";
}

/// How much was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Open Portal IDs.
    pub portal_ids: u64,
    /// Second factors.
    pub factors: u64,
}

/// Why nothing was sealed anew. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A Portal ID or a second factor could not be opened or sealed.
    #[error("a Portal ID or a second factor could not be sealed anew")]
    Sealing(#[from] SealError),
}

impl From<sqlx::Error> for ResealError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Database {
    /// Seals every open Portal ID and every second factor of the practice anew under the current of these
    /// keys, all or none, and puts on record how many.
    ///
    /// # Errors
    /// See [`ResealError`].
    pub async fn reseal(
        &self,
        practice: &PracticeId,
        at: Timestamp,
        keys: &HostKeys,
        entropy: &dyn Entropy,
    ) -> Result<Resealed, ResealError> {
        let mut writing = self.write_alone(practice).await?;
        let resealed = Resealed {
            portal_ids: portal_ids(&mut writing, practice, keys, entropy).await?,
            factors: factors(&mut writing, practice, keys, entropy).await?,
        };
        let Resealed { portal_ids, factors } = resealed;
        let event = Event {
            actor: Actor::System,
            patient: None,
            action: "keys.rotated".to_owned(),
            detail: Some(format!(
                "{portal_ids} open Portal IDs and {factors} second factors and recovery codes sealed anew"
            )),
            address: None,
        };
        write_event(&mut writing, practice, &event, at).await?;
        // From now on a host without the new key does not start.
        recognise(&mut writing, &keys.audit()).await?;
        writing.commit().await?;
        Ok(resealed)
    }
}

async fn portal_ids(
    writing: &mut Writing,
    practice: &PracticeId,
    keys: &HostKeys,
    entropy: &dyn Entropy,
) -> Result<u64, ResealError> {
    let (mut last, mut done) = (String::new(), 0_u64);
    loop {
        let page: Vec<(String, Vec<u8>, i64, Vec<u8>)> = rows(OPEN_IDS)
            .bind(practice.as_str())
            .bind(last.clone())
            .bind(PAGE)
            .fetch_all(&mut **writing)
            .await?;
        let Some((end, ..)) = page.last() else { return Ok(done) };
        last.clone_from(end);
        for (patient, look_up, key, ciphertext) in page {
            let patient = PatientId::new(patient);
            let portal_id = keys.open(practice, &patient, &sealed(&look_up, key, ciphertext)?)?;
            let sealed = keys.seal(practice, &patient, &portal_id, entropy)?;
            statement(RESEAL)
                .bind(practice.as_str())
                .bind(patient.as_str())
                .bind(sealed.look_up.0.as_slice())
                .bind(i64::from(sealed.key.0))
                .bind(sealed.ciphertext.as_slice())
                .execute(&mut **writing)
                .await?;
            done = done.saturating_add(1);
        }
    }
}

async fn factors(
    writing: &mut Writing,
    practice: &PracticeId,
    keys: &HostKeys,
    entropy: &dyn Entropy,
) -> Result<u64, ResealError> {
    let (mut last, mut done) = ((String::new(), String::new()), 0_u64);
    loop {
        let page: Vec<(String, String, i64, Vec<u8>)> = rows(FACTORS)
            .bind(practice.as_str())
            .bind(last.0.clone())
            .bind(last.1.clone())
            .bind(PAGE)
            .fetch_all(&mut **writing)
            .await?;
        let Some((patient, id, ..)) = page.last() else { return Ok(done) };
        last = (patient.clone(), id.clone());
        for (patient, id, key, ciphertext) in page {
            let patient = PatientId::new(patient);
            let key = key
                .try_into()
                .map_err(|_| StoreError::Unreadable { table: "portal_factor", column: "key_id" })?;
            let sealed = SealedSecret { key: KeyId(key), ciphertext };
            let secret = keys.open_factor(practice, &patient, &id, &sealed)?;
            let sealed = keys.seal_factor(practice, &patient, &id, &secret, entropy)?;
            statement(RESEAL_FACTOR)
                .bind(practice.as_str())
                .bind(patient.as_str())
                .bind(id)
                .bind(i64::from(sealed.key.0))
                .bind(sealed.ciphertext.as_slice())
                .execute(&mut **writing)
                .await?;
            done = done.saturating_add(1);
        }
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
