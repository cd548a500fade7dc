//! What patients are told of their own account: what was done, who did it, and how to say that it was not
//! they.

use super::browser::{Browser, PASSWORD, frontdesk, header, location, maria, perform, portal_id, text};
use super::memory::Memory;
use super::people;
use super::second_step::{add_app, codes};
use crate::audit::Deed;
use crate::rules::token::Token;
use crate::settings::ACTS_SHOWN;
use crate::staff;
use crate::words::Language;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

fn turn_off(ehr: &Memory) {
    let reason = [("reason".to_owned(), "owes us money".to_owned())];
    staff::perform(ehr, &frontdesk(), &people::maria_garcia().id, "turn-off", &reason).unwrap();
}

/// What the account page says was done, newest first.
fn acts(browser: &Browser<'_>) -> Vec<String> {
    let page = browser.get("/account");
    assert_eq!(page.status, 200);
    let rows = text(&page).split("<span class=\"when\">").skip(1);
    let what =
        |row: &str| row.split("</span> <span>").nth(1).unwrap().split("</span>").next().unwrap().to_owned();
    rows.map(what).collect()
}

/// The lines of news on the home page.
fn news(browser: &Browser<'_>) -> Vec<String> {
    let page = browser.get("/home");
    assert_eq!(page.status, 200);
    let lines = text(&page).split("<p class=\"hint\">").skip(1);
    lines.map(|line| line.split("</p>").next().unwrap().to_owned()).collect()
}

#[test]
fn the_page_tells_what_the_patient_staff_and_strangers_did() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    Browser::at(&ehr, "203.0.113.9").log_in("maria84", "wrong");
    turn_off(&ehr);
    perform(&ehr, &people::maria_garcia(), "turn-on").unwrap();
    browser.log_in("maria84", PASSWORD);

    let expected = [
        "Logged in",
        "Access was turned on, by Staff frontdesk at the practice",
        "Access was turned off, by Staff frontdesk at the practice",
        "An attempt to log in failed",
        "Logged in",
        "A username and a password were chosen",
        "Your Portal ID was used with your initials and date of birth",
        "Your portal account was created, by Staff frontdesk at the practice",
    ];
    assert_eq!(acts(&browser), expected);
}

#[test]
fn a_log_in_with_a_recovery_code_is_told_from_others() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let (app, page) = add_app(&ehr, &browser);
    ehr.pass(MINUTE);
    for (path, code) in
        [("/second-step", app.code(&ehr)), ("/second-step/recovery-code", codes(&page)[0].clone())]
    {
        browser.post("/logout", &[]);
        browser.log_in("maria84", PASSWORD);
        assert_eq!(location(&browser.post(path, &[("code", &code)])), Some("/home"));
    }

    let acts = acts(&browser);

    assert_eq!(acts[0], "Logged in with a recovery code");
    assert_eq!(acts[3], "Logged in", "{acts:?}");
    assert_eq!(acts.iter().filter(|act| act.contains("recovery code")).count(), 1, "{acts:?}");
}

#[test]
fn a_session_that_another_browser_ended_is_told_from_one_that_was_logged_out() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let (lost, left) = (Browser::elsewhere(&ehr), Browser::elsewhere(&ehr));
    let name = Token::read(&lost.cookie("__Host-portal").unwrap()).unwrap().hash().name();
    browser.post("/account/sessions", &[("session", &name)]);
    left.post("/logout", &[]);

    assert_eq!(acts(&browser)[..2], ["Logged out", "Logged out from another browser"]);

    let ended = lost.get("/home");
    assert_eq!(location(&ended), Some("/session-ended"));
    assert!(
        text(&lost.get("/session-ended")).contains("or because you ended this session from another browser")
    );
}

/// Or a browser may show it again to the next person.
#[test]
fn where_a_session_ends_the_browser_is_told_to_keep_no_page_of_it() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let (lost, all) = (Browser::elsewhere(&ehr), Browser::elsewhere(&ehr));
    let name = Token::read(&lost.cookie("__Host-portal").unwrap()).unwrap().hash().name();
    assert_eq!(header(&browser.post("/account/sessions", &[("session", &name)]), "clear-site-data"), None);

    for ended in [lost.get("/home"), browser.post("/logout", &[]), all.post("/account/all-sessions", &[])] {
        assert_eq!(header(&ended, "clear-site-data"), Some("\"cache\""), "{ended:?}");
    }
}

#[test]
fn nobody_but_staff_is_named_and_no_reason_is_told() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    Browser::at(&ehr, "203.0.113.9").log_in("maria84", "wrong");
    turn_off(&ehr);
    perform(&ehr, &people::maria_garcia(), "turn-on").unwrap();
    browser.log_in("maria84", PASSWORD);

    for path in ["/account", "/home"] {
        let page = text(&browser.get(path)).to_owned();
        for hidden in ["203.0.113.9", "192.0.2.7", "owes us money", "wrong password", "Patient maria"] {
            assert!(!page.contains(hidden), "{path}: {hidden}");
        }
    }
}

#[test]
fn what_only_goes_along_with_something_else_is_not_told_and_staff_cannot_make_it_so() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let other = "seven green bottles sing";
    let fields = [("current_password", PASSWORD), ("password", other), ("password_again", other)];
    browser.post("/account/password", &fields);
    assert_eq!(acts(&browser)[..2], ["The password was changed", "Logged in"]);
    let reason = [("reason".to_owned(), "the same browser logged in again".to_owned())];
    staff::perform(&ehr, &frontdesk(), &people::maria_garcia().id, "turn-off", &reason).unwrap();
    perform(&ehr, &people::maria_garcia(), "turn-on").unwrap();
    browser.log_in("maria84", other);

    assert_eq!(acts(&browser)[2], "Access was turned off, by Staff frontdesk at the practice");
}

#[test]
fn no_more_acts_are_shown_than_fit() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    for _ in 0..2 * ACTS_SHOWN {
        browser.post("/logout", &[]);
        browser.log_in("maria84", PASSWORD);
    }

    let acts = acts(&browser);

    assert_eq!(acts.len(), ACTS_SHOWN);
    assert_eq!(acts[..3], ["Logged in", "Logged out", "Logged in"]);
}

#[test]
fn whoever_keeps_guessing_pushes_nothing_out_of_sight() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    for n in 0..60 {
        let client = Box::leak(format!("198.51.100.{n}").into_boxed_str());
        Browser::at(&ehr, client).log_in("maria84", "wrong");
        staff::show(&ehr, &frontdesk(), &people::maria_garcia().id).unwrap();
    }

    let acts = acts(&browser);

    assert_eq!(acts[1], "An attempt to log in failed (30 times)", "{acts:?}");
    assert_eq!(acts[0], "An attempt to log in was not accepted, after too many wrong passwords (30 times)");
    assert_eq!(acts.last().unwrap(), "Your portal account was created, by Staff frontdesk at the practice");
}

#[test]
fn what_changes_access_is_always_told() {
    for deed in Deed::OF_ACCESS {
        assert!(Language::En.act(*deed, None).is_some(), "{}", deed.name());
    }
}

#[test]
fn another_patients_acts_are_not_told() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let before = acts(&browser);
    perform(&ehr, &people::sean_o_brien(), "create").unwrap();

    assert_eq!(acts(&browser), before);
}

#[test]
fn a_first_login_is_told_of_no_other_and_of_the_change_that_made_it_possible() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    let news = news(&browser);

    let change =
        "Last change of your access: 11/22/2026 3:00 PM. A username and a password were chosen, by you.";
    assert_eq!(news[0], change);
    assert!(news[1].starts_with("Was any of this not you? Call Riverside Family Medicine at (555) 010-0199"));
    assert_eq!(news.len(), 2);
}

#[test]
fn a_later_login_is_told_when_the_one_before_was() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.pass(3 * HOUR);
    browser.log_in("maria84", PASSWORD);

    assert_eq!(news(&browser)[0], "Last login apart from this one: 11/22/2026 3:00 PM.");
}

#[test]
fn a_login_elsewhere_after_this_one_is_told() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.pass(5 * MINUTE);
    Browser::at(&ehr, "203.0.113.9").log_in("maria84", PASSWORD);

    assert_eq!(news(&browser)[0], "Last login apart from this one: 11/22/2026 3:05 PM.");
}

#[test]
fn a_login_from_before_a_reset_is_not_told_as_one_of_this_login() {
    let ehr = Memory::new();
    Browser::signed_in(&ehr);
    ehr.pass(HOUR);
    perform(&ehr, &people::maria_garcia(), "reset").unwrap();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&portal_id(&ehr, &people::maria_garcia())));
    browser.save("maria84");
    browser.log_in("maria84", PASSWORD);

    assert!(!news(&browser)[0].starts_with("Last log in"));
    let acts = acts(&browser);
    assert!(
        acts.contains(&"Your login was reset, by Staff frontdesk at the practice".to_owned()),
        "{acts:?}"
    );
}

#[test]
fn after_staff_changed_something_the_home_page_says_who_and_what() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    turn_off(&ehr);
    ehr.pass(HOUR);
    perform(&ehr, &people::maria_garcia(), "turn-on").unwrap();
    browser.log_in("maria84", PASSWORD);

    let change = "Last change of your access: 11/22/2026 4:00 PM. Access was turned on, by Staff frontdesk at the \
                  practice.";
    assert_eq!(news(&browser)[1], change);
}

#[test]
fn the_account_page_is_for_who_is_logged_in() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    assert!(text(&browser.get("/home")).contains(r#"href="/account""#));
    assert!(text(&browser.get("/account")).contains("maria84"));

    browser.post("/logout", &[]);

    assert_eq!(location(&browser.get("/account")), Some("/"));
}

#[test]
fn a_host_that_cannot_answer_is_passed_on() {
    for (path, down) in
        [("/account", "sessions.list"), ("/account", "accounts.history"), ("/home", "accounts.latest")]
    {
        let ehr = Memory::new();
        let browser = Browser::signed_in(&ehr);
        ehr.down.set(Some(down));
        let response = browser.get(path);
        assert_eq!((response.status, header(&response, "retry-after")), (503, Some("7")), "{path} {down}");
        ehr.down.set(None);
        assert_eq!(browser.get(path).status, 200);
    }
}

#[test]
fn who_forgot_is_sent_to_the_practice_and_asked_nothing() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr.calls.borrow_mut().clear();

    let page = Browser::new(&ehr).get("/forgotten");

    assert_eq!(page.status, 200);
    assert!(text(&page).contains("Please call Riverside Family Medicine at (555) 010-0199"));
    assert!(!text(&page).contains("<form") && !text(&page).contains("<input"));
    assert!(ehr.calls.borrow().is_empty(), "nothing about anyone is looked up");
}

#[test]
fn the_way_for_who_forgot_is_found_before_and_after_a_vain_try() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    for page in [browser.get("/"), browser.log_in("maria84", "wrong")] {
        assert!(text(&page).contains(r#"<a href="/forgotten">"#));
    }
}
