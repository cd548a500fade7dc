//! Where everything is kept, as every command is told it: the state folder, the database, the keys.

use crate::key_file::{KeyFile, KeysError};
use crate::sandbox::{OpenSandboxError, open_sandbox};
use crate::state::{StateError, StateFolder};
use clap::Args;
use portal_host::identity::PracticeId;
use portal_host::{HostKeys, PasswordError, Passwords, SystemEntropy};
use sandbox_db::Database;
use std::path::PathBuf;
use std::sync::Arc;

/// Where things are kept; the same for every command.
#[derive(Args)]
pub(crate) struct Kept {
    /// Folder for the database, the host's keys and the compiled component. Made when missing.
    #[arg(long, value_name = "DIR", default_value = "portal-state")]
    pub(crate) state: PathBuf,
    /// Database to use instead of sandbox.db in the state folder.
    #[arg(
        long,
        value_name = "URL",
        help = "Database, such as sqlite:/var/lib/portal/sandbox.db [default: sandbox.db in the state folder]"
    )]
    pub(crate) database: Option<String>,
    /// File with the host's keys, mode 0600; made when missing [default: host.key in the state folder].
    #[arg(long, value_name = "FILE", env = "PORTAL_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// Why what is kept cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeptError {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error(transparent)]
    Sandbox(#[from] OpenSandboxError),
    #[error("password hashing cannot be set up")]
    Passwords(#[from] PasswordError),
}

/// Everything a command works with.
pub(crate) struct Opened {
    pub(crate) state: StateFolder,
    pub(crate) key_file: KeyFile,
    pub(crate) keys: HostKeys,
    pub(crate) database: Database,
    pub(crate) practice: PracticeId,
}

impl Kept {
    /// The state folder, made when missing.
    pub(crate) fn folder(&self) -> Result<StateFolder, StateError> {
        StateFolder::open(&self.state)
    }

    /// The key file and the keys in it. A new key is made only where there is no database yet: one in use
    /// has something that only its own keys open.
    pub(crate) fn keys(&self, state: &StateFolder) -> Result<(KeyFile, HostKeys), KeysError> {
        let file = KeyFile::at(self.key_file.clone().unwrap_or_else(|| state.key_file()));
        let is_new = self.database.is_some() || !state.has_database();
        let keys = if is_new { file.open_or_make(&SystemEntropy) } else { file.open() }?;
        Ok((file, keys))
    }

    /// The database's address.
    pub(crate) fn database(&self, state: &StateFolder) -> String {
        self.database.clone().unwrap_or_else(|| state.database())
    }

    /// Opens everything for a command, which needs no more than one core for passwords.
    pub(crate) async fn open(&self) -> Result<Opened, KeptError> {
        let state = self.folder()?;
        let (key_file, keys) = self.keys(&state)?;
        let passwords = Passwords::new(1, keys.clone(), Arc::new(SystemEntropy))?;
        let (database, practice) = open_sandbox(&self.database(&state), &keys, &passwords).await?;
        Ok(Opened { state, key_file, keys, database, practice })
    }
}
