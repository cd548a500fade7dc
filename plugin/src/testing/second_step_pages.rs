//! What the pages about the second step say: where everyone is asked for one, where a form comes a second
//! time, and how to get to the app and back.

use super::browser::{Browser, PASSWORD, text};
use super::memory::Memory;
use super::second_step::{add_app, logged_in};

#[test]
fn where_a_practice_asks_for_one_no_page_says_that_it_may_be_left_out() {
    let ehr = Memory::new();
    ehr.requires_second_factor.set(true);
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    let activated = browser.get("/activated");
    assert!(text(&activated).contains("After you log in, we ask you to add a second step"));
    browser.log_in("maria84", PASSWORD);

    let help =
        "No phone, computer or security key for this? Call Riverside Family Medicine at (555) 010-0199.";
    assert!(text(&browser.get("/account/second-step")).contains(help));

    add_app(&ehr, &browser);
    assert!(!text(&browser.get("/account/second-step")).contains(help));
    let removing = browser.get("/account/second-step/remove");
    assert!(text(&removing).contains("so one of them has to stay"), "{}", text(&removing));
    assert!(!text(&removing).contains("your password alone lets you in"));
}

#[test]
fn where_no_passkey_can_be_had_an_app_is_all_that_is_spoken_of() {
    let ehr = Memory::new();
    let browser = logged_in(&ehr);
    assert!(text(&browser.get("/account/second-step")).contains("your computer or a security key"));
    ehr.requires_second_factor.set(true);
    ehr.practice.borrow_mut().portal_url = "https://192.0.2.1".to_owned();

    let page = browser.get("/account/second-step");

    assert!(text(&page).contains("You need an app on your phone as well."), "{}", text(&page));
    assert!(text(&page).contains("No smartphone for this? Call Riverside Family Medicine"));
    for not_offered in ["key", "computer", "passkey"] {
        assert!(!text(&page).contains(not_offered), "{not_offered}: {}", text(&page));
    }
}
