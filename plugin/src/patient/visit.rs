//! One visit: everything a page needs to answer a request.

use super::cookies;
use super::form::Form;
use super::page::{Content, Page};
use super::request::Request;
use super::response::Response;
use crate::calendar::Timestamp;
use crate::ehr::{Ehr, Level};
use crate::practice::Practice;
use crate::rules::session::Purpose;
use crate::rules::throttle::Counter;
use crate::rules::token::Token;

/// A request that has come as far as its page.
pub(super) struct Visit<'a> {
    /// What the portal is lent.
    pub(super) ehr: &'a dyn Ehr,
    /// Where.
    pub(super) practice: &'a Practice,
    /// The request.
    pub(super) request: &'a Request,
    /// What was sent with a POST; empty for a GET.
    pub(super) form: Form<'a>,
    /// When: one moment for all that is decided.
    pub(super) now: Timestamp,
}

impl Visit<'_> {
    /// The token in the visitor's cookie for this purpose.
    pub(super) fn token(&self, purpose: Purpose) -> Option<Token> {
        cookies::token(self.request, self.practice, purpose)
    }

    /// The visitor's network address.
    pub(super) fn client(&self) -> &str {
        &self.request.client
    }

    /// Takes an attempt back that was right or could not be answered. What was right stays
    /// right where the host cannot do that now: the count starts afresh by itself.
    pub(super) fn forgive(&self, counters: &[Counter]) {
        if self.ehr.forgive_attempt(counters).is_err() {
            self.ehr.log(Level::Warn, "an attempt that should not count could not be taken back");
        }
    }

    /// A page of this practice: 422 where something on it is to be corrected, else 200.
    pub(super) fn page(&self, title: &str, content: Content<'_>) -> Response {
        Response::page(content.status(), &Page::new(self.practice, title, content))
    }
}
