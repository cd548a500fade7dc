//! The state folder: the database, the host's key and the compiled component, kept together and to
//! this user.

use portal_host::{CounterKey, Entropy, NoEntropy};
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Why the state folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateError {
    #[error("the state folder {path} cannot be made or used")]
    Folder {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("the host's key {path} cannot be read or made")]
    Key {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error(
        "the host's key {path} is not 64 bytes long; restore it from a backup, or remove it to make a new one"
    )]
    KeyLength { path: PathBuf },
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// An existing state folder.
pub(crate) struct StateFolder(PathBuf);

impl StateFolder {
    /// Opens the folder, making it (for this user only) when missing.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        let failed = |cause| StateError::Folder { path: path.to_owned(), cause };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        Ok(Self(std::path::absolute(path).map_err(failed)?))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The database's URL, where none was given.
    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.0.join("sandbox.db").display())
    }

    /// Where compiled components are cached. Code is loaded from here, so nobody else may write in it.
    pub(crate) fn compiled(&self) -> PathBuf {
        self.0.join("compiled")
    }

    /// The key that counters of attempts are kept under. Outside the database, so that a stolen
    /// database does not come with it; made at the first start.
    pub(crate) fn counter_key(&self, entropy: &dyn Entropy) -> Result<CounterKey, StateError> {
        let path = self.0.join("host.key");
        let failed = |cause| StateError::Key { path: path.clone(), cause };
        match fs::File::open(&path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(failed)?;
                let key = bytes.try_into().map_err(|_| StateError::KeyLength { path: path.clone() })?;
                Ok(CounterKey::new(key))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = [0; 64];
                entropy.fill(&mut key)?;
                keep(&path, &key).map_err(failed)?;
                Ok(CounterKey::new(key))
            }
            Err(error) => Err(failed(error)),
        }
    }
}

/// Writes a new key so that it is there whole or not at all, readable by this user only.
fn keep(path: &Path, key: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let _ = fs::remove_file(&unfinished);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}
