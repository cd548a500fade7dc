//! The state folder: the database, the host's keys and the compiled component, kept together and to
//! this user.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
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
    #[error(
        "others than its owner may write in {path} (its mode is {mode:o}), and code is loaded from there; look \
         what is in it, then: chmod go-w {path}"
    )]
    OpenToOthers { path: PathBuf, mode: u32 },
    #[error(
        "{path} belongs to another user, who could put code there that would be loaded; choose a folder of \
         your own"
    )]
    NotOurs { path: PathBuf },
    #[error("there is no state folder {path}: name the one that serve is started with, with --state")]
    Missing { path: PathBuf },
    #[error("a host is serving from {path}, or another command works there; stop it, then try again")]
    InUse { path: PathBuf },
}

/// An existing state folder.
pub(crate) struct StateFolder(PathBuf);

impl StateFolder {
    /// Opens the folder, making it (for this user only) when missing. One that others may write in is
    /// refused: code is loaded from it.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        let failed = |cause| StateError::Folder { path: path.to_owned(), cause };
        let path = std::path::absolute(path).map_err(failed)?;
        private_folder(&path)?;
        Ok(Self(path))
    }

    /// Opens the folder, which must be there.
    pub(crate) fn existing(path: &Path) -> Result<Self, StateError> {
        if path.is_dir() { Self::open(path) } else { Err(StateError::Missing { path: path.to_owned() }) }
    }

    /// The folder as it would be, there or not.
    pub(crate) fn unmade(path: &Path) -> Result<Self, StateError> {
        let failed = |cause| StateError::Folder { path: path.to_owned(), cause };
        std::path::absolute(path).map(Self).map_err(failed)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The database's URL, where none was given.
    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.database_file().display())
    }

    fn database_file(&self) -> PathBuf {
        self.0.join("sandbox.db")
    }

    /// Where compiled components are cached, made when missing. Code is loaded from here, so nobody
    /// else may write in it.
    pub(crate) fn compiled(&self) -> Result<PathBuf, StateError> {
        let path = self.0.join("compiled");
        private_folder(&path)?;
        Ok(path)
    }

    /// Where the host's keys are kept, unless another file was named.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.0.join("host.key")
    }

    /// Where the newest checkpoint of the audit trail is kept outside the database.
    pub(crate) fn checkpoint_file(&self) -> PathBuf {
        self.0.join("audit.checkpoint")
    }

    /// Says that a host is serving from here, for as long as the answer is kept. Several may.
    pub(crate) fn serving(&self) -> Result<InUse, StateError> {
        self.lock(fs::File::try_lock_shared)
    }

    /// Makes sure that no host is serving from here, for as long as the answer is kept.
    pub(crate) fn alone(&self) -> Result<InUse, StateError> {
        self.lock(fs::File::try_lock)
    }

    fn lock(&self, lock: impl Fn(&fs::File) -> Result<(), fs::TryLockError>) -> Result<InUse, StateError> {
        let failed = |cause| StateError::Folder { path: self.0.clone(), cause };
        let path = self.0.join("in-use");
        let opened = fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        let file = opened.map_err(failed)?;
        match lock(&file) {
            Ok(()) => Ok(InUse { _locked: file }),
            Err(fs::TryLockError::WouldBlock) => Err(StateError::InUse { path: self.0.clone() }),
            Err(fs::TryLockError::Error(cause)) => Err(failed(cause)),
        }
    }
}

/// A claim on the state folder, given up when dropped or when the process ends in any way.
pub(crate) struct InUse {
    _locked: fs::File,
}

/// Makes the folder for this user only, or makes sure that nobody else may write in the one there is.
fn private_folder(path: &Path) -> Result<(), StateError> {
    let failed = |cause| StateError::Folder { path: path.to_owned(), cause };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
    let folder = fs::metadata(path).map_err(failed)?;
    let mode = folder.permissions().mode() & 0o7777;
    if mode & 0o022 != 0 {
        return Err(StateError::OpenToOthers { path: path.to_owned(), mode });
    }
    if folder.uid() != owner_of_new_files(path).map_err(failed)? {
        return Err(StateError::NotOurs { path: path.to_owned() });
    }
    Ok(())
}

/// Who we are, as the file system sees it: the owner of a file made just now.
fn owner_of_new_files(folder: &Path) -> io::Result<u32> {
    let path = folder.join(format!("whose.{}", std::process::id()));
    // Left over by a process of this number that was killed right here.
    let _ = fs::remove_file(&path);
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    let owner = file.metadata().map(|file| file.uid());
    fs::remove_file(&path)?;
    owner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> StateError {
        match StateFolder::open(path) {
            Ok(_) => panic!("{} was opened", path.display()),
            Err(error) => error,
        }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_new_folder_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/state");

        let state = StateFolder::open(&path).unwrap();

        let compiled = state.compiled().unwrap();
        assert_eq!((mode(&path), mode(&compiled)), (0o700, 0o700));
        assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
        assert_eq!(fs::read_dir(&compiled).unwrap().count(), 0);
    }

    #[test]
    fn several_hosts_may_serve_from_a_folder_but_none_beside_who_needs_it_alone() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::open(folder.path()).unwrap();
        let (one, other) = (state.serving().unwrap(), state.serving().unwrap());
        assert!(matches!(state.alone(), Err(StateError::InUse { .. })));
        drop((one, other));

        let alone = state.alone().unwrap();

        assert!(matches!(state.serving(), Err(StateError::InUse { .. })));
        drop(alone);
        state.serving().unwrap();
    }

    #[test]
    fn a_folder_that_others_may_only_look_into_is_used() {
        let folder = tempfile::tempdir().unwrap();
        set_mode(folder.path(), 0o755);

        StateFolder::open(folder.path()).unwrap().compiled().unwrap();
        StateFolder::open(folder.path()).unwrap().compiled().unwrap();
    }

    #[test]
    fn a_folder_that_others_may_write_in_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for open in [0o770, 0o707, 0o720, 0o702, 0o1777] {
            set_mode(folder.path(), open);
            let error = refused(folder.path());
            assert!(matches!(error, StateError::OpenToOthers { mode, .. } if mode == open), "{error}");
            assert!(error.to_string().contains("chmod go-w"), "{error}");
        }
        set_mode(folder.path(), 0o700);
        let state = StateFolder::open(folder.path()).unwrap();
        set_mode(&state.compiled().unwrap(), 0o777);
        assert!(matches!(state.compiled(), Err(StateError::OpenToOthers { .. })));
    }

    #[test]
    fn a_folder_of_someone_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        fs::create_dir(&ours).unwrap();
        fs::create_dir(&theirs).unwrap();
        let whose = fs::metadata(&ours).unwrap().uid();
        // Only root may give a folder away; anyone else finds root's own.
        let given = std::os::unix::fs::chown(&theirs, Some(whose + 1), None);
        let error = refused(if given.is_ok() { &theirs } else { Path::new("/usr") });

        assert!(matches!(error, StateError::NotOurs { .. } | StateError::Folder { .. }), "{error}");
        StateFolder::open(&ours).unwrap();
    }
}
