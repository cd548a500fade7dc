//! Opening the database: connections that write, connections that read, migrations applied before the
//! first question.

use crate::backend::{Alongside, Backend};
use crate::driver::{Connection, Driver, Transaction};
use crate::host_keys::{self, Mismatch};
use crate::portal::PracticeCache;
use crate::store_error::StoreError;
use portal_host::identity::PracticeId;
use portal_host::{AuditKeys, KeyId};
use sqlx::AssertSqlSafe;
use sqlx::migrate::MigrateError;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;

/// The sandbox's database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Database {
    backend: Backend,
    readers: sqlx::Pool<Driver>,
    writers: sqlx::Pool<Driver>,
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
         path of a file, such as sqlite:portal.db, or postgres:// with a host and a database, such as \
         postgres://portal@localhost/portal?sslmode=verify-full (docs/postgresql.md has what may follow)"
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
    /// It could not be opened: no permission, no server, a folder, or not a database.
    #[error("cannot open the database {name}")]
    Unopened {
        /// The file, or the database and its host.
        name: String,
        /// What the database said.
        #[source]
        cause: sqlx::Error,
    },
    /// It is a database, but its tables could not be brought up to date.
    #[error("cannot bring the database {name} up to date")]
    Unmigrated {
        /// The file, or the database and its host.
        name: String,
        /// Which migration, and what the database said.
        #[source]
        cause: MigrateError,
    },
    /// Its tables are not those of this version, and were not to be changed.
    #[error("the tables of the database {name} are not those of this version of portal-host")]
    OtherVersion {
        /// The file, or the database and its host.
        name: String,
    },
    /// Its tables are those of a later version, which this one does not know.
    #[error("the tables of the database {name} are those of a later version of portal-host: use that one")]
    LaterVersion {
        /// The file, or the database and its host.
        name: String,
    },
    /// It was used with other keys.
    #[error(
        "the database {name} belongs to another key file: key {key} of this one is another key. Use the file that \
         its hosts use, or restore it from a backup"
    )]
    OtherKeys {
        /// The file, or the database and its host.
        name: String,
        /// The number of the first key that differs.
        key: KeyId,
    },
    /// It was used with keys that this host has not got.
    #[error(
        "the database {name} was used with key {key}, which is not in this key file: it is from before a \
         rotation. Use the file that its hosts use, or restore it from a backup"
    )]
    OlderKeys {
        /// The file, or the database and its host.
        name: String,
        /// The number of the first key that is missing.
        key: KeyId,
    },
}

impl OpenError {
    pub(crate) fn unsupported(url: &str) -> Self {
        Self::Unsupported(scheme(url).to_owned())
    }
}

impl Database {
    /// Whether there is a database with tables of ours at `url`. Looking makes nothing.
    ///
    /// # Errors
    /// As [`Self::open`], where it cannot be told.
    pub async fn is_there(url: &str) -> Result<bool, OpenError> {
        let backend = Backend::of(url).ok_or_else(|| OpenError::unsupported(url))?;
        backend.is_there().await.map_err(|cause| OpenError::Unopened { name: backend.name(), cause })
    }

    /// What an operator knows the database at `url` by: without a password. None where it is no address.
    pub fn name_of(url: &str) -> Option<String> {
        Backend::of(url).map(|backend| backend.name())
    }

    /// Opens the database at `url`: `sqlite:` followed by a path, making file and folder where they are
    /// missing, or the address of a PostgreSQL database. Brings its tables up to date, where they are not.
    /// The audit trail is sealed with `audit_keys`.
    ///
    /// # Errors
    /// Says which database could not be opened, and why; see [`OpenError`].
    pub async fn open(url: &str, audit_keys: AuditKeys) -> Result<Self, OpenError> {
        let backend = Backend::of(url).ok_or_else(|| OpenError::unsupported(url))?;
        let name = backend.name();
        let unopened = |cause| OpenError::Unopened { name: name.clone(), cause };
        if let Backend::Sqlite(file) = &backend {
            if let Some(folder) = file.path().parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .map_err(|cause| OpenError::Folder { path: folder.to_owned(), cause })?;
            }
            file.make_private().map_err(|cause| unopened(cause.into()))?;
        }
        // The writers first: they switch a file to WAL, which a reader cannot.
        let writers = backend.writers().await.map_err(unopened)?;
        if !backend.is_migrated(&writers).await {
            if backend.is_ahead(&writers).await {
                return Err(OpenError::LaterVersion { name });
            }
            let unmigrated = |cause| OpenError::Unmigrated { name: name.clone(), cause };
            backend.migrations().run(&writers).await.map_err(unmigrated)?;
        }
        let mut connection = writers.acquire().await.map_err(unopened)?;
        fits(host_keys::recognise(&mut connection, &audit_keys).await.map_err(unopened)?, &name)?;
        drop(connection);
        let readers = backend.readers().await.map_err(unopened)?;
        Ok(Self { backend, readers, writers, practices: Arc::default(), audit_keys })
    }

    /// Opens the database at `url` to look at it, changing nothing: its tables have to be those of this version,
    /// and its keys these. Whatever would write fails.
    ///
    /// # Errors
    /// As [`Self::open`], and where its tables are another version's.
    pub async fn open_to_look(url: &str, audit_keys: AuditKeys) -> Result<Self, OpenError> {
        let backend = Backend::of(url).ok_or_else(|| OpenError::unsupported(url))?;
        let name = backend.name();
        let unopened = |cause| OpenError::Unopened { name: name.clone(), cause };
        let readers = backend.readers().await.map_err(unopened)?;
        if backend.is_ahead(&readers).await {
            return Err(OpenError::LaterVersion { name });
        }
        if !backend.is_migrated(&readers).await {
            return Err(OpenError::OtherVersion { name });
        }
        let mut connection = readers.acquire().await.map_err(unopened)?;
        fits(host_keys::compare(&mut connection, &audit_keys).await.map_err(unopened)?, &name)?;
        drop(connection);
        Ok(Self { backend, writers: readers.clone(), readers, practices: Arc::default(), audit_keys })
    }

    /// Waits until nobody is writing and closes every connection. Later calls fail.
    pub async fn shut_down(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }

    /// Gives the role that hosts are members of what a host needs, and says its name. None where the
    /// database knows no roles: whoever may open a file may do everything with it.
    ///
    /// # Errors
    /// When the database does not answer, or whoever asks may not give rights away.
    pub async fn give_hosts_their_rights(&self) -> Result<Option<&'static str>, StoreError> {
        Ok(self.backend.give_hosts_their_rights(&self.writers).await?)
    }

    /// Where questions are asked. Each sees everything committed before it was asked.
    pub(crate) fn reader(&self) -> &sqlx::Pool<Driver> {
        &self.readers
    }

    /// Begins to ask several questions that are all answered as of one moment.
    pub(crate) async fn snapshot(&self) -> Result<Transaction, sqlx::Error> {
        self.readers.begin_with(self.backend.begin_reading()).await
    }

    /// Begins to write to this practice, beside others who do: what two of them do to the same rows is
    /// settled by their statements.
    pub(crate) async fn write(&self, practice: &PracticeId) -> Result<Writing, sqlx::Error> {
        self.begin(practice, Alongside::Others).await
    }

    /// Begins to write to this practice while nobody else does, so that what is read holds until it is
    /// committed.
    pub(crate) async fn write_alone(&self, practice: &PracticeId) -> Result<Writing, sqlx::Error> {
        self.begin(practice, Alongside::Nobody).await
    }

    async fn begin(&self, practice: &PracticeId, alongside: Alongside) -> Result<Writing, sqlx::Error> {
        let mut transaction = self.writers.begin_with(self.backend.begin_writing()).await?;
        // Within the transaction, so that whoever waits in vain leaves nothing behind.
        if let Some(lock) = self.backend.lock(practice, alongside) {
            sqlx::query(AssertSqlSafe(lock)).execute(&mut *transaction).await?;
        }
        Ok(Writing { transaction, audit_keys: self.audit_keys.clone() })
    }

    /// What the audit trail is checked with.
    pub(crate) fn audit_keys(&self) -> &AuditKeys {
        &self.audit_keys
    }

    /// Practices asked for lately.
    pub(crate) fn practice_cache(&self) -> &PracticeCache {
        &self.practices
    }
}

/// Turns a mismatch of keys into an error that names the database.
fn fits(mismatch: Option<Mismatch>, name: &str) -> Result<(), OpenError> {
    let name = name.to_owned();
    match mismatch {
        Some(Mismatch::Another(key)) => Err(OpenError::OtherKeys { name, key }),
        Some(Mismatch::Lacking(key)) => Err(OpenError::OlderKeys { name, key }),
        None => Ok(()),
    }
}

/// What stands before the first colon of an address, where that could be a scheme.
fn scheme(url: &str) -> &str {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_one = scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if is_one { scheme } else { "" }
}
