//! What staff read in the Patient Portal Admin tab.

use crate::audit::{Deed, Entry};
use crate::rules::confirmation::MissingDetail;

/// The tab's title.
pub const TAB: &str = "Patient Portal Admin";
/// Where the patient stands.
pub const STATUS: &str = "Status";
/// Until when the Portal ID works.
pub const VALID_UNTIL: &str = "Valid until";
/// The action that invites a patient.
pub const CREATE: &str = "Create this user";
/// The action that invites a patient again.
pub const REISSUE: &str = "Issue a new Portal ID";
/// The document that is handed over.
pub const PRINT_INSTRUCTIONS: &str = "Print Patient Instructions";

/// No one has created the user.
pub const NOT_INVITED: &str = "Not invited";
/// The Portal ID was not used in time.
pub const EXPIRED: &str = "Invitation expired";
/// Too many wrong answers were given.
pub fn burnt(moment: &str) -> String {
    format!("Portal ID stopped working {moment}, after too many wrong answers")
}

/// Where the patient stands, and that failed attempts have paused it.
pub fn paused_until(stands: &str, moment: &str) -> String {
    format!("{stands}, paused by failed attempts until {moment}")
}
/// Where the patient stands, and that failed attempts have stopped it.
pub fn stopped(stands: &str) -> String {
    format!("{stands}, stopped by failed attempts until it is unlocked")
}
/// Somebody tried many Portal IDs with what is known of the patient.
pub fn typing_paused(until: &str) -> String {
    format!(
        "After failed attempts with this patient's initials and date of birth, the website refuses a typed \
         Portal ID until {until}. The QR code on the sheet still works. Issuing a new Portal ID clears it at \
         once."
    )
}
/// No more answers are taken for the Portal ID.
pub fn confirming_paused(until: &str) -> String {
    format!(
        "After failed attempts, the website refuses this Portal ID and its QR code until {until}. Issuing a \
         new Portal ID clears it at once."
    )
}
/// Wrong passwords came from many places.
pub fn login_paused(until: &str) -> String {
    format!(
        "After many wrong passwords or codes, the website takes no more of them for this login until {until}, at \
         least not from where they came. Another browser, such as one that the patient logged in with before, \
         may still work. If the patient calls, make sure who they are, then unlock the login."
    )
}
/// Login was stopped after too many wrong passwords or codes in a row.
pub const LOCKED: &str = "Logging in was stopped after too many wrong passwords or codes in a row. If the patient \
     calls, make sure who they are, then unlock the login.";
/// The action that lets the patient log in again.
pub const UNLOCK: &str = "Unlock login";
/// After unlocking.
pub const UNLOCKED: &str = "The login is unlocked. The patient can try again.";
/// Unlocking what is not locked.
pub const UNLOCKED_BEFORE: &str = "This login is not locked. Nothing was changed.";

/// Staff turned access off, and who did is not on record.
pub const OFF: &str = "Off";
/// Staff turned access off.
pub fn off_since(moment: &str, who: &str) -> String {
    format!("Off since {moment}, by {who}")
}
/// Why access is off.
pub const WHY: &str = "Reason";
/// When the patient last logged in.
pub const LAST_LOGIN: &str = "Last login";
/// The patient has not logged in yet.
pub const NEVER: &str = "Not yet";
/// What the patient logs in with besides the password.
pub const SECOND_STEP: &str = "Second step";
/// The same where the host cannot answer.
pub const SECOND_STEP_UNKNOWN: &str = "Cannot be told right now";
/// What there is, by its kind alone: what the patient calls it is theirs.
pub fn second_step(has_app: bool, has_passkey: bool) -> &'static str {
    match (has_app, has_passkey) {
        (true, true) => "App and passkey",
        (true, false) => "App",
        (false, true) => "Passkey",
        (false, false) => "None",
    }
}
/// To who may look and not change anything, in place of the buttons.
pub const LOOK_ONLY: &str = "You can look here. Changes take the right Connect EHR > Edit.";

/// The action that takes the login away.
pub const RESET: &str = "Reset login";
/// The question before it.
pub const RESET_QUESTION: &str = "The patient's username and password stop working at once, the second step and its \
     recovery codes go too, and they are logged out everywhere. You get a new Portal ID to print and hand over. Use \
     this when a password was forgotten, when the phone or key for the second step was lost, or when somebody else \
     activated the account.";
/// After resetting.
pub const RESET_DONE: &str = "The login was reset, and a new Portal ID was issued. Print the instructions \
     and hand them to the patient.";
/// The action that turns access off.
pub const TURN_OFF: &str = "Turn access off";
/// The question before it.
pub const TURN_OFF_QUESTION: &str = "The patient can no longer log in, and is logged out everywhere. A \
     Portal ID that was handed over stops working. You can turn access on again.";
/// What is asked for before access is turned off.
pub const REASON: &str = "Reason, for the record (no health information)";
/// After turning access off.
pub const TURNED_OFF: &str = "Access is off. The patient can no longer log in.";
/// The action that turns access on again.
pub const TURN_ON: &str = "Turn access on";
/// After turning access on for someone with a login.
pub const TURNED_ON: &str = "Access is on. The patient can log in as before.";
/// After turning access on for someone without a login.
pub const TURNED_ON_AND_INVITED: &str = "Access is on, and a new Portal ID was issued. Print the \
     instructions and hand them to the patient.";

/// Somebody changed the account after the button was drawn. `change` is what they did, where it is
/// known.
pub fn overtaken(change: Option<&Entry>) -> String {
    let done = change.map_or_else(String::new, |entry| format!(" {}: “{}”.", entry.who, act(entry)));
    format!(
        "This user was changed after you opened the page, so nothing was done.{done} This is how it stands now."
    )
}

/// The Portal ID works until then.
pub fn invited_until(moment: &str) -> String {
    format!("Invited until {moment}")
}

/// The patient can log in since then.
pub fn active_since(moment: &str) -> String {
    format!("Active since {moment}")
}

/// After creating the user.
pub const CREATED: &str = "The user was created. Print the instructions and hand them to the patient.";
/// After issuing a new ID.
pub const REISSUED: &str = "A new Portal ID was issued. The old instructions no longer work: print \
     the new ones and hand them to the patient.";
/// The question before a Portal ID that still works is replaced.
pub const REISSUE_QUESTION: &str = "The ID on the sheet stops working at once. Issue a new one?";
/// Creating a user who is there already.
pub const CREATED_BEFORE: &str = "This user has been created already. Nothing was changed.";
/// Issuing a new ID twice in a row.
pub const REISSUED_BEFORE: &str = "A new Portal ID was issued a moment ago. Nothing was changed.";
/// Someone else was faster.
pub const CREATED_BY_SOMEONE_ELSE: &str =
    "Someone else has just created this user. Nothing was changed a second time.";
/// Someone else was faster.
pub const CHANGED_BY_SOMEONE_ELSE: &str =
    "Someone else has just changed this user. Nothing was changed a second time.";

/// Why the user cannot be created.
pub fn missing(detail: MissingDetail) -> &'static str {
    match detail {
        MissingDetail::BirthDate => {
            "The portal needs a date of birth, and this patient has none on file. Add it under \
             Demographics first."
        }
        MissingDetail::Initials => {
            "The portal needs the patient's initials, and the name on file has no letters. Correct \
             it under Demographics first."
        }
    }
}

/// What somebody did, in the history. A deed that this version does not know goes by its name.
pub fn act(entry: &Entry) -> &str {
    Deed::named(&entry.action).map_or(entry.action.as_str(), |known| deed(known))
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::TabViewed => "Viewed this tab",
        Deed::InvitationIssued => "Created this user and issued a Portal ID",
        Deed::InvitationReissued => "Issued a new Portal ID",
        Deed::InstructionsPrinted => "Opened the patient instructions to print",
        Deed::InvitationExpired => "The Portal ID was not used in time and was deleted",
        Deed::InvitationBurnt => "Gave too many wrong answers: the Portal ID stopped working",
        Deed::ActivationConfirmed => "Confirmed who they are on the website",
        Deed::ActivationRefused => "Tried to activate the account and was refused",
        Deed::ActivationBlocked => "Tried to activate the account too often and was blocked",
        Deed::ActivationPaused => "Gave the wrong answer after which typing a Portal ID was paused",
        Deed::CredentialsSet => "Chose a username and password: the account is active",
        Deed::PasswordRehashed => "The stored password was protected more strongly",
        Deed::SignInSucceeded => "Logged in",
        Deed::SignInRefused => "Tried to log in and was refused",
        Deed::SignInBlocked => "Tried to log in too often and was blocked",
        Deed::SignInDisabled => "Tried too many passwords in a row: logging in was stopped",
        Deed::SignInRowEnded => "Logged in after wrong tries",
        Deed::DeviceRemembered => "Logged in with a browser for the first time",
        Deed::SignInUnlocked => "Unlocked the login",
        Deed::PasswordChanged => "Chose another password",
        Deed::PasswordChangeRefused => "Tried to change the password and was refused",
        Deed::SessionsEnded => "Logged out everywhere",
        Deed::SessionRenewed => "Went on in the same browser",
        Deed::SecondStepAsked => "Said the right password and was asked for the second step",
        Deed::SecondStepRefused => "Failed the second step",
        Deed::SecondStepBlocked => "Tried the second step too often",
        Deed::SecondStepDisabled => "Stopped the login: too many tries at the second step",
        Deed::FactorUsed => "Passed the second step",
        Deed::FactorAdded => "Added a second step",
        Deed::FactorRemoved => "Removed a second step",
        Deed::FactorChangeRefused => "Tried to change the second step and was refused",
        Deed::RecoveryCodesDrawn => "Got new recovery codes",
        Deed::LoginReset => "Reset the login and issued a Portal ID",
        Deed::AccessTurnedOff => "Turned access off",
        Deed::AccessTurnedOn => "Turned access on",
        Deed::SessionClosed => "Logged out",
    }
}

/// The same thing, so many times in a row.
pub fn times(what: String, count: usize) -> String {
    if count == 1 { what } else { format!("{what} ({count} times)") }
}

/// A deed with what an auditor may want to know besides.
pub fn with_detail(what: &str, detail: Option<&str>) -> String {
    detail.map_or_else(|| what.to_owned(), |detail| format!("{what}: {detail}"))
}

/// Why something was refused or ended, for the auditor only.
pub mod why {
    /// No open or expired invitation has the ID.
    pub const NO_INVITATION: &str = "no invitation has this Portal ID";
    /// The invitation is no longer open.
    pub const EXPIRED: &str = "the Portal ID has expired";
    /// The account was activated or turned off meanwhile.
    pub const NO_LONGER_INVITED: &str = "the Portal ID belongs to an account that no longer waits for it";
    /// The sheet's QR code leads nowhere, any more.
    pub const NO_SHEET: &str = "no open invitation belongs to this QR code";
    /// Typing a Portal ID is paused.
    pub const PAUSED: &str = "typing a Portal ID is paused";
    /// Initials or date of birth are not those on file.
    pub const OTHER_DETAILS: &str = "the initials or the date of birth do not match";
    /// No account has the username.
    pub const NO_ACCOUNT: &str = "no account has this username";
    /// The password is another one.
    pub const WRONG_PASSWORD: &str = "wrong password";
    /// Staff turned access off.
    pub const ACCESS_OFF: &str = "access is off";
    /// The patient ended it from another browser. Their account page knows it by these words.
    pub const ENDED_ELSEWHERE: &str = "ended from another browser";
    /// The browser had a session already.
    pub const LOGGED_IN_AGAIN: &str = "the same browser logged in again";
}
