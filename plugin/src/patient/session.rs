//! Who a visitor is: the capability and the sign-in behind a cookie, checked anew each time.

use super::cookies::Cookie;
use super::problem::Problem;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::calendar::Timestamp;
use crate::ehr::Unavailable;
use crate::people::Patient;
use crate::rules::account::{Account, Credentials};
use crate::rules::second_factor::Factors;
use crate::rules::session::{Purpose, Session};
use crate::rules::token::TokenHash;
use crate::rules::username::Username;

/// What the cookie says of a visitor.
pub(super) enum Visitor<T> {
    /// The cookie holds.
    Known(T),
    /// There is a token, but it holds no more.
    TooLate,
    /// There is no token.
    Unknown,
}

/// What became of the leave that User Confirmation gave.
pub(super) enum Leave {
    /// It may be used.
    Open(Confirmed),
    /// Minutes ago it, or another leave for the same account, was used to set these credentials.
    /// It grants nothing any more; it only tells what to say to a form that was sent twice.
    Used(Credentials),
}

/// Proof that User Confirmation was passed minutes ago: it may set credentials, once.
pub(super) struct Confirmed {
    /// The account to set them for.
    pub(super) account: Account,
    /// Whose it is.
    pub(super) patient: Patient,
}

/// Proof that the right password was said minutes ago, for an account that asks for more. It is not
/// logged in.
pub(super) struct HalfWay {
    /// The account to log in to.
    pub(super) account: Account,
    /// What it is logged in with.
    pub(super) username: Username,
    /// What may be given at the second step.
    pub(super) factors: Factors,
    /// This step's.
    pub(super) token: TokenHash,
}

/// Proof that a patient is logged in.
pub(super) struct SignedIn {
    /// Who.
    pub(super) patient: Patient,
    /// Their account.
    pub(super) account: Account,
    /// What they log in with.
    pub(super) username: Username,
    /// Since when they have had this login.
    pub(super) since: Timestamp,
    /// This session's.
    pub(super) token: TokenHash,
    /// When they logged in.
    pub(super) opened: Timestamp,
    /// Seconds until the session ends if nothing more is done with it.
    pub(super) seconds_left: u64,
}

impl Confirmed {
    /// The visitor's capability, if there is one, and whether it still holds.
    pub(super) fn find(visit: &Visit<'_>) -> Result<Visitor<Leave>, Problem> {
        let Some(token) = token(visit, Cookie::Activation) else { return Ok(Visitor::Unknown) };
        let Some((session, account)) = behind(visit, &token)? else { return Ok(Visitor::TooLate) };
        if let Some(credentials) = session.was_used_on(&account, visit.now) {
            return Ok(Visitor::Known(Leave::Used(credentials.clone())));
        }
        if !session.is_good_for(Purpose::Activation, &account, visit.now, visit.practice.policy) {
            return Ok(Visitor::TooLate);
        }
        Ok(match visit.ehr.patient(&account.patient)? {
            Some(patient) => Visitor::Known(Leave::Open(Self { account, patient })),
            None => Visitor::TooLate,
        })
    }
}

impl HalfWay {
    /// The step that the visitor stands at, if it is still good.
    pub(super) fn find(visit: &Visit<'_>) -> Result<Visitor<Self>, Problem> {
        let Some(token) = token(visit, Cookie::Step) else { return Ok(Visitor::Unknown) };
        let Some(step) = visit.ehr.find_step(&token)? else { return Ok(Visitor::TooLate) };
        let account = visit.ehr.account_of(&step.patient)?;
        let Some(account) = account.filter(|account| step.is_open(account, visit.now)) else {
            return Ok(Visitor::TooLate);
        };
        let username = account.credentials().map(|credentials| credentials.username.clone());
        let Some(username) = username else { return Ok(Visitor::TooLate) };
        let factors = visit.ehr.factors_of(&account.patient)?;
        Ok(Visitor::Known(Self { account, username, factors, token }))
    }
}

impl SignedIn {
    /// The visitor's sign-in, if there is one and it still holds; it counts as used now.
    pub(super) fn find(visit: &Visit<'_>) -> Result<Visitor<Self>, Problem> {
        let Some(token) = token(visit, Cookie::Portal) else { return Ok(Visitor::Unknown) };
        let Some((session, signed_in)) = Self::behind(visit, token)? else { return Ok(Visitor::TooLate) };
        visit.ehr.touch_session(&signed_in.token, visit.now)?;
        let used = Session { seen: visit.now, ..session };
        Ok(Visitor::Known(Self { seconds_left: seconds_left(visit, &used), ..signed_in }))
    }

    /// The same, but it does not count as used.
    pub(super) fn peek(visit: &Visit<'_>) -> Result<Visitor<Self>, Problem> {
        let Some(token) = token(visit, Cookie::Portal) else { return Ok(Visitor::Unknown) };
        let found = Self::behind(visit, token)?;
        Ok(found.map_or(Visitor::TooLate, |(_, signed_in)| Visitor::Known(signed_in)))
    }

    fn behind(visit: &Visit<'_>, token: TokenHash) -> Result<Option<(Session, Self)>, Problem> {
        let Some((session, account)) = behind(visit, &token)? else { return Ok(None) };
        if !session.is_good_for(Purpose::Portal, &account, visit.now, visit.practice.policy) {
            return Ok(None);
        }
        let Some(Credentials { username, since, .. }) = account.credentials().cloned() else {
            return Ok(None);
        };
        let Some(patient) = visit.ehr.patient(&account.patient)? else { return Ok(None) };
        let seconds_left = seconds_left(visit, &session);
        let opened = session.opened;
        Ok(Some((session, Self { patient, account, username, since, token, opened, seconds_left })))
    }
}

/// Seconds until the session ends if nothing more is done with it.
pub(super) fn seconds_left(visit: &Visit<'_>, session: &Session) -> u64 {
    session.ends_unused(visit.practice.policy).0.saturating_sub(visit.now.0)
}

/// The browser's own token, if it is one that the holder of this account logged in with before.
pub(super) fn known_device(
    visit: &Visit<'_>,
    account: Option<&Account>,
) -> Result<Option<TokenHash>, Unavailable> {
    let Some(token) = token(visit, Cookie::Device) else { return Ok(None) };
    let session = visit.ehr.find_session(&token)?;
    let is_theirs =
        |session: Session| account.is_some_and(|account| session.is_device_of(account, visit.now));
    Ok(session.is_some_and(is_theirs).then_some(token))
}

/// Ends the sign-in behind the visitor's cookie for good, whether it still held or not. What
/// is no sign-in is left alone.
pub(super) fn close_portal(visit: &Visit<'_>, why: Option<&'static str>) -> Result<(), Unavailable> {
    let Some(token) = token(visit, Cookie::Portal) else { return Ok(()) };
    let Some(session) = visit.ehr.find_session(&token)? else { return Ok(()) };
    match session.purpose {
        Purpose::Portal => {
            let event = Event::by_patient(&session.patient, Deed::SessionClosed);
            visit.ehr.close_session(&token, &Event { detail: why.map(Into::into), ..event })
        }
        Purpose::Activation | Purpose::Sheet | Purpose::Device => Ok(()),
    }
}

fn token(visit: &Visit<'_>, cookie: Cookie) -> Option<TokenHash> {
    visit.token(cookie).map(|token| token.hash())
}

/// The session with this token, and its patient's account as it is now.
fn behind(visit: &Visit<'_>, token: &TokenHash) -> Result<Option<(Session, Account)>, Problem> {
    let Some(session) = visit.ehr.find_session(token)? else { return Ok(None) };
    let account = visit.ehr.account_of(&session.patient)?;
    Ok(account.map(|account| (session, account)))
}
