//! The one table of the website's pages: the router, `Allow` and the tests all read it.

use super::form::Form;
use super::problem::Problem;
use super::request::Request;
use super::response::Response;
use super::session::{Confirmed, Leave, SignedIn, Visitor};
use super::visit::Visit;
use super::{assets, confirmation, cookies, credentials, home, log_in, origin, static_pages};
use crate::ehr::Ehr;
use crate::practice::Practice;
use crate::rules::session::Purpose;

/// The main login page.
pub const START: &str = "/";
/// Where the login form is sent. Its address stays in the browser after a mistake, so it shows
/// the login page too.
pub(super) const LOG_IN: &str = "/login";
/// User Confirmation: the address in the sheet's QR code, so it must never change.
pub const CONFIRMATION: &str = "/activate";
/// Create your login.
pub(super) const CREDENTIALS: &str = "/credentials";
/// It worked.
pub(super) const ACTIVATED: &str = "/activated";
/// The minutes for setting credentials are over.
pub(super) const TIME_IS_UP: &str = "/time-is-up";
/// What a patient sees after logging in.
pub(super) const HOME: &str = "/home";
/// Where the log-out button leads.
pub(super) const LOG_OUT: &str = "/logout";
/// After logging out.
pub(super) const LOGGED_OUT: &str = "/logged-out";
/// After a session ended by itself.
pub(super) const SESSION_ENDED: &str = "/session-ended";
/// The style sheet.
pub(super) const STYLE: &str = "/style.css";
/// The icon in the browser's tab.
pub(super) const ICON: &str = "/favicon.svg";
/// The icon that browsers ask for without being told.
pub(super) const ICON_BY_HABIT: &str = "/favicon.ico";

/// What a page answers with.
pub(super) type Answer = Result<Response, Problem>;

/// The methods there are. HEAD is answered as GET without the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Looks at a page and changes nothing.
    Get,
    /// Sends a form.
    Post,
}

/// A page's function, by whom it answers. A page for patients who are logged in cannot be
/// written without the proof that they are.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// Anyone.
    Anyone(fn(&Visit<'_>) -> Answer),
    /// Who has passed User Confirmation; others are sent there.
    Confirmed(fn(&Visit<'_>, Leave) -> Answer),
    /// Who is logged in; others are sent to log in.
    SignedIn(fn(&Visit<'_>, &SignedIn) -> Answer),
}

/// One line of the table.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) handler: Handler,
}

const fn get(path: &'static str, handler: Handler) -> Route {
    Route { method: Method::Get, path, handler }
}

const fn post(path: &'static str, handler: Handler) -> Route {
    Route { method: Method::Post, path, handler }
}

/// Every page there is.
pub(super) const ROUTES: &[Route] = &[
    get(START, Handler::Anyone(log_in::show)),
    get(LOG_IN, Handler::Anyone(log_in::show)),
    post(LOG_IN, Handler::Anyone(log_in::submit)),
    get(CONFIRMATION, Handler::Anyone(confirmation::show)),
    post(CONFIRMATION, Handler::Anyone(confirmation::submit)),
    get(CREDENTIALS, Handler::Confirmed(credentials::show)),
    post(CREDENTIALS, Handler::Confirmed(credentials::submit)),
    get(ACTIVATED, Handler::Anyone(static_pages::activated)),
    get(TIME_IS_UP, Handler::Anyone(static_pages::time_is_up)),
    get(HOME, Handler::SignedIn(home::show)),
    post(LOG_OUT, Handler::Anyone(home::log_out)),
    get(LOGGED_OUT, Handler::Anyone(static_pages::logged_out)),
    get(SESSION_ENDED, Handler::Anyone(static_pages::session_ended)),
    get(STYLE, Handler::Anyone(assets::style)),
    get(ICON, Handler::Anyone(assets::icon)),
    get(ICON_BY_HABIT, Handler::Anyone(assets::icon)),
];

/// Finds the page and lets it answer, once the request has shown that it may.
pub(super) fn answer(ehr: &dyn Ehr, practice: &Practice, request: &Request) -> Answer {
    let route = find(request)?;
    let form = match route.method {
        Method::Get => Form::empty(),
        Method::Post if origin::is_cross_site(request, practice) => return Err(Problem::CrossSite),
        Method::Post => Form::of(request)?,
    };
    let visit = Visit { ehr, practice, request, form, now: ehr.now() };
    match route.handler {
        Handler::Anyone(page) => page(&visit),
        Handler::Confirmed(page) => match Confirmed::find(&visit)? {
            Visitor::Known(leave) => page(&visit, leave),
            Visitor::TooLate => Ok(forgetting(&visit, Purpose::Activation, TIME_IS_UP)),
            Visitor::Unknown => Ok(Response::see_other(CONFIRMATION)),
        },
        Handler::SignedIn(page) => match SignedIn::find(&visit)? {
            Visitor::Known(signed_in) => page(&visit, &signed_in),
            Visitor::TooLate => Ok(forgetting(&visit, Purpose::Portal, SESSION_ENDED)),
            Visitor::Unknown => Ok(Response::see_other(START)),
        },
    }
}

/// Sends the visitor on without the cookie, which is of no more use: they are told once.
pub(super) fn forgetting(visit: &Visit<'_>, purpose: Purpose, path: &'static str) -> Response {
    Response::see_other(path).with("set-cookie", cookies::forget(visit.practice, purpose))
}

fn find(request: &Request) -> Result<&'static Route, Problem> {
    let wanted = match request.method.as_str() {
        "GET" | "HEAD" => Some(Method::Get),
        "POST" => Some(Method::Post),
        _ => None,
    };
    let mut here = ROUTES.iter().filter(|route| route.path == request.path()).peekable();
    if here.peek().is_none() {
        return Err(Problem::NotFound);
    }
    let allow = allowed(request.path());
    here.find(|route| Some(route.method) == wanted).ok_or(Problem::MethodNotAllowed { allow })
}

/// The methods of a path, as the header `Allow` lists them.
fn allowed(path: &str) -> String {
    let methods = ROUTES.iter().filter(|route| route.path == path).map(|route| match route.method {
        Method::Get => "GET, HEAD",
        Method::Post => "POST",
    });
    methods.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
