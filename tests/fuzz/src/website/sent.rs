//! A request that HTTP can carry, made of an input that may be anything. What the framing of HTTP would
//! refuse never gets to the portal; here it is left out or encoded instead, so that the rest is tried.

use crate::message::Message;
use axum::body::Body;
use http::header::HOST;
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use patient_portal::patient::routes;
use portal_host::serve::ClientAddress;
use std::net::IpAddr;

/// Longest path and query that the host takes, in bytes.
const LONGEST_TARGET: usize = 8 << 10;
/// Longest body that the host takes, in bytes.
const LONGEST_BODY: usize = 64 << 10;
/// The host's own page for the style of its notices, which no component answers.
pub const HOSTS_OWN: &str = "/portal-host.css";

/// A request, before it is sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Such as `GET`.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// What HTTP can carry of the headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Sent {
    /// What HTTP can carry of the message. One that names no host at all is for this one: otherwise
    /// hardly any would get past the host's door.
    pub fn of(message: &Message, host: &str) -> Self {
        let headers = message.headers.iter();
        let headers = headers.filter_map(|(name, value)| {
            Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value).ok()?))
        });
        let mut headers: Vec<(HeaderName, HeaderValue)> = headers.collect();
        if headers.iter().all(|(name, _)| name != HOST) {
            headers.extend(HeaderValue::from_str(host).map(|host| (HOST, host)));
        }
        Self {
            method: Method::from_bytes(&message.method).unwrap_or(Method::GET),
            uri: uri(&message.target),
            headers,
            body: message.body.clone(),
        }
    }

    /// As it reaches the website, from this client.
    ///
    /// # Panics
    /// Never: every part was made for HTTP.
    pub fn from_client(&self, client: IpAddr) -> Request<Body> {
        let request = Request::builder().method(self.method.clone()).uri(self.uri.clone());
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let request = request.extension(ClientAddress(client));
        request.body(Body::from(self.body.clone())).expect("a request")
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The values of a header.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_bytes())
    }

    /// What is typed into the form's fields, as far as it can be read.
    pub fn fields(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The status that its shape alone calls for; none where a page decides.
    pub fn refused_for_its_shape(&self, website: &str) -> Option<u16> {
        let mut hosts = self.header(HOST.as_str());
        let is_here = hosts.next().is_some_and(|host| host.eq_ignore_ascii_case(website.as_bytes()));
        let target = self.uri.path_and_query().map_or("/", |target| target.as_str());
        if self.path() == HOSTS_OWN {
            (!matches!(self.method, Method::GET | Method::HEAD)).then_some(405)
        } else if !is_here || hosts.next().is_some() {
            Some(404)
        } else if target.len() > LONGEST_TARGET {
            Some(414)
        } else if self.body.len() > LONGEST_BODY || self.declares_too_much() {
            Some(413)
        } else {
            let mut methods = routes::all().filter(|(_, path)| *path == self.path()).peekable();
            match methods.peek().copied() {
                None => Some(404),
                Some(_) if methods.any(|(method, _)| self.is(method)) => None,
                Some(_) => Some(405),
            }
        }
    }

    /// Whether it might be a form that was sent from a page of ours, by who was given it: nothing else
    /// may change anything. What is wrong about it otherwise is for the page to find.
    pub fn may_change(&self, form_tokens: impl IntoIterator<Item = impl AsRef<str>>, host: &str) -> bool {
        let is_route = routes::all().any(|(method, path)| method == "POST" && path == self.path());
        // The portal passes over what is no text, as if it were not sent.
        let says = |name| self.header(name).filter_map(|said| std::str::from_utf8(said).ok());
        // On plain HTTP, whatever the scheme, the address that was asked is the portal's own.
        let is_here =
            |said: &str| said.split_once("://").is_some_and(|(_, at)| at.eq_ignore_ascii_case(host));
        let from_here = says("origin").all(is_here)
            && says("sec-fetch-site").all(|said| matches!(said, "same-origin" | "none"));
        let fields = self.fields();
        let shown = fields.iter().find(|(name, _)| name == "form_token").map(|(_, token)| token.as_str());
        let is_ours = form_tokens.into_iter().any(|token| Some(token.as_ref()) == shown);
        self.method == Method::POST && is_route && from_here && is_ours
    }

    fn is(&self, method: &str) -> bool {
        self.method.as_str() == method || (method == "GET" && self.method == Method::HEAD)
    }

    /// The host goes by the first length, which must be a number.
    fn declares_too_much(&self) -> bool {
        let declared =
            self.header("content-length").next().and_then(|length| std::str::from_utf8(length).ok());
        declared
            .and_then(|length| length.parse::<u64>().ok())
            .is_some_and(|length| length > LONGEST_BODY as u64)
    }
}

/// The target, with what no address can carry encoded.
fn uri(target: &[u8]) -> Uri {
    let mut encoded = String::with_capacity(target.len());
    if !target.starts_with(b"/") {
        encoded.push('/');
    }
    for &byte in target {
        if byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    // One that is too long for any address is tried as the longest there is.
    encoded.truncate(usize::from(u16::MAX) - 1);
    encoded.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(input: &str) -> Sent {
        Sent::of(&Message::read(input.as_bytes()), "here.example")
    }

    #[test]
    fn what_http_cannot_carry_is_left_out_or_encoded() {
        let sent = sent("G@T no slash\"\u{e9}\nx y: 1\nz: a\u{1}\nok: 1\n\n");

        assert_eq!(sent.method, Method::GET);
        assert_eq!(sent.uri, "/no%20slash%22%C3%A9");
        assert_eq!(sent.headers.len(), 2);
    }

    #[test]
    fn a_shape_calls_for_a_status() {
        let shape = |input: &str| sent(input).refused_for_its_shape("here.example");
        assert_eq!(shape("GET /login\nhost: here.example\n\n"), None);
        assert_eq!(shape("HEAD /login?x\nhost: HERE.example\n\n"), None);
        assert_eq!(shape("PUT /login\nhost: here.example\n\n"), Some(405));
        assert_eq!(shape("GET /nothing\nhost: here.example\n\n"), Some(404));
        assert_eq!(shape("GET /login\nhost: here.example\nhost: here.example\n\n"), Some(404));
        assert_eq!(shape("GET /login\n\n"), None);
        assert_eq!(shape("GET /login\nhost: here.example\ncontent-length: 65537\n\n"), Some(413));
    }

    #[test]
    fn only_a_form_of_ours_may_change_anything() {
        let form = "POST /login\norigin: http://here.example\n\nform_token=abc&username=x";
        let may = |input: &str| sent(input).may_change(["abc"], "here.example");
        assert!(may(form));
        for (from, to) in [("POST", "GET"), ("/login", "/home"), ("//here", "//there"), ("=abc", "=abd")] {
            assert!(!may(&form.replacen(from, to, 1)), "{to}");
        }
    }
}
