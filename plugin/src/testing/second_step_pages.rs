//! What the pages about the second step say: where everyone is asked for one, where a form comes a second
//! time, and how to get to the app and back.

use super::authenticators::{App, between};
use super::browser::{Browser, PASSWORD, location, text};
use super::memory::Memory;
use super::second_step::add_app;
use crate::patient::response::Response;
use crate::rules::token::Token;

/// Where forms that change the second step are sent.
const CHANGES: [&str; 4] = [
    "/account/second-step/app",
    "/account/second-step/passkey",
    "/account/second-step/remove",
    "/account/second-step/recovery-codes",
];
/// A secret that an app could have scanned.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// What the forms carry that are drawn for this browser now.
fn form_token(browser: &Browser<'_>) -> String {
    Token::read(&browser.cookie("__Host-portal").unwrap()).unwrap().for_form().text()
}

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
    let browser = Browser::signed_in(&ehr);
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

#[test]
fn who_loads_the_page_with_the_codes_again_is_told_how_it_stands_and_changes_nothing() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let before = form_token(&browser);
    let (app, _) = add_app(&ehr, &browser);
    let (factors, deeds) = (ehr.factors.borrow().clone(), ehr.deeds());

    for path in CHANGES {
        let (secret, code) = (app.secret(), app.code(&ehr));
        let fields = [
            ("form_token", &*before),
            ("secret", &*secret),
            ("code", &*code),
            ("current_password", PASSWORD),
        ];
        let again = browser.post_as_it_is(path, &fields);
        assert_eq!(again.status, 403, "{path}");
        assert!(text(&again).contains("This was done already"), "{}", text(&again));
        assert!(text(&again).contains("If you did not keep your recovery codes, get new ones."));
        assert!(text(&again).contains("App on your phone") && text(&again).contains("/recovery-codes"));
        assert!(!text(&again).contains("Nothing was changed"));
    }
    assert!(*ehr.factors.borrow() == factors);
    assert_eq!(ehr.deeds(), deeds);
    insta::assert_snapshot!(
        "second_step_sent_again",
        text(&browser.post_as_it_is(CHANGES[0], &[]))
            .replace(&format!("?v={}", crate::patient::style_version()), "?v=...",)
    );
}

#[test]
fn a_change_sent_too_late_where_nothing_is_set_up_is_told_so() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    for path in CHANGES {
        let late = browser.post_as_it_is(path, &[("form_token", "of another session")]);
        assert_eq!(late.status, 403, "{path}");
        assert!(text(&late).contains("No second step is set up now."), "{}", text(&late));
        assert!(!text(&late).contains("recovery codes"));
    }
}

#[test]
fn a_change_sent_after_the_session_ended_leads_to_where_that_is_told() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.pass(15 * 60);

    for path in CHANGES {
        let session = browser.cookie("__Host-portal").unwrap();
        let late = browser.post_as_it_is(path, &[("form_token", "of another session")]);
        assert_eq!((location(&late), browser.cookie("__Host-portal")), (Some("/session-ended"), None));
        browser.set_cookie("__Host-portal", &session);
    }
}

#[test]
fn a_phone_that_shows_the_page_opens_its_own_app_with_what_the_code_says() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    ehr.practice.borrow_mut().name = "Smith \"&\" <b>Sons</b>".to_owned();

    let page = browser.get("/account/second-step/app");

    let address = between(&page, "<a href=\"otpauth", "\">Open your app on this phone</a>");
    let expected = format!(
        "://totp/Smith%20%22%26%22%20%3Cb%3ESons%3C%2Fb%3E:maria84?secret={}&#38;issuer=\
         Smith%20%22%26%22%20%3Cb%3ESons%3C%2Fb%3E",
        App::scanning(&page).secret()
    );
    assert_eq!(address, expected);
}

#[test]
fn every_form_about_the_login_has_a_way_back() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    // Behind the form, which a browser without JavaScript does not show where it is about a passkey.
    let leads_back = |page: &Response, way: &str| {
        text(page).rsplit_once("</form>\n</div>").is_some_and(|(_, after)| after.contains(way))
    };
    let to_account = r#"<p><a href="/account">Back to your account</a></p>"#;
    let to_second_step = r#"<p><a href="/account/second-step">Back to the second step</a></p>"#;
    let is_there = |page: &Response| leads_back(page, to_second_step);

    let password = "/account/password";
    for page in [browser.get(password), browser.post(password, &[])] {
        assert!(leads_back(&page, to_account), "{}", text(&page));
    }
    for path in &CHANGES[..2] {
        assert!(
            is_there(&browser.get(path)) && is_there(&browser.post(path, &[("secret", SECRET)])),
            "{path}"
        );
    }
    add_app(&ehr, &browser);
    for path in &CHANGES[2..] {
        assert!(is_there(&browser.get(path)) && is_there(&browser.post(path, &[])), "{path}");
    }
    ehr.pass(14 * 60);
    browser.get("/home");
    ehr.pass(14 * 60);
    assert!(is_there(&browser.get(CHANGES[2])), "where one has to log in again first");
}
