//! Passwords: which ones may be chosen (NIST SP 800-63B-4 section 3.1.1.2).
//!
//! Length is all that is asked, counted in code points after NFC: no rules of composition,
//! no rotation, no hints. Refused besides are only the words a guesser would try first for
//! this very person; the list of common passwords is not here yet.

use unicode_normalization::UnicodeNormalization;

use super::username::Username;
use crate::people::Patient;
use crate::practice::Practice;
use crate::settings::PASSWORD_LONGEST;

/// A password in NFC. It has neither `Debug` nor `Display`.
pub struct Password(String);

impl Password {
    /// The password someone logs in with. One that nobody could have chosen is a mistake,
    /// so that length is checked before anything is hashed.
    pub fn typed(text: &str) -> Result<Self, PasswordMistake> {
        let password: String = text.nfc().collect();
        match password.chars().count() {
            0 => Err(PasswordMistake::Missing),
            1..=PASSWORD_LONGEST if password.contains('\t') => Err(PasswordMistake::HasTab),
            1..=PASSWORD_LONGEST => Ok(Self(password)),
            _ => Err(PasswordMistake::TooLong),
        }
    }

    /// The bytes to hash.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// A PHC string that the host made. `Debug` is not for it: a hash can be guessed at offline.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

/// What a new password is measured against.
pub struct PasswordContext<'a> {
    /// Whose it is to be.
    pub patient: &'a Patient,
    /// The name it goes with, where that could be read.
    pub username: Option<&'a Username>,
    /// Where it is to be used.
    pub practice: &'a Practice,
}

/// Why a password cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordMistake {
    /// Nothing was typed.
    Missing,
    /// Fewer characters than the practice asks for.
    TooShort,
    /// More characters than [`PASSWORD_LONGEST`].
    TooLong,
    /// It has a tab in it, which only pasting puts there and nobody can type again.
    HasTab,
    /// It is the username.
    IsUsername,
    /// It is the patient's own name.
    IsOwnName,
    /// It is the practice's name.
    IsPracticeName,
}

/// A password someone wants to have.
pub fn chosen(text: &str, context: &PasswordContext<'_>) -> Result<Password, PasswordMistake> {
    let password = Password::typed(text)?;
    let shortest = usize::from(context.practice.policy.minimum_password_length);
    if password.0.chars().count() < shortest {
        Err(PasswordMistake::TooShort)
    } else {
        tried_first(&password.0, context).map_or(Ok(password), Err)
    }
}

/// Whether both fields hold the same password.
pub fn is_repeated(text: &str, again: &str) -> bool {
    text.nfc().eq(again.nfc())
}

/// Whether it is a word that someone who knows the person would try first.
fn tried_first(password: &str, context: &PasswordContext<'_>) -> Option<PasswordMistake> {
    let password = bare(password);
    if password.is_empty() {
        return None;
    }
    let own_names = || {
        context.patient.names().flat_map(|name| {
            let backwards: Vec<&str> = name.parts().collect::<Vec<_>>().into_iter().rev().collect();
            name.parts().map(bare).chain([bare(&name.written()), bare(&backwards.concat())])
        })
    };
    if context.username.is_some_and(|name| bare(name.as_str()) == password) {
        Some(PasswordMistake::IsUsername)
    } else if own_names().any(|name| name == password) {
        Some(PasswordMistake::IsOwnName)
    } else if bare(&context.practice.name) == password {
        Some(PasswordMistake::IsPracticeName)
    } else {
        None
    }
}

/// The letters and digits alone, in lower case: `Maria_Garcia` is Maria Garcia.
fn bare(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{people, practice};

    fn mistake(text: &str) -> Option<PasswordMistake> {
        let mut practice = practice();
        practice.policy.minimum_password_length = 8;
        let username = Username::chosen("maria1984").unwrap();
        let patient = people::maria_garcia();
        let context = PasswordContext { patient: &patient, username: Some(&username), practice: &practice };
        chosen(text, &context).err()
    }

    #[test]
    fn length_is_counted_in_code_points_after_composing() {
        assert_eq!(mistake("1234567"), Some(PasswordMistake::TooShort));
        assert_eq!(mistake("12345678"), None);
        assert_eq!(mistake(&"e\u{301}".repeat(7)), Some(PasswordMistake::TooShort));
        assert_eq!(mistake(&"🐴".repeat(8)), None);
        assert_eq!(mistake(&"é".repeat(128)), None);
        assert_eq!(mistake(&"é".repeat(129)), Some(PasswordMistake::TooLong));
        assert_eq!(mistake(""), Some(PasswordMistake::Missing));
    }

    #[test]
    fn spaces_count_and_stay() {
        assert_eq!(mistake("       "), Some(PasswordMistake::TooShort));
        assert_eq!(Password::typed(" a b ").ok().unwrap().expose(), " a b ");
    }

    #[test]
    fn the_first_words_a_guesser_tries_are_refused() {
        assert_eq!(mistake("Maria1984"), Some(PasswordMistake::IsUsername));
        assert_eq!(mistake("maria-garcia"), Some(PasswordMistake::IsOwnName));
        assert_eq!(mistake("Garcia Maria"), Some(PasswordMistake::IsOwnName));
        assert_eq!(mistake("riverside family medicine"), Some(PasswordMistake::IsPracticeName));
        assert_eq!(mistake("maria garcia rides"), None);
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert!(is_repeated("caf\u{e9}", "cafe\u{301}"));
        assert!(!is_repeated("cafe", "Cafe"));
    }

    #[test]
    fn a_password_longer_than_any_is_not_hashed() {
        assert_eq!(Password::typed(&"x".repeat(129)).err(), Some(PasswordMistake::TooLong));
        assert_eq!(Password::typed("").err(), Some(PasswordMistake::Missing));
    }

    #[test]
    fn a_tab_that_came_along_with_a_pasted_password_is_named() {
        assert_eq!(mistake("horses run in summer\t"), Some(PasswordMistake::HasTab));
    }
}
