//! A patient at the website, by the words on its pages.

use crate::browser::Browser;
use crate::people::{PASSWORD, Person};
use crate::visitor::{Answer, Visitor};

/// What a claim that is wrong in any way is told.
pub const NOT_CONFIRMED: &str = "We could not confirm you";
/// After a wrong username or password.
pub const NOT_LOGGED_IN: &str = "do not match";
/// Next to a username that someone else has.
pub const TAKEN: &str = "This username is taken";

/// Types the details under User Confirmation and presses Confirm; the page that follows.
///
/// # Panics
/// Where a field or button is missing.
pub async fn confirm(visitor: &Visitor, person: &Person, portal_id: &str) -> Answer {
    let answer = try_to_confirm(visitor, person, portal_id).await;
    visitor.follow(answer).await
}

/// The same, redirects not followed.
///
/// # Panics
/// Where a field or button is missing.
pub async fn try_to_confirm(visitor: &Visitor, person: &Person, portal_id: &str) -> Answer {
    let start = visitor.open("/").await.expect(200);
    let page = visitor.open(&start.link("Activate Account")).await.expect(200);
    assert!(page.says("User Confirmation"), "{}", page.text());
    let form = page
        .form("Confirm")
        .fill("Patient Portal ID", portal_id)
        .fill("First initial of your first name", person.first)
        .fill("First initial of your last name", person.last)
        .fill("Date of birth", person.born);
    visitor.send_form(&page, &form).await
}

/// Chooses a username and password on the page after the confirmation; the page that follows.
///
/// # Panics
/// Where a field or button is missing.
pub async fn choose(visitor: &Visitor, page: &Answer, username: &str, password: &str) -> Answer {
    let form = page
        .form("Save")
        .fill("Username", username)
        .fill("Password", password)
        .fill("Password again", password);
    visitor.submit(page, &form).await
}

/// Activates an account from beginning to end.
///
/// # Panics
/// Where anything does not work.
pub async fn activate(portal: &str, person: &Person, portal_id: &str, username: &str) -> Visitor {
    activate_as(Visitor::at(portal), person, portal_id, username).await
}

/// The same, by somebody who is at the website already.
///
/// # Panics
/// Where anything does not work.
pub async fn activate_as(visitor: Visitor, person: &Person, portal_id: &str, username: &str) -> Visitor {
    let page = confirm(&visitor, person, portal_id).await.expect(200);
    assert!(page.has_button("Save"), "{} was not confirmed: {}", person.name, page.text());
    let done = choose(&visitor, &page, username, PASSWORD).await.expect(200);
    assert!(done.says("Your account is ready"), "{}", done.text());
    visitor
}

/// Logs in; the page that follows.
///
/// # Panics
/// Where a field or button is missing.
pub async fn log_in(visitor: &Visitor, username: &str, password: &str) -> Answer {
    let page = visitor.open("/").await.expect(200);
    let form = page.form("Log in").fill("Username", username).fill("Password", password);
    visitor.submit(&page, &form).await
}

/// Logs in at a browser.
///
/// # Panics
/// Where a field or button is missing.
pub async fn log_in_at(browser: &Browser, portal: &str, username: &str, password: &str) {
    browser.open(portal).await;
    browser.fill("Username", username).await;
    browser.fill("Password", password).await;
    browser.press("Log in").await;
}

/// Whether these credentials lead to a home page, for someone new at the website.
pub async fn can_log_in(portal: &str, username: &str, password: &str) -> bool {
    is_home(&log_in(&Visitor::at(portal), username, password).await)
}

/// Whether this is the home page.
pub fn is_home(page: &Answer) -> bool {
    page.status == 200 && page.has_button("Log out")
}
