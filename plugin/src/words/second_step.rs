//! What patients read about the second step of a log in: when it is asked for, and when it is set up.

use crate::practice::Practice;
use crate::settings::{FACTOR_LABEL_LONGEST, MOST_PASSKEYS};

/// The title of the page after the password.
pub const TITLE: &str = "One more step";
/// The field for the code from the app.
pub const CODE: &str = "Code from your app";
/// How to find it.
pub const CODE_HINT: &str = "Open the app on your phone. Type the 6 digits it shows for us.";
/// Nothing was typed.
pub const CODE_MISSING: &str = "Please type the 6 digits from your app.";
/// It is another one, or was used before.
pub const CODE_WRONG: &str =
    "This code does not fit. Each code works once and for half a minute. Type the one your app shows now.";
/// The button under a code.
pub const GO_ON: &str = "Go on";
/// The button for a passkey.
pub const USE_PASSKEY: &str = "Use your passkey";
/// Above it.
pub const PASSKEY_TEXT: &str = "Your phone, computer or security key asks you to confirm that it is you.";
/// The passkey was not taken.
pub const PASSKEY_WRONG: &str = "That did not work. Please try your passkey again, or use another way.";
/// Where no script runs, a passkey cannot be used.
pub const PASSKEY_NEEDS_SCRIPT: &str =
    "A passkey needs JavaScript, which is off in this browser. Turn it on, or use a recovery code.";
/// The browser knows no passkeys, or the patient closed its window.
pub const PASSKEY_FAILED: &str = "This did not work in your browser. Please try again, or use another way.";
/// Leads to the page for recovery codes.
pub const LOST: &str = "No phone or key at hand? Use a recovery code";
/// Where no recovery codes are left.
pub fn lost_all(practice: &Practice) -> String {
    format!("No phone or key at hand? Call {} at {}.", practice.name, practice.phone)
}

/// The title of the page for recovery codes.
pub const RECOVERY_TITLE: &str = "Use a recovery code";
/// Above the field.
pub const RECOVERY_INTRO: &str = "You got recovery codes when you added the second step. Each works once. Cross it out when you have used it.";
/// The field.
pub const RECOVERY: &str = "Recovery code";
/// How it may be typed.
pub const RECOVERY_HINT: &str =
    "24 letters and digits. Small or large letters and hyphens make no difference.";
/// Nothing was typed.
pub const RECOVERY_MISSING: &str = "Please type one of your recovery codes.";
/// It is none of theirs, or was used.
pub const RECOVERY_WRONG: &str =
    "This code does not fit. Check every letter, or take one you have not used yet.";

/// The title of the page where it is set up, and the link to it.
pub const SETTINGS: &str = "Second step at log in";
/// Where nothing is set up, and passkeys are offered or only an app is.
pub fn settings_off(offers_passkeys: bool) -> &'static str {
    if offers_passkeys {
        "With a second step nobody gets in with your password alone. You need your phone, your computer or a \
         security key as well."
    } else {
        "With a second step nobody gets in with your password alone. You need an app on your phone as well."
    }
}
/// Where something is.
pub const SETTINGS_ON: &str = "After your password we ask for one of these:";
/// Where the practice asks everyone.
pub const SETTINGS_REQUIRED: &str =
    "Your practice asks everyone to add a second step. Please add one to go on.";
/// What to do there for who has nothing to add.
pub fn nothing_to_add(practice: &Practice, offers_passkeys: bool) -> String {
    let means = if offers_passkeys { "phone, computer or security key" } else { "smartphone" };
    format!("No {means} for this? Call {} at {}.", practice.name, practice.phone)
}
/// From a form back to it.
pub const BACK: &str = "Back to the second step";
/// Above what is set up, after a form that was sent twice, as by loading its answer again, or too late.
pub fn as_it_stands(is_on: bool) -> &'static str {
    if is_on {
        "This was done already, or the page was open for too long. This is what is set up now. If you did not keep \
         your recovery codes, get new ones."
    } else {
        "This was done already, or the page was open for too long. No second step is set up now."
    }
}
/// On the home page, to who has none.
pub const OFFER: &str = "Make your account safer: add a second step";
/// On the page after activation.
pub fn offer_at_activation(is_required: bool) -> &'static str {
    if is_required {
        "After you log in, we ask you to add a second step, such as a code on your phone."
    } else {
        "After you log in, you can also add a second step, such as a code on your phone."
    }
}

/// Adds an app.
pub const ADD_APP: &str = "Add an app that shows codes";
/// How the app is called in lists.
pub const APP: &str = "App on your phone";
/// Above the form.
pub const ADD_APP_INTRO: &str = "You need an authenticator app on your phone. Many are free. In the app, add an account \
     and scan this code. Then type the 6 digits it shows.";
/// Names the QR code to whoever cannot see it.
pub const APP_QR: &str = "QR code for your app";
/// Leads to the app, since a phone cannot scan its own screen.
pub const OPEN_APP: &str = "Open your app on this phone";
/// Above the letters that stand for it.
pub const APP_SECRET: &str = "Cannot scan it? Type this into the app:";

/// Adds a passkey.
pub const ADD_PASSKEY: &str = "Add a passkey";
/// Above the form.
pub const ADD_PASSKEY_INTRO: &str = "A passkey is kept by your phone, your computer or a security key. You use it with \
     your finger, your face or a PIN. Give it a name, so that you know it later.";
/// The field for its name.
pub const PASSKEY_NAME: &str = "Name of the passkey";
/// An example.
pub const PASSKEY_NAME_HINT: &str = "Such as: my phone";
/// Nothing was typed.
pub const PASSKEY_NAME_MISSING: &str = "Please give it a name, such as: my phone.";
/// Too long.
pub fn passkey_name_too_long() -> String {
    format!("Please use a shorter name, of {FACTOR_LABEL_LONGEST} letters at the most.")
}
/// There are many.
pub fn too_many_passkeys() -> String {
    format!("You have {MOST_PASSKEYS} passkeys. Remove one before you add another.")
}

/// Who logged in a while ago has to do so again, with the second step, before it is changed.
pub const LOG_IN_FIRST: &str = "Please log in again first";
/// Why.
pub const LOG_IN_FIRST_TEXT: &str = "You logged in a while ago. To change your second step, log out and log in again with it. \
     So nobody can change it who only found your browser open.";
/// The button.
pub const LOG_OUT_FIRST: &str = "Log out";

/// The password once more, before the second step is changed.
pub const PASSWORD: &str = "Your password";
/// Why it is asked for.
pub const PASSWORD_HINT: &str = "To make sure that it is you.";

/// Removes one.
pub const REMOVE: &str = "Remove one";
/// Above the form.
pub fn remove_intro(is_required: bool) -> &'static str {
    if is_required {
        "Choose what to remove. Your practice asks for a second step, so one of them has to stay."
    } else {
        "Choose what to remove. Without any of them, your password alone lets you in, and your recovery codes are gone too."
    }
}
/// The choice.
pub const WHICH: &str = "Which one?";
/// Nothing was chosen.
pub const WHICH_MISSING: &str = "Please choose one.";
/// The button.
pub const REMOVE_NOW: &str = "Remove";
/// The last one cannot go while the password is short.
pub const PASSWORD_TOO_SHORT_ALONE: &str =
    "Your password is too short to be used alone. Choose a longer one first, then remove the second step.";
/// The last one cannot go where the practice asks for one.
pub const LAST_IS_REQUIRED: &str =
    "Your practice asks for a second step. Add another one before you remove this.";

/// Leads to new codes, and the title of their page.
pub const NEW_CODES: &str = "Get new recovery codes";
/// Above the form.
pub const NEW_CODES_INTRO: &str = "New codes take the place of those you have. The old ones stop working.";
/// The button.
pub const MAKE_CODES: &str = "Make new codes";
/// The title of the page with codes.
pub const CODES_TITLE: &str = "Your recovery codes";
/// Above the codes.
pub const CODES_TEXT: &str = "To print this page, choose Print in the menu of your browser. Or write the codes down. Keep \
     them where you keep important papers. If you lose your phone or key, each code lets you in once. We cannot show \
     them again.";
/// After the first of them was added.
pub const ADDED: &str = "The second step was added. Everywhere else you were logged out.";

/// How many codes are left.
pub fn codes_left(count: usize) -> String {
    match count {
        0 => "You have no recovery codes left. Get new ones.".to_owned(),
        1 => "You have 1 recovery code left. Get new ones soon.".to_owned(),
        _ => format!("You have {count} recovery codes left."),
    }
}

/// Since when there is one.
pub fn since(day: &str) -> String {
    format!("added {day}")
}

/// How somebody passed the second step, for the record.
pub mod how {
    /// With a code from the app.
    pub const APP: &str = "with a code from an app";
    /// With a passkey.
    pub const PASSKEY: &str = "with a passkey";
    /// With a recovery code. The patient's account page knows such a log in by these words.
    pub const RECOVERY_CODE: &str = "with a recovery code";
}

/// What was added or removed, for the record.
pub mod what {
    /// An app was added.
    pub const APP: &str = "an app";
    /// A passkey was added.
    pub const PASSKEY: &str = "a passkey";
    /// One was removed and others are left.
    pub const ONE_OF_SEVERAL: &str = "one of several";
    /// The last was removed.
    pub const THE_LAST: &str = "the last one: the password alone lets in";
}
