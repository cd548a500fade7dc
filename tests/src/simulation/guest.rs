//! Someone at the website from a network address of their own: cookies are kept, forms are sent as they
//! were drawn. In this process, without a socket, so that days of guesses take minutes.

use super::details::{Details, Ticket};
use super::town::Town;
use crate::html::Form;
use crate::patient::NOT_CONFIRMED;
use crate::visitor::Answer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::{Method, Request};
use portal_host::serve::ClientAddress;
use std::collections::BTreeMap;
use std::net::IpAddr;
use tower::ServiceExt;

/// Above User Confirmation while typing is paused.
pub const PAUSED: &str = "typing a Portal ID is paused right now";

/// The field that a script fills with what it reads out of the address that a QR code leads to.
const SHEET: &str = "sheet";

/// More than any page has, in bytes.
const LONGEST_PAGE: usize = 1 << 20;

/// What someone sees who sent their details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The page to choose credentials on.
    Confirmed,
    /// That they could not be confirmed.
    Refused,
    /// That typing is paused.
    Paused,
}

/// A browser at an address.
pub struct Guest {
    website: Router,
    origin: String,
    host: String,
    address: IpAddr,
    cookies: BTreeMap<String, String>,
}

impl Guest {
    /// Someone new, at this address.
    pub fn new(town: &Town, address: IpAddr) -> Self {
        Self::at(town.website.clone(), &town.practice.website, address)
    }

    /// Someone new, at this address, at a website that says it is there.
    pub fn at(website: Router, origin: &str, address: IpAddr) -> Self {
        let host = origin.split_once("://").map_or("", |(_, host)| host).to_owned();
        Self { website, origin: origin.to_owned(), host, address, cookies: BTreeMap::new() }
    }

    /// The same, with a cookie that somebody else was given.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// What the browser keeps under this name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Goes on from another address, with the same browser.
    pub fn moves_to(&mut self, address: IpAddr) {
        self.address = address;
    }

    /// The page User Confirmation, the way everybody gets there.
    ///
    /// # Panics
    /// Where the way is not there.
    pub async fn opens_confirmation(&mut self) -> Answer {
        let start = self.get("/").await.expect(200);
        let page = self.get(&start.link("Activate Account")).await.expect(200);
        assert!(page.says("User Confirmation"), "{}", page.text());
        page
    }

    /// Fills the form of the page in, presses Confirm, and says what came of it.
    ///
    /// # Panics
    /// Where the answer is none that details without mistakes of form are given.
    pub async fn confirms(&mut self, page: &Answer, ticket: &Ticket, details: &Details) -> Seen {
        let form = page
            .form("Confirm")
            .fill("First initial of your first name", &details.first.to_string())
            .fill("First initial of your last name", &details.last.to_string())
            .fill("Date of birth", &details.typed_birth_date());
        let (form, token) = match ticket {
            Ticket::Typed(digits) => (form.fill("Patient Portal ID", digits), None),
            Ticket::Scanned(token) => (form, Some(token)),
        };
        let mut fields = form.sent();
        if let Some(token) = token {
            let sheet = fields.iter_mut().find(|(name, _)| name == SHEET).expect("a place for the code");
            sheet.1.clone_from(token);
        }
        let answer = self.posts(&form.action, &fields).await;
        match (answer.status, answer.leads_to().as_deref()) {
            (303, Some("/credentials")) => Seen::Confirmed,
            (422, None) if answer.body.contains(NOT_CONFIRMED) => Seen::Refused,
            (429, None) if answer.body.contains(PAUSED) => Seen::Paused,
            (status, _) => panic!("{status}: {}", answer.text()),
        }
    }

    /// Sends a filled-in form and shows the page it ends at.
    pub async fn submits(&mut self, page: &Answer, form: &Form) -> Answer {
        let action = if form.action.is_empty() { page.path.clone() } else { form.action.clone() };
        let answer = self.posts(&action, &form.sent()).await;
        match answer.leads_to() {
            Some(path) => self.get(&path).await,
            None => answer,
        }
    }

    /// Asks for a page, and for those it leads to.
    ///
    /// # Panics
    /// Where they do not end.
    pub async fn opens(&mut self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follows(answer).await
    }

    /// Goes where an answer leads to.
    ///
    /// # Panics
    /// Where that does not end.
    pub async fn follows(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..4 {
            let Some(path) = answer.leads_to() else { return answer };
            answer = self.get(&path).await;
        }
        panic!("redirects do not end at {}", answer.path)
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path, None);
        self.asks(request).await
    }

    /// The request that sends a form, for whoever sends it when it suits them.
    pub fn would_post(&self, path: &str, fields: &[(String, String)]) -> Request<Body> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.request(Method::POST, path, Some(body))
    }

    /// Sends a form.
    pub async fn posts(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let request = self.would_post(path, fields);
        self.asks(request).await
    }

    fn request(&self, method: Method, path: &str, form: Option<String>) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.host)
            // What the host's listener puts there: the address of whom it answers.
            .extension(ClientAddress(self.address));
        if !self.cookies.is_empty() {
            let kept: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, kept.join("; "));
        }
        if form.is_some() {
            request = request
                .header(ORIGIN, &self.origin)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        request.body(form.map_or_else(Body::empty, Body::from)).expect("a request")
    }

    async fn asks(&mut self, request: Request<Body>) -> Answer {
        let path = request.uri().to_string();
        let response = self.website.clone().oneshot(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        for cookie in head.headers.get_all(SET_COOKIE) {
            self.keeps(cookie.to_str().expect("a cookie"));
        }
        let body = to_bytes(body, LONGEST_PAGE).await.expect("a page");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Answer { status: head.status.as_u16(), headers: head.headers, body, path: path.to_owned() }
    }

    fn keeps(&mut self, cookie: &str) {
        let (kept, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = kept.split_once('=').expect("a cookie with a value");
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
