//! What patients read about their own account.

use crate::audit::{By, Deed, Entry};
use crate::practice::Practice;

/// The title of the account page, and the link to it.
pub const TITLE: &str = "Your account";
/// Before the username.
pub const YOUR_USERNAME: &str = "Username";
/// The link and the title of the page for another password.
pub const CHANGE_PASSWORD: &str = "Change your password";
/// Above the form for another password.
pub const CHANGE_PASSWORD_INTRO: &str =
    "After you save, you stay logged in here and are logged out everywhere else.";
/// The password that is to be changed.
pub const CURRENT_PASSWORD: &str = "Your password now";
/// The password to be.
pub const NEW_PASSWORD: &str = "New password";
/// The same, against mistyping.
pub const NEW_PASSWORD_AGAIN: &str = "New password again";
/// The password to be changed is another one.
pub const CURRENT_WRONG: &str = "This is not your password. Check it and try again.";
/// The title after the password was changed.
pub const PASSWORD_CHANGED: &str = "Your password was changed";
/// After the password was changed.
pub const PASSWORD_CHANGED_TEXT: &str = "Use the new one from now on. Everywhere else you were logged out.";
/// From there back to the account.
pub const TO_ACCOUNT: &str = "Go to your account";
/// From the account page back.
pub const TO_HOME: &str = "Back to the home page";

/// Above the list of sessions.
pub const SESSIONS_TITLE: &str = "Where you are logged in";
/// The session that asks.
pub const THIS_BROWSER: &str = "This browser";
/// Any other.
pub const OTHER_BROWSER: &str = "Another browser";
/// Ends one.
pub const END_SESSION: &str = "Log out there";
/// Ends them all.
pub const END_ALL: &str = "Log out everywhere";

/// Since when and until when a session was used.
pub fn used(opened: &str, seen: &str) -> String {
    format!("since {opened}, last used {seen}")
}

/// Above what was done lately.
pub const ACTS_TITLE: &str = "What happened lately";

/// How to report what one did not do.
pub fn not_you(practice: &Practice) -> String {
    format!("Was something here not you? Call {} at {}. They can stop it at once.", practice.name, practice.phone)
}

/// On the home page, when the patient logged in before.
pub fn last_login(moment: &str) -> String {
    format!("You logged in before this on {moment}.")
}

/// On the home page, what gave or took access last.
pub fn last_change(moment: &str, what: &str, by_themselves: bool) -> String {
    if by_themselves {
        format!("Last change of your access: {what}, by you, on {moment}.")
    } else {
        format!("Last change of your access: {what}, on {moment}.")
    }
}

/// What was done, and by whom where it was not the patient. A visitor goes by the address.
pub fn by(what: &str, entry: &Entry) -> String {
    match entry.by {
        By::Staff | By::Visitor => format!("{what}, by {}", entry.who),
        By::Patient | By::System => what.to_owned(),
    }
}

/// A deed, as the patient is told it; none for what is no news to them.
pub fn act(deed: Deed) -> Option<&'static str> {
    Some(match deed {
        Deed::InvitationIssued => "your portal account was made",
        Deed::InvitationReissued => "a new Portal ID was issued",
        Deed::InstructionsPrinted => "your instructions were printed",
        Deed::InvitationExpired => "a Portal ID was not used in time",
        Deed::InvitationBurnt => "a Portal ID stopped working after wrong answers",
        Deed::ActivationConfirmed => "somebody confirmed they are you",
        Deed::ActivationRefused | Deed::ActivationBlocked => "somebody failed to confirm they are you",
        Deed::CredentialsSet => "username and password were chosen",
        Deed::SignInSucceeded => "logged in",
        Deed::SignInRefused => "a log in failed",
        Deed::SignInBlocked | Deed::SignInDisabled => "too many log ins failed",
        Deed::SignInUnlocked => "log in was unlocked",
        Deed::PasswordChanged => "the password was changed",
        Deed::PasswordChangeRefused => "a change of the password failed",
        Deed::SessionsEnded => "logged out everywhere",
        Deed::LoginReset => "your login was reset",
        Deed::AccessTurnedOff => "access was turned off",
        Deed::AccessTurnedOn => "access was turned on",
        Deed::SessionClosed => "logged out",
        Deed::TabViewed
        | Deed::ActivationPaused
        | Deed::PasswordRehashed
        | Deed::SignInRowEnded
        | Deed::DeviceRemembered => return None,
    })
}

/// Why a change was refused, for the auditor only.
pub mod why {
    /// The password to be changed is another one.
    pub const WRONG: &str = "wrong password";
    /// After too many wrong ones.
    pub const TOO_MANY: &str = "too many tries";
}
