//! What must hold of every answer of the website, whatever it was asked.

use super::people::Held;
use super::sent::{HOSTS_OWN, Sent};
use http::header::{ALLOW, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{HeaderMap, Method};
use patient_portal::patient::routes;
use portal_tests::html;

/// Statuses there are. A 500 or 503 is none: nothing is broken or busy here.
const STATUSES: [u16; 11] = [200, 303, 400, 403, 404, 405, 413, 414, 415, 422, 429];
/// Headers of every page, and what their values contain.
const ALWAYS: [(&str, &str); 4] = [
    ("content-security-policy", "default-src 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", ""),
];
/// What is in the inputs and would run or show where a page took it over as it is.
const INJECTED: [&str; 3] = ["<script>alert", "<img src=x", "\"onfocus="];
/// What a page for people never says.
const NOT_FOR_PEOPLE: [&str; 6] = ["panicked", "unwrap()", "Err(", ".rs:", "sqlx", "wasm"];
/// Fields whose content no page may show.
const SECRET: [&str; 3] = ["password", "password_again", "current_password"];
/// A shorter password may be a word of the page by chance.
const TELLING: usize = 12;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// Checks the answer to a request.
///
/// # Panics
/// Where something does not hold.
pub fn check(sent: &Sent, held: &Held, answer: &Answer) {
    let status = answer.status;
    assert!(STATUSES.contains(&status), "{status}");
    match sent.refused_for_its_shape(held.get("host")) {
        Some(expected) => assert_eq!(status, expected, "{} {}", sent.method, sent.uri),
        None => assert!(![404, 405, 413, 414].contains(&status), "{status}: {} {}", sent.method, sent.uri),
    }
    // The host's own style sheet is no page, and no component answers it.
    if sent.path() != HOSTS_OWN {
        check_headers(sent, answer);
    }
    for cookie in answer.headers.get_all(SET_COOKIE) {
        check_cookie(cookie.to_str().expect("a cookie in letters"));
    }
    if sent.method == Method::HEAD {
        // The host's own notices keep theirs, which the server leaves out.
        assert!(answer.body.is_empty() || sent.refused_for_its_shape(held.get("host")).is_some());
    }
    check_page(sent, held, answer);
}

fn check_headers(sent: &Sent, answer: &Answer) {
    let header =
        |name: &str| answer.headers.get(name).map(|value| value.to_str().expect("a header in letters"));
    for (name, value) in ALWAYS {
        assert!(header(name).is_some_and(|known| known.contains(value)), "{name}: {:?}", header(name));
    }
    assert!(matches!(header("referrer-policy"), Some("same-origin" | "no-referrer")));
    let is_asset = header("content-type").is_some_and(|kind| !kind.starts_with("text/html"));
    assert!(header("cache-control") == Some("no-store") || is_asset && answer.status == 200);
    assert_eq!(header(LOCATION.as_str()).is_some(), answer.status == 303);
    if let Some(location) = header(LOCATION.as_str()) {
        assert!(routes::all().any(|route| route == ("GET", location)), "sent on to {location}");
    }
    assert_eq!(header(ALLOW.as_str()).is_some(), answer.status == 405, "{:?}", sent.uri);
    if let Some(seconds) = header(RETRY_AFTER.as_str()) {
        assert!(answer.status == 429 && seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0), "{seconds}");
    }
    let has_page = answer.status != 303;
    assert_eq!(header(CONTENT_TYPE.as_str()).is_some(), has_page, "{}", answer.status);
}

/// A token under one of five names, or nothing to forget it; and never anything that was sent.
fn check_cookie(cookie: &str) {
    assert!(!cookie.contains(char::is_control), "{cookie:?}");
    let mut parts = cookie.split("; ");
    let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a name and a value");
    assert!(["visit", "activation", "step", "portal", "device"].contains(&name), "{cookie}");
    let is_token = value.len() == 64 && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let attributes: Vec<&str> = parts.collect();
    assert!(is_token || value.is_empty() && attributes.contains(&"Max-Age=0"), "{cookie}");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Strict"] {
        assert!(attributes.contains(&attribute), "{cookie}");
    }
}

fn check_page(sent: &Sent, held: &Held, answer: &Answer) {
    let page = String::from_utf8(answer.body.clone()).expect("a page in UTF-8");
    let is_html =
        answer.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_html {
        return;
    }
    for injected in INJECTED {
        assert!(!page.contains(injected), "{injected:?} is on the page: {page}");
    }
    for stray in NOT_FOR_PEOPLE {
        assert!(!page.contains(stray) || is_typed(sent, stray), "{stray:?} is on the page: {page}");
    }
    let fields = sent.fields();
    let others: Vec<&str> = fields
        .iter()
        .filter(|(name, _)| !SECRET.contains(&name.as_str()))
        .map(|(_, value)| value.as_str())
        .collect();
    let passwords =
        fields.iter().filter(|(name, _)| SECRET.contains(&name.as_str())).map(|(_, value)| value.as_str());
    let known = [held.get("password").replace('+', " ")];
    for password in passwords.chain(known.iter().map(String::as_str)) {
        let is_elsewhere = others.iter().any(|other| other.contains(password)) || is_ours(held, password);
        if password.chars().count() >= TELLING && !is_elsewhere {
            let is_shown = page.contains(password) || html::text(&page).contains(password);
            assert!(!is_shown, "{password:?} is on the page: {page}");
        }
    }
}

/// Whether it is of what our pages are made of: the token of a form, or an address.
fn is_ours(held: &Held, text: &str) -> bool {
    held.form_tokens().chain(routes::all().map(|(_, path)| path)).any(|ours| ours.contains(text))
}

/// Whether a visitor typed it, so that a field may show it again.
fn is_typed(sent: &Sent, text: &str) -> bool {
    sent.fields().iter().any(|(_, value)| value.contains(text))
}
