//! Where the chores write pages and pictures of the documents.

use crate::artifacts::root;
use clap::Parser;
use std::path::{Path, PathBuf};

/// What an example that writes them takes.
#[derive(Parser)]
struct Options {
    /// The folder; otherwise that of the documents.
    #[arg(long)]
    into: Option<PathBuf>,
}

/// The folder that this program was told to write into, which is there.
///
/// # Errors
/// Where it cannot be made.
pub fn folder() -> std::io::Result<PathBuf> {
    let folder = Options::parse().into.unwrap_or_else(|| root().join("docs"));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Writes a page or a picture.
///
/// # Panics
/// Where it cannot be written.
pub fn write(file: &Path, bytes: impl AsRef<[u8]>) {
    let folder = file.parent().unwrap_or(Path::new("."));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(file, bytes));
    written.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
