//! Someone with a plain HTTP client: cookies are kept, redirects are seen, nothing is a script.

use crate::html::{self, Form};
use crate::planted;
use reqwest::header::{HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The hidden field of every form.
pub const FORM_TOKEN: &str = "form_token";

/// A client with cookies of its own, at one address.
#[derive(Clone)]
pub struct Visitor {
    client: reqwest::Client,
    base: String,
    /// The page that its forms come from.
    origin: String,
    /// Sent with everything.
    headers: HeaderMap,
    /// What the forms of the page seen last carry.
    form_token: Arc<Mutex<Option<String>>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// The path that answered.
    pub path: String,
}

impl Answer {
    /// Where a redirect leads, as a path.
    pub fn leads_to(&self) -> Option<String> {
        Some(self.headers.get(LOCATION)?.to_str().ok()?.to_owned())
    }

    /// The page's words.
    pub fn text(&self) -> String {
        html::text(&self.body)
    }

    /// Whether the page says this.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The form whose button says `button`.
    ///
    /// # Panics
    /// Where there is none.
    pub fn form(&self, button: &str) -> Form {
        html::form(&self.body, button).unwrap_or_else(|| {
            panic!("no button {button:?} at {}: {} {}", self.path, self.status, self.text())
        })
    }

    /// Where the link with this text leads.
    ///
    /// # Panics
    /// Where there is none.
    pub fn link(&self, text: &str) -> String {
        html::link(&self.body, text)
            .unwrap_or_else(|| panic!("no link {text:?} at {}: {} {}", self.path, self.status, self.text()))
    }

    /// Whether there is a button with this text.
    pub fn has_button(&self, button: &str) -> bool {
        html::form(&self.body, button).is_some()
    }

    /// Whether there is a link with this text.
    pub fn has_link(&self, text: &str) -> bool {
        html::link(&self.body, text).is_some()
    }

    /// Says what came where a test expected something else.
    ///
    /// # Panics
    /// Where the status is another.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "at {}: {}", self.path, self.text());
        self
    }
}

impl Visitor {
    /// Someone new at `base`, such as `http://127.0.0.1:40123`.
    pub fn at(base: &str) -> Self {
        Self::sending(base, &[])
    }

    /// Someone new at `base`, from an address that a proxy in front of it would tell.
    pub fn from_address(address: &str, base: &str) -> Self {
        Self::sending(base, &[("x-forwarded-for", address)])
    }

    /// Someone new at `base` who sends these headers with everything. A `host` among them is what they
    /// opened, as behind a proxy.
    ///
    /// # Panics
    /// Where one of them is no header.
    pub fn sending(base: &str, headers: &[(&'static str, &str)]) -> Self {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"))
            })
            .collect();
        let host = headers.get(HOST).map(|host| host.to_str().expect("a host name"));
        let origin = host.map_or_else(|| base.to_owned(), |host| format!("http://{host}"));
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .expect("an HTTP client");
        Self { client, base: base.to_owned(), origin, headers, form_token: Arc::default() }
    }

    /// The address visited.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The client, for what the verbs below do not cover.
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Asks for a path, without following redirects.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(self.url(path)), path).await
    }

    /// Sends a form as a page of this address would, without following redirects: with the token that
    /// the page seen last carries, unless the form has one.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let has_token = fields.iter().any(|(name, _)| *name == FORM_TOKEN);
        if !has_token && self.form_token().is_none() {
            let first = self.get("/").await;
            if let Some(path) = first.leads_to() {
                self.get(&path).await;
            }
        }
        let token = self.form_token().filter(|_| !has_token);
        let fields: Vec<_> =
            token.iter().map(|token| (FORM_TOKEN, token.as_str())).chain(fields.iter().copied()).collect();
        self.post_as_it_is(path, &fields).await
    }

    /// Sends just these fields, as a page of this address would, without following redirects.
    pub async fn post_as_it_is(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.client.post(self.url(path)).header(ORIGIN, &self.origin).form(fields);
        self.send(request, path).await
    }

    /// What the forms of the page seen last carry.
    pub fn form_token(&self) -> Option<String> {
        self.form_token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends a filled-in form, without following redirects.
    pub async fn send_form(&self, page: &Answer, form: &Form) -> Answer {
        let action = if form.action.is_empty() { page.path.clone() } else { form.action.clone() };
        let fields = form.sent();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        if form.method == "post" {
            self.post(&action, &fields).await
        } else {
            self.send(self.client.get(self.url(&action)).query(&fields), &action).await
        }
    }

    /// Sends a filled-in form and shows the page it ends at.
    pub async fn submit(&self, page: &Answer, form: &Form) -> Answer {
        let answer = self.send_form(page, form).await;
        self.follow(answer).await
    }

    /// Asks for a path and shows the page it ends at.
    pub async fn open(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follow(answer).await
    }

    /// Follows redirects to the page they end at.
    ///
    /// # Panics
    /// Where they do not end.
    pub async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..8 {
            let Some(path) = answer.leads_to().filter(|_| (300..400).contains(&answer.status)) else {
                return answer;
            };
            answer = self.get(&path).await;
        }
        panic!("redirects do not end at {}", answer.path)
    }

    /// Asks for a path where machines fail: none where no answer comes, or half of one.
    pub async fn try_get(&self, path: &str) -> Option<Answer> {
        self.try_to_send_request(self.client.get(self.url(path)), path).await.ok()
    }

    /// Sends a filled-in form that posts, where machines fail.
    pub async fn try_to_send(&self, page: &Answer, form: &Form) -> Option<Answer> {
        let action = if form.action.is_empty() { &page.path } else { &form.action };
        let mut fields = form.sent();
        let is_there = fields.iter().any(|(name, _)| name == FORM_TOKEN);
        fields.extend(self.form_token().filter(|_| !is_there).map(|token| (FORM_TOKEN.to_owned(), token)));
        let request = self.client.post(self.url(action)).header(ORIGIN, &self.origin).form(&fields);
        self.try_to_send_request(request, action).await.ok()
    }

    /// Sends any request.
    ///
    /// # Panics
    /// Where no answer comes.
    pub async fn send(&self, request: reqwest::RequestBuilder, path: &str) -> Answer {
        let answer = self.try_to_send_request(request, path).await;
        answer.unwrap_or_else(|error| panic!("no answer at {path}, or half of one: {error:?}"))
    }

    async fn try_to_send_request(
        &self,
        request: reqwest::RequestBuilder,
        path: &str,
    ) -> Result<Answer, reqwest::Error> {
        let headers = self.headers.iter();
        let request = headers.fold(request, |request, (name, value)| request.header(name, value));
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()) {
            planted::plant(cookie.split([';', '=']).nth(1).unwrap_or_default());
        }
        let body = response.bytes().await?;
        let body = String::from_utf8_lossy(&body).into_owned();
        let marker = format!("name=\"{FORM_TOKEN}\" value=\"");
        if let Some((_, rest)) = body.split_once(&marker) {
            let token = rest.split('"').next().map(str::to_owned);
            token.iter().for_each(|token| planted::plant(token));
            *self.form_token.lock().unwrap_or_else(PoisonError::into_inner) = token;
        }
        Ok(Answer { status, headers, body, path: path.to_owned() })
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }
}
