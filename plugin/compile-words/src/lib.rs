//! Turns what people read, written in Fluent, into Rust.
//!
//! Each folder is a language, each file in it a subject, each message a function of the code that comes
//! out: a message that a language lacks, or that asks for something else there, ends the build, and one that nothing uses is
//! found as any function is. Nothing is left to be read or looked up while a page is made. Where there is one language and
//! no other is thought of, as for staff, the code knows of no languages.
//!
//! Of Fluent there is: text, variables, terms without arguments, and one choice by a number in each
//! message, by plural category or by the number itself.

mod check;
mod language;
mod read;
mod said;
mod table;
mod write;
mod write_alone;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

pub use said::{Said, said};
pub use table::escaped;

/// The language that all others are compared with, and that is read where nothing else fits.
const FIRST: &str = "en";
/// What patients read, in the portal's package.
const TO_PATIENTS: &str = "words";
/// What staff read.
const TO_STAFF: &str = "src/words/staff";
/// What the sandbox EHR says, from the workspace's root.
const OF_EHR: &str = "host/sandbox/words";

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
    /// Code for one language has room for no other.
    #[error("{0} is more than the one language that there is code for")]
    NotAlone(String),
    /// What has to be mended, each on a line.
    #[error("{}", .0.join("\n"))]
    Wrong(Vec<String>),
}

/// One language: its tag, and its files by name, without `.ftl`.
struct Language {
    tag: String,
    files: BTreeMap<String, read::File>,
}

/// The files of a folder that become code: each program has only what it says. All of them are looked through.
#[derive(Clone, Copy, Debug)]
pub enum Subjects<'a> {
    /// These, by name, without `.ftl`.
    Only(&'a [&'a str]),
    /// Whatever is there, but for these.
    AllBut(&'a [&'a str]),
}

impl Subjects<'_> {
    fn has(self, name: &str) -> bool {
        match self {
            Self::Only(names) => names.contains(&name),
            Self::AllBut(names) => !names.contains(&name),
        }
    }

    /// What is wrong with these names: a slip would leave words out, or take them in.
    fn mistakes(self, languages: &[Language]) -> Vec<String> {
        let (Self::Only(names) | Self::AllBut(names)) = self;
        let is_known =
            |name: &str| languages.first().is_some_and(|language| language.files.contains_key(name));
        let unknown = names.iter().filter(|name| !is_known(name));
        unknown.map(|name| format!("there is no {name}.ftl, which was asked for or left out")).collect()
    }
}

/// The Rust code for the languages in this folder.
///
/// # Errors
/// Whatever would leave somebody without words, or with the wrong ones.
pub fn compile(folder: &Path, subjects: Subjects<'_>) -> Result<String, Problem> {
    let languages = read_all(folder)?;
    let mistakes = subjects.mistakes(&languages);
    if mistakes.is_empty() { write::code(&languages, subjects) } else { Err(Problem::Wrong(mistakes)) }
}

/// The Rust code for the one language in this folder: what says the same each time is a constant.
///
/// # Errors
/// The same.
pub fn compile_alone(folder: &Path) -> Result<String, Problem> {
    write_alone::code(&read_all(folder)?)
}

/// The tags of the languages in this folder, the first one first.
///
/// # Errors
/// The same.
pub fn languages(folder: &Path) -> Result<Vec<String>, Problem> {
    Ok(read_all(folder)?.into_iter().map(|language| language.tag).collect())
}

/// All messages as a page in Markdown, to be read side by side: of the portal and of the sandbox EHR in this workspace.
///
/// # Errors
/// The same.
pub fn table(workspace: &Path) -> Result<String, Problem> {
    let portal = workspace.join("plugin");
    let (to_patients, to_staff) = (read_all(&portal.join(TO_PATIENTS))?, read_all(&portal.join(TO_STAFF))?);
    Ok(table::page(&to_patients, &to_staff, &read_all(&workspace.join(OF_EHR))?))
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
    let first = languages.remove(first);
    languages.insert(0, first);
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
