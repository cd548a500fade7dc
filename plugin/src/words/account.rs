//! What patients read about their own account.

use super::second_step::how;
use super::staff;
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
/// From a form back to the account.
pub const BACK: &str = "Back to your account";
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

/// In how many more places than the list shows.
pub fn more_sessions(more: usize) -> String {
    match more {
        1 => format!("There is 1 more. “{END_ALL}” ends it too."),
        more => format!("There are {more} more. “{END_ALL}” ends them all."),
    }
}

/// How to report what one did not do.
pub fn not_you(practice: &Practice) -> String {
    format!(
        "Was any of this not you? Call {} at {} right away. They can stop it at once and give you a new sheet.",
        practice.name, practice.phone
    )
}

/// On the home page, when somebody logged in with this login besides the browser that shows it.
pub fn other_login(moment: &str) -> String {
    format!("Last log in besides this one: {moment}.")
}

/// On the home page, what gave or took access last.
pub fn last_change(moment: &str, what: &str, by_themselves: bool) -> String {
    let by = if by_themselves { ", by you" } else { "" };
    format!("Last change of your access: {moment}. {what}{by}.")
}

/// What was done, and by whom of the practice.
///
/// A member of staff is named, since access is theirs to answer for. Of a visitor not even the address
/// is told: it would help nobody here, and whoever got into an account must not learn from it where
/// the patient is. Staff see it in the tab.
pub fn by(what: &str, entry: &Entry) -> String {
    match entry.by {
        By::Staff => format!("{what}, by {} at the practice", entry.who),
        By::Visitor | By::Patient | By::System => what.to_owned(),
    }
}

/// A deed, as the patient is told it; none for what is no news to them. Why it was done is not told, since
/// staff may have written it for each other; what the portal itself wrote only tells deeds apart.
pub fn act(deed: Deed, detail: Option<&str>) -> Option<&'static str> {
    Some(match deed {
        Deed::InvitationIssued => "Your portal account was created",
        Deed::InvitationReissued => "A new Portal ID was issued",
        Deed::InstructionsPrinted => "Your sheet was printed",
        Deed::InvitationExpired => "A Portal ID was not used in time",
        Deed::InvitationBurnt => "A Portal ID stopped working after wrong answers",
        Deed::ActivationConfirmed => "Your Portal ID was used with your initials and date of birth",
        Deed::ActivationRefused | Deed::ActivationBlocked => "Your Portal ID was tried, without success",
        Deed::CredentialsSet => "A username and a password were chosen",
        Deed::SignInSucceeded if detail == Some(how::RECOVERY_CODE) => "Logged in with a recovery code",
        Deed::SignInSucceeded => "Logged in",
        Deed::SignInRefused => "A log in failed",
        Deed::SignInBlocked => "A log in was not taken, after too many wrong passwords",
        Deed::SignInDisabled => "Logging in was stopped after too many wrong passwords",
        Deed::SignInUnlocked => "Logging in was allowed again",
        Deed::PasswordChanged => "The password was changed",
        Deed::PasswordChangeRefused => "A change of the password failed",
        Deed::SessionsEnded => "Logged out everywhere",
        Deed::SecondStepAsked => "The right password was given, and the second step asked for",
        Deed::SecondStepRefused => "The second step failed",
        Deed::SecondStepBlocked | Deed::SecondStepDisabled => "The second step was tried too often",
        Deed::FactorAdded => "A second step was added",
        Deed::FactorRemoved => "A second step was removed",
        Deed::FactorChangeRefused => "A change of the second step failed",
        Deed::RecoveryCodesDrawn => "New recovery codes were made",
        Deed::LoginReset => "Your login was reset",
        Deed::AccessTurnedOff => "Access was turned off",
        Deed::AccessTurnedOn => "Access was turned on",
        Deed::SessionClosed if detail == Some(staff::why::ENDED_ELSEWHERE) => {
            "Logged out from another browser"
        }
        Deed::SessionClosed => "Logged out",
        Deed::TabViewed
        | Deed::ActivationPaused
        | Deed::PasswordRehashed
        | Deed::SignInRowEnded
        | Deed::FactorUsed
        | Deed::SessionRenewed
        | Deed::DeviceRemembered => return None,
    })
}

/// Why a change was refused or a session opened, for the auditor only.
pub mod why {
    /// After too many wrong ones.
    pub const TOO_MANY: &str = "too many wrong passwords";
}
