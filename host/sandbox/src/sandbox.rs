//! Opening the sandbox's database, with its people in it.

use crate::sign_ins::sandbox_sign_ins;
use portal_host::identity::PracticeId;
use portal_host::lent::PasswordHash;
use portal_host::{HostKeys, PasswordError, Passwords};
use sandbox_db::{Database, OpenError, StaffPasswordHashes, StoreError, seed_sandbox};
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

/// Opens the database at `url` and adds the sandbox's people where they are missing.
pub(crate) async fn open_sandbox(
    url: &str,
    keys: &HostKeys,
    passwords: &Passwords,
) -> Result<(Database, PracticeId), OpenSandboxError> {
    let database = Database::open(url, keys.audit()).await?;
    if let Some(practice) = database.the_practice().await? {
        return Ok((database, practice));
    }
    let staff = StaffPasswordHashes {
        admin: hash("admin", passwords).await?,
        frontdesk: hash("frontdesk", passwords).await?,
        billing: hash("billing", passwords).await?,
    };
    let practice = seed_sandbox(&database, &staff).await?;
    Ok((database, practice))
}

async fn hash(user_name: &'static str, passwords: &Passwords) -> Result<PasswordHash, OpenSandboxError> {
    let sign_ins = sandbox_sign_ins();
    let sign_in = sign_ins.iter().find(|sign_in| sign_in.user_name == user_name);
    let sign_in = sign_in.ok_or(OpenSandboxError::NoSignIn(user_name))?;
    Ok(passwords.hash(&SecretString::from(sign_in.password.clone())).await?)
}
