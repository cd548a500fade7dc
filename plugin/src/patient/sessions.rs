//! Where a patient is logged in, and logging out there: in one place, or everywhere.

use super::cookies::Cookie;
use super::home;
use super::problem::Problem;
use super::response::Response;
use super::routes::{ACCOUNT, Answer, LOGGED_OUT, SESSION_ENDED, forgetting};
use super::session::SignedIn;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{SaveError, Unavailable};
use crate::rules::account::{Change, NotFromHere, changed};
use crate::rules::session::{Purpose, Session};
use crate::rules::token::TokenHash;
use crate::settings::SESSIONS_SHOWN;
use crate::words::staff::why;

/// The field that names a session.
pub(super) const SESSION: &str = "session";

/// A session that holds.
pub(super) struct Open {
    /// Names it in a form of this patient's, and is good for nothing else.
    pub(super) name: String,
    /// When it began.
    pub(super) opened: String,
    /// When it was last used.
    pub(super) seen: String,
    /// Whether it is the one that asks.
    pub(super) is_this: bool,
}

/// Where the patient is logged in, this browser first and then where they were last, and in how many more
/// places than can be listed.
pub(super) fn open(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<(Vec<Open>, usize), Unavailable> {
    let moment = |at| visit.language.short_moment(visit.ehr.local_time(at));
    let mut held = held(visit, signed_in)?;
    held.sort_by_key(|(token, _)| *token != signed_in.token);
    let more = held.len().saturating_sub(SESSIONS_SHOWN);
    let open = held.into_iter().take(SESSIONS_SHOWN).map(|(token, session)| Open {
        name: token.name(),
        opened: moment(session.opened),
        seen: moment(session.seen),
        is_this: token == signed_in.token,
    });
    Ok((open.collect(), more))
}

/// Ends the session that the form names, if it is this patient's.
pub(super) fn end(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let named = visit.form.field(SESSION);
    match held(visit, signed_in)?.into_iter().find(|(token, _)| token.name() == named) {
        Some((token, _)) if token == signed_in.token => home::log_out(visit),
        Some((token, _)) => {
            let event = Event::by_patient(&signed_in.patient.id, Deed::SessionClosed);
            visit.ehr.close_session(&token, &event.saying(why::ENDED_ELSEWHERE))?;
            Ok(Response::see_other(ACCOUNT))
        }
        // One that is over already was ended all the same.
        None => Ok(Response::see_other(ACCOUNT)),
    }
}

/// Ends every session of this patient's, this one too.
pub(super) fn end_all(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let patient = &signed_in.patient.id;
    let account = Some(signed_in.account.clone());
    let ended = match changed(account, patient, Change::EndSessions, visit.now) {
        Ok(ended) => ended,
        Err(NotFromHere) => return Err(Problem::Broken),
    };
    match visit.ehr.save(&ended, &Event::by_patient(patient, Deed::SessionsEnded), &[]) {
        Ok(_) => Ok(forgetting(visit, Cookie::Portal, LOGGED_OUT)),
        // Whatever was faster ended this session as well. Somebody who wants to be sure logs in again.
        Err(SaveError::Stale) => Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        // Where only the answer was lost, asking again would only say that the session is over.
        Err(SaveError::Unavailable(unavailable)) => match visit.ehr.account_of(patient)? {
            Some(stored) if stored.revision != signed_in.account.revision => {
                Ok(forgetting(visit, Cookie::Portal, LOGGED_OUT))
            }
            Some(_) | None => Err(unavailable.into()),
        },
        Err(SaveError::PortalIdTaken | SaveError::UsernameTaken) => Err(Problem::Broken),
    }
}

/// The patient's sessions that hold, those used last first.
fn held(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
    let mut sessions = visit.ehr.sessions_of(&signed_in.patient.id, Purpose::Portal)?;
    sessions.retain(|(_, session)| {
        session.is_good_for(Purpose::Portal, &signed_in.account, visit.now, visit.practice.policy)
    });
    Ok(sessions)
}
