//! What is SQLite's own: its address, its file, how its connections are set up, its migrations.

use crate::driver::Driver;
use sqlx::AssertSqlSafe;
use sqlx::ConnectOptions;
use sqlx::any::AnyConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use url::Url;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Takes the write lock at once: a transaction that reads first and then finds another writer ahead of it
/// cannot wait, only fail.
pub(super) const BEGIN_WRITING: &str = "BEGIN IMMEDIATE";

pub(super) const BEGIN_READING: &str = "BEGIN";

/// Reading rarely waits for anything but a processor.
const READERS: u32 = 8;

/// A copy as of one moment, while others write; it takes no lock that they would wait for.
const COPY: &str = "VACUUM INTO $1";

const IS_THERE: &str = "SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";

/// How the connection that writes is set up, one after the other.
///
/// NORMAL loses the last commits in a power cut: a patient told that the account is active, or an entry of
/// the audit trail, would be gone. What is wiped, such as a used Portal ID, leaves no bytes behind in the
/// file's free pages. 64 MiB of cache, because inserting a million patients touches indexes all over.
const WRITING: [&str; 4] = [
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -65536",
];

/// How every connection is set up. A statement waits so many milliseconds for another process's write
/// before it fails.
const ALWAYS: [&str; 2] = ["PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 5000"];

/// Makes a file that must not be there, for its owner alone.
pub(crate) fn make_new(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// The file of the same name with this at its end.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    PathBuf::from(path)
}

/// A database in a file.
#[derive(Clone, Debug)]
pub(crate) struct File(PathBuf);

impl File {
    /// The file that `url` names, if it names one.
    pub(super) fn of(url: &str) -> Option<Self> {
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        // A question mark would begin options, and a colon a database in memory: neither is offered.
        let is_a_path = !path.is_empty() && !path.starts_with(':') && !path.contains('?');
        is_a_path.then(|| Self(PathBuf::from(path)))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Makes the file where it is missing, readable by its owner alone: it holds health information and
    /// password hashes. SQLite gives the files beside it the same permissions.
    pub(crate) fn make_private(&self) -> io::Result<()> {
        match make_new(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            // What is there already keeps the permissions its owner gave it.
            Ok(()) | Err(_) => Ok(()),
        }
    }

    pub(super) async fn writer(&self, pool: PoolOptions<Driver>) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        let set_up = ALWAYS.iter().chain(&WRITING).copied().collect();
        self.open(pool.max_connections(1), "rw", set_up).await
    }

    pub(super) async fn readers(&self, pool: PoolOptions<Driver>) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        self.open(pool.max_connections(READERS), "ro", ALWAYS.to_vec()).await
    }

    pub(super) async fn is_there(&self, pool: PoolOptions<Driver>) -> Result<bool, sqlx::Error> {
        // An empty file is what an interrupted start leaves.
        if !self.0.is_dir() && self.0.metadata().map_or(0, |file| file.len()) == 0 {
            return Ok(false);
        }
        let pool = self.readers(pool).await?;
        let tables: Result<i64, _> = sqlx::query_scalar(IS_THERE).fetch_one(&pool).await;
        pool.close().await;
        Ok(tables? > 0)
    }

    /// Copies what is in it now into `to`, which is missing or empty.
    pub(super) async fn copy(&self, pool: PoolOptions<Driver>, to: &Path) -> Result<(), sqlx::Error> {
        let to = to.to_str().ok_or_else(|| sqlx::Error::Configuration("the path is not UTF-8".into()))?;
        let pool = self.readers(pool).await?;
        let copied = sqlx::query(COPY).bind(to.to_owned()).execute(&pool).await;
        pool.close().await;
        copied.map(drop)
    }

    /// What an older database may have left beside this one; it would be taken for this one's own.
    pub(crate) fn left_beside(&self) -> Option<PathBuf> {
        ["-wal", "-journal"].map(|ending| beside(&self.0, ending)).into_iter().find(|path| path.exists())
    }

    async fn open(
        &self,
        pool: PoolOptions<Driver>,
        mode: &str,
        set_up: Vec<&'static str>,
    ) -> Result<sqlx::Pool<Driver>, sqlx::Error> {
        let set_up = set_up.join("; ");
        // An embedded database does not hang up: asking whether it is there, or reconnecting now
        // and then, would cost and gain nothing.
        pool.test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect(move |connection, _| {
                let set_up = AssertSqlSafe(set_up.clone());
                Box::pin(async move { sqlx::raw_sql(set_up).execute(connection).await.map(|_| ()) })
            })
            .connect_with(self.address(mode)?)
            .await
    }

    fn address(&self, mode: &str) -> Result<AnyConnectOptions, sqlx::Error> {
        let path = std::path::absolute(&self.0)?;
        let mut url = Url::parse("sqlite:///").map_err(|error| sqlx::Error::Configuration(error.into()))?;
        url.set_path(&path.to_string_lossy());
        url.set_query(Some(&format!("mode={mode}")));
        AnyConnectOptions::from_url(&url)
    }
}
