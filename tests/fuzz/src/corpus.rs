//! The inputs that are kept: a folder for each target, a file for each input.

use std::fs;
use std::path::PathBuf;

/// Where a target's files are. The engine looks for them at the same place, beside the test.
pub fn folder(target: &str) -> PathBuf {
    all().join(target)
}

/// The folder of all targets.
pub fn all() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/__fuzz__")
}

/// A target's inputs, always in the same order, so that a seed means the same everywhere.
///
/// # Panics
/// Where there is none: then nothing would be replayed.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let folder = folder(target).join("corpus");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files.into_iter().map(|file| fs::read(file).expect("an input")).collect()
}

#[cfg(test)]
mod tests {
    use crate::bounds::TARGETS;
    use std::collections::BTreeSet;
    use std::fs;

    /// In bytes: a little more than the longest address that is taken. Larger ones are grown, not kept.
    const LARGEST: usize = 9 << 10;

    #[test]
    fn every_target_has_a_corpus_and_a_test_and_no_corpus_is_left_over() {
        let named: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        let folders = fs::read_dir(super::all()).unwrap();
        let kept: BTreeSet<String> =
            folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(named, kept);

        let tests = fs::read_dir(super::all().parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        let tests = tests.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
        let tests: String = tests.map(|file| fs::read_to_string(file).unwrap()).collect();
        for name in named {
            assert!(tests.contains(&format!("#[test]\nfn {name}()")), "{name} has no test");
        }
    }

    #[test]
    fn what_is_kept_is_small() {
        for (name, _) in TARGETS {
            for input in super::of(name) {
                assert!(input.len() <= LARGEST, "{name}: {} bytes", input.len());
            }
        }
    }
}
