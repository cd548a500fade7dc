//! Cookies: where a browser keeps a token. (What it keeps besides, [`language`](super::language) has.)

use super::request::Request;
use crate::practice::Practice;
use crate::rules::token::Token;
use crate::settings::{ACTIVATION_LIFE, DEVICE_LIFE, STEP_LIFE};

/// What a browser keeps a token for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// To show that a form was drawn for it, before anyone is known. It stands for nothing else.
    Visit,
    /// To set credentials after User Confirmation.
    Activation,
    /// To give the second factor after the password.
    Step,
    /// To be logged in.
    Portal,
    /// To be known as a browser that somebody logged in with before.
    Device,
}

/// The token in the request's cookie of this kind.
///
/// What is not a token of ours is ignored rather than refused: another program on the same
/// host may have put it there, and nobody should have to clear their cookies to get in.
/// Two cookies of one name are ignored too, since one of them was planted. The bytes of
/// every other cookie are passed over unread, so that none of them can hide ours.
pub fn token(request: &Request, practice: &Practice, cookie: Cookie) -> Option<Token> {
    Token::read(value(request, name(cookie, practice))?)
}

/// What was sent under this name, unless there are two of it or it is no text.
pub(super) fn value<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut found = request
        .header_bytes("cookie")
        .flat_map(|header| header.split(|&byte| byte == b';'))
        .filter_map(|sent| value_of(sent, name));
    let value = found.next()?;
    if found.next().is_some() { None } else { str::from_utf8(value).ok() }
}

/// The value of the cookie, if it has this name.
fn value_of<'a>(cookie: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut parts = cookie.splitn(2, |&byte| byte == b'=');
    let (other, value) = (parts.next()?, parts.next()?);
    (other.trim_ascii() == name.as_bytes()).then(|| value.trim_ascii())
}

/// The header that makes a browser keep the token. A sign-in is forgotten with the
/// browser's session; a capability after the minutes it is good for, a known browser after months.
pub fn keep(practice: &Practice, cookie: Cookie, token: &Token) -> String {
    let life = match cookie {
        Cookie::Activation => format!("; Max-Age={}", ACTIVATION_LIFE.seconds()),
        Cookie::Step => format!("; Max-Age={}", STEP_LIFE.seconds()),
        Cookie::Device => format!("; Max-Age={}", DEVICE_LIFE.seconds()),
        Cookie::Visit | Cookie::Portal => String::new(),
    };
    format!("{}={}{}{life}", name(cookie, practice), token.text(), attributes(practice))
}

/// The header that makes a browser forget the token.
pub fn forget(practice: &Practice, cookie: Cookie) -> String {
    format!("{}={}; Max-Age=0", name(cookie, practice), attributes(practice))
}

/// Over TLS the prefix `__Host-` keeps every other host, and plain HTTP, from setting it.
fn name(cookie: Cookie, practice: &Practice) -> &'static str {
    match (cookie, practice.is_secure()) {
        (Cookie::Visit, true) => "__Host-visit",
        (Cookie::Visit, false) => "visit",
        (Cookie::Activation, true) => "__Host-activation",
        (Cookie::Activation, false) => "activation",
        (Cookie::Step, true) => "__Host-step",
        (Cookie::Step, false) => "step",
        (Cookie::Portal, true) => "__Host-portal",
        (Cookie::Portal, false) => "portal",
        (Cookie::Device, true) => "__Host-device",
        (Cookie::Device, false) => "device",
    }
}

fn attributes(practice: &Practice) -> &'static str {
    if practice.is_secure() {
        "; Path=/; Secure; HttpOnly; SameSite=Strict"
    } else {
        "; Path=/; HttpOnly; SameSite=Strict"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;
    use proptest::prelude::*;

    const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    fn read(cookies: &[&[u8]]) -> bool {
        let headers = cookies.iter().map(|cookie| ("cookie".to_owned(), cookie.to_vec())).collect();
        let (method, target, client) = ("GET".to_owned(), "/".to_owned(), "192.0.2.7".to_owned());
        let request = Request { method, target, headers, body: Vec::new(), client };
        token(&request, &practice(), Cookie::Portal).is_some()
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        assert!(read(&[format!("theme=dark; __Host-portal={TOKEN}; x").as_bytes()]));
        assert!(read(&[b"theme=dark", format!("__Host-portal={TOKEN}").as_bytes()]));
    }

    #[test]
    fn bytes_that_are_no_text_in_another_cookie_do_not_hide_the_token() {
        let ours = format!("; __Host-portal={TOKEN}; last=\u{e9}");

        assert!(read(&[&[b"theme=caf\xe9".as_slice(), ours.as_bytes()].concat()]));
        assert!(read(&[&[b"th\xffeme=1".as_slice(), ours.as_bytes()].concat()]));
    }

    #[test]
    fn what_is_not_a_token_is_ignored() {
        for cookie in [&b"__Host-portal=abc"[..], b"__Host-portal", b"\xff\xfe", b";;==;", b""] {
            assert!(!read(&[cookie]));
        }
    }

    #[test]
    fn the_plain_name_is_not_believed_over_tls() {
        assert!(!read(&[format!("portal={TOKEN}").as_bytes()]));
    }

    #[test]
    fn two_cookies_of_one_name_are_not_believed() {
        assert!(!read(&[format!("__Host-portal={TOKEN}; __Host-portal={TOKEN}").as_bytes()]));
    }

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host_and_hidden_from_scripts() {
        let token = Token::read(TOKEN).unwrap();

        let expected = format!("__Host-portal={TOKEN}; Path=/; Secure; HttpOnly; SameSite=Strict");
        assert_eq!(keep(&practice(), Cookie::Portal, &token), expected);
    }

    #[test]
    fn on_plain_http_a_cookie_has_a_plain_name() {
        let sandbox = Practice { portal_url: "http://127.0.0.1:8081".to_owned(), ..practice() };
        let token = Token::read(TOKEN).unwrap();

        let expected = format!("activation={TOKEN}; Path=/; HttpOnly; SameSite=Strict; Max-Age=600");
        assert_eq!(keep(&sandbox, Cookie::Activation, &token), expected);
        assert_eq!(forget(&sandbox, Cookie::Portal), "portal=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    }

    proptest! {
        #[test]
        fn whatever_a_browser_sends_is_a_token_or_none(cookie: Vec<u8>) {
            let _ = read(&[&cookie]);
        }
    }
}
