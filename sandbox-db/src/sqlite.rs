//! What is SQLite's own: its address, its files, how its connections are set up, its migrations.

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a statement waits for another process's write before it fails.
const BUSY: Duration = Duration::from_secs(5);

/// The file that `url` names, if it names one.
pub(crate) fn path_of(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    // A question mark would begin options, and a colon a database in memory: neither is offered.
    let is_a_path = !path.is_empty() && !path.starts_with(':') && !path.contains('?');
    is_a_path.then(|| PathBuf::from(path))
}

/// Makes the file where it is missing, readable by its owner alone: it holds health information and
/// password hashes. SQLite gives the files beside it the same permissions.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        // What is there already keeps the permissions its owner gave it.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn common(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(BUSY)
}

/// The connection that writes.
pub(crate) fn writing(path: &Path) -> SqliteConnectOptions {
    common(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL loses the last commits in a power cut: a patient told that the account is active,
        // or an entry of the audit trail, would be gone.
        .synchronous(SqliteSynchronous::Full)
        // What is wiped, such as a used Portal ID, leaves no bytes behind in the file's free pages.
        .pragma("secure_delete", "ON")
        // 64 MiB: inserting a million patients touches indexes all over.
        .pragma("cache_size", "-65536")
}

/// A connection that only reads.
pub(crate) fn reading(path: &Path) -> SqliteConnectOptions {
    common(path).read_only(true)
}
