//! What stands next to a field that was filled in wrongly: what is wrong, and what to do.

use super::Language;
use crate::practice::Policy;
use crate::rules::birth_date::BirthDateMistake;
use crate::rules::initials::InitialMistake;
use crate::rules::password::{Guessable, PasswordMistake};
use crate::rules::portal_id::PortalIdMistake;
use crate::rules::username::UsernameMistake;
use crate::settings::{EARLIEST_BIRTH_YEAR, PASSWORD_LONGEST, USERNAME_LONGEST, USERNAME_SHORTEST};

impl Language {
    /// About the Portal ID.
    pub(crate) fn portal_id(self, mistake: PortalIdMistake) -> &'static str {
        match mistake {
            PortalIdMistake::Missing => self.mistakes().portal_id_missing(),
            PortalIdMistake::NotSixDigits => self.mistakes().portal_id_not_six_digits(),
        }
    }

    /// About either initial.
    pub(crate) fn initial(self, mistake: InitialMistake) -> &'static str {
        match mistake {
            InitialMistake::NotOneLetter => self.mistakes().initial_not_one_letter(),
        }
    }

    /// About the date of birth.
    pub(crate) fn birth_date(self, mistake: BirthDateMistake) -> String {
        let words = self.mistakes();
        match mistake {
            BirthDateMistake::Missing => words.birth_date_missing().to_owned(),
            BirthDateMistake::Unreadable => words.birth_date_unreadable().to_owned(),
            BirthDateMistake::ShortYear => words.birth_date_short_year().to_owned(),
            BirthDateMistake::NoSuchMonth => words.birth_date_no_such_month().to_owned(),
            BirthDateMistake::NoSuchDay { days } => words.birth_date_no_such_day(days),
            BirthDateMistake::InTheFuture => words.birth_date_in_the_future().to_owned(),
            BirthDateMistake::TooLongAgo => words.birth_date_too_long_ago(EARLIEST_BIRTH_YEAR),
        }
    }

    /// About a new username.
    pub(crate) fn username(self, mistake: UsernameMistake) -> String {
        let words = self.mistakes();
        match mistake {
            UsernameMistake::Missing => words.username_missing().to_owned(),
            UsernameMistake::TooShort => words.username_too_short(USERNAME_SHORTEST),
            UsernameMistake::TooLong => words.username_too_long(USERNAME_LONGEST),
            UsernameMistake::ForbiddenCharacter => words.username_forbidden_character().to_owned(),
        }
    }

    /// About the username someone logs in with.
    pub(crate) fn log_in_username(self, mistake: UsernameMistake) -> String {
        match mistake {
            UsernameMistake::Missing => self.mistakes().log_in_username_missing().to_owned(),
            UsernameMistake::TooShort | UsernameMistake::TooLong | UsernameMistake::ForbiddenCharacter => {
                self.username(mistake)
            }
        }
    }

    /// About a new password.
    pub(crate) fn password(self, mistake: PasswordMistake, policy: Policy) -> String {
        let words = self.mistakes();
        match mistake {
            PasswordMistake::Missing => words.password_missing().to_owned(),
            PasswordMistake::TooShort => words.password_too_short(policy.minimum_password_length),
            PasswordMistake::TooLong => words.password_too_long(PASSWORD_LONGEST),
            PasswordMistake::HasTab => words.password_has_tab().to_owned(),
            PasswordMistake::Guessable(why) => self.guessable(why).to_owned(),
        }
    }

    /// What most of a password is, and what to choose instead.
    fn guessable(self, why: Guessable) -> &'static str {
        let words = self.mistakes();
        match why {
            Guessable::Username => words.password_guessable_username(),
            Guessable::OwnName => words.password_guessable_own_name(),
            Guessable::BirthDate => words.password_guessable_birth_date(),
            Guessable::PracticeName => words.password_guessable_practice_name(),
            Guessable::CommonWord => words.password_guessable_common_word(),
            Guessable::Run => words.password_guessable_run(),
            Guessable::Repeat => words.password_guessable_repeat(),
        }
    }

    /// About the password someone logs in with.
    pub(crate) fn log_in_password(self, mistake: PasswordMistake, policy: Policy) -> String {
        match mistake {
            PasswordMistake::Missing => self.mistakes().log_in_password_missing().to_owned(),
            PasswordMistake::TooShort
            | PasswordMistake::TooLong
            | PasswordMistake::HasTab
            | PasswordMistake::Guessable(_) => self.password(mistake, policy),
        }
    }
}
