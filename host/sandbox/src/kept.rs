//! Where everything is kept, as every command is told it: the state folder, the database, the keys.

use crate::config::{Config, Configured};
use crate::key_file::{KeyFile, KeysError};
use crate::sandbox::{OpenSandboxError, establish, open_sandbox};
use crate::state::{StateError, StateFolder};
use crate::which::WhichError;
use clap::Args;
use portal_host::identity::PracticeId;
use portal_host::{Clock, HostKeys, PasswordError, Passwords, SystemClock, SystemEntropy};
use sandbox_db::{Database, OpenError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where everything is kept unless it is said.
const STATE: &str = "portal-state";

/// Where things are kept; the same for every command.
#[derive(Args)]
pub(crate) struct Kept {
    /// Configuration file in TOML, whose keys are called as the options of serve. What the command line or the
    /// environment says goes before it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the database, the host's keys and the compiled component. Where it is missing, serve, seed, database
    /// prepare and restore make it [default: portal-state].
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Database to use instead of sandbox.db in the state folder. An address with a password is better given
    /// in the environment, where other users of the machine do not see it.
    #[arg(
        long,
        value_name = "URL",
        env = "PORTAL_DATABASE",
        hide_env_values = true,
        help = "Database, such as sqlite:/var/lib/portal/sandbox.db or postgres://portal@db.example/portal \
                [default: sandbox.db in the state folder]"
    )]
    pub(crate) database: Option<String>,
    /// File with the host's keys, mode 0600; made along with the database [default: host.key in the state folder].
    #[arg(long, value_name = "FILE", env = "PORTAL_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// The practices of the installation; only a configuration file can say.
    #[arg(skip)]
    pub(crate) practices: Vec<Configured>,
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
    #[error(transparent)]
    Database(#[from] OpenError),
    #[error(
        "there is no database {0}: name the one that is served, with the same --state and --database that serve is \
         started with"
    )]
    NoDatabase(String),
    #[error(transparent)]
    Which(#[from] WhichError),
    #[error("password hashing cannot be set up")]
    Passwords(#[from] PasswordError),
}

/// Everything a command works with.
pub(crate) struct Opened {
    pub(crate) state: StateFolder,
    pub(crate) key_file: KeyFile,
    pub(crate) keys: HostKeys,
    pub(crate) database: Database,
    /// Every practice there is, never none.
    pub(crate) practices: Vec<PracticeId>,
}

impl Kept {
    /// The configuration file, if one was named.
    pub(crate) fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Takes what was not said from the configuration.
    pub(crate) fn fill(&mut self, config: &Config) {
        let Self { config: _, state, database, key_file, practices } = self;
        *state = state.take().or_else(|| config.state.clone());
        *database = database.take().or_else(|| config.database.clone());
        *key_file = key_file.take().or_else(|| config.key_file.clone());
        practices.clone_from(&config.practices);
    }

    fn state(&self) -> &Path {
        self.state.as_deref().unwrap_or(Path::new(STATE))
    }

    /// The state folder, made when missing.
    pub(crate) fn folder(&self) -> Result<StateFolder, StateError> {
        StateFolder::open(self.state())
    }

    /// The state folder, there or not: only to know what would be in it.
    pub(crate) fn folder_unmade(&self) -> Result<StateFolder, StateError> {
        StateFolder::unmade(self.state())
    }

    /// The state folder, which must be there.
    pub(crate) fn folder_in_use(&self) -> Result<StateFolder, StateError> {
        StateFolder::existing(self.state())
    }

    /// The key file and the keys in it. A new key is made only where there is no database yet: one in use
    /// has something that only its own keys open.
    pub(crate) async fn keys(&self, state: &StateFolder) -> Result<(KeyFile, HostKeys), KeptError> {
        let file = self.key_file(state);
        let is_in_use = Database::is_there(&self.database(state)).await?;
        let keys = if is_in_use { file.open() } else { file.open_or_make(&SystemEntropy) }?;
        Ok((file, keys))
    }

    /// The place of the key file.
    pub(crate) fn key_file(&self, state: &StateFolder) -> KeyFile {
        KeyFile::at(self.key_file.clone().unwrap_or_else(|| state.key_file()))
    }

    /// The database's address.
    pub(crate) fn database(&self, state: &StateFolder) -> String {
        self.database.clone().unwrap_or_else(|| state.database())
    }

    /// Opens what is in use already, for a command that only makes sense there. Where there is nothing, it is
    /// said, and nothing is made: it was most likely meant for another place.
    pub(crate) async fn open(&self) -> Result<Opened, KeptError> {
        let state = self.folder_in_use()?;
        let database = self.database(&state);
        if !Database::is_there(&database).await? {
            return Err(KeptError::NoDatabase(Database::name_of(&database).unwrap_or_default()));
        }
        self.open_in(state).await
    }

    /// Opens everything, made when missing, with every practice that is configured.
    pub(crate) async fn open_or_make(&self) -> Result<Opened, KeptError> {
        let opened = self.open_in(self.folder()?).await?;
        let passwords = passwords(&opened.keys)?;
        establish(&opened.database, &self.practices, &passwords, SystemClock.now()).await?;
        let practices = opened.database.practices().await.map_err(OpenSandboxError::from)?;
        Ok(Opened { practices, ..opened })
    }

    async fn open_in(&self, state: StateFolder) -> Result<Opened, KeptError> {
        let (key_file, keys) = self.keys(&state).await?;
        let (passwords, now) = (passwords(&keys)?, SystemClock.now());
        let (database, practices) =
            open_sandbox(&self.database(&state), &keys, &passwords, &self.practices, now).await?;
        Ok(Opened { state, key_file, keys, database, practices })
    }
}

/// A command needs no more than one core for passwords.
fn passwords(keys: &HostKeys) -> Result<Passwords, PasswordError> {
    Passwords::new(1, keys.clone(), Arc::new(SystemEntropy))
}
