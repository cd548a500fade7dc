//! Parts of a request, as the portal reads them before any page does.

use patient_portal::patient::cookies::{self, Cookie};
use patient_portal::patient::form::Form;
use patient_portal::patient::origin::is_cross_site;
use patient_portal::patient::problem::Problem;
use patient_portal::patient::request::Request;
use patient_portal::settings::{LONGEST_KEPT, MOST_FIELDS};
use portal_fuzz::message::{Message, line};
use portal_fuzz::practice::{form_sent, practice};
use portal_fuzz::{Target, fuzz};
use std::borrow::Cow;
use std::collections::BTreeMap;

const WEBSITE: &str = "https://portal.riverside.example";
const SANDBOX: &str = "http://127.0.0.1:8081";
const FORM: &str = "application/x-www-form-urlencoded";
const COOKIES: [(Cookie, &str); 4] = [
    (Cookie::Visit, "visit"),
    (Cookie::Activation, "activation"),
    (Cookie::Portal, "portal"),
    (Cookie::Device, "device"),
];

/// In the first line the content type, none where it is empty; below it the body.
#[test]
fn form() {
    let words = &[
        "&",
        "=",
        "a=1&",
        "&a=1",
        "%C3%A9",
        "%",
        "%4",
        "%zz",
        "%00",
        "%09",
        "%EF%BF%BD",
        "+",
        "username=",
        FORM,
        "; charset=utf-8\n",
    ];
    fuzz!(Target::named("form", words), |input: &[u8]| {
        let (media_type, body) = line(input);
        let headers = [("content-type", media_type)];
        let headers = if media_type.is_empty() { &[][..] } else { &headers[..] };
        let request = form_sent(headers, body);
        match (Form::of(&request), is_form(media_type, body), fields_of(body)) {
            (Ok(form), true, Some(fields)) => holds(&form, &fields),
            (Err(Problem::UnsupportedForm), false, _) | (Err(Problem::BadRequest), true, None) => {}
            (Ok(_), is_form, fields) => panic!("accepted: {is_form} {fields:?}"),
            (Err(problem), is_form, fields) => panic!("{problem:?}: {is_form} {fields:?}"),
        }
    });
}

/// Whether the body may be read as a form at all.
fn is_form(media_type: &[u8], body: &[u8]) -> bool {
    match std::str::from_utf8(media_type) {
        Ok("") | Err(_) => body.is_empty(),
        Ok(media_type) => {
            let (essence, _) = media_type.split_once(';').unwrap_or((media_type, ""));
            essence.trim().eq_ignore_ascii_case(FORM)
        }
    }
}

/// What a form that a browser of ours could send holds; none for any other.
fn fields_of(body: &[u8]) -> Option<BTreeMap<String, String>> {
    let after_percent = body.split(|&byte| byte == b'%').skip(1);
    let is_encoded = after_percent
        .map(|after| after.iter().take_while(|byte| byte.is_ascii_hexdigit()).take(2).count())
        .all(|digits| digits == 2);
    let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(body).collect();
    let is_typed = |value: &str| !value.chars().any(|c| c == '\u{fffd}' || c.is_control() && c != '\t');
    let fields: BTreeMap<String, String> =
        pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let holds = is_encoded
        && pairs.len() <= MOST_FIELDS
        && fields.len() == pairs.len()
        && fields.values().all(|value| is_typed(value));
    holds.then_some(fields)
}

fn holds(form: &Form<'_>, fields: &BTreeMap<String, String>) {
    assert!(fields.len() <= MOST_FIELDS);
    for (name, value) in fields {
        assert_eq!(form.field(name), value, "{name:?}");
        assert_eq!(form.kept(name), if value.len() > LONGEST_KEPT { "" } else { value }, "{name:?}");
    }
    let missing = (0..).map(|n| format!("no-{n}")).find(|name| !fields.contains_key(name)).unwrap();
    assert_eq!((form.field(&missing), form.kept(&missing)), ("", ""));

    // Sent again as a browser would, it is the same form.
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let again = form_sent(&[("content-type", FORM.as_bytes())], body.as_bytes());
    let Ok(again) = Form::of(&again) else { panic!("not accepted again: {body}") };
    for (name, value) in fields {
        assert_eq!(again.field(name), value, "{name:?} of {body}");
    }
}

/// Each line is a header `Cookie`.
#[test]
fn cookies() {
    let words = &[
        "; ",
        "=",
        "__Host-",
        "__Host-visit=",
        "portal=",
        "\n",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "theme=caf\u{e9}",
    ];
    fuzz!(Target::named("cookies", words), |input: &[u8]| {
        let headers: Vec<(&str, &[u8])> =
            input.split(|&byte| byte == b'\n').map(|header| ("cookie", header)).collect();
        let request = form_sent(&headers, b"");
        for (cookie, kind) in COOKIES {
            for (website, prefix) in [(WEBSITE, "__Host-"), (SANDBOX, "")] {
                reads_one_cookie(&request, cookie, &format!("{prefix}{kind}"), website);
            }
        }
    });
}

fn reads_one_cookie(request: &Request, cookie: Cookie, name: &str, website: &str) {
    let practice = practice(website);
    let found = cookies::token(request, &practice, cookie);

    let mut ours = request
        .header_bytes("cookie")
        .flat_map(|header| header.split(|&byte| byte == b';'))
        .filter_map(|pair| {
            let equals = pair.iter().position(|&byte| byte == b'=')?;
            Some((pair[..equals].trim_ascii(), pair[equals + 1..].trim_ascii()))
        })
        .filter(|(known, _)| *known == name.as_bytes());
    let (first, second) = (ours.next(), ours.next());
    let Some(token) = found else {
        let is_good = first.is_some_and(|(_, value)| {
            value.len() == 64 && value.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        });
        assert!(!is_good || second.is_some(), "{name} was sent once and not found");
        return;
    };
    assert_eq!((first, second), (Some((name.as_bytes(), token.text().as_bytes())), None));

    let keep = cookies::keep(&practice, cookie, &token);
    assert!(
        !keep.contains(char::is_control) && keep.starts_with(&format!("{name}={};", token.text())),
        "{keep}"
    );
    let (pair, _) = keep.split_once(';').unwrap();
    let back = form_sent(&[("cookie", b"x=\xff"), ("cookie", pair.as_bytes())], b"");
    assert!(cookies::token(&back, &practice, cookie) == Some(token), "{keep} is not read back");
    let forget = cookies::forget(&practice, cookie);
    let (pair, _) = forget.split_once(';').unwrap();
    assert!(cookies::token(&form_sent(&[("cookie", pair.as_bytes())], b""), &practice, cookie).is_none());
}

/// A whole request, as `message` in the library reads it.
#[test]
fn request() {
    let words = &[
        "\norigin: ",
        "\nsec-fetch-site: ",
        "same-origin",
        "cross-site",
        "none",
        "null",
        WEBSITE,
        SANDBOX,
        "\nhost: 127.0.0.1:8081",
        "?",
        "#",
        "/login",
    ];
    fuzz!(Target::named("request", words), |input: &[u8]| {
        let mut request = Message::read(input).as_request("192.0.2.7");
        // The host takes no more of them.
        request.headers.truncate(100);
        let path = request.path();
        assert!(request.target.starts_with(path) && !path.contains(['?', '#']), "{:?}", request.target);
        for (name, value) in &request.headers {
            assert!(request.header_bytes(name).any(|known| known == value), "{name:?}");
            let is_text = std::str::from_utf8(value).is_ok();
            assert_eq!(request.header(name).any(|known| known.as_bytes() == value), is_text, "{name:?}");
        }
        for website in [WEBSITE, SANDBOX] {
            judges_the_origin(&request, website);
        }
    });
}

fn judges_the_origin(request: &Request, website: &str) {
    let practice = practice(website);
    let judged = is_cross_site(request, &practice);
    let said: Vec<&str> = request.header("origin").chain(request.header("sec-fetch-site")).collect();
    assert!(!(said.is_empty() && judged), "nothing was said of where it comes from");
    if practice.is_secure() {
        let elsewhere = request.header("origin").any(|origin| !origin.eq_ignore_ascii_case(website));
        let not_from_here =
            request.header("sec-fetch-site").any(|site| site != "same-origin" && site != "none");
        assert_eq!(judged, elsewhere || not_from_here, "{said:?}");
    }
    // However much else is said, what is said to come from elsewhere does.
    for (name, value) in
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        let mut worse = request.clone();
        worse.headers.push((name.to_owned(), value.as_bytes().to_vec()));
        let authority = value.split_once("://").map(|(_, authority)| authority);
        let is_itself = !practice.is_secure()
            && request
                .header("host")
                .any(|host| authority.is_some_and(|known| known.eq_ignore_ascii_case(host)));
        assert!(is_cross_site(&worse, &practice) || is_itself, "{name}: {value} among {said:?}");
    }
}
