//! What patients read on the website, besides labels and mistakes.

use crate::practice::{Policy, Practice};
use crate::settings::{USERNAME_LONGEST, USERNAME_SHORTEST};

/// The name of the website, after the practice's.
pub const PATIENT_PORTAL: &str = "Patient Portal";
/// The first thing a keyboard reaches.
pub const SKIP: &str = "Skip to the main content";
/// Above the list of mistakes.
pub const MISTAKES_TITLE: &str = "There is a problem";
/// Before the title of a page with mistakes, so that a screen reader says it first.
pub const ERROR_PREFIX: &str = "Error: ";
/// Whom to call, at the foot of every page.
pub const NEED_HELP: &str = "Need help? Call us at";

/// On the main login page.
pub const LOG_IN_TITLE: &str = "Log in";
/// On the main login page, next to the way in for new patients.
pub const FIRST_TIME_TITLE: &str = "New here?";
/// On the main login page.
pub const FIRST_TIME_TEXT: &str = "Do you have a sheet with a Patient Portal ID? Set up your login first.";
/// After a wrong username or a wrong password.
pub const LOG_IN_REFUSED: &str = "This username and password do not match. Check both and try again. Capital letters matter in the password.";

/// The link under the login form, and the title of the page it leads to.
pub const FORGOTTEN_TITLE: &str = "Forgot your username or password?";

/// What to do about a forgotten username or password.
pub fn forgotten_text(practice: &Practice) -> String {
    format!(
        "Please call {} at {}, or ask at the desk. When they know it is you, they give you a new sheet. With it \
         you choose a new username and a new password.",
        practice.name, practice.phone
    )
}

/// Above User Confirmation.
pub const CONFIRMATION_INTRO: &str =
    "Please tell us who you are. You find your Patient Portal ID on the sheet you got from us.";
/// Under the Portal ID.
pub const PORTAL_ID_HINT: &str = "6 digits, such as 123 456";
/// Under the initials.
pub const INITIAL_HINT: &str = "One letter. If you have only one name, leave the missing one empty.";

/// After anything wrong with the details, whatever it was.
pub fn confirmation_refused(practice: &Practice) -> String {
    format!(
        "We could not confirm you with these details. Check the ID on your sheet, your initials and your date \
         of birth. For your safety the ID stops working after a few wrong tries. Need help? Call {} at {}.",
        practice.name, practice.phone
    )
}

/// While typing a Portal ID is paused, above User Confirmation.
pub fn confirmation_paused(practice: &Practice) -> String {
    format!(
        "For everyone's safety, typing a Portal ID is paused right now. You can still get in: scan the square \
         code on your sheet with your phone's camera. Or call {} at {}.",
        practice.name, practice.phone
    )
}

/// Under User Confirmation, in place of the Portal ID that the QR code brought along.
pub const FROM_SHEET: &str = "We read your Patient Portal ID from the square code on your sheet.";
/// To type the Portal ID after all.
pub const TYPE_INSTEAD: &str = "Type the ID instead";

/// The title of the page for new credentials.
pub const CREDENTIALS_TITLE: &str = "Create your login";
/// Above the new credentials.
pub const CREDENTIALS_INTRO: &str =
    "Thank you, you are confirmed. Now choose a username and a password. Please finish within 10 minutes.";

/// Under the new username.
pub fn username_hint() -> String {
    format!(
        "{USERNAME_SHORTEST} to {USERNAME_LONGEST} characters, without spaces. Your e-mail address is fine."
    )
}

/// Under the new password.
pub fn password_hint(policy: Policy) -> String {
    format!(
        "At least {} characters. A few words in a row are easy to remember and hard to guess.",
        policy.minimum_password_length
    )
}

/// The title after activation.
pub const ACTIVATED_TITLE: &str = "Your account is ready";
/// After activation.
pub const ACTIVATED_TEXT: &str =
    "Your username and password were saved. You can log in with them right away.";
/// After activation.
pub const TO_LOG_IN: &str = "Go to the login page";

/// The title of the home page.
pub const HOME_TITLE: &str = "Home";

/// On the home page.
pub fn greeting(name: &str) -> String {
    format!("Hello, {name}")
}
/// On the home page.
pub const HOME_TEXT: &str = "You are logged in.";

/// The title of the time-out warning.
pub const STAY_TITLE: &str = "Are you still there?";
/// The button of the time-out warning.
pub const STAY: &str = "Stay logged in";

/// In the time-out warning, while this many seconds are left.
pub fn stay_text(seconds: u64) -> String {
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    format!("To keep your information safe, we log you out in {}.", wait(seconds))
}

/// The title after logging out.
pub const LOGGED_OUT_TITLE: &str = "You are logged out";
/// After logging out.
pub const LOGGED_OUT_TEXT: &str = "On a shared computer, close the browser as well.";
/// After logging out.
pub const LOG_IN_AGAIN: &str = "Log in again";

/// The title after the minutes for new credentials are over.
pub const TIME_IS_UP_TITLE: &str = "Your time is up";
/// After the minutes for new credentials are over.
pub const TIME_IS_UP_TEXT: &str =
    "For your safety you have 10 minutes. Nothing was saved. Please confirm again who you are.";

/// The title after a session ended by itself.
pub const SESSION_ENDED_TITLE: &str = "You were logged out";
/// After a session ended by itself.
pub const SESSION_ENDED_TEXT: &str = "You were logged out because you did nothing here for a while, because your \
     login was changed, or because you logged out here from another place. This keeps your information safe.";

/// On an error page, the way back.
pub const TO_START: &str = "Go to the start page";

/// An error page: a headline and what to do.
pub struct Explanation {
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub text: String,
}

/// The request could not be read.
pub fn bad_request() -> Explanation {
    let text =
        "Your browser sent something we could not read. Nothing was changed. Please go back and try again.";
    Explanation { title: "We could not read that", text: text.to_owned() }
}

/// The form came from another website.
pub fn forbidden() -> Explanation {
    let text = "This form did not come from our own pages, so we did not accept it. Nothing was changed. \
                Please open our start page and try again.";
    Explanation { title: "We could not accept that", text: text.to_owned() }
}

/// The form was drawn for a session that is over, or the browser keeps no cookies.
pub fn stale_form() -> Explanation {
    let text = "This page had been open for too long. Nothing was changed. Please go to the start page and try \
                again.";
    Explanation { title: "Please start again", text: text.to_owned() }
}

/// On a form that was drawn for a visit that is over, or in a browser that keeps no cookies.
pub const FORM_TOO_OLD: &str = "This page was open for too long, or your browser does not keep cookies. Please \
     try again.";

/// There is no such page.
pub fn not_found() -> Explanation {
    let text = "There is no page at this address. Check it against your sheet, or go to the start page.";
    Explanation { title: "Page not found", text: text.to_owned() }
}

/// The page is there, but not for this method.
pub fn method_not_allowed() -> Explanation {
    let text = "This page cannot be used in this way. Please go to the start page.";
    Explanation { title: "That does not work here", text: text.to_owned() }
}

/// The form is not a web form.
pub fn unsupported_form() -> Explanation {
    let text = "Your browser sent the form in a way we do not understand. Nothing was changed.";
    Explanation { title: "We could not read that form", text: text.to_owned() }
}

/// Too many wrong passwords or codes in a row: only the practice can help.
pub fn disabled(practice: &Practice) -> Explanation {
    let text = format!(
        "There were too many wrong tries, so we stopped taking more. Please call {} at {}. They can let you in \
         again.",
        practice.name, practice.phone
    );
    Explanation { title: "Please call us", text }
}

/// Too many passwords or codes were tried.
pub fn too_many(practice: &Practice, seconds: u32) -> Explanation {
    let text = format!(
        "There were too many wrong tries. Please wait {} and try again, or call {} at {}.",
        wait(seconds),
        practice.name,
        practice.phone
    );
    Explanation { title: "Please wait a little", text }
}

/// The host cannot answer now.
pub fn unavailable(seconds: u32) -> Explanation {
    let text = format!(
        "We cannot do this right now. Nothing of yours is lost. Please wait {} and try again.",
        wait(seconds)
    );
    Explanation { title: "Please try again in a moment", text }
}

/// Something of ours is broken.
pub fn broken() -> Explanation {
    let text = "Something went wrong on our side. Nothing was changed. Please try again later.";
    Explanation { title: "Sorry, that did not work", text: text.to_owned() }
}

fn wait(seconds: u32) -> String {
    match (seconds, seconds.div_ceil(60)) {
        (..=1, _) => "a second".to_owned(),
        (2..=90, _) => format!("{seconds} seconds"),
        (_, minutes @ ..=90) => format!("{minutes} minutes"),
        (_, minutes) => format!("{} hours", minutes.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_are_told_in_a_fitting_unit() {
        assert_eq!(wait(0), "a second");
        assert_eq!(wait(30), "30 seconds");
        assert_eq!(wait(91), "2 minutes");
        assert_eq!(wait(900), "15 minutes");
        assert_eq!(wait(86_400), "24 hours");
    }
}
