//! The newest checkpoint of the audit trail, kept outside the database: with it an older copy of the
//! database that somebody put back is noticed. One line for each practice: its key, the checkpoint's
//! number, its hash.

use base16ct::{lower, mixed};
use portal_host::identity::{PracticeId, Timestamp};
use sandbox_db::Checkpoint;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Why a checkpoint is not kept or not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckpointFileError {
    #[error("the checkpoint file {path} cannot be read or written")]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("the checkpoint file {path} cannot be understood; restore it from a backup")]
    Malformed { path: PathBuf },
}

/// The one of this practice.
pub(crate) fn of(all: &[(PracticeId, Checkpoint)], practice: &PracticeId) -> Option<Checkpoint> {
    all.iter().find(|(of, _)| of == practice).map(|(_, checkpoint)| checkpoint.clone())
}

/// Every practice whose trail has to be there: those in the database, and those of which a checkpoint is kept.
pub(crate) fn expected(mut there: Vec<PracticeId>, kept: &[(PracticeId, Checkpoint)]) -> Vec<PracticeId> {
    for (practice, _) in kept {
        if !there.contains(practice) {
            there.push(practice.clone());
        }
    }
    there
}

/// Keeps only these, because a database from before the others was put back on purpose at this moment. All that were
/// kept are put aside first, and what was put aside before stays.
pub(crate) fn set_aside_but(
    path: &Path,
    fitting: &[(PracticeId, Checkpoint)],
    at: Timestamp,
) -> Result<(), CheckpointFileError> {
    let aside = path.with_extension(format!("checkpoint.before-restore-{}", at.0));
    fs::copy(path, aside).map_err(|cause| CheckpointFileError::File { path: path.to_owned(), cause })?;
    let _alone = alone(path)?;
    replace(path, fitting)
}

/// Keeps checkpoints, each in the place of the one before it of its practice. A lower number never replaces a higher
/// one.
pub(crate) fn keep(path: &Path, newer: &[(PracticeId, Checkpoint)]) -> Result<(), CheckpointFileError> {
    let _alone = alone(path)?;
    let mut all = all(path)?;
    for (practice, checkpoint) in newer {
        if all.iter().any(|(of, kept)| of == practice && kept.number > checkpoint.number) {
            continue;
        }
        all.retain(|(of, _)| of != practice);
        all.push((practice.clone(), checkpoint.clone()));
    }
    replace(path, &all)
}

/// Waits until no other host of the same folder writes the file, for as long as the answer is kept.
fn alone(path: &Path) -> Result<fs::File, CheckpointFileError> {
    let failed = |cause| CheckpointFileError::File { path: path.to_owned(), cause };
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(path.with_extension("lock"));
    let file = file.map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

/// Writes the whole file anew, all of it or nothing.
fn replace(path: &Path, all: &[(PracticeId, Checkpoint)]) -> Result<(), CheckpointFileError> {
    let failed = |cause| CheckpointFileError::File { path: path.to_owned(), cause };
    let mut text = String::new();
    for (practice, Checkpoint { number, mac }) in all {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{practice} {number} {}", lower::encode_string(mac));
    }
    let unfinished = path.with_extension("unfinished");
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(&unfinished);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&unfinished, path)).map_err(failed)
}

/// Every checkpoint that is kept.
pub(crate) fn all(path: &Path) -> Result<Vec<(PracticeId, Checkpoint)>, CheckpointFileError> {
    match fs::read_to_string(path) {
        Ok(text) => text
            .lines()
            .map(|line| parsed(line).ok_or_else(|| CheckpointFileError::Malformed { path: path.to_owned() }))
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(CheckpointFileError::File { path: path.to_owned(), cause }),
    }
}

fn parsed(line: &str) -> Option<(PracticeId, Checkpoint)> {
    let mut words = line.rsplitn(3, ' ');
    let (digits, number, practice) = (words.next()?, words.next()?, words.next()?);
    let mut mac = [0; 32];
    if mixed::decode(digits, &mut mac).ok()?.len() != mac.len() {
        return None;
    }
    Some((PracticeId::new(practice), Checkpoint { number: number.parse().ok()?, mac }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(path: &Path, practice: &PracticeId) -> Result<Option<Checkpoint>, CheckpointFileError> {
        Ok(of(&all(path)?, practice))
    }

    fn checkpoint(number: u64) -> Checkpoint {
        Checkpoint { number, mac: [u8::try_from(number).unwrap(); 32] }
    }

    #[test]
    fn each_practices_newest_checkpoint_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.checkpoint");
        let (one, other) = (PracticeId::new("one"), PracticeId::new("the other"));
        assert_eq!(kept(&path, &one).unwrap(), None);

        for (practice, number) in [(&one, 1), (&other, 7), (&one, 3), (&one, 2)] {
            keep(&path, &[(practice.clone(), checkpoint(number))]).unwrap();
        }

        assert_eq!(kept(&path, &one).unwrap(), Some(checkpoint(3)));
        assert_eq!(kept(&path, &other).unwrap(), Some(checkpoint(7)));
        // The file, and the one that hosts take turns by.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_no_checkpoint_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.checkpoint");
        for nonsense in
            ["x", "one 1 00", &format!("one x {}", "0".repeat(64)), &format!("1 {}", "0".repeat(64))]
        {
            fs::write(&path, nonsense).unwrap();
            let refused = kept(&path, &PracticeId::new("one")).unwrap_err();
            assert!(matches!(refused, CheckpointFileError::Malformed { .. }), "{nonsense}");
        }
    }
}
