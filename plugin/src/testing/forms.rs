//! Forms are taken only from the browser they were drawn for.

use super::browser::{Browser, PASSWORD, all, invite, location, maria, text};
use super::memory::Memory;
use super::people;

const TOO_OLD: &str = "This page was open for too long, or your browser does not keep cookies.";

fn forged(browser: &Browser<'_>, path: &str, token: Option<&str>, fields: &[(&str, &str)]) -> (u16, String) {
    let token = token.map(|token| ("form_token", token));
    let fields: Vec<_> = token.into_iter().chain(fields.iter().copied()).collect();
    let response = browser.post_as_it_is(path, &fields);
    (response.status, text(&response).to_owned())
}

#[test]
fn a_form_of_another_visit_is_not_taken_and_what_was_typed_is_kept() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let (victim, attacker) = (Browser::new(&ehr), Browser::new(&ehr));
    victim.get("/");
    let page = attacker.get("/activate");
    let theirs = text(&page)
        .split("name=\"form_token\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    ehr.calls.borrow_mut().clear();

    for token in [None, Some(""), Some(theirs.as_str()), Some(&"0".repeat(64))] {
        let fields = [
            ("portal_id", portal_id.as_str()),
            ("first_initial", "M"),
            ("last_initial", "G"),
            ("birth_date", "02/29/1984"),
        ];
        let (status, page) = forged(&victim, "/activate", token, &fields);
        assert_eq!(status, 403);
        assert!(page.contains(TOO_OLD) && page.contains(&format!("value=\"{portal_id}\"")), "{page}");
        let (status, page) =
            forged(&victim, "/login", token, &[("username", "maria84"), ("password", PASSWORD)]);
        assert_eq!(status, 403);
        assert!(page.contains(TOO_OLD) && page.contains("value=\"maria84\"") && !page.contains(PASSWORD));
    }
    assert!(ehr.calls.borrow().is_empty(), "nothing was looked up, counted or written");
}

#[test]
fn who_keeps_no_cookies_is_told_so() {
    let ehr = Memory::new();
    let (status, page) = forged(&Browser::new(&ehr), "/login", Some(&"a".repeat(64)), &[("username", "x")]);

    assert_eq!(status, 403);
    assert!(page.contains("your browser does not keep cookies"), "{page}");
}

#[test]
fn a_signed_in_patient_is_not_logged_out_nor_kept_by_a_forged_form() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    browser.log_in("maria84", PASSWORD);
    for path in ["/logout", "/stay", "/account/password", "/account/sessions", "/account/all-sessions"] {
        let (status, _) = forged(&browser, path, Some(&"0".repeat(64)), &[]);
        assert_eq!(status, 403, "{path}");
    }
    assert_eq!(browser.get("/home").status, 200);

    ehr.pass(14 * 60);
    for path in ["/stay", "/account/second-step/app", "/account/second-step/remove"] {
        let (status, _) = forged(&browser, path, Some(&"0".repeat(64)), &[]);
        assert_eq!(status, 403, "{path}");
    }
    ehr.pass(60);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"), "a forged form kept the session");
}

#[test]
fn credentials_are_set_by_the_confirmed_browser_alone() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&portal_id));
    let fields = [("username", "evil"), ("password", PASSWORD), ("password_again", PASSWORD)];

    let (status, _) = forged(&browser, "/credentials", None, &fields);

    assert_eq!(status, 403);
    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
}

#[test]
fn a_visit_has_one_cookie_which_is_out_of_reach_of_scripts_and_shows_nobody() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    let first = browser.get("/");
    let cookies = all(&first, "set-cookie");
    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("__Host-visit="), "{cookies:?}");
    assert!(cookies[0].ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{cookies:?}");

    assert!(all(&browser.get("/activate"), "set-cookie").is_empty());
    let visit = browser.cookie("__Host-visit").unwrap();
    browser.set_cookie("__Host-portal", &visit);
    browser.set_cookie("__Host-activation", &visit);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
    assert_eq!(location(&browser.get("/credentials")), Some("/time-is-up"));
}
