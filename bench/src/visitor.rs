//! A patient's browser, as far as a measurement needs one: it keeps cookies and sends forms with their token, to a
//! host over a socket or to a portal in this process.

use crate::failure::Failure;
use crate::http::{self, Answer, Sent};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::{Method, Request};
use portal_host::serve::ClientAddress;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use tower::ServiceExt;

/// More than any page has, in bytes.
const LONGEST_PAGE: usize = 1 << 20;

/// What answers.
#[derive(Clone)]
pub(crate) enum Website {
    /// A portal in this process, by the host name it goes by.
    Here(Router, &'static str),
    /// A host at this address.
    At(String),
}

/// A browser at a network address of its own.
pub(crate) struct Visitor {
    website: Website,
    client: Ipv4Addr,
    cookies: BTreeMap<String, String>,
    form_token: String,
}

impl Visitor {
    /// Somebody new; each number comes from another network.
    pub(crate) fn new(website: &Website, number: u32) -> Self {
        let client = Ipv4Addr::from_bits(0x6440_0000 | (number & 0x003f_ffff));
        Self { website: website.clone(), client, cookies: BTreeMap::new(), form_token: String::new() }
    }

    /// Opens a page; a form on it is what the next one is sent from.
    pub(crate) async fn opens(&mut self, path: &str) -> Result<Answer, Failure> {
        let answer = match &self.website {
            Website::Here(router, host) => self.asks(router, host, Method::GET, path, None).await?,
            Website::At(address) => {
                let (cookies, client) = (self.cookies(), self.client.to_string());
                http::get_again(address, path, &Sent { form: "", cookies: &cookies, client: &client })?
            }
        };
        self.kept(answer, 200)
    }

    /// Fills in the form of the page opened last and sends it; it has to lead on.
    pub(crate) async fn sends(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Failure> {
        let form = form(&self.form_token, fields);
        let answer = match &self.website {
            Website::Here(router, host) => self.asks(router, host, Method::POST, path, Some(form)).await?,
            Website::At(address) => {
                let (cookies, client) = (self.cookies(), self.client.to_string());
                http::post(address, path, &Sent { form: &form, cookies: &cookies, client: &client })?
            }
        };
        self.kept(answer, 303)
    }

    /// What the browser keeps, as it sends it.
    pub(crate) fn cookies(&self) -> String {
        let kept: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        kept.join("; ")
    }

    /// What the form of the page opened last carries.
    pub(crate) fn form_token(&self) -> &str {
        &self.form_token
    }

    async fn asks(
        &self,
        router: &Router,
        host: &str,
        method: Method,
        path: &str,
        form: Option<String>,
    ) -> Result<Answer, Failure> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, host);
        if !self.cookies.is_empty() {
            request = request.header(COOKIE, self.cookies());
        }
        if form.is_some() {
            request = request.header(ORIGIN, format!("http://{host}"));
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.extension(ClientAddress(self.client.into()));
        let request = request.body(form.map_or_else(Body::empty, Body::from));
        let request = request.map_err(|error| Failure::unexpected("a request", error.to_string()))?;
        // A router answers whatever comes.
        let answer = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, LONGEST_PAGE).await;
        let body = body.map_err(|error| Failure::unexpected("a page", error.to_string()))?;
        let cookies = head.headers.get_all(SET_COOKIE).iter();
        Ok(Answer {
            status: head.status.as_u16(),
            cookies: cookies.filter_map(|cookie| Some(cookie.to_str().ok()?.to_owned())).collect(),
            body: body.to_vec(),
        })
    }

    fn kept(&mut self, answer: Answer, status: u16) -> Result<Answer, Failure> {
        let page = String::from_utf8_lossy(&answer.body);
        if answer.status != status {
            return Err(Failure::unexpected("the website", format!("status {}: {page}", answer.status)));
        }
        for cookie in &answer.cookies {
            let (kept, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = kept.split_once('=') else { continue };
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(token) = form_token(&page) {
            self.form_token = token;
        }
        Ok(answer)
    }
}

/// What the forms of a page carry.
fn form_token(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("name=\"form_token\" value=\"")?;
    rest.split('"').next().map(str::to_owned)
}

/// A form as it is sent. What is typed here takes no more than its spaces and slashes encoded.
pub(crate) fn form(token: &str, fields: &[(&str, &str)]) -> String {
    let token = ("form_token", token);
    let fields = std::iter::once(&token).chain(fields);
    let fields: Vec<_> = fields
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+").replace('/', "%2F")))
        .collect();
    fields.join("&")
}
