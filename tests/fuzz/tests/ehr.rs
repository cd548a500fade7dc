//! The form of the sandbox EHR's sign-in, at the real program: it takes anything from anyone.

use portal_fuzz::message::line;
use portal_fuzz::{Target, fuzz};
use portal_tests::Installation;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use std::panic::AssertUnwindSafe;

/// Longest body taken, in bytes. Whoever sends more may be cut off before the answer comes.
const LONGEST_BODY: usize = 64 << 10;
/// Far below what the host takes as a request's head, in bytes: one that is longer gets no further.
const LONGEST_TYPE: usize = 4 << 10;

/// In the first line the content type, none where it is empty; below it the body. It comes without a
/// cookie, so the best that it can get is to be asked again.
#[test]
fn ehr_form() {
    let words = &[
        "&",
        "=",
        "user_name=",
        "&password=",
        "admin",
        "%00",
        "%1B",
        "%FF",
        "%0D%0A",
        "form_token=",
        "application/x-www-form-urlencoded",
        "<b>",
    ];
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let host = Installation::fresh();
    let (address, client) = (format!("{}/sign-in", host.ehr), reqwest::Client::new());
    let post = AssertUnwindSafe(|media_type: Option<HeaderValue>, body: Vec<u8>| {
        let request = client.post(&address).body(body);
        let request =
            media_type.into_iter().fold(request, |request, kind| request.header(CONTENT_TYPE, kind));
        runtime.block_on(async {
            let answer = request.send().await.expect("an answer");
            (answer.status().as_u16(), answer.headers().clone(), answer.text().await.expect("a whole answer"))
        })
    });
    fuzz!(Target::named("ehr_form", words), |input: &[u8]| {
        let (media_type, body) = line(input);
        let body = &body[..body.len().min(LONGEST_BODY)];
        let media_type =
            HeaderValue::from_bytes(media_type).ok().filter(|kind| (1..LONGEST_TYPE).contains(&kind.len()));
        let expected = expected(media_type.as_ref(), body);
        let (status, headers, page) = post(media_type, body.to_vec());
        assert_eq!(status, expected);
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control"]
        {
            assert!(headers.contains_key(name), "{name} is missing");
        }
        for raw in ["<b>", "panicked", ".rs:"] {
            assert!(!page.contains(raw), "{raw:?} is on the page: {page}");
        }
    });
}

/// What the answer's status must be.
fn expected(media_type: Option<&HeaderValue>, body: &[u8]) -> u16 {
    let essence = media_type.and_then(|kind| kind.to_str().ok()).and_then(|kind| kind.split(';').next());
    let is_form =
        essence.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let is_odd = |c: char| c == '\u{fffd}' || c.is_control() && !['\r', '\n', '\t'].contains(&c);
    if !(is_form || body.is_empty())
        || fields.iter().any(|(name, value)| (name.clone() + value).contains(is_odd))
    {
        400
    } else if fields.iter().all(|(name, _)| name != "user_name") {
        422
    } else {
        403
    }
}
