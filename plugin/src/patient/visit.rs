//! One visit: everything a page needs to answer a request.

use super::cookies::{self, Cookie};
use super::form::Form;
use super::form_view::FormView;
use super::page::{Back, Content, Frame, Page, Timeout};
use super::request::Request;
use super::response::Response;
use super::session::SignedIn;
use crate::calendar::Timestamp;
use crate::ehr::{Ehr, Level};
use crate::practice::Practice;
use crate::randomness::HostRng;
use crate::rules::throttle::Throttle;
use crate::rules::token::Token;
use crate::words::Language;

/// A request that has come as far as its page.
pub(super) struct Visit<'a> {
    /// What the portal is lent.
    pub(super) ehr: &'a dyn Ehr,
    /// Where.
    pub(super) practice: &'a Practice,
    /// The request.
    pub(super) request: &'a Request,
    /// What its pages are written in.
    pub(super) language: Language,
    /// Whether the form asks for nothing but to be shown in that language, as it stands.
    pub(super) only_translates: bool,
    /// What was sent with a POST; empty for a GET.
    pub(super) form: Form<'a>,
    /// When: one moment for all that is decided.
    pub(super) now: Timestamp,
}

impl Visit<'_> {
    /// The token in the visitor's cookie of this kind.
    pub(super) fn token(&self, cookie: Cookie) -> Option<Token> {
        cookies::token(self.request, self.practice, cookie)
    }

    /// What a form of this visitor's carries, drawn for the browser that keeps this cookie.
    pub(super) fn form_token(&self, cookie: Cookie) -> String {
        self.token(cookie).map(|token| token.for_form().text()).unwrap_or_default()
    }

    /// A page with a form for someone who is not known yet: a browser without a visit's token is
    /// given one along with it.
    pub(super) fn page_with_form(&self, page: impl FnOnce(&str) -> Response) -> Response {
        if let Some(token) = self.token(Cookie::Visit) {
            return page(&token.for_form().text());
        }
        let token = Token::draw(&mut HostRng::new(self.ehr));
        let cookie = cookies::keep(self.practice, Cookie::Visit, &token);
        page(&token.for_form().text()).with("set-cookie", cookie)
    }

    /// The visitor's network address.
    pub(super) fn client(&self) -> &str {
        &self.request.client
    }

    /// Takes an attempt back that was right or could not be answered. What was right stays
    /// right where the host cannot do that now: the count starts afresh by itself.
    pub(super) fn forgive(&self, throttle: &Throttle) {
        if self.ehr.forgive_attempt(&throttle.counters()).is_err() {
            self.ehr.log(Level::Warn, "an attempt that should not count could not be taken back");
        }
    }

    /// A page with one form for who is logged in.
    pub(super) fn form_page(
        &self,
        signed_in: &SignedIn,
        title: &str,
        intro: &str,
        form: FormView<'_>,
        back: Back,
    ) -> Response {
        let form = FormView { form_token: self.form_token(Cookie::Portal), ..form };
        let timeout = Some(Timeout::of(signed_in, self));
        self.page(title, Content::Form { intro, form, timeout, back: Some(back) })
    }

    /// A page of this practice: 422 where something on it is to be corrected, else 200.
    pub(super) fn page(&self, title: &str, content: Content<'_>) -> Response {
        self.page_with_status(content.status(), title, content)
    }

    /// A page of this practice with another status than its content would have.
    pub(super) fn page_with_status(&self, status: u16, title: &str, content: Content<'_>) -> Response {
        Response::page(status, &Page::new(Frame::of_visit(self), title, content))
    }
}
