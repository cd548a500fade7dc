//! Choosing another password: what it takes, what is counted, and where the patient stays logged in.

use super::browser::{Browser, PASSWORD, header, location, perform, text};
use super::memory::Memory;
use super::people;
use crate::ehr::SaveError;
use crate::patient::response::Response;
use crate::rules::throttle::{Counter, Throttle};
use crate::rules::username::Username;
use crate::settings::{CURRENT_PASSWORD_PACE, CURRENT_PASSWORD_ROW};

const OTHER: &str = "seven green bottles sing";
const MINUTE: u64 = 60;

fn change(browser: &Browser<'_>, current: &str, wanted: &str) -> Response {
    let fields = [("current_password", current), ("password", wanted), ("password_again", wanted)];
    browser.post("/account/password", &fields)
}

fn logs_in(ehr: &Memory, password: &str) -> bool {
    location(&Browser::at(ehr, "203.0.113.77").log_in("maria84", password)) == Some("/home")
}

/// A practice where a session outlasts the waits that wrong passwords bring about.
fn patient_ehr() -> Memory {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().policy.idle_minutes = 120;
    ehr
}

#[test]
fn from_then_on_the_new_password_works_and_the_old_one_does_not() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let before = ehr.deeds().len();

    let changed = change(&browser, PASSWORD, OTHER);

    assert_eq!(location(&changed), Some("/account/password-changed"));
    assert!(text(&browser.get("/account/password-changed")).contains("Use the new one from now on."));
    assert_eq!(ehr.deeds()[before..], ["password.changed", "session.renewed"]);
    assert!(!logs_in(&ehr, PASSWORD));
    assert!(logs_in(&ehr, OTHER));
}

#[test]
fn the_patient_stays_logged_in_here_with_a_new_session_and_nowhere_else() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let elsewhere = Browser::elsewhere(&ehr);
    let old = browser.cookie("__Host-portal").unwrap();

    change(&browser, PASSWORD, OTHER);

    assert_eq!(browser.get("/home").status, 200);
    assert_eq!(location(&elsewhere.get("/home")), Some("/session-ended"));
    assert_ne!(browser.cookie("__Host-portal").unwrap(), old);
    let thief = Browser::new(&ehr);
    thief.set_cookie("__Host-portal", &old);
    assert_eq!(location(&thief.get("/home")), Some("/session-ended"));
}

#[test]
fn a_wrong_current_password_is_named_and_on_record_and_changes_nothing() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    let refused = change(&browser, "horses run in winter", OTHER);

    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("This is not your password."));
    assert_eq!(text(&refused).matches(r#"aria-invalid="true""#).count(), 1);
    assert!(!text(&refused).contains("winter") && !text(&refused).contains(OTHER));
    let (_, last) = ehr.events.borrow().last().unwrap().clone();
    assert_eq!((last.deed.name(), last.detail.as_deref()), ("password.refused", Some("wrong password")));
    assert_eq!(browser.get("/home").status, 200, "the session goes on");
    assert!(logs_in(&ehr, PASSWORD));
}

#[test]
fn who_found_a_browser_left_open_has_few_guesses() {
    let ehr = patient_ehr();
    let browser = Browser::signed_in(&ehr);
    for _ in 0..CURRENT_PASSWORD_PACE.attempts {
        assert_eq!(change(&browser, "wrong", OTHER).status, 422);
    }

    let blocked = change(&browser, PASSWORD, OTHER);

    assert_eq!((blocked.status, header(&blocked, "retry-after")), (429, Some("900")));
    assert!(text(&blocked).contains("Please wait 15 minutes"));
    assert_eq!(ehr.deeds().last(), Some(&"password.refused"));
    assert!(logs_in(&ehr, PASSWORD), "the patient's other browsers are not kept out");
    ehr.pass(15 * MINUTE);
    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
}

#[test]
fn too_many_wrong_ones_in_a_row_stop_it_until_staff_unlock_the_login() {
    let ehr = patient_ehr();
    let browser = Browser::signed_in(&ehr);
    for n in 0..CURRENT_PASSWORD_ROW.attempts {
        if n == CURRENT_PASSWORD_PACE.attempts {
            ehr.pass(15 * MINUTE);
        }
        assert_eq!(change(&browser, "wrong", OTHER).status, 422, "{n}");
    }
    assert_eq!(ehr.deeds().last(), Some(&"signin.disabled"));
    ehr.pass(15 * MINUTE);

    let stopped = change(&browser, PASSWORD, OTHER);

    assert_eq!((stopped.status, header(&stopped, "retry-after")), (429, None));
    assert!(text(&stopped).contains("Please call Riverside Family Medicine"));
    perform(&ehr, &people::maria_garcia(), "unlock").unwrap();
    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
}

#[test]
fn a_new_password_begins_with_no_wrong_ones_in_a_row() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    for _ in 0..4 {
        change(&browser, "wrong", OTHER);
        Browser::at(&ehr, "203.0.113.1").log_in("maria84", "wrong");
    }
    let rows = Throttle::rows(&Username::sought("maria84")).counters();
    let guessed = |row: &Counter| ehr.counters.borrow().contains_key(&row.key);
    assert_eq!(rows.iter().filter(|row| guessed(row)).count(), 2, "nobody came as far as the second step");

    change(&browser, PASSWORD, OTHER);

    assert!(!rows.iter().any(guessed));
}

#[test]
fn right_answers_are_not_counted() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    for _ in 0..CURRENT_PASSWORD_ROW.attempts {
        assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
        assert_eq!(location(&change(&browser, OTHER, PASSWORD)), Some("/account/password-changed"));
    }
}

#[test]
fn each_mistake_of_form_is_named_next_to_its_field_and_counts_nothing() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.calls.borrow_mut().clear();
    let (long, tabbed) = ("xy".repeat(65), "seven green\tbottles");
    let send = |current, wanted, again| {
        let fields = [("current_password", current), ("password", wanted), ("password_again", again)];
        browser.post("/account/password", &fields)
    };

    for (current, wanted, again, named) in [
        ("", OTHER, OTHER, "Your password now: Type your password."),
        (long.as_str(), OTHER, OTHER, "Your password now: This password is too long."),
        (PASSWORD, "", "", "New password: Choose a password."),
        (PASSWORD, "short-secret", "short-secret", "New password: This password is too short."),
        (PASSWORD, &long, &long, "New password: This password is too long."),
        (PASSWORD, tabbed, tabbed, "New password: There is a tab in this password."),
        (PASSWORD, "maria garcia maria", "maria garcia maria", "most of it is your own name"),
        (PASSWORD, "maria84-maria84", "maria84-maria84", "most of it is your username"),
        (PASSWORD, "riverside family", "riverside family", "most of it is the name of the practice"),
        (PASSWORD, OTHER, "seven green bottles", "New password again: The two passwords are not the same."),
    ] {
        let response = send(current, wanted, again);
        assert_eq!(response.status, 422, "{named}");
        assert!(text(&response).contains(named), "{named}\n{}", text(&response));
        for typed in [current, wanted, again].into_iter().filter(|typed| !typed.is_empty()) {
            assert!(!text(&response).contains(&format!("value=\"{typed}")), "no password is sent back");
        }
    }
    let calls = ehr.calls.take();
    assert!(!calls.iter().any(|call| call.starts_with("attempts") || call.starts_with("passwords")));
    assert!(logs_in(&ehr, PASSWORD));
}

#[test]
fn nobody_but_who_is_logged_in_changes_a_password() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    let stranger = Browser::new(&ehr);

    assert_eq!(location(&stranger.get("/account/password")), Some("/"));
    assert_eq!(location(&change(&stranger, PASSWORD, OTHER)), Some("/"));

    assert!(logs_in(&ehr, PASSWORD));
}

#[test]
fn a_change_that_was_overtaken_changes_nothing_and_says_that_the_session_is_over() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.refused_saves.borrow_mut().push(SaveError::Stale);

    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/session-ended"));

    assert_eq!(browser.cookie("__Host-portal"), None);
    assert!(logs_in(&ehr, PASSWORD));
}

#[test]
fn a_host_that_cannot_answer_changes_nothing_and_counts_nothing() {
    for (down, wait) in [
        ("sessions.find", "7"),
        ("accounts.find-by-patient", "7"),
        ("patients.get", "7"),
        ("sessions.touch", "7"),
        ("attempts.take", "7"),
        ("passwords.hash", "60"),
        ("accounts.save", "7"),
    ] {
        let ehr = Memory::new();
        let browser = Browser::signed_in(&ehr);
        let account = ehr.account(&people::maria_garcia());
        ehr.down.set(Some(down));
        for _ in 0..=CURRENT_PASSWORD_ROW.attempts {
            let response = change(&browser, PASSWORD, OTHER);
            assert_eq!((response.status, header(&response, "retry-after")), (503, Some(wait)), "{down}");
        }
        assert!(ehr.account(&people::maria_garcia()) == account, "{down}");
        ehr.down.set(None);
        assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"), "{down}");
    }
}

#[test]
fn busy_hashing_asks_to_come_back_and_counts_nothing() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.busy.set(true);
    for _ in 0..=CURRENT_PASSWORD_ROW.attempts {
        let response = change(&browser, PASSWORD, OTHER);
        assert_eq!((response.status, header(&response, "retry-after")), (503, Some("3")));
    }

    ehr.busy.set(false);
    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
}

#[test]
fn a_wrong_password_that_cannot_be_put_on_record_is_not_answered_and_does_not_count() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.down.set(Some("accounts.note"));
    for _ in 0..=CURRENT_PASSWORD_ROW.attempts {
        assert_eq!(change(&browser, "wrong", OTHER).status, 503);
    }
    ehr.down.set(None);

    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
}

#[test]
fn a_change_whose_save_only_lost_its_answer_is_made() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.loses_answers.set(true);

    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));

    assert_eq!(browser.get("/home").status, 200);
    assert!(logs_in(&ehr, OTHER) && !logs_in(&ehr, PASSWORD));
}

#[test]
fn who_cannot_be_kept_logged_in_is_told_that_the_password_is_changed() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.down.set(Some("sessions.open"));

    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));

    assert_eq!((browser.cookie("__Host-portal"), ehr.log.borrow().len()), (None, 1));
    assert!(text(&browser.get("/account/password-changed")).contains("Your password was changed"));
    assert_eq!(location(&browser.get("/account")), Some("/"));
    ehr.down.set(None);
    assert!(logs_in(&ehr, OTHER));
}

#[test]
fn an_outdated_hash_of_the_current_password_is_right_too() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.hash_version.set(2);

    assert_eq!(location(&change(&browser, PASSWORD, OTHER)), Some("/account/password-changed"));
}

#[test]
fn no_password_is_on_record() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    change(&browser, "horses run in winter", OTHER);
    change(&browser, PASSWORD, OTHER);

    let events = format!("{:?}", ehr.events.borrow());
    assert!(!events.contains("horses") && !events.contains("bottles"), "{events}");
}
