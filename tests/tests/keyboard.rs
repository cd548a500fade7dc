//! The whole journey with a keyboard and nothing else: staff invite and print, the patient activates, makes a mistake and
//! mends it, logs in and out. Each stop on the way shows that it has the focus, is in view and comes in the order of
//! reading.

use portal_tests::browser::{Browser, Key, Theme};
use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD, Person};
use portal_tests::staff::{self, CREATE, PRINT, TAB};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, patient};

/// Staff at the EHR; the Portal ID that they hand over.
async fn invite(browser: &Browser, host: &Installation, person: &Person) -> String {
    let page = Visitor::at(&host.ehr).get("/sign-in").await;
    browser.open(&format!("{}/sign-in", host.ehr)).await;
    // Where one begins has the focus.
    browser.until_focused("user_name").await;
    browser.type_text(FRONT_DESK).await;
    browser.type_at("Password", &staff::password_of(&page, FRONT_DESK)).await;
    browser.press_and_wait(Key::Enter).await;
    browser.until_focused("search").await;
    browser.type_text(person.search).await;
    browser.press_and_wait(Key::Enter).await;
    browser.press_at(person.name, Key::Enter).await;
    browser.press_at(TAB, Key::Enter).await;
    browser.press_at(CREATE, Key::Space).await;
    browser.see("The user was created.").await;
    let id = staff::portal_id_at(browser).await;
    browser.press_at(PRINT, Key::Enter).await;
    browser.see("Back to the patient").await;
    browser.tab_to("Print").await;
    browser.press_at("Back to the patient", Key::Enter).await;
    browser.tab_to("Sign out").await;
    browser.tab_back_to("Sandbox EHR").await;
    browser.press_at("Sign out", Key::Space).await;
    browser.see("Sign in").await;
    id
}

/// The patient at the website, from the first page to logging out.
async fn activate(browser: &Browser, host: &Installation, person: &Person, id: &str, username: &str) {
    browser.open(&host.portal).await;
    // The first stop leads past what is the same on every page.
    browser.press_key(Key::Tab).await;
    assert_eq!(browser.focus().await.name, "Skip to the main content");
    browser.press_key(Key::Enter).await;
    browser.until_focused("main").await;
    browser.press_at("Activate Account", Key::Enter).await;
    browser.type_at("Patient Portal ID", id).await;
    browser.type_at("First initial of your first name", person.first).await;
    browser.type_at("First initial of your last name", person.last).await;
    browser.type_at("Date of birth", "13/45/1984").await;
    browser.press_at("Confirm", Key::Space).await;

    // The summary of mistakes has the focus, and its link leads to the field, where what was typed is still.
    browser.see("There is a problem").await;
    browser.press_key(Key::Tab).await;
    let link = browser.focus().await;
    assert!(link.name.starts_with("Date of birth: ") && link.faults.is_empty(), "{link:?}");
    browser.press_key(Key::Enter).await;
    browser.until_focused("birth_date").await;
    assert!(browser.focus().await.faults.is_empty(), "{:?}", browser.focus().await);
    assert_eq!(browser.value_of("Patient Portal ID").await, id);
    browser.edit("selectAll").await;
    browser.type_text(person.born).await;
    browser.press_and_wait(Key::Enter).await;

    browser.see("Create your login").await;
    browser.type_at("Username", username).await;
    paste_a_password(browser).await;
    browser.press_at("Save", Key::Enter).await;
    browser.see("Your account is ready").await;
    browser.press_at("Go to the login page", Key::Enter).await;
    browser.type_at("Username", username).await;
    browser.type_at("Password", PASSWORD).await;
    browser.press_and_wait(Key::Enter).await;
    browser.see("You are logged in.").await;
    browser.press_at("Your account", Key::Enter).await;
    browser.press_at("Back to the home page", Key::Enter).await;
    browser.press_at("Log out", Key::Space).await;
    browser.see("You are logged out").await;
    assert!(patient::can_log_in(&host.portal, username, PASSWORD).await);
}

/// A password comes out of a manager by copy and paste, into both fields. (WCAG 2.2, 3.3.8)
async fn paste_a_password(browser: &Browser) {
    let username = browser.value_of("Username").await;
    browser.edit("selectAll").await;
    browser.type_text(PASSWORD).await;
    browser.edit("selectAll").await;
    browser.edit("copy").await;
    browser.type_text(&username).await;
    for field in ["Password", "Password again"] {
        browser.tab_to(field).await;
        browser.edit("paste").await;
        assert_eq!(browser.value_of(field).await, PASSWORD, "{field} takes no paste");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_journey_takes_no_mouse() {
    let host = Installation::fresh();
    let browser = Browser::desktop().await;
    for (person, theme, username) in [(MARIA, Theme::Light, "maria"), (ELODIE, Theme::Dark, "elodie")] {
        browser.be(theme).await;
        let id = invite(&browser, &host, &person).await;
        activate(&browser, &host, &person, &id, username).await;
    }
    browser.close().await;
}
