//! Logging in, once everything asked for was right: a session, and a browser that is known from now on.

use super::cookies::{self, Cookie};
use super::response::Response;
use super::routes::HOME;
use super::session::{self, SignedIn};
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{AttemptVerdict, Level, Unavailable};
use crate::randomness::HostRng;
use crate::rules::account::Account;
use crate::rules::session::Session;
use crate::rules::throttle::Throttle;
use crate::rules::token::{Token, TokenHash};
use crate::rules::username::Username;
use crate::words::staff::why;

/// What somebody logs in with, and what is known of the browser.
pub(super) struct Login<'a> {
    /// The name.
    pub(super) username: &'a Username,
    /// Whether they logged in with this browser before.
    pub(super) is_known: bool,
    /// What the right answer was counted against, before it was known to be right.
    pub(super) throttle: &'a Throttle,
}

/// The way home with a new session, which `open` stores; none where there is nothing left to open it by.
pub(super) fn sign_in(
    visit: &Visit<'_>,
    login: &Login<'_>,
    account: &Account,
    open: impl FnOnce(&TokenHash, &Session) -> Result<bool, Unavailable>,
) -> Result<Option<Response>, Unavailable> {
    let Login { username, is_known, throttle } = login;
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let session = Session::signed_in(account, visit.now, visit.practice.policy);
    if !open(&token.hash(), &session)? {
        return Ok(None);
    }
    // The browser is about to forget the token it has: nobody could log that session out any more.
    if session::close_portal(visit, Some(why::LOGGED_IN_AGAIN)).is_err() {
        visit.ehr.log(
            Level::Warn,
            "a session that a new login replaced could not be closed; it runs out by itself",
        );
    }
    visit.forgive(throttle);
    start_afresh(visit, username, account);
    let home =
        Response::see_other(HOME).with("set-cookie", cookies::keep(visit.practice, Cookie::Portal, &token));
    Ok(Some(if *is_known { home } else { remember_device(visit, account, home) }))
}

/// Another session for this browser, and its token, after a change of the account that ended the one it
/// had; none where it cannot be opened now. What was changed is changed all the same. It is the same log
/// in, so it ends no later than the session before it.
pub(super) fn go_on(visit: &Visit<'_>, signed_in: &SignedIn, account: &Account) -> Option<(Token, Session)> {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let fresh = Session::signed_in(account, visit.now, visit.practice.policy);
    let ends = signed_in.opened.after(visit.practice.policy.session_life());
    let session = Session { opened: signed_in.opened, ends: ends.min(fresh.ends), ..fresh };
    let event = Event::by_patient(&account.patient, Deed::SessionRenewed);
    match visit.ehr.open_session(&token.hash(), &session, &event) {
        Ok(()) => Some((token, session)),
        Err(_) => {
            visit.ehr.log(Level::Warn, "who changed a login could not be kept logged in");
            None
        }
    }
}

/// Ends the row of wrong answers, once the right one counts no more. Where that cannot be done now, the next login does it.
fn start_afresh(visit: &Visit<'_>, username: &Username, account: &Account) {
    let rows = Throttle::rows(username).counters();
    let has_a_row = match visit.ehr.look_at(&rows) {
        Ok(AttemptVerdict::Allowed(counts)) => counts.iter().any(|count| *count > 0),
        Ok(AttemptVerdict::Blocked(_)) => true,
        Err(_) => false,
    };
    let event = Event::by_patient(&account.patient, Deed::SignInRowEnded);
    if has_a_row && visit.ehr.clear_attempts(&rows, &event).is_err() {
        visit.ehr.log(Level::Warn, "wrong answers before a right one could not be forgotten");
    }
}

/// Makes the browser one that is known from now on. Where that cannot be done now, the next login does
/// it: nobody is kept out for it.
fn remember_device(visit: &Visit<'_>, account: &Account, home: Response) -> Response {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let session = Session::device(account, visit.now);
    let event = Event::by_patient(&account.patient, Deed::DeviceRemembered);
    match visit.ehr.open_session(&token.hash(), &session, &event) {
        Ok(()) => home.with("set-cookie", cookies::keep(visit.practice, Cookie::Device, &token)),
        Err(_) => {
            visit.ehr.log(Level::Warn, "a browser could not be remembered; the next login tries again");
            home
        }
    }
}
