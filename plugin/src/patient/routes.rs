//! The one table of the website's pages: the router, `Allow` and the tests all read it.

use super::cookies::Cookie;
use super::form::{FORM_TOKEN, Form};
use super::problem::Problem;
use super::request::Request;
use super::response::Response;
use super::session::{Confirmed, HalfWay, Leave, SignedIn, Visitor};
use super::visit::Visit;
use super::{
    account, add_app, add_passkey, assets, confirmation, cookies, credentials, home, language, log_in,
    new_password, origin, remove_factor, second_factors, second_step, sessions, static_pages, stay,
};
use crate::ehr::Ehr;
use crate::practice::Practice;
use crate::rules::second_factor::Factors;

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
/// What a patient logs in with, where they are logged in, what was done.
pub(super) const ACCOUNT: &str = "/account";
/// Choosing another password.
pub(super) const NEW_PASSWORD: &str = "/account/password";
/// After the password was changed.
pub(super) const PASSWORD_CHANGED: &str = "/account/password-changed";
/// Logging out in one other place.
pub(super) const SESSIONS: &str = "/account/sessions";
/// Logging out everywhere.
pub(super) const ALL_SESSIONS: &str = "/account/all-sessions";
/// The second step of a log in: the code from the app.
pub(super) const SECOND_STEP: &str = "/second-step";
/// The second step with a passkey.
pub(super) const SECOND_STEP_PASSKEY: &str = "/second-step/passkey";
/// The second step with a recovery code.
pub(super) const SECOND_STEP_CODE: &str = "/second-step/recovery-code";
/// What a log in takes besides the password.
pub(super) const SECOND_FACTORS: &str = "/account/second-step";
/// Adding an app that shows codes.
pub(super) const ADD_APP: &str = "/account/second-step/app";
/// Adding a passkey.
pub(super) const ADD_PASSKEY: &str = "/account/second-step/passkey";
/// Removing an app or a passkey.
pub(super) const REMOVE_FACTOR: &str = "/account/second-step/remove";
/// Getting new recovery codes.
pub(super) const NEW_CODES: &str = "/account/second-step/recovery-codes";
/// What to do about a forgotten username or password.
pub(super) const FORGOTTEN: &str = "/forgotten";
/// Where the buttons that choose a language lead.
pub(super) const LANGUAGE: &str = "/language";
/// Where the log-out button leads.
pub(super) const LOG_OUT: &str = "/logout";
/// After logging out.
pub(super) const LOGGED_OUT: &str = "/logged-out";
/// After a session ended by itself.
pub(super) const SESSION_ENDED: &str = "/session-ended";
/// What the button of the time-out warning sends.
pub(super) const STAY: &str = "/stay";
/// The time-out warning for browsers without JavaScript.
pub(super) const STILL_THERE: &str = "/still-there";
/// Shows the time-out warning.
pub(super) const STAY_SCRIPT: &str = "/stay.js";
/// Asks the browser for a passkey.
pub(super) const PASSKEY_SCRIPT: &str = "/passkey.js";
/// Shows passwords to who wants to see what they type.
pub(super) const PASSWORD_SCRIPT: &str = "/password.js";
/// Takes the QR code's token out of the address and into the form.
pub(super) const CONFIRMATION_SCRIPT: &str = "/activate.js";
/// The style sheet.
pub(super) const STYLE: &str = "/style.css";
/// The icon in the browser's tab.
pub(super) const ICON: &str = "/favicon.svg";
/// The practice's own logo.
pub(super) const LOGO: &str = "/logo.svg";
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

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A page's function, by whom it answers. A page for patients who are logged in cannot be
/// written without the proof that they are.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// Anyone.
    Anyone(fn(&Visit<'_>) -> Answer),
    /// Who has passed User Confirmation; others are sent there.
    Confirmed(fn(&Visit<'_>, Leave) -> Answer),
    /// Who has said the right password and is asked for more; others are sent to log in.
    HalfWay(fn(&Visit<'_>, &HalfWay) -> Answer),
    /// Who is logged in, with all that the practice asks for: who lacks a second factor is sent to add
    /// one. Others are sent to log in.
    SignedIn(fn(&Visit<'_>, &SignedIn) -> Answer),
    /// Who is logged in, whether they have all that the practice asks for or not.
    SettingUp(fn(&Visit<'_>, &SignedIn) -> Answer),
    /// Who is logged in and may change the second step of their login: who has one and logged in a while
    /// ago logs in again first.
    Changing(fn(&Visit<'_>, &SignedIn, &Factors) -> Answer),
}

/// How a form shows that we drew it for the browser that sends it.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// The cookie whose token the form's own was made from.
    for_cookie: Cookie,
    /// What answers a form that does not show it.
    otherwise: fn(&Visit<'_>) -> Answer,
}

impl Drawn {
    /// Whether it does. Who has no session has nothing that a forged form could use: the page sends
    /// them on.
    fn is_shown(self, visit: &Visit<'_>) -> bool {
        match (visit.token(self.for_cookie), self.for_cookie) {
            (Some(token), _) => token.for_form().is(visit.form.field(FORM_TOKEN)),
            (None, Cookie::Activation | Cookie::Step | Cookie::Portal) => true,
            (None, Cookie::Visit | Cookie::Device) => false,
        }
    }
}

const BY_LOG_IN: Drawn = Drawn { for_cookie: Cookie::Visit, otherwise: log_in::again };
const BY_CONFIRMATION: Drawn = Drawn { for_cookie: Cookie::Visit, otherwise: confirmation::again };
const BY_CREDENTIALS: Drawn = Drawn { for_cookie: Cookie::Activation, otherwise: stale };
const BY_HALF_WAY: Drawn = Drawn { for_cookie: Cookie::Step, otherwise: stale };
const BY_SIGNED_IN: Drawn = Drawn { for_cookie: Cookie::Portal, otherwise: stale };
const BY_CHANGING: Drawn = Drawn { for_cookie: Cookie::Portal, otherwise: second_factors::again };

fn stale(_visit: &Visit<'_>) -> Answer {
    Err(Problem::StaleForm)
}

/// One line of the table. A POST cannot be written without what its form has to show.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) handler: Handler,
    drawn: Option<Drawn>,
    /// Whether its form can be sent to be shown in another language and nothing else.
    is_translated: bool,
}

const fn get(path: &'static str, handler: Handler) -> Route {
    Route { method: Method::Get, path, handler, drawn: None, is_translated: false }
}

const fn post(path: &'static str, drawn: Drawn, handler: Handler) -> Route {
    Route { method: Method::Post, path, handler, drawn: Some(drawn), is_translated: false }
}

/// A form whose page asks [`Visit::only_translates`] before it does anything.
const fn post_translated(path: &'static str, drawn: Drawn, handler: Handler) -> Route {
    Route { is_translated: true, ..post(path, drawn, handler) }
}

/// A form on every page, those that answer mistakes too, which changes nothing but the language of this browser's
/// pages: it has nothing to show, as long as it comes from our own pages.
const fn post_from_every_page(path: &'static str, page: fn(&Visit<'_>) -> Answer) -> Route {
    Route { method: Method::Post, path, handler: Handler::Anyone(page), drawn: None, is_translated: false }
}

/// Every page there is.
pub(super) const ROUTES: &[Route] = &[
    get(START, Handler::Anyone(log_in::show)),
    get(LOG_IN, Handler::Anyone(log_in::show)),
    post_translated(LOG_IN, BY_LOG_IN, Handler::Anyone(log_in::submit)),
    get(CONFIRMATION, Handler::Anyone(confirmation::show)),
    post_translated(CONFIRMATION, BY_CONFIRMATION, Handler::Anyone(confirmation::submit)),
    get(CREDENTIALS, Handler::Confirmed(credentials::show)),
    post_translated(CREDENTIALS, BY_CREDENTIALS, Handler::Confirmed(credentials::submit)),
    get(ACTIVATED, Handler::Anyone(static_pages::activated)),
    get(TIME_IS_UP, Handler::Anyone(static_pages::time_is_up)),
    get(HOME, Handler::SignedIn(home::show)),
    get(ACCOUNT, Handler::SignedIn(account::show)),
    get(NEW_PASSWORD, Handler::SignedIn(new_password::show)),
    post(NEW_PASSWORD, BY_SIGNED_IN, Handler::SignedIn(new_password::submit)),
    get(PASSWORD_CHANGED, Handler::Anyone(static_pages::password_changed)),
    post(SESSIONS, BY_SIGNED_IN, Handler::SignedIn(sessions::end)),
    post(ALL_SESSIONS, BY_SIGNED_IN, Handler::SignedIn(sessions::end_all)),
    get(SECOND_STEP, Handler::HalfWay(second_step::show)),
    post(SECOND_STEP, BY_HALF_WAY, Handler::HalfWay(second_step::submit)),
    post(SECOND_STEP_PASSKEY, BY_HALF_WAY, Handler::HalfWay(second_step::submit_passkey)),
    get(SECOND_STEP_CODE, Handler::HalfWay(second_step::show_code)),
    post(SECOND_STEP_CODE, BY_HALF_WAY, Handler::HalfWay(second_step::submit_code)),
    get(SECOND_FACTORS, Handler::SettingUp(second_factors::show)),
    get(ADD_APP, Handler::Changing(add_app::show)),
    post(ADD_APP, BY_CHANGING, Handler::Changing(add_app::submit)),
    get(ADD_PASSKEY, Handler::Changing(add_passkey::show)),
    post(ADD_PASSKEY, BY_CHANGING, Handler::Changing(add_passkey::submit)),
    get(REMOVE_FACTOR, Handler::Changing(remove_factor::show)),
    post(REMOVE_FACTOR, BY_CHANGING, Handler::Changing(remove_factor::submit)),
    get(NEW_CODES, Handler::Changing(remove_factor::show_codes)),
    post(NEW_CODES, BY_CHANGING, Handler::Changing(remove_factor::submit_codes)),
    get(FORGOTTEN, Handler::Anyone(static_pages::forgotten)),
    post_from_every_page(LANGUAGE, language::choose),
    post(LOG_OUT, BY_SIGNED_IN, Handler::Anyone(home::log_out)),
    post(STAY, BY_SIGNED_IN, Handler::SettingUp(stay::stay)),
    get(STILL_THERE, Handler::Anyone(stay::ask)),
    get(LOGGED_OUT, Handler::Anyone(static_pages::logged_out)),
    get(SESSION_ENDED, Handler::Anyone(static_pages::session_ended)),
    get(STAY_SCRIPT, Handler::Anyone(assets::stay_script)),
    get(CONFIRMATION_SCRIPT, Handler::Anyone(assets::confirmation_script)),
    get(PASSKEY_SCRIPT, Handler::Anyone(assets::passkey_script)),
    get(PASSWORD_SCRIPT, Handler::Anyone(assets::password_script)),
    get(STYLE, Handler::Anyone(assets::style)),
    get(ICON, Handler::Anyone(assets::icon)),
    get(LOGO, Handler::Anyone(assets::logo)),
    get(ICON_BY_HABIT, Handler::Anyone(assets::icon)),
];

/// The table as seen from outside, for whoever must leave no page out: method and path of each.
/// `GET` answers `HEAD` as well.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROUTES.iter().map(|route| (route.method.name(), route.path))
}

/// The page at this path that a browser can be sent to, such as the one it comes from.
pub(super) fn page_at(path: &str) -> Option<&'static str> {
    let here = ROUTES.iter().find(|route| route.method == Method::Get && route.path == path);
    here.map(|route| route.path)
}

/// Finds the page and lets it answer, once the request has shown that it may.
pub(super) fn answer(ehr: &dyn Ehr, practice: &Practice, request: &Request) -> Answer {
    let route = find(request)?;
    let form = match route.method {
        Method::Get => Form::empty(),
        Method::Post if origin::is_cross_site(request, practice) => return Err(Problem::CrossSite),
        Method::Post => Form::of(request)?,
    };
    let chosen = route.is_translated.then(|| language::chosen(&form, practice)).flatten();
    let language = chosen.unwrap_or_else(|| language::of(request, practice));
    let only_translates = chosen.is_some();
    let visit = Visit { ehr, practice, request, language, only_translates, form, now: ehr.now() };
    let answer = answer_of(route, &visit)?;
    Ok(match chosen {
        Some(language) => answer.with("set-cookie", language::keep(language, practice)),
        None => answer,
    })
}

/// Lets the page answer who may see it, and sends others on.
fn answer_of(route: &Route, visit: &Visit<'_>) -> Answer {
    if let Some(drawn) = route.drawn.filter(|drawn| !drawn.is_shown(visit)) {
        return (drawn.otherwise)(visit);
    }
    match route.handler {
        Handler::Anyone(page) => page(visit),
        Handler::Confirmed(page) => match Confirmed::find(visit)? {
            Visitor::Known(leave) => page(visit, leave),
            Visitor::TooLate => Ok(forgetting(visit, Cookie::Activation, TIME_IS_UP)),
            Visitor::Unknown => Ok(Response::see_other(CONFIRMATION)),
        },
        Handler::HalfWay(page) => match HalfWay::find(visit)? {
            Visitor::Known(half_way) => page(visit, &half_way),
            Visitor::TooLate => Ok(forgetting(visit, Cookie::Step, SESSION_ENDED)),
            Visitor::Unknown => Ok(Response::see_other(START)),
        },
        Handler::SignedIn(page) => for_signed_in(visit, |signed_in| {
            if lacks_factor(visit, signed_in)? {
                return Ok(Response::see_other(SECOND_FACTORS));
            }
            page(visit, signed_in)
        }),
        Handler::SettingUp(page) => for_signed_in(visit, |signed_in| page(visit, signed_in)),
        Handler::Changing(page) => for_signed_in(visit, |signed_in| {
            let factors = visit.ehr.factors_of(&signed_in.patient.id)?;
            match second_factors::log_in_first(visit, signed_in, &factors) {
                Some(first) => Ok(first),
                None => page(visit, signed_in, &factors),
            }
        }),
    }
}

/// The page for who is logged in; others are sent to log in.
fn for_signed_in(visit: &Visit<'_>, page: impl FnOnce(&SignedIn) -> Answer) -> Answer {
    match SignedIn::find(visit)? {
        Visitor::Known(signed_in) => page(&signed_in),
        Visitor::TooLate => Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        Visitor::Unknown => Ok(Response::see_other(START)),
    }
}

/// Whether the practice asks for a second factor that the patient does not have.
fn lacks_factor(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<bool, Problem> {
    Ok(visit.ehr.is_second_factor_required() && !visit.ehr.factors_of(&signed_in.patient.id)?.are_on())
}

/// Sends the visitor on without the cookie, which is of no more use: they are told once. Nor does the browser keep any
/// page that it showed with it, or going back would show it again, `no-store` or not.
pub(super) fn forgetting(visit: &Visit<'_>, cookie: Cookie, path: &'static str) -> Response {
    Response::see_other(path)
        .with("set-cookie", cookies::forget(visit.practice, cookie))
        .with("clear-site-data", "\"cache\"")
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
