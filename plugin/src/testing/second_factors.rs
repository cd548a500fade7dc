//! Adding and removing what a log in takes besides the password, and what a practice may ask for.

use super::authenticators::App;
use super::browser::{Browser, PASSWORD, location, text};
use super::memory::Memory;
use super::second_step::{add_app, codes};
use crate::patient::response::Response;
use crate::settings::CURRENT_PASSWORD_PACE;

const SHORT: &str = "kwmtzpvj";

fn remove(browser: &Browser<'_>, ehr: &Memory, password: &str) -> Response {
    let id = ehr.factors.borrow().values().flatten().next().unwrap().id.0.clone();
    browser.post("/account/second-step/remove", &[("which", &id), ("current_password", password)])
}

fn new_password(browser: &Browser<'_>, current: &str, wanted: &str) -> Response {
    let fields = [("current_password", current), ("password", wanted), ("password_again", wanted)];
    browser.post("/account/password", &fields)
}

#[test]
fn an_app_is_added_by_its_first_code_and_the_password() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let app = App::scanning(&browser.get("/account/second-step/app"));
    let send = |code: &str, password: &str| {
        let fields = [("secret", &*app.secret()), ("code", code), ("current_password", password)];
        browser.post("/account/second-step/app", &fields)
    };

    let wrong_code = send("000000", PASSWORD);
    assert_eq!(wrong_code.status, 422);
    assert!(text(&wrong_code).contains(&app.secret()), "the same code to scan is kept");
    assert_eq!(send("", PASSWORD).status, 422);
    assert_eq!(send(&app.code(&ehr), "wrong horses in summer").status, 422);
    assert!(ehr.factors.borrow().is_empty());

    assert_eq!(codes(&send(&app.code(&ehr), PASSWORD)).len(), 8);
    assert!(ehr.deeds().contains(&"factor.added"));
    assert!(ehr.deeds().contains(&"factor.refused"));
}

#[test]
fn adding_one_logs_out_everywhere_else() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let elsewhere = Browser::at(&ehr, "203.0.113.1");
    elsewhere.log_in("maria84", PASSWORD);

    add_app(&ehr, &browser);

    assert_eq!(browser.get("/home").status, 200);
    assert_eq!(location(&elsewhere.get("/home")), Some("/session-ended"));
}

#[test]
fn a_secret_of_another_shape_is_refused() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    for secret in ["", "GEZDGNBV", "<script>"] {
        let fields = [("secret", secret), ("code", "000000"), ("current_password", PASSWORD)];
        assert_eq!(browser.post("/account/second-step/app", &fields).status, 403, "{secret}");
    }
}

#[test]
fn there_is_one_app_at_a_time() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    add_app(&ehr, &browser);

    assert_eq!(location(&browser.get("/account/second-step/app")), Some("/account/second-step"));
}

#[test]
fn guesses_at_the_password_are_limited_here_too() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    add_app(&ehr, &browser);

    for n in 0..CURRENT_PASSWORD_PACE.attempts {
        assert_eq!(remove(&browser, &ehr, "wrong horses in summer").status, 422, "{n}");
    }
    assert_eq!(remove(&browser, &ehr, PASSWORD).status, 429);
}

#[test]
fn without_the_last_one_the_password_alone_lets_in_again() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    add_app(&ehr, &browser);

    assert_eq!(location(&remove(&browser, &ehr, PASSWORD)), Some("/account/second-step"));

    assert!(ehr.factors.borrow().values().all(Vec::is_empty), "the codes are gone too");
    assert_eq!(browser.get("/home").status, 200);
    assert_eq!(location(&Browser::new(&ehr).log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(*ehr.deeds().iter().rfind(|deed| deed.starts_with("factor.")).unwrap(), "factor.removed");
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    assert_eq!(location(&browser.get("/account/second-step/remove")), Some("/account/second-step"));
    add_app(&ehr, &browser);
    let code = ehr.factors.borrow().values().flatten().last().unwrap().id.0.clone();
    let before = ehr.factors.borrow().clone();

    for which in ["nothing", &code] {
        let fields = [("which", which), ("current_password", PASSWORD)];
        let sent = browser.post("/account/second-step/remove", &fields);
        assert_eq!(location(&sent), Some("/account/second-step"), "{which}");
    }
    let nothing = browser.post("/account/second-step/remove", &[("current_password", PASSWORD)]);
    assert!(nothing.status == 422 && text(&nothing).contains("Please choose one."));
    assert!(*ehr.factors.borrow() == before);
}

#[test]
fn a_password_of_eight_will_do_beside_a_second_step_and_not_alone() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    assert_eq!(new_password(&browser, PASSWORD, SHORT).status, 422);
    add_app(&ehr, &browser);

    assert_eq!(location(&new_password(&browser, PASSWORD, SHORT)), Some("/account/password-changed"));

    let refused = remove(&browser, &ehr, SHORT);
    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("too short to be used alone"));
    assert!(!ehr.factors.borrow().is_empty());
    new_password(&browser, SHORT, PASSWORD);
    assert_eq!(location(&remove(&browser, &ehr, PASSWORD)), Some("/account/second-step"));
}

#[test]
fn a_practice_that_asks_for_one_gets_one_before_anything_else() {
    let ehr = Memory::new();
    ehr.requires_second_factor.set(true);
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    browser.log_in("maria84", PASSWORD);

    for path in ["/home", "/account", "/account/password"] {
        assert_eq!(location(&browser.get(path)), Some("/account/second-step"), "{path}");
    }
    let sent = browser.post("/account/all-sessions", &[]);
    assert_eq!(location(&sent), Some("/account/second-step"));
    let page = browser.get("/account/second-step");
    assert!(text(&page).contains("Your practice asks everyone to add a second step."));
    assert!(text(&page).contains("Log out"));

    add_app(&ehr, &browser);
    assert_eq!(browser.get("/home").status, 200);
    let refused = remove(&browser, &ehr, PASSWORD);
    assert!(refused.status == 422 && text(&refused).contains("Add another one before you remove this."));
}

#[test]
fn who_has_none_is_offered_one_and_who_has_one_is_not() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    assert!(text(&browser.get("/home")).contains("add a second step"));
    assert!(text(&browser.get("/activated")).contains("you can also add a second step"));

    add_app(&ehr, &browser);
    assert!(!text(&browser.get("/home")).contains("add a second step"));
}

#[test]
fn of_two_changes_at_once_the_second_changes_nothing() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let app = App::scanning(&browser.get("/account/second-step/app"));
    // Somebody else saves between the form and the save.
    ehr.accounts.borrow_mut()[0].revision.0 += 1;

    let fields = [("secret", &*app.secret()), ("code", &app.code(&ehr)), ("current_password", PASSWORD)];
    let sent = browser.post("/account/second-step/app", &fields);

    assert_eq!(location(&sent), Some("/session-ended"));
    assert!(ehr.factors.borrow().is_empty());
}

#[test]
fn who_logged_in_a_while_ago_logs_in_again_before_changing_the_second_step() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let (app, _) = add_app(&ehr, &browser);
    for _ in 0..2 {
        ehr.pass(14 * 60);
        assert_eq!(browser.get("/home").status, 200);
    }

    for path in
        ["/account/second-step/passkey", "/account/second-step/remove", "/account/second-step/recovery-codes"]
    {
        assert!(text(&browser.get(path)).contains("Please log in again first"), "{path}");
    }
    assert!(text(&remove(&browser, &ehr, PASSWORD)).contains("Please log in again first"));
    let codes = browser.post("/account/second-step/recovery-codes", &[("current_password", PASSWORD)]);
    assert!(text(&codes).contains("Please log in again first"));
    assert!(!ehr.factors.borrow().values().all(Vec::is_empty));

    browser.post("/logout", &[]);
    browser.log_in("maria84", PASSWORD);
    browser.post("/second-step", &[("code", &app.code(&ehr))]);
    assert_eq!(location(&remove(&browser, &ehr, PASSWORD)), Some("/account/second-step"));
}

#[test]
fn a_change_does_not_make_a_log_in_last_longer() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let hours = 60 * 60;
    for _ in 0..(11 * 5) {
        ehr.pass(hours / 5);
        browser.get("/home");
    }
    add_app(&ehr, &browser);

    ehr.pass(hours / 5);
    assert_eq!(browser.get("/home").status, 200);
    for _ in 0..4 {
        ehr.pass(hours / 5);
        browser.get("/home");
    }
    assert!(location(&browser.get("/home")).is_some(), "twelve hours are over");
}

#[test]
fn codes_are_shown_even_where_only_the_answer_of_the_host_was_lost() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let app = App::scanning(&browser.get("/account/second-step/app"));
    ehr.loses_answers.set(true);
    let fields = [("secret", &*app.secret()), ("code", &app.code(&ehr)), ("current_password", PASSWORD)];

    let added = browser.post("/account/second-step/app", &fields);

    ehr.loses_answers.set(false);
    assert_eq!(codes(&added).len(), 8);
    assert_eq!(browser.get("/home").status, 200);
}

#[test]
fn the_trail_says_what_was_added_and_whether_the_last_one_went() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    add_app(&ehr, &browser);
    remove(&browser, &ehr, PASSWORD);

    let said = |name: &str| {
        let events = ehr.events.borrow();
        let event = events.iter().find(|(_, event)| event.deed.name() == name).unwrap();
        event.1.detail.clone().unwrap().into_owned()
    };
    assert_eq!(said("factor.added"), "an app");
    assert_eq!(said("factor.removed"), "the last one: the password alone lets in");
}
