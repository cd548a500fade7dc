//! What was said of a form that was not taken and cannot be told from what the page shows: who changes the language of
//! the page reads it again in that one, and nothing is tried again for it.

use std::borrow::Cow;

use super::visit::Visit;
use crate::rules::password::{Guessable, PasswordMistake};

/// The field that carries it, by name.
pub(super) const SAID: &str = "said";

/// Why a form was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The username and the password do not match.
    NotLoggedIn,
    /// The details are not those of an open invitation.
    NotConfirmed,
    /// Typing Portal IDs is paused for everybody.
    Paused,
    /// The form was drawn for a visit that is over.
    TooOld,
    /// The username is somebody else's.
    UsernameTaken,
    /// The passwords differ.
    PasswordsDiffer,
    /// The password cannot be had, or was not typed. No page has it any more.
    Password(PasswordMistake),
}

impl Said {
    const ALL: [Self; 17] = [
        Self::NotLoggedIn,
        Self::NotConfirmed,
        Self::Paused,
        Self::TooOld,
        Self::UsernameTaken,
        Self::PasswordsDiffer,
        Self::Password(PasswordMistake::Missing),
        Self::Password(PasswordMistake::TooShort),
        Self::Password(PasswordMistake::TooLong),
        Self::Password(PasswordMistake::HasTab),
        Self::Password(PasswordMistake::Guessable(Guessable::Username)),
        Self::Password(PasswordMistake::Guessable(Guessable::OwnName)),
        Self::Password(PasswordMistake::Guessable(Guessable::BirthDate)),
        Self::Password(PasswordMistake::Guessable(Guessable::PracticeName)),
        Self::Password(PasswordMistake::Guessable(Guessable::CommonWord)),
        Self::Password(PasswordMistake::Guessable(Guessable::Run)),
        Self::Password(PasswordMistake::Guessable(Guessable::Repeat)),
    ];

    /// What the page carries.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::NotLoggedIn => "not-logged-in",
            Self::NotConfirmed => "not-confirmed",
            Self::Paused => "paused",
            Self::TooOld => "too-old",
            Self::UsernameTaken => "username-taken",
            Self::PasswordsDiffer => "passwords-differ",
            Self::Password(PasswordMistake::Missing) => "password-missing",
            Self::Password(PasswordMistake::TooShort) => "password-too-short",
            Self::Password(PasswordMistake::TooLong) => "password-too-long",
            Self::Password(PasswordMistake::HasTab) => "password-has-tab",
            Self::Password(PasswordMistake::Guessable(why)) => match why {
                Guessable::Username => "password-username",
                Guessable::OwnName => "password-own-name",
                Guessable::BirthDate => "password-birth-date",
                Guessable::PracticeName => "password-practice-name",
                Guessable::CommonWord => "password-common-word",
                Guessable::Run => "password-run",
                Guessable::Repeat => "password-repeat",
            },
        }
    }

    /// What is wrong with the password, if that is what was said.
    pub(super) fn of_password(self) -> Option<PasswordMistake> {
        match self {
            Self::Password(mistake) => Some(mistake),
            Self::NotLoggedIn
            | Self::NotConfirmed
            | Self::Paused
            | Self::TooOld
            | Self::UsernameTaken
            | Self::PasswordsDiffer => None,
        }
    }

    /// What it says of the form as a whole; none where it is about a field.
    pub(super) fn of_form(self, visit: &Visit<'_>) -> Option<Cow<'static, str>> {
        let words = visit.language.website();
        match self {
            Self::NotLoggedIn => Some(words.log_in_refused().into()),
            Self::NotConfirmed => Some(words.confirmation_refused(visit.practice).into()),
            Self::Paused => Some(words.confirmation_paused(visit.practice).into()),
            Self::TooOld => Some(words.form_too_old().into()),
            Self::UsernameTaken | Self::PasswordsDiffer | Self::Password(_) => None,
        }
    }

    /// What was said on the page that this form comes from, if it is something that this form is told.
    pub(super) fn before(visit: &Visit<'_>, is_told: impl Fn(Self) -> bool) -> Option<Self> {
        let name = visit.form.field(SAID);
        Self::ALL.into_iter().find(|known| known.name() == name && is_told(*known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Said::ALL.into_iter().map(Said::name).collect();
        assert_eq!(names.len(), Said::ALL.len());
    }
}
