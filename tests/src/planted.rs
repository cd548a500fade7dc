//! What must be in no log: every test that hands out or types a secret leaves it here, and where
//! [`PLACE`] names a folder, it is kept there beside the logs of the hosts that this process starts.

use crate::people::{EVERYONE, NO_BIRTH_DATE, PASSWORD, Person};
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Names the folder for logs and secrets that outlive the tests; without it nothing is kept.
pub const PLACE: &str = "PORTAL_TEST_LOGS";

/// What the files of secrets end with: one secret a line, each beside logs that begin with the same number.
pub const SECRETS: &str = "planted";

/// What the files of logs end with.
pub const LOGS: &str = "log";

/// Shorter ones are found in any log.
const SHORTEST: usize = 6;

/// Where the log of a host is kept whose state is in this folder; none where logs go with their hosts.
pub fn log_of(state: &Path) -> Option<PathBuf> {
    let name = state.file_name()?.to_str()?;
    Some(place()?.join(format!("{}-{name}.{LOGS}", std::process::id())))
}

/// Leaves a secret, if it can be told from what a log has anyway: a word alone cannot.
///
/// # Panics
/// Where it cannot be kept.
pub fn plant(secret: &str) {
    static KEPT: OnceLock<Option<Mutex<Kept>>> = OnceLock::new();
    let kept = KEPT.get_or_init(|| {
        let path = place()?.join(format!("{}.{SECRETS}", std::process::id()));
        let file =
            OpenOptions::new().create(true).append(true).open(path).expect("a file for what is planted");
        Some(Mutex::new(Kept { known: HashSet::new(), file }))
    });
    let Some(kept) = kept.as_ref().filter(|_| is_distinctive(secret)) else { return };
    let Kept { known, file } = &mut *kept.lock().unwrap_or_else(PoisonError::into_inner);
    if known.insert(secret.to_owned()) {
        file.write_all(format!("{secret}\n").as_bytes()).expect("it is kept");
    }
}

/// What this process has planted so far, and where.
struct Kept {
    known: HashSet<String>,
    file: File,
}

/// Long enough, on one line, and more than a word.
fn is_distinctive(secret: &str) -> bool {
    let secret = secret.trim();
    secret.chars().count() >= SHORTEST
        && !secret.chars().any(char::is_control)
        && !secret.chars().all(|c| c.is_ascii_alphabetic())
        // One digit over and over, such as an identifier of nothing.
        && secret.chars().any(|c| !secret.starts_with(c))
}

/// What no log may have whoever wrote it: the sandbox's people, their dates of birth as anybody might write them, and
/// what they type.
pub fn everybodys() -> Vec<String> {
    let people = EVERYONE.iter().chain([&NO_BIRTH_DATE]);
    let names = people.clone().flat_map(|person| {
        let family = person.name.split_whitespace().next_back();
        [Some(person.name), family].into_iter().flatten().map(str::to_owned)
    });
    let given = ["Maria", "Élodie", "Xiuying"].map(str::to_owned);
    let charts = (1..=8).map(|number| format!("10000{number}"));
    names.chain(given).chain(charts).chain([PASSWORD.to_owned()]).chain(people.flat_map(births)).collect()
}

/// As the sheet, the database, people and a debugger write it.
fn births(Person { born, .. }: &Person) -> Vec<String> {
    let parts: Vec<&str> = born.split('/').collect();
    let [month, day, year] = parts.as_slice() else { return Vec::new() };
    let (short_month, short_day) = (month.trim_start_matches('0'), day.trim_start_matches('0'));
    vec![
        format!("{month}/{day}/{year}"),
        format!("{short_month}/{short_day}/{year}"),
        format!("{month}-{day}-{year}"),
        format!("{month}.{day}.{year}"),
        format!("{year}-{month}-{day}"),
        format!("{year}{month}{day}"),
        format!("year: {year}, month: {short_month}, day: {short_day}"),
    ]
}

fn place() -> Option<PathBuf> {
    std::env::var_os(PLACE).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_any_log_could_have_is_none() {
        for secret in ["042137", "seven herons", "maria84", "02/29/1984", "aZ3-_9qLkQ", "Élodie"] {
            assert!(is_distinctive(secret), "{secret}");
        }
        for word in ["", "12345", "password", "frontdesk", "000000", "M", "two lines\nof it"] {
            assert!(!is_distinctive(word), "{word}");
        }
    }

    #[test]
    fn a_date_of_birth_is_looked_for_in_every_spelling() {
        let everybodys = everybodys();
        for spelled in ["01/05/1948", "1/5/1948", "1948-01-05", "year: 1948, month: 1, day: 5"] {
            assert!(everybodys.iter().any(|secret| secret == spelled), "{spelled}");
        }
    }
}
