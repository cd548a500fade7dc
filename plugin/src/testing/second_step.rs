//! Log in with a second step: by an app, by recovery codes, and what of it holds when.

use super::authenticators::{App, between};
use super::browser::{Browser, PASSWORD, header, location, perform, text};
use super::memory::Memory;
use super::people;
use crate::patient::response::Response;
use crate::rules::second_factor::Means;
use crate::rules::second_factor::recovery_code::RecoveryCode;
use crate::settings::{
    RECOVERY_CODES, SECOND_STEP_PACE, SECOND_STEP_ROW_UNKNOWN, SIGN_IN_PER_USERNAME_AND_NETWORK,
};
use crate::staff;

const MINUTE: u64 = 60;

/// Adds an app; the page with the recovery codes.
pub(super) fn add_app(ehr: &Memory, browser: &Browser<'_>) -> (App, Response) {
    let app = App::scanning(&browser.get("/account/second-step/app"));
    let added = send_app(browser, &app, &app.code(ehr), PASSWORD);
    assert_eq!(added.status, 200, "{}", text(&added));
    (app, added)
}

/// A browser where Maria is logged in, who has an app.
pub(crate) fn signed_in_with_app(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::signed_in(ehr);
    add_app(ehr, &browser);
    browser
}

fn send_app(browser: &Browser<'_>, app: &App, code: &str, password: &str) -> Response {
    let fields = [("secret", &*app.secret()), ("code", code), ("current_password", password)];
    browser.post("/account/second-step/app", &fields)
}

/// The recovery codes on a page.
pub(super) fn codes(page: &Response) -> Vec<String> {
    let list = between(page, "<ol class=\"codes\">", "</ol>");
    let items = list.split("<li>").skip(1).map(|item| item.split_once("</li>").unwrap().0);
    items.map(|item| item.replace("<span>", "").replace("</span>", "")).collect()
}

/// An EHR where Maria has an app, the app, her recovery codes, and the time well past its last code.
fn with_app() -> (Memory, App, Vec<String>) {
    let ehr = Memory::new();
    let (app, page) = {
        let browser = Browser::signed_in(&ehr);
        add_app(&ehr, &browser)
    };
    ehr.pass(MINUTE);
    (ehr, app, codes(&page))
}

fn half_way<'a>(ehr: &'a Memory, client: &'static str) -> Browser<'a> {
    let browser = Browser::at(ehr, client);
    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/second-step"));
    browser
}

fn give(browser: &Browser<'_>, code: &str) -> Response {
    browser.post("/second-step", &[("code", code)])
}

fn recover(browser: &Browser<'_>, code: &str) -> Response {
    browser.post("/second-step/recovery-code", &[("code", code)])
}

#[test]
fn a_login_with_an_app_takes_its_code_as_well() {
    let (ehr, app, _) = with_app();
    let browser = half_way(&ehr, "192.0.2.9");
    assert_eq!(location(&browser.get("/home")), Some("/"));

    assert_eq!(location(&give(&browser, &app.code(&ehr))), Some("/home"));

    assert_eq!(browser.get("/home").status, 200);
    assert!(browser.cookie("__Host-step").is_none());
    let deeds = ehr.deeds();
    let end = &deeds[deeds.len() - 4..];
    assert_eq!(end, ["step.asked", "factor.used", "signin.succeeded", "device.remembered"]);
}

#[test]
fn the_password_alone_opens_nothing() {
    let (ehr, app, _) = with_app();
    let browser = half_way(&ehr, "192.0.2.9");

    let step = browser.cookie("__Host-step").unwrap();
    for cookie in ["__Host-portal", "__Host-activation", "__Host-device", "__Host-visit"] {
        let thief = Browser::at(&ehr, "203.0.113.1");
        thief.set_cookie(cookie, &step);
        assert!(location(&thief.get("/home")).is_some(), "{cookie}");
        assert!(location(&thief.get("/account")).is_some(), "{cookie}");
        assert!(location(&thief.get("/credentials")).is_some(), "{cookie}");
    }
    // And no session is a step.
    let owner = half_way(&ehr, "192.0.2.10");
    ehr.pass(30);
    assert_eq!(location(&give(&owner, &app.code(&ehr))), Some("/home"));
    for cookie in ["__Host-portal", "__Host-device"] {
        let thief = Browser::at(&ehr, "203.0.113.1");
        thief.set_cookie("__Host-step", &owner.cookie(cookie).unwrap());
        assert_eq!(location(&thief.get("/second-step")), Some("/session-ended"), "{cookie}");
    }
}

#[test]
fn a_wrong_password_does_not_tell_that_there_is_a_second_step() {
    let (ehr, _, _) = with_app();
    let with = Browser::at(&ehr, "192.0.2.9").log_in("maria84", "wrong horses in summer");
    let unknown = Browser::at(&ehr, "192.0.2.9").log_in("nobody", "wrong horses in summer");

    assert_eq!(with.status, unknown.status);
    assert_eq!(text(&with).len() - "maria84".len(), text(&unknown).len() - "nobody".len());
}

#[test]
fn a_code_works_once_and_the_next_one_again() {
    let (ehr, app, _) = with_app();
    let (first, second) = (half_way(&ehr, "192.0.2.9"), half_way(&ehr, "192.0.2.10"));
    let code = app.code(&ehr);

    assert_eq!(location(&give(&first, &code)), Some("/home"));
    assert_eq!(give(&second, &code).status, 422);
    let older = app.code_at(ehr.now.get() - 30);
    assert_eq!(give(&second, &older).status, 422, "an older one has been overtaken");

    ehr.pass(30);
    assert_eq!(location(&give(&second, &app.code(&ehr))), Some("/home"));
}

#[test]
fn the_code_that_proved_the_app_is_used_up() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let (app, _) = add_app(&ehr, &browser);

    assert_eq!(give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr)).status, 422);
}

#[test]
fn a_step_is_passed_once() {
    let (ehr, app, codes) = with_app();
    let browser = half_way(&ehr, "192.0.2.9");
    let step = browser.cookie("__Host-step").unwrap();
    assert_eq!(location(&give(&browser, &app.code(&ehr))), Some("/home"));

    let again = Browser::at(&ehr, "203.0.113.1");
    again.set_cookie("__Host-step", &step);
    assert_eq!(location(&recover(&again, &codes[0])), Some("/session-ended"));
    assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "signin.succeeded").count(), 2);
}

#[test]
fn a_step_is_over_after_ten_minutes_and_after_any_change_of_the_account() {
    let (ehr, app, _) = with_app();
    let late = half_way(&ehr, "192.0.2.9");
    ehr.pass(10 * MINUTE);
    assert_eq!(location(&give(&late, &app.code(&ehr))), Some("/session-ended"));

    let overtaken = half_way(&ehr, "192.0.2.9");
    perform(&ehr, &people::maria_garcia(), "reset").unwrap();
    assert_eq!(location(&give(&overtaken, &app.code(&ehr))), Some("/session-ended"));
}

/// A network of its own for each number.
fn network(n: u32) -> &'static str {
    Box::leak(format!("198.51.100.{n}").into_boxed_str())
}

#[test]
fn wrong_codes_make_the_visitor_wait_whatever_the_network() {
    let (ehr, app, _) = with_app();
    for n in 0..SECOND_STEP_PACE.attempts {
        assert_eq!(give(&half_way(&ehr, network(n)), "000000").status, 422, "{n}");
    }

    let refused = give(&half_way(&ehr, "203.0.113.1"), &app.code(&ehr));
    assert_eq!(refused.status, 429);
    assert!(header(&refused, "retry-after").is_some());
    assert!(ehr.deeds().contains(&"step.blocked"));

    ehr.pass(15 * MINUTE);
    assert_eq!(location(&give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr))), Some("/home"));
}

#[test]
fn somebody_elses_wrong_codes_keep_nobody_out_who_has_another_way_or_a_known_browser() {
    let (ehr, app, codes) = with_app();
    let known = half_way(&ehr, "192.0.2.9");
    give(&known, &app.code(&ehr));
    known.post("/logout", &[]);
    for n in 0..SECOND_STEP_ROW_UNKNOWN.attempts {
        if n % SECOND_STEP_PACE.attempts == 0 {
            ehr.pass(15 * MINUTE);
        }
        give(&half_way(&ehr, network(n)), "000000");
    }
    let stranger = half_way(&ehr, "203.0.113.1");
    assert_eq!(give(&stranger, &app.code(&ehr)).status, 429);

    assert_eq!(location(&recover(&stranger, &codes[0])), Some("/home"));
    known.log_in("maria84", PASSWORD);
    assert_eq!(location(&give(&known, &app.code(&ehr))), Some("/home"));
}

#[test]
fn what_cannot_be_guessed_is_bounded_by_network_only() {
    let (ehr, app, codes) = with_app();
    let stranger = half_way(&ehr, "203.0.113.1");
    for n in 0..crate::settings::SECOND_STEP_PER_NETWORK.attempts {
        assert_eq!(recover(&stranger, "wrong").status, 422, "{n}");
    }

    assert_eq!(recover(&stranger, &codes[0]).status, 429);
    let owner = half_way(&ehr, "192.0.2.9");
    assert_eq!(location(&recover(&owner, &codes[0])), Some("/home"));
    ehr.pass(30);
    assert_eq!(location(&give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr))), Some("/home"));
}

#[test]
fn whoever_has_the_password_alone_cannot_begin_logins_without_end() {
    let (ehr, app, _) = with_app();
    let most = SIGN_IN_PER_USERNAME_AND_NETWORK[0].attempts;
    for _ in 0..most {
        half_way(&ehr, "203.0.113.1");
    }
    assert_eq!(Browser::at(&ehr, "203.0.113.1").log_in("maria84", PASSWORD).status, 429);

    // Whoever completes them can, all day.
    for _ in 0..2 * most {
        ehr.pass(30);
        assert_eq!(location(&give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr))), Some("/home"));
    }
}

#[test]
fn after_many_wrong_codes_in_a_row_no_more_are_taken_until_staff_unlock() {
    let (ehr, app, _) = with_app();
    for n in 0..SECOND_STEP_ROW_UNKNOWN.attempts {
        if n % SECOND_STEP_PACE.attempts == 0 {
            ehr.pass(15 * MINUTE);
        }
        assert_eq!(give(&half_way(&ehr, network(n)), "000000").status, 422, "{n}");
    }
    assert_eq!(*ehr.deeds().last().unwrap(), "step.disabled");
    ehr.pass(15 * MINUTE);

    let refused = give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr));
    assert_eq!(refused.status, 429);
    assert!(text(&refused).contains("(555) 010-0199"), "{}", text(&refused));

    let maria = people::maria_garcia();
    let view = staff::show(&ehr, &super::browser::frontdesk(), &maria.id).unwrap();
    let unlock = view.actions.iter().find(|action| action.id.starts_with("unlock")).unwrap();
    perform(&ehr, &maria, &unlock.id).unwrap();
    assert_eq!(location(&give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr))), Some("/home"));
}

#[test]
fn right_codes_are_forgiven_and_nothing_typed_is_not_counted() {
    let (ehr, app, _) = with_app();
    for _ in 0..2 * SECOND_STEP_PACE.attempts {
        ehr.pass(30);
        let browser = half_way(&ehr, "192.0.2.9");
        let empty = give(&browser, " ");
        assert!(empty.status == 422 && text(&empty).contains("Please type the 6 digits"));
        assert_eq!(location(&give(&browser, &app.code(&ehr))), Some("/home"));
    }
}

#[test]
fn a_recovery_code_gets_in_once() {
    let (ehr, _, codes) = with_app();
    assert_eq!(codes.len(), RECOVERY_CODES);

    let typed = codes[0].to_lowercase().replace('-', " ");
    assert_eq!(location(&recover(&half_way(&ehr, "192.0.2.9"), &typed)), Some("/home"));

    let again = half_way(&ehr, "192.0.2.9");
    let refused = recover(&again, &codes[0]);
    assert_eq!(refused.status, 422);
    assert!(!text(&refused).contains(&codes[0]), "a code is never sent back");
    assert_eq!(location(&recover(&again, &codes[1])), Some("/home"));
    assert!(text(&again.get("/account/second-step")).contains("You have 6 recovery codes left."));
}

#[test]
fn a_recovery_code_is_shown_in_groups_that_stay_whole_in_any_width() {
    let ehr = Memory::new();
    let (_, page) = add_app(&ehr, &Browser::signed_in(&ehr));

    let list = between(&page, "<ol class=\"codes\">", "</ol>");
    for item in list.split("<li>").skip(1) {
        let groups: Vec<_> =
            item.split("<span>").skip(1).map(|group| group.split_once("</span>").unwrap().0).collect();
        assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5, 5, 5, 5, 5, 4], "{item}");
    }
    assert!(crate::patient::STYLE.contains(".codes span {\n  display: inline-block;\n}"));
    assert!(text(&page).contains("choose Print in the menu of your browser"), "{}", text(&page));
}

#[test]
fn only_hashes_of_codes_are_stored() {
    let (ehr, _, codes) = with_app();

    let factors = ehr.factors.borrow();
    let stored: Vec<&[u8]> = factors
        .values()
        .flatten()
        .filter_map(|factor| match &factor.means {
            Means::RecoveryCode(hash) => Some(hash.bytes()),
            Means::Authenticator(_) | Means::Passkey(_) => None,
        })
        .collect();
    assert_eq!(stored.len(), RECOVERY_CODES);
    for (code, stored) in codes.iter().zip(stored) {
        assert_eq!(stored, RecoveryCode::typed(code).unwrap().hash().bytes());
        assert!(
            !code.replace('-', "").as_bytes().windows(4).any(|part| stored.windows(4).any(|at| at == part))
        );
    }
}

#[test]
fn new_recovery_codes_end_the_old_ones() {
    let (ehr, app, old) = with_app();
    let browser = half_way(&ehr, "192.0.2.9");
    give(&browser, &app.code(&ehr));

    let wrong = browser.post("/account/second-step/recovery-codes", &[("current_password", "wrong horses")]);
    assert_eq!(wrong.status, 422);
    let page = browser.post("/account/second-step/recovery-codes", &[("current_password", PASSWORD)]);

    let new = codes(&page);
    assert_eq!(new.len(), RECOVERY_CODES);
    assert_eq!(browser.get("/account").status, 200, "logged in here still");
    let other = half_way(&ehr, "192.0.2.10");
    assert_eq!(recover(&other, &old[0]).status, 422);
    assert_eq!(location(&recover(&other, &new[0])), Some("/home"));
}

#[test]
fn a_reset_takes_the_second_step_with_it() {
    let (ehr, _, _) = with_app();
    let maria = people::maria_garcia();

    perform(&ehr, &maria, "reset").unwrap();
    assert!(ehr.factors.borrow().is_empty());

    let typed = super::browser::maria(&super::browser::portal_id(&ehr, &maria));
    let browser = Browser::at(&ehr, "192.0.2.9");
    browser.confirm(&typed);
    browser.save("maria85");
    assert_eq!(location(&browser.log_in("maria85", PASSWORD)), Some("/home"));
}

#[test]
fn access_off_and_on_again_keeps_the_second_step() {
    let (ehr, app, _) = with_app();
    let maria = people::maria_garcia();
    let answers = [("reason".to_owned(), "moved away".to_owned())];
    staff::perform(&ehr, &super::browser::frontdesk(), &maria.id, "turn-off", &answers).unwrap();
    perform(&ehr, &maria, "turn-on").unwrap();

    assert_eq!(location(&give(&half_way(&ehr, "192.0.2.9"), &app.code(&ehr))), Some("/home"));
}

#[test]
fn a_host_that_cannot_answer_lets_nobody_in_and_counts_nothing() {
    let (ehr, app, _) = with_app();
    let browser = half_way(&ehr, "192.0.2.9");
    for down in ["second-factors.list", "second-factors.advance", "second-factors.pass-step"] {
        ehr.down.set(Some(down));
        assert_eq!(give(&browser, &app.code(&ehr)).status, 503, "{down}");
        ehr.down.set(None);
        ehr.pass(30);
    }
    // Five wrong ones would be all that pass in a quarter of an hour.
    for _ in 0..6 {
        ehr.down.set(Some("accounts.note"));
        assert_eq!(give(&browser, "000000").status, 503);
        ehr.down.set(None);
    }
    ehr.down.set(Some("second-factors.list"));
    assert_eq!(Browser::at(&ehr, "192.0.2.10").log_in("maria84", PASSWORD).status, 503);
    ehr.down.set(None);

    assert_eq!(location(&give(&browser, &app.code(&ehr))), Some("/home"));
    assert!(!ehr.deeds().contains(&"step.refused"));
}
