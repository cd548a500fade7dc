//! Every state of the patients' website.

use super::At::{Broken, Off, Strict};
use super::Then::{AddApp, PressHere, SendFromElsewhere, Wait};
use super::Who::{
    Adding, Confirmed, Forgetful, HalfWayWithApp, HalfWayWithPasskey, Lacking, LoggedInEarlier, Patient,
    Stopped, Stranger, WithApp, WithPasskey,
};
use super::{NoPage, State};
use crate::people::PASSWORD;

/// Something else than the form token of the page.
const STALE: (&str, &str) = ("form_token", "0");
/// Long enough for a password, and nobody's.
const OTHER: &str = "seven quiet herons at dawn";

const LOG_IN: &str = "/login";
const CONFIRM: &str = "/activate";
const CREDENTIALS: &str = "/credentials";
const NEW_PASSWORD: &str = "/account/password";
const SECOND_STEP: &str = "/second-step";
const RECOVERY: &str = "/second-step/recovery-code";
const SETTINGS: &str = "/account/second-step";
const APP: &str = "/account/second-step/app";
const PASSKEY: &str = "/account/second-step/passkey";
const REMOVE: &str = "/account/second-step/remove";
const CODES: &str = "/account/second-step/recovery-codes";

/// What the routes that show no page of their own do instead.
pub const NO_PAGES: &[NoPage] = &[
    NoPage("GET", "/login", "is GET / under another path"),
    NoPage("POST", "/account/sessions", "goes to /account"),
    NoPage("POST", "/account/all-sessions", "goes to /logged-out"),
    NoPage("POST", "/logout", "goes to /logged-out"),
    NoPage("POST", "/stay", "goes to /home"),
    NoPage("POST", "/language", "goes back to where it was pressed"),
];

/// The pages that the host writes and not the component.
pub const OF_HOST: &[&str] = &["address-too-long", "no-such-website", "module-off", "broken"];

/// The list. What uses something up stands after what needs it.
pub const STATES: &[State] = &[
    State::get("log-in", "/", Stranger, "New here?"),
    State::post("log-in-empty", LOG_IN, Stranger, &[("username", ""), ("password", "")], 422, "a problem"),
    State::post(
        "log-in-refused",
        LOG_IN,
        Stranger,
        &[("username", "nobody.here"), ("password", OTHER)],
        422,
        "do not match",
    ),
    State::post(
        "log-in-too-old",
        LOG_IN,
        Stranger,
        &[("username", "maria"), STALE],
        403,
        "open for too long",
    ),
    State::get("forgotten", "/forgotten", Stranger, "they give you a new sheet"),
    // Activation
    State::get("confirmation", CONFIRM, Stranger, "User Confirmation"),
    State::get("confirmation-scanned", CONFIRM, Stranger, "from the square code")
        .opening("/activate#00000000000000000000000000000000000000000000000000000000000000ff"),
    State::get("confirmation-typed-after-all", CONFIRM, Stranger, "Patient Portal ID")
        .opening("/activate#00000000000000000000000000000000000000000000000000000000000000ff")
        .then(PressHere("type-instead")),
    State::post(
        "confirmation-mistakes",
        CONFIRM,
        Stranger,
        &[("portal_id", "12"), ("first_initial", ""), ("last_initial", ""), ("birth_date", "13/45/1984")],
        422,
        "There is a problem",
    ),
    State::post(
        "confirmation-refused",
        CONFIRM,
        Stranger,
        &[
            ("portal_id", "{nobody's id}"),
            ("first_initial", "Q"),
            ("last_initial", "Z"),
            ("birth_date", "01/02/1971"),
        ],
        422,
        "We could not confirm you",
    ),
    State::post("confirmation-too-old", CONFIRM, Stranger, &[("portal_id", ""), STALE], 403, "too long"),
    State::get("confirmation-paused", CONFIRM, Stranger, "is paused right now").at(Strict),
    State::get("credentials", CREDENTIALS, Confirmed, "Create your login"),
    State::post(
        "credentials-mistakes",
        CREDENTIALS,
        Confirmed,
        &[("username", "a b"), ("password", "short"), ("password_again", "")],
        422,
        "There is a problem",
    ),
    State::post(
        "credentials-taken",
        CREDENTIALS,
        Confirmed,
        &[("username", "maria"), ("password", PASSWORD), ("password_again", PASSWORD)],
        422,
        "This username is taken",
    ),
    State::get("activated", "/activated", Stranger, "Your account is ready"),
    State::get("time-is-up", "/time-is-up", Stranger, "Your time is up"),
    // Logged in
    State::get("home", "/home", Patient, "Hello, Maria Garcia"),
    State::get("home-still-there", "/home", Patient, "Are you still there?").then(Wait(14 * 60 + 5)),
    State::get("still-there", "/still-there", Patient, "Are you still there?"),
    State::get("account", "/account", Patient, "Where you are logged in"),
    State::get("new-password", NEW_PASSWORD, Patient, "Change your password"),
    State::post(
        "new-password-mistakes",
        NEW_PASSWORD,
        Patient,
        &[("current_password", ""), ("password", "short"), ("password_again", "")],
        422,
        "There is a problem",
    ),
    State::get("password-changed", "/account/password-changed", Patient, "Your password was changed"),
    State::get("logged-out", "/logged-out", Stranger, "You are logged out"),
    State::get("session-ended", "/session-ended", Stranger, "You were logged out"),
    // The second step
    State::get("second-step-none", SETTINGS, Patient, "With a second step nobody gets in"),
    State::get("second-step-required", SETTINGS, Lacking, "Second step at log in").at(Strict),
    State::get("second-step-app", SETTINGS, WithApp, "recovery codes left"),
    State::get("second-step-passkey", SETTINGS, WithPasskey, "My computer"),
    State::post(
        "second-step-sent-again",
        CODES,
        WithApp,
        &[("current_password", ""), STALE],
        403,
        "This was done already",
    ),
    State::get("second-step-log-in-first", REMOVE, LoggedInEarlier, "log in"),
    State::get("add-app", APP, Patient, "Cannot scan it?"),
    State::post(
        "add-app-mistakes",
        APP,
        Patient,
        &[("code", ""), ("current_password", "")],
        422,
        "There is a problem",
    ),
    State::get("add-passkey", PASSKEY, Patient, "Name of the passkey"),
    State::post(
        "add-passkey-mistakes",
        PASSKEY,
        Patient,
        &[("name", ""), ("current_password", "")],
        422,
        "There is a problem",
    ),
    State::get("remove", REMOVE, WithApp, "App on your phone"),
    State::post("remove-mistakes", REMOVE, WithApp, &[("current_password", "")], 422, "There is a problem"),
    State::get("recovery-codes", CODES, WithApp, "Make new codes"),
    State::post(
        "recovery-codes-mistakes",
        CODES,
        WithApp,
        &[("current_password", "")],
        422,
        "There is a problem",
    ),
    State::post(
        "password-too-many",
        NEW_PASSWORD,
        Forgetful,
        &[("current_password", OTHER), ("password", PASSWORD), ("password_again", PASSWORD)],
        429,
        "Please wait",
    ),
    State::get("code", SECOND_STEP, HalfWayWithApp, "One more step"),
    State::post("code-mistake", SECOND_STEP, HalfWayWithApp, &[("code", "")], 422, "There is a problem"),
    State::get("code-or-passkey", SECOND_STEP, HalfWayWithPasskey, "One more step"),
    State::post(
        "passkey-refused",
        "/second-step/passkey",
        HalfWayWithPasskey,
        &[("passkey", "{}")],
        422,
        "There is a problem",
    )
    .opening(SECOND_STEP),
    State::get("recovery-code", RECOVERY, HalfWayWithApp, "Recovery code"),
    State::post(
        "recovery-code-mistake",
        RECOVERY,
        HalfWayWithApp,
        &[("code", "")],
        422,
        "There is a problem",
    ),
    // What ends other sessions and steps of the same patient
    State::post(
        "recovery-codes-made",
        CODES,
        WithApp,
        &[("current_password", PASSWORD)],
        200,
        "Your recovery codes",
    ),
    State::post("add-app-done", APP, Adding, &[], 200, "Your recovery codes").then(AddApp),
    // What keeps a page from being shown
    State::post(
        "stopped",
        NEW_PASSWORD,
        Stopped,
        &[("current_password", OTHER), ("password", PASSWORD), ("password_again", PASSWORD)],
        429,
        "Please call us",
    ),
    State::post(
        "stale-form",
        NEW_PASSWORD,
        Patient,
        &[("current_password", ""), STALE],
        403,
        "Please start again",
    ),
    State::post("from-elsewhere", LOG_IN, Stranger, &[], 403, "We could not accept that")
        .then(SendFromElsewhere),
    State::get("not-found", "*", Stranger, "Page not found").opening("/nothing/here").refused(404),
    State::get("wrong-method", "*", Stranger, "That does not work here").opening("/logout").refused(405),
    State::post(
        "unsupported-form",
        LOG_IN,
        Stranger,
        &[("!enctype", "text/plain"), ("username", "maria")],
        415,
        "We could not read that form",
    ),
    // Pages of the host's own
    State::get("address-too-long", "*", Stranger, "That address is too long").opening("{long}").refused(414),
    State::get("no-such-website", "*", Stranger, "no patient portal at this address")
        .opening("{nobody's website}")
        .refused(404),
    State::get("module-off", "*", Stranger, "not available here").opening("/").at(Off).refused(404),
    State::get("broken", "*", Stranger, "Something went wrong on our side")
        .opening("/trap")
        .at(Broken)
        .refused(500),
];
