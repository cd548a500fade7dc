//! The key file: where the host's keys are kept, apart from the database, readable by their owner alone.

use portal_host::{Entropy, HostKeys, KeyFileError, NoEntropy};
use secrecy::{ExposeSecret, SecretString};
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    #[error("the key file {path} cannot be read or made")]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error(
        "others than its owner may read the key file {path} (its mode is {mode:o}); then: chmod 600 {path}"
    )]
    OpenToOthers { path: PathBuf, mode: u32 },
    #[error(
        "the key file {path} cannot be understood; restore it from a backup: without it open Portal IDs cannot \
         be shown, passwords not verified and the audit trail not checked"
    )]
    Malformed {
        path: PathBuf,
        #[source]
        cause: KeyFileError,
    },
    #[error(
        "there is no key file {path}, and the database is in use with one; copy it from another of its hosts, or restore it from a backup"
    )]
    Missing { path: PathBuf },
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// The place of a key file.
pub(crate) struct KeyFile(PathBuf);

impl KeyFile {
    /// The file at `path`, there or not.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The keys in the file; a new key where there is no file yet.
    pub(crate) fn open_or_make(&self, entropy: &dyn Entropy) -> Result<HostKeys, KeysError> {
        if let Some(keys) = self.read()? {
            return Ok(keys);
        }
        let keys = HostKeys::draw(entropy)?;
        self.write(&keys)?;
        Ok(keys)
    }

    /// The keys in the file, which must be there.
    pub(crate) fn open(&self) -> Result<HostKeys, KeysError> {
        self.read()?.ok_or_else(|| KeysError::Missing { path: self.0.clone() })
    }

    /// Puts these keys in the file's place, whole or not at all.
    pub(crate) fn write(&self, keys: &HostKeys) -> Result<(), KeysError> {
        keep(&self.0, &keys.written()).map_err(|cause| self.failed(cause))
    }

    fn read(&self) -> Result<Option<HostKeys>, KeysError> {
        let mut file = match fs::File::open(&self.0) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error)),
        };
        let mode = file.metadata().map_err(|cause| self.failed(cause))?.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeysError::OpenToOthers { path: self.0.clone(), mode });
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|cause| self.failed(cause))?;
        let keys = HostKeys::read(&bytes);
        keys.map(Some).map_err(|cause| KeysError::Malformed { path: self.0.clone(), cause })
    }

    fn failed(&self, cause: io::Error) -> KeysError {
        KeysError::File { path: self.0.clone(), cause }
    }
}

/// Writes the file so that it is there whole or not at all, readable by this user only.
fn keep(path: &Path, contents: &SecretString) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let _ = fs::remove_file(&unfinished);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    file.write_all(contents.expose_secret().as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    // The new name is kept only once its folder is.
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_host::{KeyId, SystemEntropy};

    #[test]
    fn the_keys_made_at_the_first_start_are_found_at_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("host.key"));

        let made = file.open_or_make(&SystemEntropy).unwrap();

        assert_eq!(file.open_or_make(&SystemEntropy).unwrap().counter("p", "x"), made.counter("p", "x"));
        assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_rotated_ring_takes_the_files_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("host.key"));
        let first = file.open_or_make(&SystemEntropy).unwrap();

        file.write(&first.rotated(&SystemEntropy).unwrap()).unwrap();

        assert_eq!(file.open().unwrap().current(), KeyId(2));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("host.key"));
        file.open_or_make(&SystemEntropy).unwrap();
        for open in [0o640, 0o604, 0o660] {
            fs::set_permissions(&file.0, fs::Permissions::from_mode(open)).unwrap();

            let refused = file.open_or_make(&SystemEntropy).err().unwrap();

            assert!(matches!(refused, KeysError::OpenToOthers { mode, .. } if mode == open), "{refused}");
        }
    }

    #[test]
    fn a_missing_or_broken_file_is_never_replaced_where_one_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::at(folder.path().join("host.key"));
        assert!(matches!(file.open(), Err(KeysError::Missing { .. })));

        keep(&file.0, &SecretString::from("nonsense".to_owned())).unwrap();

        assert!(matches!(file.open_or_make(&SystemEntropy), Err(KeysError::Malformed { .. })));
        assert_eq!(fs::read(&file.0).unwrap(), b"nonsense");
    }
}
