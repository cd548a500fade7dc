//! Logging in, staying logged in, and logging out.

use super::browser::{Browser, PASSWORD, header, invite, location, maria, text, without_form_token};
use super::memory::Memory;
use super::people;
use crate::patient::request::Request;
use crate::rules::account::{Account, Revision, State};

const MINUTE: u64 = 60;

/// A practice where Maria has an account.
fn ehr() -> Memory {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr
}

/// Staff turn Maria's access off. The tab cannot yet, so the store is told.
fn turn_off(ehr: &Memory) {
    let mut accounts = ehr.accounts.borrow_mut();
    for account in accounts.iter_mut() {
        let credentials = account.credentials().cloned();
        let revision = Revision(account.revision.0 + 1);
        *account = Account { state: State::Off(credentials), revision, patient: account.patient.clone() };
    }
}

#[test]
fn the_username_is_found_however_it_is_cased() {
    for username in ["maria84", "MARIA84", " Maria84 "] {
        let ehr = ehr();
        assert_eq!(location(&Browser::new(&ehr).log_in(username, PASSWORD)), Some("/home"), "{username}");
    }
}

#[test]
fn an_unknown_user_and_a_wrong_password_look_and_cost_the_same() {
    let ehr = ehr();
    let attempt = |username, password| {
        ehr.calls.borrow_mut().clear();
        let response = Browser::new(&ehr).log_in(username, password);
        let page = without_form_token(text(&response)).replace(username, "NAME");
        (response.status, response.headers, page, ehr.calls.borrow().clone())
    };

    let unknown = attempt("nobody", PASSWORD);
    let wrong = attempt("maria84", "horses run in winter");
    assert_eq!(unknown, wrong);
    assert_eq!(unknown.0, 422);
    turn_off(&ehr);
    assert_eq!(attempt("maria84", PASSWORD), unknown);
}

#[test]
fn the_username_is_kept_and_the_password_is_not_sent_back() {
    let ehr = ehr();

    let response = Browser::new(&ehr).log_in("maria84", "horses run in winter");

    assert!(text(&response).contains(r#"value="maria84""#));
    assert!(!text(&response).contains("winter"));
}

#[test]
fn an_empty_field_is_named_and_not_counted() {
    let ehr = ehr();

    let response = Browser::new(&ehr).log_in("", "");

    assert_eq!(response.status, 422);
    assert!(
        text(&response).contains("Type your username.") && text(&response).contains("Type your password.")
    );
    assert!(ehr.counters.borrow().keys().all(|key| !key.starts_with("signin")));
}

#[test]
fn too_many_wrong_passwords_make_the_visitor_wait() {
    let ehr = ehr();
    let guess = || Browser::new(&ehr).log_in("maria84", "wrong").status;
    let wait = || {
        let blocked = Browser::new(&ehr).log_in("maria84", PASSWORD);
        (blocked.status, header(&blocked, "retry-after").map(str::to_owned))
    };
    let five_guesses = || (0..5).for_each(|_| assert_eq!(guess(), 422));

    five_guesses();
    assert_eq!(wait(), (429, Some("60".to_owned())));
    assert_eq!(ehr.deeds().last(), Some(&"signin.blocked"));
    let elsewhere = Browser::at(&ehr, "198.51.100.1");
    assert_eq!(elsewhere.log_in("maria84", "wrong").status, 422);
    ehr.pass(MINUTE);
    five_guesses();
    assert_eq!(wait(), (429, Some("840".to_owned())));
    ehr.pass(14 * MINUTE);
    five_guesses();
    ehr.pass(MINUTE);
    five_guesses();
    assert_eq!(wait(), (429, Some("2640".to_owned())));
    ehr.pass(44 * MINUTE);
    assert_eq!(location(&Browser::new(&ehr).log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn right_passwords_are_forgiven() {
    let ehr = ehr();

    for _ in 0..30 {
        assert_eq!(location(&Browser::new(&ehr).log_in("maria84", PASSWORD)), Some("/home"));
    }
}

#[test]
fn a_sign_in_ends_fifteen_minutes_after_the_last_request() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);

    for _ in 0..3 {
        ehr.pass(15 * MINUTE - 1);
        assert_eq!(browser.get("/home").status, 200);
    }
    ehr.pass(15 * MINUTE);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn a_sign_in_ends_after_twelve_hours_whatever_happens() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);

    for _ in 0..71 {
        ehr.pass(10 * MINUTE);
        assert_eq!(browser.get("/home").status, 200);
    }
    ehr.pass(10 * MINUTE);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn access_turned_off_ends_a_sign_in_at_once() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);
    turn_off(&ehr);

    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn logging_out_ends_the_session_on_the_host_too() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);
    let token = browser.cookie("__Host-portal").unwrap();

    assert_eq!(location(&browser.post("/logout", &[])), Some("/logged-out"));
    assert_eq!(browser.cookie("__Host-portal"), None);
    browser.set_cookie("__Host-portal", &token);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
    assert_eq!(ehr.deeds().last(), Some(&"session.closed"));
}

#[test]
fn logging_out_twice_is_fine() {
    let ehr = ehr();

    assert_eq!(location(&Browser::new(&ehr).post("/logout", &[])), Some("/logged-out"));
}

#[test]
fn each_sign_in_has_a_token_of_its_own_and_only_its_hash_is_stored() {
    let ehr = ehr();
    let (first, second) = (Browser::new(&ehr), Browser::new(&ehr));
    first.log_in("maria84", PASSWORD);
    second.log_in("maria84", PASSWORD);

    let tokens = [&first, &second].map(|browser| browser.cookie("__Host-portal").unwrap());
    assert_ne!(tokens[0], tokens[1]);
    for hash in ehr.sessions.borrow().keys() {
        assert!(!tokens.contains(&base16ct::lower::encode_string(&hash.0)));
    }
}

#[test]
fn who_is_logged_in_goes_home_from_the_login_page() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);

    assert_eq!(location(&browser.get("/")), Some("/home"));
}

#[test]
fn an_outdated_hash_is_replaced_and_the_sign_in_holds() {
    let ehr = ehr();
    ehr.hash_version.set(2);
    let browser = Browser::new(&ehr);

    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));

    assert_eq!(browser.get("/home").status, 200);
    let account = ehr.account(&people::maria_garcia()).unwrap();
    assert!(account.credentials().unwrap().password_hash.0.starts_with("v2:"));
    assert!(ehr.deeds().contains(&"password.rehashed"));
}

#[test]
fn an_outdated_hash_that_cannot_be_replaced_keeps_nobody_out() {
    let ehr = ehr();
    ehr.hash_version.set(2);
    ehr.down.set(Some("accounts.save"));
    let browser = Browser::new(&ehr);

    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(browser.get("/home").status, 200);
    assert_eq!(ehr.log.borrow().len(), 1);
}

#[test]
fn busy_hashing_asks_to_come_back_and_does_not_count() {
    let ehr = ehr();
    ehr.busy.set(true);
    for _ in 0..30 {
        let response = Browser::new(&ehr).log_in("maria84", PASSWORD);
        assert_eq!((response.status, header(&response, "retry-after")), (503, Some("3")));
    }

    ehr.busy.set(false);
    assert_eq!(location(&Browser::new(&ehr).log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn who_was_logged_out_by_the_clock_is_told_so_once() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);
    ehr.pass(15 * MINUTE);

    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
    assert!(text(&browser.get("/session-ended")).contains("You were logged out because"));
    assert_eq!(browser.cookie("__Host-portal"), None);
    assert_eq!(location(&browser.get("/home")), Some("/"));
}

#[test]
fn logging_out_ends_nothing_but_a_login() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())));
    browser.set_cookie("__Host-portal", &browser.cookie("__Host-activation").unwrap());

    assert_eq!(location(&browser.post("/logout", &[])), Some("/logged-out"));

    assert_eq!(ehr.deeds().last(), Some(&"activation.confirmed"), "nobody was logged out");
    assert_eq!(browser.get("/credentials").status, 200);
}

#[test]
fn logging_in_again_ends_the_session_it_replaces_and_no_other() {
    let ehr = ehr();
    let (elsewhere, browser) = (Browser::new(&ehr), Browser::new(&ehr));
    elsewhere.log_in("maria84", PASSWORD);
    browser.log_in("maria84", PASSWORD);
    let old = browser.cookie("__Host-portal").unwrap();

    browser.log_in("maria84", PASSWORD);

    assert_eq!(ehr.deeds()[ehr.deeds().len() - 2..], ["signin.succeeded", "session.closed"]);
    assert_eq!((browser.get("/home").status, elsewhere.get("/home").status), (200, 200));
    browser.set_cookie("__Host-portal", &old);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn a_session_that_cannot_be_closed_keeps_nobody_out() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);
    ehr.down.set(Some("sessions.close"));

    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(ehr.log.borrow().len(), 1);
}

#[test]
fn a_cookie_of_another_program_that_is_no_text_keeps_nobody_out() {
    let ehr = ehr();
    let browser = Browser::new(&ehr);
    browser.log_in("maria84", PASSWORD);
    let cookies =
        [b"theme=caf\xe9; __Host-portal=".as_slice(), browser.cookie("__Host-portal").unwrap().as_bytes()]
            .concat();
    let headers = vec![("cookie".to_owned(), cookies)];
    let (method, target, client) = ("GET".to_owned(), "/home".to_owned(), "192.0.2.7".to_owned());

    assert_eq!(ehr.answer(&Request { method, target, headers, body: Vec::new(), client }).status, 200);
}
