//! Opening the sandbox's database, with its practices and their people in it.

use crate::config::Configured;
use crate::sign_ins::sandbox_sign_ins;
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::PasswordHash;
use portal_host::{HostKeys, PasswordError, Passwords};
use sandbox_db::{Database, OpenError, StaffPasswordHashes, StoreError, lakeside, seed_practice};
use secrecy::SecretString;

/// Why the sandbox's database is not open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenSandboxError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the sandbox's people could not be read or added")]
    People(#[from] StoreError),
    #[error("the sandbox's staff passwords could not be hashed")]
    Passwords(#[from] PasswordError),
    #[error("the sandbox has no sign-in named {0:?}")]
    NoSignIn(&'static str),
}

/// Opens the database at `url` and makes sure that there is a practice in it: those that are configured, or else
/// the sandbox's own. The practices that are there then.
pub(crate) async fn open_sandbox(
    url: &str,
    keys: &HostKeys,
    passwords: &Passwords,
    configured: &[Configured],
    now: Timestamp,
) -> Result<(Database, Vec<PracticeId>), OpenSandboxError> {
    let database = Database::open(url, keys.audit()).await?;
    let mut practices = database.practices().await?;
    if practices.is_empty() {
        establish(&database, configured, passwords, now).await?;
        practices = database.practices().await?;
    }
    Ok((database, practices))
}

/// Adds what practices are missing, with the sandbox's staff and patients, and brings what the others are called in
/// line with what is configured. Where none is configured it is the sandbox's own.
pub(crate) async fn establish(
    database: &Database,
    configured: &[Configured],
    passwords: &Passwords,
    now: Timestamp,
) -> Result<(), OpenSandboxError> {
    let there = database.practices().await?;
    let (is_there, missing): (Vec<_>, Vec<_>) =
        configured.iter().partition(|practice| there.contains(&practice.id));
    for practice in is_there {
        database.describe_practice(&practice.id, &practice.details, now).await?;
    }
    let missing = missing.into_iter().map(|practice| (practice.id.clone(), practice.details.clone()));
    let missing: Vec<_> =
        if configured.is_empty() && there.is_empty() { vec![lakeside()] } else { missing.collect() };
    if missing.is_empty() {
        return Ok(());
    }
    let staff = StaffPasswordHashes {
        admin: hash("admin", passwords).await?,
        frontdesk: hash("frontdesk", passwords).await?,
        billing: hash("billing", passwords).await?,
    };
    for (practice, details) in missing {
        seed_practice(database, &practice, &details, &staff).await?;
        tracing::info!(%practice, "a practice was made, with the sandbox's staff and patients");
    }
    Ok(())
}

async fn hash(user_name: &'static str, passwords: &Passwords) -> Result<PasswordHash, OpenSandboxError> {
    let sign_ins = sandbox_sign_ins();
    let sign_in = sign_ins.iter().find(|sign_in| sign_in.user_name == user_name);
    let sign_in = sign_in.ok_or(OpenSandboxError::NoSignIn(user_name))?;
    Ok(passwords.hash(&SecretString::from(sign_in.password.clone())).await?)
}
