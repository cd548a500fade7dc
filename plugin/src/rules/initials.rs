//! Initials: how the first letter of a name is found, and how a typed one is compared with it.
//!
//! Case, accents and marks count on neither side, so that `E` matches `É` and `o` matches `Ø`.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::people::PersonName;

/// One letter in the form that is compared: upper case, without marks.
///
/// `Debug` says nothing: with a date of birth, initials are half of what a guesser needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Initial(char);

impl Initial {
    /// The letter someone typed in a field for one; none where the field was left empty.
    ///
    /// A full stop after the letter is part of how many people write an initial.
    pub fn typed(text: &str) -> Result<Option<Self>, InitialMistake> {
        let text: String = text.trim().nfc().filter(|&c| !is_combining_mark(c)).collect();
        let mut characters = text.chars();
        match (characters.next(), characters.next(), characters.next()) {
            (None, ..) => Ok(None),
            (Some(letter), None | Some('.' | '\u{ff0e}'), None) => {
                let letter = Self::of_text(letter.encode_utf8(&mut [0; 4]));
                letter.map(Some).ok_or(InitialMistake::NotOneLetter)
            }
            (Some(_), ..) => Err(InitialMistake::NotOneLetter),
        }
    }

    /// The first letter of a name: `O` of O'Brien, `T` of 'tHooft, none of a name without letters.
    pub fn of_text(name: &str) -> Option<Self> {
        name.nfkd().find(|&c| is_letter(c)).map(folded).map(Self)
    }

    /// The letter, for a key that names a person to the attempt counters.
    pub(super) fn letter(self) -> char {
        self.0
    }
}

impl fmt::Debug for Initial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Initial(..)")
    }
}

/// Why what was typed cannot be an initial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialMistake {
    /// It is not one letter: a whole word, a digit, a sign.
    NotOneLetter,
}

/// The initials of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initials {
    /// Of the first and of the last name, in this order.
    Both(Initial, Initial),
    /// Of a name that has one part only.
    One(Initial),
}

impl Initials {
    /// What was typed in the two fields. Someone with one name leaves either empty; none
    /// where both are.
    pub fn typed(first: Option<Initial>, last: Option<Initial>) -> Option<Self> {
        match (first, last) {
            (Some(first), Some(last)) => Some(Self::Both(first, last)),
            (Some(only), None) | (None, Some(only)) => Some(Self::One(only)),
            (None, None) => None,
        }
    }

    /// The initials of a name on file; none where it has no letter at all. A part without
    /// a letter, such as the full stop some systems ask for, does not count.
    pub fn of(name: &PersonName) -> Option<Self> {
        match name {
            PersonName::Full { given, family } => {
                Self::typed(Initial::of_text(given), Initial::of_text(family))
            }
            PersonName::Single(name) => Initial::of_text(name).map(Self::One),
        }
    }
}

/// Modifier letters count as alphabetic, but the Hawaiian ʻokina and the apostrophe that
/// word processors put in Oʼahu are not what anyone calls a first letter.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_combining_mark(c) && !matches!(c, '\u{2b0}'..='\u{2ff}')
}

/// The letter as it is compared. Its accents were decomposed away before.
fn folded(letter: char) -> char {
    match letter.to_uppercase().next().unwrap_or(letter) {
        'Ø' => 'O',
        'Ł' => 'L',
        'Đ' | 'Ð' | 'Ɖ' | 'Ɗ' => 'D',
        'Æ' | 'Ⱥ' => 'A',
        'Œ' => 'O',
        'ẞ' => 'S',
        'Þ' | 'Ŧ' => 'T',
        'Ħ' => 'H',
        'Ŋ' => 'N',
        'Ɓ' | 'Ƀ' => 'B',
        'Ƙ' => 'K',
        'Ɨ' => 'I',
        'Ƴ' => 'Y',
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(name: &str) -> Initial {
        Initial::of_text(name).unwrap()
    }

    fn typed(text: &str) -> Initial {
        Initial::typed(text).unwrap().unwrap()
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(typed("m"), of("Maria"));
        assert_eq!(typed("M"), of("maria"));
    }

    #[test]
    fn accents_count_on_neither_side() {
        assert_eq!(typed("E"), of("Élodie"));
        assert_eq!(typed("é"), of("Elodie"));
        assert_eq!(typed("e\u{301}"), of("Élodie"));
        assert_eq!(typed("Ş"), of("Sean"));
    }

    #[test]
    fn letters_that_do_not_decompose_have_a_plain_one_too() {
        for (name, plain) in [
            ("Øystein", "O"),
            ("Łukasz", "L"),
            ("Đặng", "D"),
            ("Ægir", "A"),
            ("Œuvrard", "O"),
            ("ßeta", "S"),
            ("Þór", "T"),
            ("ılgaz", "I"),
            ("İnci", "I"),
        ] {
            assert_eq!(typed(plain), of(name), "{name}");
            let as_written = name.chars().next().unwrap().to_string();
            assert_eq!(typed(&as_written), of(name), "{name}");
        }
    }

    #[test]
    fn signs_before_the_first_letter_are_skipped() {
        assert_eq!(typed("O"), of("O'Brien"));
        assert_eq!(typed("T"), of("'tHooft"));
        assert_eq!(typed("I"), of("ʻIolani"));
        assert_eq!(typed("D"), of("(Dubois)"));
    }

    #[test]
    fn letters_of_every_script_are_letters() {
        assert_eq!(typed("王"), of("王"));
        assert_eq!(typed("김"), of("김"));
        assert_eq!(typed("м"), of("Мария"));
        assert_eq!(typed("Ｍ"), of("Maria"));
    }

    #[test]
    fn a_full_stop_after_the_letter_is_fine() {
        assert_eq!(typed(" M. "), of("Maria"));
    }

    #[test]
    fn a_word_a_digit_or_a_sign_is_a_mistake() {
        for text in ["Maria", "Ma", "M G", "7", "'", "M..", ".", "M.G."] {
            assert_eq!(Initial::typed(text), Err(InitialMistake::NotOneLetter), "{text:?}");
        }
    }

    #[test]
    fn an_empty_field_is_no_mistake_by_itself() {
        assert_eq!(Initial::typed("  "), Ok(None));
    }

    #[test]
    fn a_name_without_letters_has_no_initials() {
        let nameless = PersonName::Full { given: "-".to_owned(), family: "123".to_owned() };

        assert_eq!(Initials::of(&nameless), None);
    }

    #[test]
    fn a_part_without_letters_makes_it_one_name() {
        let name = PersonName::Full { given: "Madonna".to_owned(), family: ".".to_owned() };

        assert_eq!(Initials::of(&name), Some(Initials::One(of("Madonna"))));
    }

    #[test]
    fn first_and_last_are_not_interchangeable() {
        let (m, g) = (Some(typed("M")), Some(typed("G")));

        assert_ne!(Initials::typed(m, g), Initials::typed(g, m));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_an_initial_or_a_mistake(text in ".*") {
            let _ = Initial::typed(&text);
        }

        #[test]
        fn every_letter_typed_matches_a_name_that_starts_with_it(letter in "\\p{L}") {
            if let Ok(Some(initial)) = Initial::typed(&letter) {
                prop_assert_eq!(Some(initial), Initial::of_text(&format!("{letter}x")));
            }
        }
    }
}
