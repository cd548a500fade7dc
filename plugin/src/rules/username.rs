//! Usernames: what patients may call themselves, and the form in which two are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::settings::{USERNAME_LONGEST, USERNAME_SHORTEST};

/// A username in the form that is stored and compared, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// A username someone wants to have.
    pub fn chosen(text: &str) -> Result<Self, UsernameMistake> {
        let Self(name) = Self::sought(text);
        let length = name.chars().count();
        if name.is_empty() {
            Err(UsernameMistake::Missing)
        } else if !name.chars().all(is_allowed) || name.starts_with(is_combining_mark) {
            Err(UsernameMistake::ForbiddenCharacter)
        } else if length < USERNAME_SHORTEST {
            Err(UsernameMistake::TooShort)
        } else if length > USERNAME_LONGEST {
            Err(UsernameMistake::TooLong)
        } else {
            Ok(Self(name))
        }
    }

    /// A username someone logs in with. One that nobody could have chosen is looked for
    /// like any other, so that it takes as long not to be found, unless it is longer than
    /// any: what is looked for and counted has a bound.
    pub fn typed(text: &str) -> Result<Self, UsernameMistake> {
        let name = Self::sought(text);
        match name.0.chars().count() {
            0 => Err(UsernameMistake::Missing),
            1..=USERNAME_LONGEST => Ok(name),
            _ => Err(UsernameMistake::TooLong),
        }
    }

    /// The form in which usernames are compared, of whatever was typed.
    pub fn sought(text: &str) -> Self {
        // Lowered letter by letter, since `str::to_lowercase` gives a final sigma two forms;
        // composed again after that, since lowering can take a composed letter apart; and
        // trimmed last, since composing turns a lone accent into a space with one.
        let lowered = text.nfkc().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c });
        let composed: String = lowered.nfkc().collect();
        Self(composed.trim().to_owned())
    }

    /// The username from the store.
    pub fn stored(name: String) -> Self {
        Self(name)
    }

    /// The form that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a username cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernameMistake {
    /// Nothing was typed.
    Missing,
    /// Fewer characters than [`USERNAME_SHORTEST`].
    TooShort,
    /// More characters than [`USERNAME_LONGEST`].
    TooLong,
    /// A space, or a character that is not a letter, a digit or a sign on a usual keyboard;
    /// or an accent with no letter before it.
    ForbiddenCharacter,
}

/// Letters and digits of every script and the signs of ASCII: e-mail addresses fit, and
/// nothing invisible does, which could make two names look like one.
fn is_allowed(c: char) -> bool {
    c.is_ascii_graphic() || (c.is_alphanumeric() || is_combining_mark(c)) && !is_invisible(c)
}

/// Unicode's property `Default_Ignorable_Code_Point` (DerivedCoreProperties 16.0): fillers that
/// count as letters and selectors that count as marks, though nobody sees them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chosen(text: &str) -> Result<String, UsernameMistake> {
        Username::chosen(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn case_and_width_do_not_count() {
        for text in ["maria84", "Maria84", " MARIA84 ", "Ｍａｒｉａ８４"] {
            assert_eq!(chosen(text), Ok("maria84".to_owned()), "{text:?}");
        }
        assert_eq!(chosen("ΟΔΟΣ"), chosen("οδος"));
        assert_eq!(chosen("E\u{301}lodie"), chosen("élodie"));
    }

    #[test]
    fn three_to_sixty_four_characters_are_allowed() {
        assert_eq!(chosen("ab"), Err(UsernameMistake::TooShort));
        assert!(chosen("abc").is_ok());
        assert!(chosen(&"é".repeat(64)).is_ok());
        assert_eq!(chosen(&"é".repeat(65)), Err(UsernameMistake::TooLong));
        assert_eq!(chosen(" "), Err(UsernameMistake::Missing));
    }

    #[test]
    fn an_email_address_is_a_fine_username() {
        assert!(chosen("maria.garcia+portal@example.org").is_ok());
    }

    #[test]
    fn nothing_invisible_fits_in_a_username() {
        for text in
            ["maria garcia", "maria\tg", "maria\u{0}", "maria\u{200b}", "maria\u{202e}x", "maria\u{ad}g"]
        {
            assert_eq!(chosen(text), Err(UsernameMistake::ForbiddenCharacter), "{text:?}");
        }
        for invisible in ['\u{fe0f}', '\u{34f}', '\u{115f}', '\u{3164}', '\u{180b}', '\u{e0100}', '\u{ffa0}']
        {
            let text = format!("maria{invisible}84");
            assert_eq!(chosen(&text), Err(UsernameMistake::ForbiddenCharacter), "{text:?}");
        }
    }

    #[test]
    fn a_username_starts_with_something_to_carry_its_marks() {
        for text in ["\u{301}\u{301}\u{301}", "\u{301}maria", "\u{b4}maria"] {
            assert_eq!(chosen(text), Err(UsernameMistake::ForbiddenCharacter), "{text:?}");
        }
        assert!(chosen("m\u{323}\u{304}ria").is_ok());
    }

    #[test]
    fn nothing_longer_than_any_username_is_looked_for() {
        assert_eq!(Username::typed(&"\u{fdfa}".repeat(4)), Err(UsernameMistake::TooLong));
        assert_eq!(Username::typed(" "), Err(UsernameMistake::Missing));
        assert!(Username::typed(&"\u{e9}".repeat(64)).is_ok());
    }

    proptest! {
        #[test]
        fn a_name_in_stored_form_stays_as_it_is(text in ".*") {
            let once = Username::sought(&text);
            prop_assert_eq!(Username::sought(once.as_str()), once);
        }

        #[test]
        fn a_chosen_name_is_found_however_it_is_cased(text in "[a-zA-ZàÀéÉßñÑ0-9._@-]{3,40}") {
            if let Ok(name) = Username::chosen(&text) {
                prop_assert_eq!(Username::sought(&text.to_lowercase()), name);
            }
        }
    }
}
