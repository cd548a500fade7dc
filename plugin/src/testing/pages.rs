//! Every page of the website as it looks, kept beside the tests to be read and compared. A route that
//! draws a page has a scene here, or the tests fail.

use insta::assert_snapshot;

use super::authenticators::Device;
use super::browser::{Browser, PASSWORD, frontdesk, header, invite, maria, perform, text, typed};
use super::error_pages::{problems, provoked};
use super::memory::Memory;
use super::passkeys::add_passkey;
use super::people;
use super::second_step::add_app;
use crate::patient::response::Response;
use crate::patient::routes;
use crate::staff;

/// One answer in one state.
struct Scene {
    /// Of the picture.
    name: &'static str,
    /// How a browser comes to ask.
    before: for<'a> fn(&'a Memory) -> Browser<'a>,
    /// What it asks for.
    ask: Ask,
}

enum Ask {
    Get(&'static str),
    Post(&'static str, &'static [(&'static str, &'static str)]),
}

impl Ask {
    fn of(&self, browser: &Browser<'_>) -> Response {
        match self {
            Self::Get(path) => browser.get(path),
            Self::Post(path, fields) => browser.post(path, fields),
        }
    }

    fn route(&self) -> (&'static str, &'static str) {
        match self {
            Self::Get(path) => ("GET", path),
            Self::Post(path, _) => ("POST", path),
        }
    }
}

const fn get(name: &'static str, path: &'static str, before: for<'a> fn(&'a Memory) -> Browser<'a>) -> Scene {
    Scene { name, before, ask: Ask::Get(path) }
}

const fn post(
    name: &'static str,
    path: &'static str,
    fields: &'static [(&'static str, &'static str)],
    before: for<'a> fn(&'a Memory) -> Browser<'a>,
) -> Scene {
    Scene { name, before, ask: Ask::Post(path, fields) }
}

const MARIA: &[(&str, &str)] =
    &[("portal_id", "482913"), ("first_initial", "M"), ("last_initial", "G"), ("birth_date", "02/29/1984")];
const OTHER: &str = "seven green bottles sing";

const SCENES: &[Scene] = &[
    get("the_main_login_page", "/", stranger),
    get("the_login_page_where_its_form_is_sent", "/login", stranger),
    post("a_refused_login", "/login", &[("username", "maria84"), ("password", "wrong")], stranger),
    post("login_with_mistakes", "/login", &[], stranger),
    get("forgotten", "/forgotten", stranger),
    get("user_confirmation", "/activate", stranger),
    post(
        "user_confirmation_with_mistakes",
        "/activate",
        &[("portal_id", "12"), ("first_initial", ""), ("last_initial", ""), ("birth_date", "13/1/1990")],
        stranger,
    ),
    post("a_refused_confirmation", "/activate", MARIA, stranger),
    get("user_confirmation_paused", "/activate", paused),
    post("a_paused_confirmation", "/activate", MARIA, paused),
    get("create_your_login", "/credentials", confirmed),
    post(
        "create_your_login_with_mistakes",
        "/credentials",
        &[("username", "a b"), ("password", "short"), ("password_again", "other")],
        confirmed,
    ),
    post(
        "saved",
        "/credentials",
        &[("username", "maria84"), ("password", PASSWORD), ("password_again", PASSWORD)],
        confirmed,
    ),
    get("activated", "/activated", stranger),
    get("time_is_up", "/time-is-up", stranger),
    post("logged_in", "/login", &[("username", "maria84"), ("password", PASSWORD)], activated),
    get("home", "/home", signed_in),
    get("home_at_a_later_login", "/home", later),
    get("home_after_staff_changed_something", "/home", after_staff),
    get("account", "/account", signed_in),
    get("account_in_use_elsewhere", "/account", elsewhere_too),
    get("account_in_use_in_more_places_than_fit", "/account", everywhere),
    get("account_with_a_past", "/account", after_staff),
    get("change_password", "/account/password", signed_in),
    post(
        "change_password_with_mistakes",
        "/account/password",
        &[("password", "short"), ("password_again", "other")],
        signed_in,
    ),
    post(
        "change_password_with_passwords_that_differ",
        "/account/password",
        &[("current_password", PASSWORD), ("password", OTHER), ("password_again", "other")],
        signed_in,
    ),
    post(
        "change_password_with_a_wrong_password",
        "/account/password",
        &[("current_password", "wrong"), ("password", OTHER), ("password_again", OTHER)],
        signed_in,
    ),
    post(
        "password_saved",
        "/account/password",
        &[("current_password", PASSWORD), ("password", OTHER), ("password_again", OTHER)],
        signed_in,
    ),
    get("password_changed", "/account/password-changed", signed_in),
    post("a_session_ended", "/account/sessions", &[("session", "")], signed_in),
    post("all_sessions_ended", "/account/all-sessions", &[], signed_in),
    get("second_step_settings_off", "/account/second-step", signed_in),
    get("second_step_settings_required", "/account/second-step", asked_for_more),
    get("second_step_settings_on", "/account/second-step", with_app),
    get("second_step_app", "/account/second-step/app", signed_in),
    post(
        "second_step_app_with_mistakes",
        "/account/second-step/app",
        &[("secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), ("code", "000000")],
        signed_in,
    ),
    get("second_step_passkey", "/account/second-step/passkey", signed_in),
    post("second_step_passkey_with_mistakes", "/account/second-step/passkey", &[], signed_in),
    get("second_step_after_a_while", "/account/second-step/remove", with_app_a_while_ago),
    get("second_step_remove", "/account/second-step/remove", with_app),
    post("second_step_remove_with_mistakes", "/account/second-step/remove", &[], with_app),
    get("new_recovery_codes", "/account/second-step/recovery-codes", with_app),
    post(
        "recovery_codes",
        "/account/second-step/recovery-codes",
        &[("current_password", PASSWORD)],
        with_app,
    ),
    post(
        "password_was_right",
        "/login",
        &[("username", "maria84"), ("password", PASSWORD)],
        with_app_logged_out,
    ),
    get("second_step", "/second-step", half_way),
    get("second_step_with_a_passkey", "/second-step", half_way_with_passkey),
    post("second_step_wrong", "/second-step", &[("code", "000000")], half_way),
    post("second_step_passkey_wrong", "/second-step/passkey", &[], half_way_with_passkey),
    get("recovery_code", "/second-step/recovery-code", half_way),
    post("recovery_code_wrong", "/second-step/recovery-code", &[("code", "x")], half_way),
    get("still_there", "/still-there", signed_in),
    post("stayed", "/stay", &[], signed_in),
    post("log_out", "/logout", &[], signed_in),
    get("logged_out", "/logged-out", stranger),
    get("session_ended", "/session-ended", stranger),
];

fn asked_for_more(ehr: &Memory) -> Browser<'_> {
    ehr.requires_second_factor.set(true);
    signed_in(ehr)
}

fn with_app(ehr: &Memory) -> Browser<'_> {
    let browser = signed_in(ehr);
    add_app(ehr, &browser);
    browser
}

fn with_app_a_while_ago(ehr: &Memory) -> Browser<'_> {
    let browser = with_app(ehr);
    for _ in 0..2 {
        ehr.pass(14 * 60);
        browser.get("/home");
    }
    browser
}

fn with_app_logged_out(ehr: &Memory) -> Browser<'_> {
    with_app(ehr);
    Browser::new(ehr)
}

fn half_way(ehr: &Memory) -> Browser<'_> {
    let browser = with_app_logged_out(ehr);
    browser.log_in("maria84", PASSWORD);
    browser
}

fn half_way_with_passkey(ehr: &Memory) -> Browser<'_> {
    add_passkey(&signed_in(ehr), &Device::new(1));
    let browser = Browser::new(ehr);
    browser.log_in("maria84", PASSWORD);
    browser
}

fn stranger(ehr: &Memory) -> Browser<'_> {
    Browser::new(ehr)
}

fn signed_in(ehr: &Memory) -> Browser<'_> {
    Browser::signed_in(ehr)
}

/// Typing a Portal ID is paused for everybody.
fn paused(ehr: &Memory) -> Browser<'_> {
    ehr.practice.borrow_mut().policy.throttles.per_website_an_hour = 1;
    Browser::at(ehr, "198.51.100.1").confirm(&typed("000000", "A", "Z", "1/1/1980"));
    Browser::new(ehr)
}

fn confirmed(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    browser.confirm(&maria(&invite(ehr, &people::maria_garcia())));
    browser
}

fn activated(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    browser.activate_maria();
    browser
}

fn later(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::signed_in(ehr);
    ehr.pass(86_400);
    browser.log_in("maria84", PASSWORD);
    browser
}

/// Somebody guessed, staff turned access off and on, and the patient is back.
fn after_staff(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::signed_in(ehr);
    ehr.pass(3_600);
    for _ in 0..3 {
        Browser::at(ehr, "203.0.113.9").log_in("maria84", "wrong");
    }
    let reason = [("reason".to_owned(), "asked for it".to_owned())];
    staff::perform(ehr, &frontdesk(), &people::maria_garcia().id, "turn-off", &reason).unwrap();
    ehr.pass(3_600);
    perform(ehr, &people::maria_garcia(), "turn-on").unwrap();
    browser.log_in("maria84", PASSWORD);
    browser
}

fn elsewhere_too(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::signed_in(ehr);
    for _ in 0..2 {
        ehr.pass(60);
        Browser::elsewhere(ehr);
    }
    browser
}

fn everywhere(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::signed_in(ehr);
    for _ in 0..12 {
        ehr.pass(1);
        Browser::elsewhere(ehr);
    }
    browser
}

/// Head and body of a response; what differs from one build or draw to the next is covered.
pub(super) fn shown(response: &Response) -> String {
    let headers = response.headers.iter().map(|(name, value)| match (*name, value.split_once('=')) {
        ("set-cookie", Some((cookie, rest))) => {
            let attributes = rest.split_once(';').map_or("", |(_, attributes)| attributes);
            format!("{name}: {cookie}=...;{attributes}\n")
        }
        _ => format!("{name}: {value}\n"),
    });
    let head: String = headers.collect();
    let version = format!("?v={}", crate::patient::style_version());
    format!("{}\n{head}\n{}", response.status, text(response).replace(&version, "?v=..."))
}

#[test]
fn every_page_in_every_state() {
    for scene in SCENES {
        let ehr = Memory::new();
        let browser = (scene.before)(&ehr);
        assert_snapshot!(scene.name, shown(&scene.ask.of(&browser)));
    }
}

/// Every page and every error there is, in every state, once the practice was set up like this.
pub(super) fn every_answer(set_up: impl Fn(&Memory)) -> Vec<(&'static str, Response)> {
    let fresh = || {
        let ehr = Memory::new();
        set_up(&ehr);
        ehr
    };
    let scenes = SCENES.iter().map(|scene| {
        let ehr = fresh();
        (scene.name, scene.ask.of(&(scene.before)(&ehr)))
    });
    scenes.chain(problems().map(|problem| provoked(&problem, &fresh()))).collect()
}

/// Whether somebody gets a page there, rather than being sent on or refused.
fn draws_a_page(method: &str, path: &str) -> bool {
    let visitors: [for<'a> fn(&'a Memory) -> Browser<'a>; 5] =
        [stranger, confirmed, signed_in, with_app, half_way];
    visitors.into_iter().any(|visitor| {
        let ehr = Memory::new();
        let browser = visitor(&ehr);
        let answer = if method == "GET" { browser.get(path) } else { browser.post(path, &[]) };
        let is_html = header(&answer, "content-type").is_some_and(|kind| kind.starts_with("text/html"));
        is_html && matches!(answer.status, 200 | 422)
    })
}

#[test]
fn every_route_that_draws_a_page_has_a_scene() {
    for (method, path) in routes::all().filter(|(method, path)| draws_a_page(method, path)) {
        let has_scene = SCENES.iter().any(|scene| scene.ask.route() == (method, path));
        assert!(has_scene, "{method} {path} draws a page that is in no scene");
    }
}

#[test]
fn every_scene_is_of_a_route_and_has_a_name_of_its_own() {
    for (n, scene) in SCENES.iter().enumerate() {
        assert!(routes::all().any(|route| route == scene.ask.route()), "{}", scene.name);
        assert!(SCENES.iter().skip(n + 1).all(|other| other.name != scene.name), "{}", scene.name);
    }
}

#[test]
fn the_confirmation_that_lets_a_patient_in() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());

    assert_snapshot!("confirmed", shown(&Browser::new(&ehr).confirm(&maria(&portal_id))));
}
