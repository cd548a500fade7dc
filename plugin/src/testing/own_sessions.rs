//! Where a patient is logged in: one's own sessions alone, ended one by one or all at once.

use super::browser::{Browser, PASSWORD, header, invite, location, text, typed};
use super::memory::Memory;
use super::people;
use crate::ehr::SaveError;
use crate::rules::token::Token;
use crate::settings::SESSIONS_SHOWN;

const MINUTE: u64 = 60;

/// The names of the sessions that the page offers to end, in order.
fn offered(browser: &Browser<'_>) -> Vec<String> {
    let page = browser.get("/account");
    assert_eq!(page.status, 200);
    let named = text(&page).split("name=\"session\" value=\"").skip(1);
    named.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// What a form calls the session of this browser.
fn name_of(browser: &Browser<'_>) -> String {
    Token::read(&browser.cookie("__Host-portal").unwrap()).unwrap().hash().name()
}

/// A browser in which Sean is logged in.
fn sean(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    browser.confirm(&typed(&invite(ehr, &people::sean_o_brien()), "S", "O", "12/31/1959"));
    browser.save("sean59");
    browser.log_in("sean59", PASSWORD);
    browser
}

fn is_logged_in(browser: &Browser<'_>) -> bool {
    browser.get("/home").status == 200
}

#[test]
fn the_page_lists_this_browser_first_and_then_the_others_as_they_were_used() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    ehr.pass(MINUTE);
    let (early, late) = (Browser::elsewhere(&ehr), Browser::elsewhere(&ehr));
    ehr.pass(MINUTE);
    late.get("/home");

    let page = this.get("/account");

    let (here, there) = (text(&page).find("This browser"), text(&page).find("Another browser"));
    assert!(here.is_some() && here < there, "{}", text(&page));
    assert_eq!(text(&page).matches("This browser").count(), 1);
    assert_eq!(offered(&this), [name_of(&late), name_of(&early)]);
    assert!(text(&page).contains("since 11/22/2026 3:01 PM, last used 11/22/2026 3:02 PM"));
}

#[test]
fn one_session_is_ended_from_another_browser_and_no_other_is() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let (lost, kept) = (Browser::elsewhere(&ehr), Browser::elsewhere(&ehr));

    let ended = this.post("/account/sessions", &[("session", &name_of(&lost))]);

    assert_eq!(location(&ended), Some("/account"));
    let (_, last) = ehr.events.borrow().last().unwrap().clone();
    assert_eq!(
        (last.deed.name(), last.detail.as_deref()),
        ("session.closed", Some("ended from another browser"))
    );
    assert_eq!(location(&lost.get("/home")), Some("/session-ended"));
    assert!(is_logged_in(&this) && is_logged_in(&kept));
    assert_eq!(offered(&this), [name_of(&kept)]);
}

#[test]
fn nobody_sees_or_ends_a_session_of_someone_else() {
    let ehr = Memory::new();
    let maria = Browser::signed_in(&ehr);
    let sean = sean(&ehr);
    let before = ehr.deeds();

    assert!(offered(&maria).is_empty() && offered(&sean).is_empty());
    assert_eq!(location(&maria.post("/account/sessions", &[("session", &name_of(&sean))])), Some("/account"));

    assert!(is_logged_in(&sean));
    assert_eq!(ehr.deeds(), before);
}

#[test]
fn a_name_that_is_over_or_was_never_one_changes_nothing() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let kept = Browser::elsewhere(&ehr);
    let over = Browser::elsewhere(&ehr);
    let over_name = name_of(&over);
    over.post("/logout", &[]);
    let before = ehr.deeds();
    let token = kept.cookie("__Host-portal").unwrap();
    let prefix = name_of(&kept).get(..8).unwrap().to_owned();
    let shouted = name_of(&kept).to_uppercase();

    for name in ["", "zz", &"0".repeat(16), &over_name, &token, &prefix, &shouted] {
        assert_eq!(
            location(&this.post("/account/sessions", &[("session", name)])),
            Some("/account"),
            "{name}"
        );
    }
    assert_eq!(location(&this.post("/account/sessions", &[])), Some("/account"));

    assert_eq!(ehr.deeds(), before);
    assert!(is_logged_in(&this) && is_logged_in(&kept));
}

#[test]
fn ending_the_session_that_asks_is_logging_out() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let kept = Browser::elsewhere(&ehr);

    let ended = this.post("/account/sessions", &[("session", &name_of(&this))]);

    assert_eq!((location(&ended), this.cookie("__Host-portal")), (Some("/logged-out"), None));
    assert!(is_logged_in(&kept));
}

#[test]
fn logging_out_everywhere_ends_every_session_and_nothing_else() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let other = Browser::elsewhere(&ehr);
    let sean = sean(&ehr);
    let token = this.cookie("__Host-portal").unwrap();

    let ended = this.post("/account/all-sessions", &[]);

    assert_eq!((location(&ended), this.cookie("__Host-portal")), (Some("/logged-out"), None));
    assert_eq!(ehr.deeds().last(), Some(&"sessions.ended"));
    assert_eq!(location(&other.get("/home")), Some("/session-ended"));
    this.set_cookie("__Host-portal", &token);
    assert_eq!(location(&this.get("/home")), Some("/session-ended"));
    assert!(is_logged_in(&sean));
    assert_eq!(location(&this.log_in("maria84", PASSWORD)), Some("/home"), "the password is as it was");
    assert_eq!(ehr.deeds().last(), Some(&"signin.succeeded"), "the browser is as known as it was");
    assert!(offered(&this).is_empty());
}

#[test]
fn a_session_that_ran_out_is_not_listed() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let idle = Browser::elsewhere(&ehr);
    assert_eq!(offered(&this), [name_of(&idle)]);
    ehr.pass(14 * MINUTE);
    this.post("/stay", &[]);
    ehr.pass(MINUTE);

    assert!(offered(&this).is_empty());
}

#[test]
fn however_often_someone_logs_in_the_page_is_shown_and_ends_them_all() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let others: Vec<_> = (0..70).map(|_| Browser::elsewhere(&ehr)).collect();
    ehr.pass(MINUTE);

    let page = this.get("/account");

    assert_eq!(offered(&this).len(), SESSIONS_SHOWN - 1);
    assert_eq!(text(&page).matches("This browser").count(), 1);
    assert!(text(&page).contains("There are 54 more."), "{}", text(&page));
    this.post("/account/all-sessions", &[]);
    assert!(others.iter().all(|other| location(&other.get("/home")) == Some("/session-ended")));
}

#[test]
fn who_was_overtaken_while_logging_out_everywhere_is_told_that_the_session_is_over() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    ehr.refused_saves.borrow_mut().push(SaveError::Stale);

    assert_eq!(location(&this.post("/account/all-sessions", &[])), Some("/session-ended"));
    assert_eq!(this.cookie("__Host-portal"), None);
}

#[test]
fn logging_out_everywhere_that_only_lost_its_answer_is_done() {
    let ehr = Memory::new();
    let this = Browser::signed_in(&ehr);
    let other = Browser::elsewhere(&ehr);
    ehr.loses_answers.set(true);

    assert_eq!(location(&this.post("/account/all-sessions", &[])), Some("/logged-out"));
    assert_eq!(location(&other.get("/home")), Some("/session-ended"));
}

#[test]
fn a_host_that_cannot_answer_ends_nothing_and_says_so() {
    for (path, downs) in [
        ("/account/sessions", ["sessions.list", "sessions.close"]),
        ("/account/all-sessions", ["accounts.find-by-patient", "accounts.save"]),
    ] {
        for down in downs {
            let ehr = Memory::new();
            let this = Browser::signed_in(&ehr);
            let other = Browser::elsewhere(&ehr);
            ehr.down.set(Some(down));
            let response = this.post(path, &[("session", &name_of(&other))]);
            assert_eq!((response.status, header(&response, "retry-after")), (503, Some("7")), "{down}");
            ehr.down.set(None);
            assert!(is_logged_in(&this) && is_logged_in(&other), "{down}");
        }
    }
}
