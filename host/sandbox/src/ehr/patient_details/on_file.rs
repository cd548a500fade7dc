//! How dates and what is not on file are written on the screen.

use portal_host::identity::Date;
use portal_host::tab::{Fact, Value};

/// What stands where nothing is known.
const NOT_ON_FILE: &str = "Not on file";

/// A date of birth as MM/DD/YYYY.
pub(in crate::ehr) fn birth_date(date: Option<Date>) -> String {
    date.map_or_else(|| NOT_ON_FILE.to_owned(), self::date)
}

/// A date as MM/DD/YYYY.
pub(in crate::ehr) fn date(Date { year, month, day }: Date) -> String {
    format!("{month:02}/{day:02}/{year:04}")
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
}
