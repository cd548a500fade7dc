//! How names, dates and what is not on file are written on the screen.

use portal_host::identity::Date;
use portal_host::lent::PersonName;
use portal_host::tab::{Fact, Value};

/// What stands where nothing is known.
const NOT_ON_FILE: &str = "Not on file";

/// A name in one line, as its own script orders it: 王 秀英, Maria Garcia.
pub(in crate::ehr) fn name(name: &PersonName) -> String {
    match name {
        PersonName::Full { given, family } if is_east_asian(family) && is_east_asian(given) => {
            format!("{family} {given}")
        }
        PersonName::Full { given, family } => format!("{given} {family}"),
        PersonName::Single(only) => only.clone(),
    }
}

/// Whether a name is written in Chinese characters, kana or Hangul, where the family name goes first.
fn is_east_asian(name: &str) -> bool {
    name.chars().all(|letter| {
        matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

/// A date of birth as MM/DD/YYYY.
pub(in crate::ehr) fn birth_date(date: Option<Date>) -> String {
    date.map_or_else(
        || NOT_ON_FILE.to_owned(),
        |Date { year, month, day }| format!("{month:02}/{day:02}/{year:04}"),
    )
}

/// A labelled text; empty means nothing on file.
pub(super) fn fact(label: &str, text: &str) -> Fact {
    let text = if text.trim().is_empty() { NOT_ON_FILE } else { text };
    Fact { label: label.to_owned(), value: Value::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_practice_writes_them() {
        assert_eq!(birth_date(Some(Date { year: 1984, month: 2, day: 9 })), "02/09/1984");
        assert_eq!(birth_date(None), "Not on file");
    }

    #[test]
    fn a_name_is_ordered_as_its_own_script_does() {
        let full = |given: &str, family: &str| {
            name(&PersonName::Full { given: given.into(), family: family.into() })
        };

        assert_eq!(full("秀英", "王"), "王 秀英");
        assert_eq!(full("Xiuying", "Wang"), "Xiuying Wang");
        assert_eq!(full("Élodie", "Dubois-Lefèvre"), "Élodie Dubois-Lefèvre");
    }

    #[test]
    fn one_name_is_enough() {
        assert_eq!(name(&PersonName::Single("Madonna".into())), "Madonna");
    }
}
