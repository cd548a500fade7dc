//! Labels that stand on the screen and on paper word for word alike.

/// The link on the main login page, and the way to User Confirmation.
pub const ACTIVATE_ACCOUNT: &str = "Activate Account";
/// The title of the page that asks who a patient is.
pub const USER_CONFIRMATION: &str = "User Confirmation";
/// The six digits.
pub const PORTAL_ID: &str = "Patient Portal ID";
/// The first letter of the given name.
pub const FIRST_INITIAL: &str = "First initial of your first name";
/// The first letter of the family name.
pub const LAST_INITIAL: &str = "First initial of your last name";
/// The day the patient was born.
pub const BIRTH_DATE: &str = "Date of birth";
/// How a date is written.
pub const DATE_FORM: &str = "MM/DD/YYYY";
/// The button under User Confirmation.
pub const CONFIRM: &str = "Confirm";
/// The name to log in with.
pub const USERNAME: &str = "Username";
/// The secret to log in with.
pub const PASSWORD: &str = "Password";
/// The same secret, against mistyping.
pub const PASSWORD_AGAIN: &str = "Password again";
/// The button under the new credentials.
pub const SAVE: &str = "Save";
/// The button on the main login page.
pub const LOG_IN: &str = "Log in";
/// The button on the home page.
pub const LOG_OUT: &str = "Log out";
