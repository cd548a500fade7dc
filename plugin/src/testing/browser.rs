//! A browser for tests: keeps cookies, sends forms, and a practice's worth of shorthands.

use std::cell::RefCell;
use std::collections::BTreeMap;

use form_urlencoded::Serializer;

use super::memory::Memory;
use crate::patient::{request::Request, response::Response};
use crate::people::{Patient, StaffId};
use crate::rules::account::State;
use crate::rules::token::Token;
use crate::staff;
use crate::staff::view::Notice;
use crate::staff::viewer::{Access, Refusal, Right, Viewer};

pub(crate) const PASSWORD: &str = "horses run in summer";

/// What a visitor types under User Confirmation.
#[derive(Clone)]
pub(crate) struct Typed {
    pub(crate) portal_id: String,
    pub(crate) first_initial: &'static str,
    pub(crate) last_initial: &'static str,
    pub(crate) birth_date: &'static str,
}

pub(crate) struct Browser<'a> {
    ehr: &'a Memory,
    cookies: RefCell<BTreeMap<String, String>>,
    client: &'static str,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(ehr: &'a Memory) -> Self {
        Self::at(ehr, "192.0.2.7")
    }

    /// A browser at another network address.
    pub(crate) fn at(ehr: &'a Memory, client: &'static str) -> Self {
        Self { ehr, cookies: RefCell::default(), client }
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], Vec::new())
    }

    /// Sends a form of ours, with the token that the page it is on carries.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let cookie = match path {
            "/credentials" => "__Host-activation",
            step if step.starts_with("/second-step") => "__Host-step",
            "/logout" | "/stay" => "__Host-portal",
            account if account.starts_with("/account") => "__Host-portal",
            _ => "__Host-visit",
        };
        if cookie == "__Host-visit" && self.cookie(cookie).is_none() {
            // The page with the form, seen before the test began to watch.
            let calls = self.ehr.calls.take();
            let down = self.ehr.down.take();
            self.get(path);
            self.ehr.down.set(down);
            self.ehr.calls.replace(calls);
        }
        let token = self.cookie(cookie).and_then(|token| Token::read(&token));
        let form_token = token.map(|token| token.for_form().text());
        let fields: Vec<(&str, &str)> = form_token
            .iter()
            .map(|token| ("form_token", token.as_str()))
            .chain(fields.iter().copied())
            .collect();
        self.post_as_it_is(path, &fields)
    }

    /// Sends just these fields.
    pub(crate) fn post_as_it_is(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "https://portal.riverside.example"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send("POST", path, &headers, body.into_bytes())
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
        let cookies: Vec<_> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        if !cookies.is_empty() {
            headers.push(("cookie".to_owned(), cookies.join("; ").into_bytes()));
        }
        let (method, target, client) = (method.to_owned(), path.to_owned(), self.client.to_owned());
        let response = self.ehr.answer(&Request { method, target, headers, body, client });
        for cookie in all(&response, "set-cookie") {
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn confirm(&self, typed: &Typed) -> Response {
        let Typed { portal_id, first_initial, last_initial, birth_date } = typed;
        let fields = [
            ("portal_id", portal_id.as_str()),
            ("first_initial", first_initial),
            ("last_initial", last_initial),
            ("birth_date", birth_date),
        ];
        self.post("/activate", &fields)
    }

    pub(crate) fn save(&self, username: &str) -> Response {
        let fields = [("username", username), ("password", PASSWORD), ("password_again", PASSWORD)];
        self.post("/credentials", &fields)
    }

    pub(crate) fn log_in(&self, username: &str, password: &str) -> Response {
        self.post("/login", &[("username", username), ("password", password)])
    }

    /// A browser in which Maria, who has just activated her account, is logged in.
    pub(crate) fn signed_in(ehr: &'a Memory) -> Self {
        let browser = Self::new(ehr);
        browser.activate_maria();
        browser.log_in_maria();
        browser
    }

    /// Another browser in which Maria logs in.
    pub(crate) fn elsewhere(ehr: &'a Memory) -> Self {
        let browser = Self::new(ehr);
        browser.log_in_maria();
        browser
    }

    fn log_in_maria(&self) {
        assert_eq!(location(&self.log_in("maria84", PASSWORD)), Some("/home"));
    }

    /// From invitation to account, as Maria.
    pub(crate) fn activate_maria(&self) {
        let typed = maria(&invite(self.ehr, &super::people::maria_garcia()));
        assert_eq!(location(&self.confirm(&typed)), Some("/credentials"));
        assert_eq!(location(&self.save("maria84")), Some("/activated"));
    }
}

/// What someone types with these details.
pub(crate) fn typed(
    portal_id: &str,
    first_initial: &'static str,
    last_initial: &'static str,
    birth_date: &'static str,
) -> Typed {
    Typed { portal_id: portal_id.to_owned(), first_initial, last_initial, birth_date }
}

/// What Maria reads from her sheet and knows of herself.
pub(crate) fn maria(portal_id: &str) -> Typed {
    Typed { portal_id: portal_id.to_owned(), first_initial: "M", last_initial: "G", birth_date: "02/29/1984" }
}

pub(crate) fn frontdesk() -> Viewer {
    let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
    Viewer { id: StaffId("frontdesk".to_owned()), name: "Front Desk".to_owned(), rights }
}

pub(crate) fn perform(ehr: &Memory, patient: &Patient, action: &str) -> Result<Notice, Refusal> {
    staff::perform(ehr, &frontdesk(), &patient.id, action, &[])
}

/// Creates the user and says the Portal ID.
pub(crate) fn invite(ehr: &Memory, patient: &Patient) -> String {
    perform(ehr, patient, "create").unwrap();
    portal_id(ehr, patient)
}

pub(crate) fn portal_id(ehr: &Memory, patient: &Patient) -> String {
    match ehr.account(patient).unwrap().state {
        State::Invited(invitation) => invitation.portal_id.digits(),
        State::Lapsed(_) | State::Active(_) | State::Off(_) => panic!("not invited"),
    }
}

pub(crate) fn all<'r>(response: &'r Response, name: &str) -> Vec<&'r str> {
    response.headers.iter().filter(|(other, _)| *other == name).map(|(_, value)| value.as_str()).collect()
}

pub(crate) fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    all(response, name).first().copied()
}

pub(crate) fn location(response: &Response) -> Option<&str> {
    if response.status == 303 { header(response, "location") } else { None }
}

pub(crate) fn text(response: &Response) -> &str {
    str::from_utf8(&response.body).unwrap()
}

/// The page with a blank where the form's token stands, which is another for every browser.
pub(crate) fn without_form_token(page: &str) -> String {
    let marker = "name=\"form_token\" value=\"";
    let mut parts = page.split(marker);
    let mut blank = parts.next().unwrap().to_owned();
    for part in parts {
        blank.push_str(marker);
        blank.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    blank
}
