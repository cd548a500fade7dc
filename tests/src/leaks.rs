//! Looking through the logs of every host that tests started for what was planted while they ran.

use crate::planted::{LOGS, SECRETS, everybodys};
use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Why the logs cannot be looked through.
#[derive(Debug, thiserror::Error)]
pub enum NotLookedThrough {
    /// A file or the folder cannot be read.
    #[error("{} cannot be read", path.display())]
    Unread {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// There is too much to look for.
    #[error("too much was planted")]
    TooMuch(#[from] BuildError),
}

/// What was looked through, and what was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LookedThrough {
    /// Logs that say something.
    pub logs: usize,
    /// Their lines.
    pub lines: usize,
    /// Secrets that were looked for.
    pub secrets: usize,
    /// A secret and the line that has it, for each line that has one.
    pub leaks: Vec<Leak>,
}

/// A secret in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The log.
    pub log: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What it says.
    pub says: String,
    /// What it must not say.
    pub secret: String,
}

/// What a host that is no service prints for people when it is ready, sign-ins of the sandbox among it: from this line
/// to that one.
const FOR_PEOPLE: [&str; 2] = ["  The EHR, for staff:", "  For the operator:"];

/// Looks through every log in this folder, for what everybody knows and for what the process planted that started the
/// host.
///
/// # Errors
/// Where something cannot be read.
pub fn look_through(folder: &Path) -> Result<LookedThrough, NotLookedThrough> {
    let unread = |path: &Path, cause| NotLookedThrough::Unread { path: path.to_owned(), cause };
    let mut logs: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|cause| unread(folder, cause))? {
        let path = entry.map_err(|cause| unread(folder, cause))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let process = name.split(['-', '.']).next().unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == LOGS) {
            logs.entry(process.to_owned()).or_default().push(path);
        }
    }
    let mut looked = LookedThrough::default();
    for (process, mut logs) in logs {
        let planted = folder.join(format!("{process}.{SECRETS}"));
        let planted = match std::fs::read_to_string(&planted) {
            Ok(planted) => planted,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(unread(&planted, cause)),
        };
        let secrets: Vec<String> =
            everybodys().into_iter().chain(planted.lines().map(str::to_owned)).collect();
        looked.secrets += secrets.len();
        let finder = Finder::of(secrets)?;
        logs.sort();
        for path in logs {
            let log = std::fs::read(&path).map_err(|cause| unread(&path, cause))?;
            looked.add(&path, &String::from_utf8_lossy(&log), &finder);
        }
    }
    Ok(looked)
}

impl LookedThrough {
    fn add(&mut self, path: &Path, log: &str, finder: &Finder) {
        self.logs += usize::from(!log.is_empty());
        let mut is_for_people = false;
        for (number, says) in log.lines().enumerate() {
            self.lines += 1;
            let [from, to] = FOR_PEOPLE.map(|words| says.starts_with(words));
            is_for_people = (is_for_people || from) && !to;
            let found = finder.first_in(says).filter(|_| !is_for_people);
            self.leaks.extend(found.map(|secret| Leak {
                log: path.to_owned(),
                line: number + 1,
                says: says.to_owned(),
                secret: secret.to_owned(),
            }));
        }
    }
}

/// Finds secrets as words: six digits within a longer number are another number.
struct Finder {
    secrets: Vec<String>,
    automaton: AhoCorasick,
}

impl Finder {
    fn of(secrets: Vec<String>) -> Result<Self, BuildError> {
        let mut builder = AhoCorasick::builder();
        let automaton =
            builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&secrets)?;
        Ok(Self { secrets, automaton })
    }

    fn first_in(&self, line: &str) -> Option<&str> {
        let mut found = self.automaton.find_overlapping_iter(line);
        let secret = found.find(|found| is_a_word(line, found.range()))?.pattern();
        self.secrets.get(secret.as_usize()).map(String::as_str)
    }
}

fn is_a_word(line: &str, Range { start, end }: Range<usize>) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let before = line.get(..start).and_then(|before| before.chars().next_back());
    let after = line.get(end..).and_then(|after| after.chars().next());
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const READY: &str = "\n  The EHR, for staff:           http://127.0.0.1:8080\n    frontdesk  heron-42\n  \
        The website, for patients:    http://127.0.0.1:8081\n  For the operator:             http://127.0.0.1:8082\n";

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::with_prefix("leaks-").expect("a folder");
        for (name, holds) in files {
            std::fs::write(folder.path().join(name), holds).expect("a file");
        }
        folder
    }

    fn leaked(files: &[(&str, &str)]) -> Vec<String> {
        let looked = look_through(folder(files).path()).expect("it can be read");
        looked.leaks.into_iter().map(|leak| format!("{}: {}", leak.line, leak.secret)).collect()
    }

    #[test]
    fn what_was_planted_is_found_in_the_logs_of_the_process_that_planted_it() {
        let planted = ("17.planted", "042137\nheron-42\n");

        assert_eq!(leaked(&[planted, ("17-a.log", "fine\nid 042137 was used\n")]), ["2: 042137"]);
        assert_eq!(leaked(&[planted, ("17-b.log", "password=HERON-42\n")]), ["1: heron-42"]);
        assert_eq!(leaked(&[planted, ("18-c.log", "id 042137 was used\n")]), [""; 0]);
    }

    #[test]
    fn a_person_of_the_sandbox_is_found_in_any_log() {
        for (says, secret) in [
            (r#"{"message":"Maria Garcia came"}"#, "Maria"),
            ("born 1984-02-29", "1984-02-29"),
            ("born 2/29/1984.", "2/29/1984"),
            ("Date { year: 1984, month: 2, day: 29 }", "year: 1984, month: 2, day: 29"),
            ("chart=100001 opened", "100001"),
            ("for 秀英, by mail", "秀英"),
        ] {
            assert_eq!(leaked(&[("5-x.log", says)]), [format!("1: {secret}")], "{says}");
        }
    }

    #[test]
    fn a_part_of_a_longer_word_or_number_is_no_secret_and_what_people_are_told_at_the_start_is_for_them() {
        let planted = ("17.planted", "042137\nheron-42\n");

        for says in ["port 1042137", "at 09:12:33.042137Z", "id=7f042137b", "portal_042137_1", READY] {
            assert_eq!(leaked(&[planted, ("17-a.log", says)]), [""; 0], "{says}");
        }
        let afterwards = format!("{READY}frontdesk typed heron-42\n");
        assert_eq!(leaked(&[planted, ("17-a.log", &afterwards)]), ["6: heron-42"]);
    }

    #[test]
    fn logs_that_say_nothing_do_not_count() {
        let nothing = folder(&[("17-a.log", ""), ("17.planted", "042137\n")]);

        let looked = look_through(nothing.path()).expect("it can be read");

        assert_eq!((looked.logs, looked.lines), (0, 0));
        assert!(look_through(Path::new("/nowhere/at-all")).is_err());
    }
}
