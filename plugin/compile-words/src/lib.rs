//! Turns what patients read, written in Fluent, into Rust.
//!
//! Each folder is a language, each file in it a subject, each message a function of the code that comes
//! out: a message that a language lacks, or that asks for something else there, ends the build, and one that nothing uses is
//! found as any function is. Nothing is left to be read or looked up while a page is made.
//!
//! Of Fluent there is: text, variables, terms without arguments, and one choice by a number in each
//! message, by plural category or by the number itself.

mod check;
mod plural;
mod read;
mod table;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The language that all others are compared with, and that is read where nothing else fits.
const FIRST: &str = "en";

/// Why there is no code.
#[derive(Debug, Error)]
pub enum Problem {
    /// A folder or file cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// There is nothing to compare with.
    #[error("there is no folder {FIRST}")]
    NoFirst,
    /// The folder's name is no language.
    #[error("{0}: the folder's name is no language that plurals are known of")]
    UnknownLanguage(String),
    /// What has to be mended, each on a line.
    #[error("{}", .0.join("\n"))]
    Wrong(Vec<String>),
}

/// One language: its tag, and its files by name, without `.ftl`.
struct Language {
    tag: String,
    files: BTreeMap<String, read::File>,
}

/// The Rust code for the languages in this folder.
///
/// # Errors
/// Whatever would leave a patient without words, or with the wrong ones.
pub fn compile(folder: &Path) -> Result<String, Problem> {
    write::code(&read_all(folder)?)
}

/// The same messages as a page in Markdown, to be read side by side.
///
/// # Errors
/// The same.
pub fn table(folder: &Path) -> Result<String, Problem> {
    Ok(table::table(&read_all(folder)?))
}

/// Every language, the first one first, once nothing is wrong with any of them.
fn read_all(folder: &Path) -> Result<Vec<Language>, Problem> {
    let mut languages = Vec::new();
    let mut wrong = Vec::new();
    for path in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        let mut files = BTreeMap::new();
        for file in list(&path)?.into_iter().filter(|file| file.extension().is_some_and(|it| it == "ftl")) {
            let text = fs::read_to_string(&file).map_err(unreadable(&file))?;
            match read::file(&text) {
                Ok(read) => drop(files.insert(name(&file), read)),
                Err(mistakes) => {
                    let placed = mistakes.into_iter().map(|mistake| format!("{}: {mistake}", file.display()));
                    wrong.extend(placed);
                }
            }
        }
        languages.push(Language { tag: name(&path), files });
    }
    let first = languages.iter().position(|language| language.tag == FIRST).ok_or(Problem::NoFirst)?;
    languages.swap(0, first);
    wrong.extend(check::mistakes(&languages));
    if wrong.is_empty() { Ok(languages) } else { Err(Problem::Wrong(wrong)) }
}

/// What is in a folder, in order of name.
fn list(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<_> =
        entries.map_err(unreadable(folder))?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Problem {
    let path = path.to_owned();
    move |cause| Problem::Unreadable { path, cause }
}

#[cfg(test)]
mod tests;
