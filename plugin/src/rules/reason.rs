//! Why staff do something that takes away: a sentence for the record, typed by a person.

use super::typed;
use crate::settings::{REASON_LONGEST, REASON_SHORTEST};

/// A reason that says something, trimmed, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

/// Why a text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonMistake {
    /// Nothing was typed, or less than a word.
    Missing,
    /// More than [`REASON_LONGEST`] characters.
    TooLong,
}

impl Reason {
    /// The reason that was typed.
    pub fn typed(text: &str) -> Result<Self, ReasonMistake> {
        let text = typed::one_line(text);
        let has_a_word = text.chars().filter(|c| c.is_alphanumeric()).count() >= REASON_SHORTEST;
        match text.chars().count() {
            _ if !has_a_word => Err(ReasonMistake::Missing),
            ..=REASON_LONGEST => Ok(Self(text)),
            _ => Err(ReasonMistake::TooLong),
        }
    }

    /// The words, for the record.
    pub fn into_words(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_that_says_something() {
        assert_eq!(Reason::typed("  moved \n away ").unwrap().into_words(), "moved away");
        for nothing in ["", "   ", "-", "..", "\u{200B}", "ab"] {
            assert_eq!(Reason::typed(nothing), Err(ReasonMistake::Missing), "{nothing:?}");
        }
    }

    #[test]
    fn a_reason_is_no_letter() {
        assert!(Reason::typed(&"é".repeat(REASON_LONGEST)).is_ok());
        assert_eq!(Reason::typed(&"é".repeat(REASON_LONGEST + 1)), Err(ReasonMistake::TooLong));
    }
}
