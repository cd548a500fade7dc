//! Someone who asks with exactly the cookies they were given, as a browser or a thief would show them.
//!
//! It speaks plain HTTP to the host's own socket, in the way of a proxy that ends TLS: the host name and
//! the origin may be others than the address.

use crate::visitor::{Answer, FORM_TOKEN};
use reqwest::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use std::time::Duration;

/// Another website.
const ELSEWHERE: &str = "https://evil.example";

/// Where a listener is, and what people call it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Such as `http://127.0.0.1:40123`.
    pub address: String,
    /// What people open, such as `https://portal.example.org`.
    pub origin: String,
}

impl Place {
    /// The host name that requests carry.
    ///
    /// # Panics
    /// Where the origin is none.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").expect("an origin").1
    }

    /// The name that a cookie of this kind goes by here.
    pub fn cookie(&self, kind: &str) -> String {
        let prefix = if self.origin.starts_with("https://") { "__Host-" } else { "" };
        format!("{prefix}{kind}")
    }
}

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// From the page that shows it.
    FromHere,
    /// By another website, with everything else as it should be.
    FromElsewhere,
    /// As from here, but without the form's token.
    WithoutToken,
}

/// A client with the cookies it was given.
#[derive(Clone, Debug)]
pub struct Caller {
    client: reqwest::Client,
    place: Place,
    cookies: Vec<(String, String)>,
    /// A form token seen earlier, for where the page shows none.
    form_token: Option<String>,
    /// Added to every path and form: who else this is pretended to be about.
    naming: &'static [(&'static str, &'static str)],
}

impl Caller {
    /// Someone without any cookie.
    ///
    /// # Panics
    /// Where there is no HTTP client.
    pub fn at(place: &Place) -> Self {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .expect("an HTTP client");
        Self { client, place: place.clone(), cookies: Vec::new(), form_token: None, naming: &[] }
    }

    /// Where it calls.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Every cookie it keeps, by name.
    pub fn cookies(&self) -> &[(String, String)] {
        &self.cookies
    }

    /// The value of a cookie it keeps.
    ///
    /// # Panics
    /// Where it keeps none of this kind.
    pub fn cookie(&self, kind: &str) -> &str {
        let name = self.place.cookie(kind);
        let found = self.cookies.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("no cookie {name}: {:?}", self.cookies)).1
    }

    /// The same, with everything it holds, at another place.
    #[must_use]
    pub fn at_another(mut self, place: &Place) -> Self {
        self.place = place.clone();
        self
    }

    /// The same, with this cookie as well.
    #[must_use]
    pub fn with_cookie(mut self, kind: &str, value: &str) -> Self {
        self.set(self.place.cookie(kind), value.to_owned());
        self
    }

    /// The same, knowing a form token that was drawn for another.
    #[must_use]
    pub fn with_token_of(mut self, other: &Self) -> Self {
        self.form_token.clone_from(&other.form_token);
        self
    }

    /// The same, adding these parameters to everything it asks and sends.
    #[must_use]
    pub fn naming(mut self, naming: &'static [(&'static str, &'static str)]) -> Self {
        self.naming = naming;
        self
    }

    /// Asks for a path, without following redirects.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, |request| request).await
    }

    /// The same as HEAD.
    pub async fn head(&self, path: &str) -> Answer {
        self.send(Method::HEAD, path, |request| request).await
    }

    /// Asks as a browser does: what cookies come are kept, and the token of a form.
    pub async fn look_at(&mut self, page: &str) -> Answer {
        let answer = self.get(page).await;
        self.keep(&answer);
        if let Some(token) = hidden(&answer, FORM_TOKEN) {
            self.form_token = Some(token);
        }
        answer
    }

    /// Opens the page with a form, then sends the form from there, without following redirects.
    pub async fn submit(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.look_at(page).await;
        let answer = self.send_form(path, fields, Sent::FromHere).await;
        self.keep(&answer);
        answer
    }

    /// Sends a form with the token seen last, without following redirects or keeping what comes.
    pub async fn send_form<T: AsRef<str>>(&self, path: &str, fields: &[(T, T)], sent: Sent) -> Answer {
        let fields = || fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        let token = self.form_token.iter().filter(|_| sent != Sent::WithoutToken);
        let token = token.map(|token| (FORM_TOKEN, token.as_str()));
        let named = self.naming.iter().copied();
        let named = named.filter(|(name, _)| fields().all(|(typed, _)| typed != *name));
        let form: Vec<(&str, &str)> = token.chain(fields()).chain(named).collect();
        let origin = match sent {
            Sent::FromHere | Sent::WithoutToken => self.place.origin.as_str(),
            Sent::FromElsewhere => ELSEWHERE,
        };
        self.send(Method::POST, path, |request| request.header(ORIGIN, origin).form(&form)).await
    }

    /// Sends any request with the cookies.
    ///
    /// # Panics
    /// Where no answer comes.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        more: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Answer {
        let url = format!("{}{path}", self.place.address);
        let mut request = self.client.request(method, url).header(HOST, self.place.host()).query(self.naming);
        if !self.cookies.is_empty() {
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        let response = more(request).send().await.unwrap_or_else(|error| panic!("none at {path}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap_or_else(|error| panic!("half of {path}: {error:?}"));
        Answer { status, headers, body, path: path.to_owned() }
    }

    /// Keeps the cookies that come. One that it is told to forget it goes on showing, as a thief would.
    fn keep(&mut self, answer: &Answer) {
        for set in answer.headers.get_all(SET_COOKIE) {
            let set = set.to_str().expect("a cookie in letters");
            let pair = set.split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a cookie");
            if !value.is_empty() {
                self.set(name.to_owned(), value.to_owned());
            }
        }
    }

    fn set(&mut self, name: String, value: String) {
        self.cookies.retain(|(known, _)| *known != name);
        self.cookies.push((name, value));
    }
}

/// The value of the first hidden field of this name.
pub fn hidden(page: &Answer, name: &str) -> Option<String> {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}
