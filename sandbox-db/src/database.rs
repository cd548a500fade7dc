//! Opening the database: one writer, several readers, migrations applied before the first question.

use crate::driver::{BEGIN_WRITING, Connection, Driver, Transaction};
use crate::portal::PracticeCache;
use crate::sqlite::{MIGRATIONS, make_private, path_of, reading, writing};
use portal_host::AuditKeys;
use sqlx::migrate::MigrateError;
use sqlx::pool::PoolOptions;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Reading rarely waits for anything but a processor.
const READERS: u32 = 8;

/// How long a caller waits for its turn to write.
const PATIENCE: Duration = Duration::from_secs(10);

/// The sandbox's database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Database {
    readers: sqlx::Pool<Driver>,
    writer: sqlx::Pool<Driver>,
    practices: Arc<PracticeCache>,
    audit_keys: AuditKeys,
}

/// A transaction that will write, with what it takes to put what it does on record. Dropped without a
/// commit, it changes nothing.
pub(crate) struct Writing {
    transaction: Transaction,
    audit_keys: AuditKeys,
}

impl Writing {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }

    pub(crate) async fn rollback(self) -> Result<(), sqlx::Error> {
        self.transaction.rollback().await
    }

    pub(crate) fn audit_keys(&self) -> &AuditKeys {
        &self.audit_keys
    }
}

impl Deref for Writing {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names no database this version knows. Only the scheme is told: the rest of it may
    /// hold a password.
    #[error(
        "a database address with the scheme {0:?} is not one this version knows: expected sqlite: and the \
         path of a file, such as sqlite:portal.db"
    )]
    Unsupported(String),
    /// The folder for the file could not be made.
    #[error("cannot make the folder {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file could not be opened: no permission, a folder, or not a database.
    #[error("cannot open the database {}", path.display())]
    Unopened {
        /// The file.
        path: PathBuf,
        /// What the database said.
        #[source]
        cause: sqlx::Error,
    },
    /// The file is a database, but its tables could not be brought up to date.
    #[error("cannot bring the database {} up to date", path.display())]
    Unmigrated {
        /// The file.
        path: PathBuf,
        /// Which migration, and what the database said.
        #[source]
        cause: MigrateError,
    },
}

impl Database {
    /// Opens the database at `url`, `sqlite:` followed by a path, making file and folder where
    /// they are missing, and brings its tables up to date. The audit trail is sealed with
    /// `audit_keys`.
    ///
    /// # Errors
    /// Says which file could not be opened, and why; see [`OpenError`].
    pub async fn open(url: &str, audit_keys: AuditKeys) -> Result<Self, OpenError> {
        let path = path_of(url).ok_or_else(|| OpenError::Unsupported(scheme(url).to_owned()))?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|cause| OpenError::Folder { path: folder.to_owned(), cause })?;
        }
        let unopened = |cause| OpenError::Unopened { path: path.clone(), cause };
        make_private(&path).map_err(|cause| unopened(cause.into()))?;
        // The writer first: it makes the file and switches it to WAL, which a reader cannot.
        let writer = pool(1).connect_with(writing(&path)).await.map_err(unopened)?;
        MIGRATIONS.run(&writer).await.map_err(|cause| OpenError::Unmigrated { path: path.clone(), cause })?;
        let readers = pool(READERS).connect_with(reading(&path)).await.map_err(unopened)?;
        Ok(Self { readers, writer, practices: Arc::default(), audit_keys })
    }

    /// Waits until nobody is writing and closes every connection. Later calls fail.
    pub async fn shut_down(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Where questions are asked. Each sees everything committed before it was asked.
    pub(crate) fn reader(&self) -> &sqlx::Pool<Driver> {
        &self.readers
    }

    /// Begins to write.
    pub(crate) async fn write(&self) -> Result<Writing, sqlx::Error> {
        let transaction = self.writer.begin_with(BEGIN_WRITING).await?;
        Ok(Writing { transaction, audit_keys: self.audit_keys.clone() })
    }

    /// What the audit trail is checked with.
    pub(crate) fn audit_keys(&self) -> &AuditKeys {
        &self.audit_keys
    }

    /// Practices asked for lately.
    pub(crate) fn practices(&self) -> &PracticeCache {
        &self.practices
    }
}

/// What stands before the first colon of an address, where that could be a scheme.
fn scheme(url: &str) -> &str {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_one = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if is_one { scheme } else { "" }
}

fn pool(connections: u32) -> PoolOptions<Driver> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // An embedded database does not hang up: asking whether it is there, or reconnecting now
        // and then, would cost and gain nothing.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}
