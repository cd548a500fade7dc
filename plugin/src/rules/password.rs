//! Passwords: which ones may be chosen (NIST SP 800-63B-4 section 3.1.1.2).
//!
//! Length is all that is asked, counted in code points after NFC: no rules of composition,
//! no rotation, no hints. Refused besides is only what a guesser would try first.

mod common;
mod guessable;

use unicode_normalization::UnicodeNormalization;

pub use self::guessable::Guessable;
use self::guessable::Known;
use super::username::Username;
use crate::people::Patient;
use crate::practice::{Policy, Practice};
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

    /// Whether it is as long as this policy asks.
    pub fn is_long_enough(&self, policy: Policy) -> bool {
        self.0.chars().count() >= usize::from(policy.minimum_password_length)
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
    /// How long it has to be.
    pub policy: Policy,
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
    /// It would be among the first that are guessed.
    Guessable(Guessable),
}

/// A password someone wants to have.
pub fn chosen(text: &str, context: &PasswordContext<'_>) -> Result<Password, PasswordMistake> {
    let password = Password::typed(text)?;
    if !password.is_long_enough(context.policy) {
        Err(PasswordMistake::TooShort)
    } else {
        match guessable::why(&password.0, &context.known()) {
            Some(why) => Err(PasswordMistake::Guessable(why)),
            None => Ok(password),
        }
    }
}

/// Whether both fields hold the same password.
pub fn is_repeated(text: &str, again: &str) -> bool {
    text.nfc().eq(again.nfc())
}

impl PasswordContext<'_> {
    /// What someone who knows the person would try.
    fn known(&self) -> Vec<Known> {
        let username = self.username.map(|name| (Guessable::Username, name.as_str().to_owned()));
        let names = self.patient.names().flat_map(|name| {
            let parts = name.parts().flat_map(|part| part.split_whitespace().chain([part]));
            parts.map(str::to_owned).chain([name.written()]).collect::<Vec<_>>()
        });
        let practice = self.practice.name.split_whitespace().chain([self.practice.name.as_str()]);
        username
            .into_iter()
            .chain(names.map(|name| (Guessable::OwnName, name)))
            .chain(self.birth_dates().into_iter().flatten().map(|date| (Guessable::BirthDate, date)))
            .chain(practice.map(|word| (Guessable::PracticeName, word.to_owned())))
            .filter_map(|(because, word)| Known::new(because, &word))
            .collect()
    }

    /// The date of birth in the orders people write it in, with the year whole and short.
    fn birth_dates(&self) -> Option<[String; 9]> {
        let date = self.patient.birth_date?;
        let (year, month, day) = (date.year(), date.month(), date.day());
        let short = year % 100;
        Some([
            format!("{month:02}{day:02}{year}"),
            format!("{day:02}{month:02}{year}"),
            format!("{year}{month:02}{day:02}"),
            format!("{month}{day}{year}"),
            format!("{day}{month}{year}"),
            format!("{month:02}{day:02}{short:02}"),
            format!("{day:02}{month:02}{short:02}"),
            format!("{month:02}{day:02}"),
            format!("{year}"),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{people, practice};
    use proptest::prelude::*;

    fn mistake(text: &str) -> Option<PasswordMistake> {
        let mut practice = practice();
        practice.policy.minimum_password_length = 8;
        let username = Username::chosen("rider.of.storms").unwrap();
        let patient = people::maria_garcia();
        let policy = practice.policy;
        let context =
            PasswordContext { patient: &patient, username: Some(&username), practice: &practice, policy };
        chosen(text, &context).err()
    }

    #[test]
    fn length_is_counted_in_code_points_after_composing() {
        assert_eq!(mistake("kwmtzpv"), Some(PasswordMistake::TooShort));
        assert_eq!(mistake("kwmtzpvj"), None);
        assert_eq!(mistake("e\u{301}a\u{301}o\u{301}u\u{301}"), Some(PasswordMistake::TooShort));
        assert_eq!(mistake("🐴🐖🐄🐑🐓🦆🐕🐈"), None);
        let long = |length| "kéwmtzpvj".chars().cycle().take(length).collect::<String>();
        assert_eq!(mistake(&long(128)), None);
        assert_eq!(mistake(&long(129)), Some(PasswordMistake::TooLong));
        assert_eq!(mistake(""), Some(PasswordMistake::Missing));
    }

    #[test]
    fn spaces_count_and_stay() {
        assert_eq!(mistake("       "), Some(PasswordMistake::TooShort));
        assert_eq!(Password::typed(" a b ").ok().unwrap().expose(), " a b ");
    }

    #[test]
    fn what_a_guesser_tries_first_is_refused_and_it_says_why() {
        use Guessable::{BirthDate, CommonWord, OwnName, PracticeName, Repeat, Run, Username};
        for (text, why) in [
            ("rider-of-storms", Username),
            ("Riderofstorms84", Username),
            ("maria-garcia", OwnName),
            ("Garcia Maria", OwnName),
            ("MariaGarcia1984!", OwnName),
            ("m@r1a.g4rc1a", OwnName),
            ("02/29/1984", BirthDate),
            ("1984-02-29 1984", BirthDate),
            ("riverside family medicine", PracticeName),
            ("Riverside2024!!", PracticeName),
            ("passwordpassword", Repeat),
            ("P@ssw0rd12345", CommonWord),
            ("iloveyou forever", CommonWord),
            ("Welcome 2026!!!", CommonWord),
            ("sunshine princess", CommonWord),
            ("123456789012345", Run),
            ("qwertyuiopasdfgh", Run),
            ("1qaz2wsx3edc4rfv", Run),
            ("zyxwvutsrqponml", Run),
            ("!@#$%^&*()!@#$%^&*()", Repeat),
            ("aaaaaaaaaaaaaaa", Repeat),
            ("abcabcabcabcabc", Repeat),
            ("horsehorsehorse", Repeat),
            ("🐴🐴🐴🐴🐴🐴🐴🐴", Repeat),
        ] {
            assert_eq!(mistake(text), Some(PasswordMistake::Guessable(why)), "{text}");
        }
    }

    #[test]
    fn anything_else_that_is_long_enough_will_do() {
        for text in [
            "maria garcia rides",
            "horses run in summer",
            "correct horse battery staple",
            "the river is cold today",
            "o cavalo come feno",
            "馬は夏に草を食べる",
            "лошади бегут летом",
            "zqxjkvbwmyrplgn",
            "&*@!(#)^%~?{}|",
            "8472 1950 3361 7",
        ] {
            assert_eq!(mistake(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_random_text_is_refused(text in "[a-z]{15,40}") {
            prop_assert_eq!(mistake(&text), None);
        }

        #[test]
        fn two_things_a_guesser_has_are_refused_in_any_order_and_dress(
            pieces in prop::sample::subsequence(vec!["Maria", "garcia", "Password", "123456", "1984", "qwerty", "!!!"], 2)
                .prop_shuffle(),
            between in "[ ]?",
        ) {
            let text = pieces.join(&between);
            let is_long_enough = text.chars().count() >= 8;
            prop_assert!(matches!(mistake(&text), Some(PasswordMistake::Guessable(_))) || !is_long_enough, "{}", text);
        }

        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            let _ = mistake(&text);
        }
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
