//! Databases of any size, made by the calls that the portal itself makes, so that every account has its entry in a
//! trail that is whole. One thing is not as in life: all accounts have one password, hashed once, because 300,000
//! hashes take hours.

use crate::failure::Failure;
use crate::practice::Practice;
use futures_util::{StreamExt, TryStreamExt, stream};
use portal_host::identity::{PatientId, Timestamp};
use portal_host::lent::{Account, Accounts, Actor, Credentials, Event, PasswordHash, State};
use portal_host::{Clock, SystemClock};
use sandbox_db::seed_patients;
use std::fs;
use std::path::{Path, PathBuf};

/// Patients are made up from this seed, and have chart numbers that begin with ten more.
const SEED: u64 = 1;

/// Saves under way at a time.
const AT_ONCE: usize = 8;

/// Where nothing waits for a disk, if there is such a place.
const IN_MEMORY: &str = "/dev/shm";

/// How many of so many patients have an account: three in ten.
pub(crate) fn accounts_among(patients: u64) -> u64 {
    patients / 10 * 3
}

/// The chart number of the patient made at `index`.
pub(crate) fn chart(index: u64) -> PatientId {
    PatientId::new(format!("{}{index:07}", SEED + 10))
}

/// What the patient made at `index` logs in with.
pub(crate) fn username(index: u64) -> String {
    format!("patient.{index}")
}

/// Makes so many patients, and accounts for so many of them, the first ones.
pub(crate) async fn seed(practice: &Practice, patients: u64, accounts: u64) -> Result<(), Failure> {
    seed_patients(&practice.database, &practice.key, patients, SEED, |_| ()).await?;
    let (hash, now) = (practice.password_hash().await?, SystemClock.now());
    stream::iter(0..accounts)
        .map(|index| save(practice, index, &hash, now))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    practice.database.checkpoint(&practice.key, now).await?;
    Ok(())
}

async fn save(practice: &Practice, index: u64, hash: &PasswordHash, now: Timestamp) -> Result<(), Failure> {
    let patient = chart(index);
    let credentials = Credentials { username: username(index), password_hash: hash.clone(), since: now };
    let account = Account { patient: patient.clone(), state: State::Active(credentials), revision: 0 };
    let because = Event {
        actor: Actor::Patient(patient.clone()),
        patient: Some(patient),
        action: "credentials.set".to_owned(),
        detail: None,
        address: None,
    };
    practice.database.save(&practice.key, &account, &because, &[], now).await?;
    Ok(())
}

/// A seeded SQLite file with so many patients, made where it is not yet kept in `folder`.
pub(crate) async fn file(patients: u64, component: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let kept = folder.join(format!("{patients}.db"));
    if kept.exists() {
        return Ok(kept);
    }
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let memory = Path::new(IN_MEMORY);
    let place = if memory.is_dir() { memory } else { folder };
    let place = tempfile::tempdir_in(place).map_err(Failure::file(place))?;
    let making = place.path().join("portal.db");
    let url = format!("sqlite:{}", making.display());
    let practice = Practice::open(&url, component, &folder.join("compiled")).await?;
    seed(&practice, patients, accounts_among(patients)).await?;
    practice.database.shut_down().await;
    let unfinished = kept.with_extension("unfinished");
    fs::copy(&making, &unfinished).map_err(Failure::file(&unfinished))?;
    fs::rename(&unfinished, &kept).map_err(Failure::file(&kept))?;
    Ok(kept)
}
