//! Known browsers, wrong passwords in a row, and unlocking: nobody else's guesses keep a patient out.

use super::browser::{Browser, PASSWORD, frontdesk, header, location, perform, text, without_form_token};
use super::memory::Memory;
use super::people;
use crate::settings::{SIGN_IN_ROW_KNOWN, SIGN_IN_ROW_UNKNOWN};
use crate::staff;

const HOUR: u64 = 3_600;

fn ehr() -> Memory {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr
}

/// Guesses from network after network until no more passwords are taken.
fn lock(ehr: &Memory, username: &str) {
    for n in 0..SIGN_IN_ROW_UNKNOWN.attempts {
        if n % 20 == 0 {
            ehr.pass(HOUR);
        }
        let client = Box::leak(format!("198.51.100.{n}").into_boxed_str());
        assert_eq!(Browser::at(ehr, client).log_in(username, "wrong").status, 422, "{n}");
    }
    ehr.pass(HOUR);
}

#[test]
fn a_browser_that_logged_in_before_is_known_and_keeps_its_cookie() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);

    let first = browser.log_in("maria84", PASSWORD);
    let device = browser.cookie("__Host-device").unwrap();
    let cookie = super::browser::all(&first, "set-cookie")
        .into_iter()
        .find(|it| it.starts_with("__Host-device"))
        .unwrap();
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000"), "{cookie}");
    browser.post("/logout", &[]);
    browser.log_in("maria84", PASSWORD);

    assert_eq!(browser.cookie("__Host-device"), Some(device));
    assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "device.remembered").count(), 1);
}

#[test]
fn nobody_elses_guesses_keep_a_patient_out_of_a_known_browser() {
    let ehr = ehr();
    let known = Browser::new(&ehr);
    known.log_in("maria84", PASSWORD);
    known.post("/logout", &[]);
    lock(&ehr, "maria84");
    let stranger = Browser::at(&ehr, "203.0.113.1");
    assert_eq!(stranger.log_in("maria84", PASSWORD).status, 429);

    assert_eq!(location(&known.log_in("maria84", PASSWORD)), Some("/home"));

    // And the row is over for everyone.
    assert_eq!(location(&stranger.log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn after_a_hundred_wrong_passwords_in_a_row_no_more_are_taken_until_staff_unlock() {
    let ehr = ehr();
    let known = Browser::new(&ehr);
    known.log_in("maria84", PASSWORD);
    lock(&ehr, "maria84");
    for n in 0..SIGN_IN_ROW_KNOWN.attempts {
        if n % 10 == 0 {
            ehr.pass(HOUR);
        }
        assert_eq!(known.log_in("maria84", "wrong").status, 422, "{n}");
    }
    ehr.pass(HOUR);

    assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "signin.disabled").count(), 2);
    for browser in [&known, &Browser::at(&ehr, "203.0.113.1")] {
        let blocked = browser.log_in("maria84", PASSWORD);
        assert_eq!((blocked.status, header(&blocked, "retry-after")), (429, None));
        assert!(text(&blocked).contains("Please call Riverside Family Medicine"));
    }
    let maria = people::maria_garcia();
    insta::assert_debug_snapshot!(staff::show(&ehr, &frontdesk(), &maria.id).unwrap());
    perform(&ehr, &maria, "unlock").unwrap();
    assert_eq!(ehr.deeds().last(), Some(&"signin.unlocked"));
    assert_eq!(location(&known.log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(location(&Browser::at(&ehr, "203.0.113.1").log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn a_username_that_nobody_has_is_stopped_in_the_same_way() {
    let ehr = ehr();
    lock(&ehr, "maria84");
    lock(&ehr, "nobody");
    let answer = |username| {
        ehr.calls.borrow_mut().clear();
        let mut blocked = Browser::at(&ehr, "203.0.113.1").log_in(username, PASSWORD);
        blocked.body = without_form_token(text(&blocked)).into_bytes();
        (blocked, ehr.calls.borrow().clone())
    };

    assert_eq!(answer("maria84"), answer("nobody"));
}

#[test]
fn a_known_browser_of_someone_else_is_not_known() {
    let ehr = ehr();
    let known = Browser::new(&ehr);
    known.log_in("maria84", PASSWORD);
    known.post("/logout", &[]);
    lock(&ehr, "nobody");

    assert_eq!(known.log_in("nobody", PASSWORD).status, 429);
}

#[test]
fn unlocking_what_is_not_locked_changes_nothing() {
    let ehr = ehr();
    let before = ehr.deeds().len();

    let notice = perform(&ehr, &people::maria_garcia(), "unlock").unwrap();

    assert_eq!(notice.text, "This login is not locked. Nothing was changed.");
    assert_eq!(ehr.deeds().len(), before);
    perform(&ehr, &people::sean_o_brien(), "unlock").unwrap_err();
}

#[test]
fn a_host_that_cannot_remember_a_browser_keeps_nobody_out() {
    let ehr = ehr();
    ehr.down.set(Some("attempts.look"));
    assert_eq!(location(&Browser::new(&ehr).log_in("maria84", PASSWORD)), Some("/home"));
}
