//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// Those under a folder whose names end so, in their order; what is built, hidden or brought from elsewhere is not of it.
///
/// # Panics
/// Where the folder cannot be read.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_ours = !["target", "node_modules"].contains(&name.as_str()) && !name.starts_with('.');
        if path.is_dir() && is_ours {
            found.extend(files(&path, endings));
        } else if path.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
