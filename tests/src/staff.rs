//! A member of staff at the EHR, by the words on its screens.

use crate::browser::Browser;
use crate::html;
use crate::people::Person;
use crate::planted;
use crate::visitor::{Answer, Visitor};

/// The tab's title.
pub const TAB: &str = "Patient Portal Admin";
/// The button that invites.
pub const CREATE: &str = "Create this user";
/// The button that invites again.
pub const REISSUE: &str = "Issue a new Portal ID";
/// The way to the sheet.
pub const PRINT: &str = "Print Patient Instructions";
/// The button that lets the patient try again.
pub const UNLOCK: &str = "Unlock login";
/// The button that takes the login away.
pub const RESET: &str = "Reset login";
/// The button that turns access off.
pub const TURN_OFF: &str = "Turn access off";
/// The button that turns it on again.
pub const TURN_ON: &str = "Turn access on";

/// Signs in with the password that the sign-in page shows.
///
/// # Panics
/// Where that does not work.
pub async fn sign_in(ehr: &str, user: &str) -> Visitor {
    let visitor = Visitor::at(ehr);
    sign_in_with(&visitor, user).await;
    visitor
}

/// Signs in, with a browser they have, with the password that the sign-in page shows.
///
/// # Panics
/// Where that does not work.
pub async fn sign_in_with(visitor: &Visitor, user: &str) {
    let page = visitor.open("/sign-in").await.expect(200);
    let form = page.form("Sign in").fill("User name", user).fill("Password", &password_of(&page, user));
    let signed_in = visitor.submit(&page, &form).await.expect(200);
    assert!(signed_in.has_button("Sign out"), "not signed in: {}", signed_in.text());
}

/// Types a user name and a password on the sign-in page; what comes, redirects not followed.
///
/// # Panics
/// Where a field or button is missing.
pub async fn try_to_sign_in(visitor: &Visitor, user: &str, password: &str) -> Answer {
    let page = visitor.get("/sign-in").await.expect(200);
    let form = page.form("Sign in").fill("User name", user).fill("Password", password);
    visitor.send_form(&page, &form).await
}

/// Signs in at a browser with the password that the sign-in page shows.
///
/// # Panics
/// Where that does not work.
pub async fn sign_in_at(browser: &Browser, ehr: &str, user: &str) {
    let page = Visitor::at(ehr).get("/sign-in").await;
    browser.open(&format!("{ehr}/sign-in")).await;
    browser.fill("User name", user).await;
    browser.fill("Password", &password_of(&page, user)).await;
    browser.press("Sign in").await;
    browser.see("Patients").await;
}

/// The sandbox password of `user`, as the sign-in page shows it.
///
/// # Panics
/// Where the page does not show one.
pub fn password_of(sign_in_page: &Answer, user: &str) -> String {
    let text = sign_in_page.text();
    let after = text.split_once("User name Password May do").map_or(text.as_str(), |(_, after)| after);
    let mut words = after.split_whitespace().skip_while(|word| *word != user).skip(1);
    let password = words.next();
    let password = password.unwrap_or_else(|| panic!("no password of {user} on the sign-in page: {text}"));
    planted::plant(password);
    password.to_owned()
}

/// Finds a patient by searching, and opens Patient Details.
///
/// # Panics
/// Where the search does not find the patient.
pub async fn find(staff: &Visitor, person: &Person) -> Answer {
    let page = staff.open("/patients").await.expect(200);
    let form = page.form("Search").fill("Search by name", person.search);
    let found = staff.submit(&page, &form).await.expect(200);
    staff.open(&found.link(person.name)).await.expect(200)
}

/// Finds a patient and opens the Patient Portal Admin tab.
///
/// # Panics
/// Where the tab is not there.
pub async fn open_tab(staff: &Visitor, person: &Person) -> Answer {
    let details = find(staff, person).await;
    staff.open(&details.link(TAB)).await.expect(200)
}

/// Presses a button of the tab that asks nothing, and shows the tab again.
///
/// # Panics
/// Where the button is not there.
pub async fn press(staff: &Visitor, tab: &Answer, button: &str) -> Answer {
    staff.submit(tab, &tab.form(button)).await.expect(200)
}

/// Presses a button that may ask "are you sure" on a page of its own.
///
/// # Panics
/// Where the button is not there, or the question is not answered by the same button.
pub async fn press_and_confirm(staff: &Visitor, tab: &Answer, button: &str) -> Answer {
    if tab.has_button(button) {
        return press(staff, tab, button).await;
    }
    let question = staff.open(&tab.link(button)).await.expect(200);
    staff.submit(&question, &question.form(button)).await.expect(200)
}

/// Turns access off, with this reason.
///
/// # Panics
/// Where the button or the field is not there.
pub async fn turn_off(staff: &Visitor, tab: &Answer, reason: &str) -> Answer {
    let question = staff.open(&tab.link(TURN_OFF)).await.expect(200);
    staff.submit(&question, &question.form(TURN_OFF).fill("Reason", reason)).await
}

/// Finds a patient at a browser and opens the Patient Portal Admin tab.
///
/// # Panics
/// Where the patient or the tab is not there.
pub async fn open_tab_at(browser: &Browser, ehr: &str, person: &Person) {
    browser.open(&format!("{ehr}/patients")).await;
    browser.fill("Search by name", person.search).await;
    browser.press("Search").await;
    browser.follow(person.name).await;
    browser.follow(TAB).await;
    browser.see("Status").await;
}

/// The six digits that the tab shows at a browser.
///
/// # Panics
/// Where it shows none.
pub async fn portal_id_at(browser: &Browser) -> String {
    let shown = browser.fact("Patient Portal ID").await;
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{shown} is not six digits");
    planted::plant(&digits);
    digits
}

/// Creates the user for a patient, and the six digits that the tab then shows.
///
/// # Panics
/// Where no Portal ID is shown.
pub async fn invite(staff: &Visitor, person: &Person) -> String {
    let tab = open_tab(staff, person).await;
    let tab = press(staff, &tab, CREATE).await;
    portal_id(&tab).unwrap_or_else(|| panic!("no Portal ID for {}: {}", person.name, tab.text()))
}

/// The six digits that the tab shows, without the space in their middle.
pub fn portal_id(tab: &Answer) -> Option<String> {
    let shown = html::fact(&tab.body, "Patient Portal ID")?;
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    planted::plant(&digits);
    planted::plant(&shown);
    (digits.len() == 6).then_some(digits)
}
