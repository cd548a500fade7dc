//! Copying a database file while it is in use: for a backup, and to put one back.

use crate::audit::write_event;
use crate::backend::{self, Backend, beside, make_new};
use crate::database::{Database, OpenError};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::{Actor, Event};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database to copy, or the place for the copy, is none that can be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is nothing to copy.
    #[error("there is no database {0}")]
    Missing(String),
    /// A server has programs of its own for this.
    #[error(
        "the database {0} is on a server: back it up and restore it with its own programs, pg_dump and pg_restore"
    )]
    OnAServer(String),
    /// What an older database left would be taken for the copy's.
    #[error("{path} is still there from an older database; move it away first")]
    LeftOver {
        /// The file.
        path: PathBuf,
    },
    /// Nothing is ever overwritten.
    #[error("{path} is there already; a copy is only made where nothing is")]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// The folder is not there, or cannot be written in.
    #[error("{path} cannot be made")]
    Place {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// It could not be copied whole.
    #[error("the database {name} could not be copied")]
    Incomplete {
        /// The file that was read.
        name: String,
        /// What the database said.
        #[source]
        cause: sqlx::Error,
    },
}

/// A copy that is not in its place yet: whoever made it looks at it first. Dropped, it is gone.
#[derive(Debug)]
pub struct Copied {
    unfinished: PathBuf,
    place: PathBuf,
    is_kept: bool,
}

impl Copied {
    /// The copy's address, to open it.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.unfinished.display())
    }

    /// Puts it in its place, so that it outlives a power cut.
    ///
    /// # Errors
    /// Where the system does not do it.
    pub fn keep(mut self) -> Result<(), CopyError> {
        let kept = File::open(&self.unfinished)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.unfinished, &self.place))
            .and_then(|()| File::open(folder_of(&self.place))?.sync_all());
        self.is_kept = kept.is_ok();
        kept.map_err(|cause| CopyError::Place { path: self.place.clone(), cause })
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        if !self.is_kept {
            // Nothing else can be done about them here; their names tell what they are.
            for ending in ["-wal", "-shm", ""] {
                let _ = fs::remove_file(beside(&self.unfinished, ending));
            }
            let _ = fs::remove_file(&self.place);
        }
    }
}

/// Copies the database file that `from` names, as of one moment and beside whoever uses it, for the place that
/// `to` names, where nothing is yet. Only its owner may read the copy.
///
/// # Errors
/// Nothing is left of a copy that failed.
pub async fn copy(from: &str, to: &str) -> Result<Copied, CopyError> {
    let source = named(from)?;
    let name = source.name();
    let Backend::Sqlite(file) = named(to)? else {
        return Err(CopyError::OnAServer(Database::name_of(to).unwrap_or_default()));
    };
    // Which server it is does not have to be found out.
    if let Backend::Postgres(_) = source {
        return Err(CopyError::OnAServer(name));
    }
    if !Database::is_there(from).await? {
        return Err(CopyError::Missing(name));
    }
    let copied = reserve(&file)?;
    match source.copy(&copied.unfinished).await {
        None => Err(CopyError::OnAServer(name)),
        Some(Err(cause)) => Err(CopyError::Incomplete { name, cause }),
        Some(Ok(())) => Ok(copied),
    }
}

impl Database {
    /// Puts on record that this is a copy that was put back, with what is to be said about it: whoever reads the
    /// trail later has to know why something that people remember is not in it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_restored(
        &self,
        practice: &PracticeId,
        detail: String,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writing = self.write_alone(practice).await?;
        let event = Event {
            actor: Actor::System,
            patient: None,
            action: "practice.backup-restored".to_owned(),
            detail: Some(detail),
            address: None,
        };
        write_event(&mut writing, practice, &event, at).await?;
        Ok(writing.commit().await?)
    }
}

/// Takes the place before anything is copied, so that nobody else's file is ever overwritten.
fn reserve(file: &backend::File) -> Result<Copied, CopyError> {
    let place = file.path().to_owned();
    let unfinished = beside(&place, ".unfinished");
    make(&place)?;
    let left_over = file.left_beside().map(|path| CopyError::LeftOver { path });
    if let Some(error) = left_over.or_else(|| make(&unfinished).err()) {
        let _ = fs::remove_file(&place);
        return Err(error);
    }
    Ok(Copied { unfinished, place, is_kept: false })
}

fn named(url: &str) -> Result<Backend, OpenError> {
    Backend::of(url).ok_or_else(|| OpenError::unsupported(url))
}

/// Makes the file, which must not be there, for its owner alone.
fn make(path: &Path) -> Result<(), CopyError> {
    let path = path.to_owned();
    match make_new(&path) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Err(CopyError::Occupied { path }),
        Err(cause) => Err(CopyError::Place { path, cause }),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
