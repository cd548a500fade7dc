//! What stands next to a field that was filled in wrongly: what is wrong, and what to do.

use crate::practice::Policy;
use crate::rules::birth_date::BirthDateMistake;
use crate::rules::initials::InitialMistake;
use crate::rules::password::{Guessable, PasswordMistake};
use crate::rules::portal_id::PortalIdMistake;
use crate::rules::reason::ReasonMistake;
use crate::rules::username::UsernameMistake;
use crate::settings::{EARLIEST_BIRTH_YEAR, PASSWORD_LONGEST, USERNAME_LONGEST, USERNAME_SHORTEST};

/// Neither initial was typed.
pub const INITIALS_MISSING: &str = "Type at least one initial. If you have only one name, type its first letter and leave the other box empty.";

/// Somebody else has this username.
pub const USERNAME_TAKEN: &str =
    "This username is taken. Choose another. Please type your password again in both boxes.";

/// The two passwords differ.
pub const PASSWORDS_DIFFER: &str =
    "The two passwords are not the same. Type the same password in both boxes.";

/// About the Portal ID.
pub fn portal_id(mistake: PortalIdMistake) -> String {
    match mistake {
        PortalIdMistake::Missing => "Type the Patient Portal ID from your sheet.".to_owned(),
        PortalIdMistake::NotSixDigits => {
            "The Patient Portal ID has exactly 6 digits. Check your sheet.".to_owned()
        }
    }
}

/// About either initial.
pub fn initial(mistake: InitialMistake) -> String {
    match mistake {
        InitialMistake::NotOneLetter => "Type one letter only: the first letter of the name.".to_owned(),
    }
}

/// About the date of birth.
pub fn birth_date(mistake: BirthDateMistake) -> String {
    match mistake {
        BirthDateMistake::Missing => "Type your date of birth.".to_owned(),
        BirthDateMistake::Unreadable => {
            "Type the date as month, day and year, such as 01/31/1990.".to_owned()
        }
        BirthDateMistake::ShortYear => "Type the year with 4 digits, such as 1990.".to_owned(),
        BirthDateMistake::NoSuchMonth => {
            "There is no such month. The month comes first, from 1 to 12, then the day.".to_owned()
        }
        BirthDateMistake::NoSuchDay { days } => {
            format!("There is no such day. That month has {days} days.")
        }
        BirthDateMistake::InTheFuture => "This date is in the future. Check the year.".to_owned(),
        BirthDateMistake::TooLongAgo => {
            format!("This date is before {EARLIEST_BIRTH_YEAR}. Check the year.")
        }
    }
}

/// About a new username.
pub fn username(mistake: UsernameMistake) -> String {
    match mistake {
        UsernameMistake::Missing => "Choose a username.".to_owned(),
        UsernameMistake::TooShort => {
            format!("This username is too short. Use at least {USERNAME_SHORTEST} characters.")
        }
        UsernameMistake::TooLong => {
            format!("This username is too long. Use at most {USERNAME_LONGEST} characters.")
        }
        UsernameMistake::ForbiddenCharacter => {
            "Use letters, digits and signs such as . - _ @ in your username, without spaces.".to_owned()
        }
    }
}

/// About the username someone logs in with.
pub fn log_in_username(mistake: UsernameMistake) -> String {
    match mistake {
        UsernameMistake::Missing => "Type your username.".to_owned(),
        UsernameMistake::TooShort | UsernameMistake::TooLong | UsernameMistake::ForbiddenCharacter => {
            username(mistake)
        }
    }
}

/// About a new password.
pub fn password(mistake: PasswordMistake, policy: Policy) -> String {
    match mistake {
        PasswordMistake::Missing => "Choose a password.".to_owned(),
        PasswordMistake::TooShort => format!(
            "This password is too short. Use at least {} characters. A few words in a row work well.",
            policy.minimum_password_length
        ),
        PasswordMistake::TooLong => {
            format!("This password is too long. Use at most {PASSWORD_LONGEST} characters.")
        }
        PasswordMistake::HasTab => {
            "There is a tab in this password. It may have come along when you pasted it. Type the password \
             without it."
                .to_owned()
        }
        PasswordMistake::Guessable(why) => {
            let (what, instead) = guessable(why);
            format!("This password would be guessed soon: {what}. {instead}")
        }
    }
}

/// What most of a password is, and what to choose instead.
fn guessable(why: Guessable) -> (&'static str, &'static str) {
    const FOUR_WORDS: &str = "Try four or more words that only you would put together.";
    const NOT_ABOUT_YOU: &str = "Try four or more words that have nothing to do with you.";
    match why {
        Guessable::Username => ("most of it is your username", NOT_ABOUT_YOU),
        Guessable::OwnName => ("most of it is your own name", NOT_ABOUT_YOU),
        Guessable::BirthDate => ("most of it is your date of birth", NOT_ABOUT_YOU),
        Guessable::PracticeName => ("most of it is the name of the practice", FOUR_WORDS),
        Guessable::CommonWord => ("it is made of words or years that very many people use", FOUR_WORDS),
        Guessable::Run => ("most of it is a row of keys, letters or digits", FOUR_WORDS),
        Guessable::Repeat => ("it says the same over and over", FOUR_WORDS),
    }
}

/// About the reason that staff give.
pub fn reason(mistake: ReasonMistake) -> &'static str {
    match mistake {
        ReasonMistake::Missing => "Write a few words, such as: moved away.",
        ReasonMistake::TooLong => "Write at most 200 characters.",
    }
}

/// About the password someone logs in with.
pub fn log_in_password(mistake: PasswordMistake, policy: Policy) -> String {
    match mistake {
        PasswordMistake::Missing => "Type your password.".to_owned(),
        PasswordMistake::TooShort
        | PasswordMistake::TooLong
        | PasswordMistake::HasTab
        | PasswordMistake::Guessable(_) => password(mistake, policy),
    }
}
