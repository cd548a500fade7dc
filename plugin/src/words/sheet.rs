//! What the printed instructions say, at reading grade 6 or lower.
//!
//! They name every label exactly as it stands on the screen.

use super::labels::{
    ACTIVATE_ACCOUNT, BIRTH_DATE, CONFIRM, DATE_FORM, FIRST_INITIAL, LAST_INITIAL, LOG_IN, PASSWORD_AGAIN,
    PORTAL_ID, SAVE, USER_CONFIRMATION,
};
use crate::people::{Patient, PersonName};
use crate::practice::Practice;
use crate::rules::initials::Initials;

/// The title of the document.
pub const TITLE: &str = "Patient Portal Instructions";
/// The address to go to.
pub const WEBSITE: &str = "Website";
/// Until when the ID works.
pub const WORKS_UNTIL: &str = "Use it by";
/// Above the square code.
pub const SCAN: &str = "Have a smartphone? Point its camera at this square code. It opens the website and fills in the ID for you.";

/// Whose sheet it is, and what it is for.
pub fn greeting(name: &PersonName) -> String {
    format!("For {}. This sheet helps you open your account on our patient website.", name.written())
}

/// What to do, one thing at a time; a second step too, where the practice asks everyone for one.
pub fn steps(patient: &Patient, practice: &Practice, asks_for_second_step: bool) -> Vec<String> {
    let mut steps = vec![
        format!("On a phone or computer, go to {}", practice.portal_url),
        format!("Choose “{ACTIVATE_ACCOUNT}”. A page named “{USER_CONFIRMATION}” opens."),
        format!("In the box “{PORTAL_ID}”, type the 6 digits from this sheet."),
    ];
    steps.extend(initials(patient));
    steps.extend([
        format!("In “{BIRTH_DATE}”, type the month, the day and the year like this: {DATE_FORM}."),
        format!("Press “{CONFIRM}”."),
        format!(
            "Make up a username and a password. The password needs at least {} characters. Type it once more \
             under “{PASSWORD_AGAIN}”.",
            practice.policy.minimum_password_length
        ),
    ]);
    let log_in = format!("Now you can log in: type your username and password and press “{LOG_IN}”.");
    if asks_for_second_step {
        steps.push(format!("Press “{SAVE}”. {log_in}"));
        steps.push(format!(
            "The website asks you to add a second step, such as a code on your phone. No smartphone? Call us at {}.",
            practice.phone
        ));
    } else {
        steps.push(format!("Press “{SAVE}”. That is all. {log_in}"));
    }
    steps
}

/// As many letters as User Confirmation compares: a part of a name without a letter has none.
fn initials(patient: &Patient) -> Vec<String> {
    match patient.names().find_map(Initials::of) {
        Some(Initials::Both(..)) | None => vec![
            format!("In “{FIRST_INITIAL}”, type the first letter of your first name."),
            format!("In “{LAST_INITIAL}”, type the first letter of your last name."),
        ],
        Some(Initials::One(_)) => vec![
            format!("In “{FIRST_INITIAL}”, type the first letter of your name."),
            format!("Leave “{LAST_INITIAL}” empty. We have only one name for you."),
        ],
    }
}

/// Why to take care of the sheet.
pub const KEEP_SAFE: &str = "Keep this sheet safe. The ID works only once. Then you can throw it away.";

/// Whom to call, and that it helps when it was somebody else.
pub fn help(practice: &Practice) -> String {
    format!(
        "Need help? Or did someone else use this sheet or your account? Call {} at {}. We can stop it at once.",
        practice.name, practice.phone
    )
}
