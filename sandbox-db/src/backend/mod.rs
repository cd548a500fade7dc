//! What one database does otherwise than the other: how it is found and opened, how a transaction begins,
//! which migrations make its tables.

mod postgres;
mod sqlite;

use crate::driver::Driver;
use portal_host::identity::PracticeId;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use std::path::Path;
use std::time::Duration;

pub(crate) use postgres::Server;
pub(crate) use sqlite::{File, beside, make_new};

const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";

/// How long a caller waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who else may write to the same practice meanwhile, where the database has more than one writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alongside {
    /// Whoever is not alone: what two of them do to the same rows is settled by their statements.
    Others,
    /// Nobody: what was read has to hold until it is committed.
    Nobody,
}

/// The database behind the pools.
#[derive(Clone, Debug)]
pub(crate) enum Backend {
    /// A file of this machine, with one writer at a time.
    Sqlite(File),
    /// A server, for any number of hosts.
    Postgres(Server),
}

impl Backend {
    /// The database that `url` names, if it is one.
    pub(crate) fn of(url: &str) -> Option<Self> {
        File::of(url).map(Self::Sqlite).or_else(|| Server::of(url).map(Self::Postgres))
    }

    /// What an operator knows it by; without a password.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Sqlite(file) => file.path().display().to_string(),
            Self::Postgres(server) => server.name(),
        }
    }

    /// Whether it is there, with tables of ours.
    pub(crate) async fn is_there(&self) -> Result<bool, sqlx::Error> {
        match self {
            Self::Sqlite(file) => file.is_there(pool()).await,
            Self::Postgres(server) => server.is_there(pool()).await,
        }
    }

    /// Copies a file as of one moment into `to`; none where it is a server, which has programs of its own for that.
    pub(crate) async fn copy(&self, to: &Path) -> Option<Result<(), sqlx::Error>> {
        match self {
            Self::Sqlite(file) => Some(file.copy(pool(), to).await),
            Self::Postgres(_) => None,
        }
    }

    pub(crate) fn migrations(&self) -> &'static Migrator {
        match self {
            Self::Sqlite(_) => &sqlite::MIGRATIONS,
            Self::Postgres(_) => &postgres::MIGRATIONS,
        }
    }

    /// Whether exactly the migrations of this version have been applied, so that nothing has to be changed. Who only
    /// uses the tables may not be allowed to.
    pub(crate) async fn is_migrated(&self, pool: &sqlx::Pool<Driver>) -> bool {
        let applied: Result<Vec<(i64, Vec<u8>)>, _> = sqlx::query_as(APPLIED).fetch_all(pool).await;
        let Ok(applied) = applied else { return false };
        let ours = self.migrations().iter().filter(|it| !it.migration_type.is_down_migration());
        ours.map(|migration| (migration.version, migration.checksum.to_vec())).eq(applied)
    }

    /// Whether a later version has made or changed the tables.
    pub(crate) async fn is_ahead(&self, pool: &sqlx::Pool<Driver>) -> bool {
        let applied: Result<Vec<(i64, Vec<u8>)>, _> = sqlx::query_as(APPLIED).fetch_all(pool).await;
        let newest = self.migrations().iter().map(|migration| migration.version).max();
        applied.is_ok_and(|applied| applied.iter().any(|(version, _)| Some(*version) > newest))
    }

    /// Gives hosts what they need and no more, and says the role that has it.
    pub(crate) async fn give_hosts_their_rights(
        &self,
        pool: &sqlx::Pool<Driver>,
    ) -> Result<Option<&'static str>, sqlx::Error> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(_) => postgres::give_hosts_their_rights(pool).await.map(Some),
        }
    }

    /// Opens the connections that write.
    pub(crate) async fn writers(&self) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        match self {
            Self::Sqlite(file) => file.writer(pool()).await,
            Self::Postgres(server) => server.writers(pool()).await,
        }
    }

    /// Opens the connections that only read.
    pub(crate) async fn readers(&self) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        match self {
            Self::Sqlite(file) => file.readers(pool()).await,
            Self::Postgres(server) => server.readers(pool()).await,
        }
    }

    /// How a transaction begins that writes.
    pub(crate) fn begin_writing(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => sqlite::BEGIN_WRITING,
            Self::Postgres(_) => postgres::BEGIN_WRITING,
        }
    }

    /// What makes others wait who write to this practice, once the transaction has begun; none where it has
    /// made everybody wait by then.
    pub(crate) fn lock(&self, practice: &PracticeId, alongside: Alongside) -> Option<String> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(_) => Some(postgres::lock(practice, alongside)),
        }
    }

    /// How a transaction begins all of whose questions are answered as of one moment.
    pub(crate) fn begin_reading(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => sqlite::BEGIN_READING,
            Self::Postgres(_) => postgres::BEGIN_READING,
        }
    }
}

fn pool() -> PoolOptions<Driver> {
    sqlx::any::install_default_drivers();
    PoolOptions::new().acquire_timeout(PATIENCE)
}
