//! Where a patient is logged in, and logging out there: in one place, or everywhere.

use super::cookies::{self, Cookie};
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
use crate::words::dates;
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

/// Where the patient is logged in, this browser first.
pub(super) fn open(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Vec<Open>, Unavailable> {
    let moment = |at| dates::short(visit.ehr.local_time(at));
    let mut open: Vec<Open> = held(visit, signed_in)?
        .into_iter()
        .map(|(token, session)| Open {
            name: token.name(),
            opened: moment(session.opened),
            seen: moment(session.seen),
            is_this: token == signed_in.token,
        })
        .collect();
    open.sort_by_key(|session| !session.is_this);
    Ok(open)
}

/// Ends the session that the form names, if it is this patient's.
pub(super) fn end(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let named = visit.form.field(SESSION);
    let found = held(visit, signed_in)?.into_iter().find(|(token, _)| token.name() == named);
    if let Some((token, _)) = found {
        let event = Event::by_patient(&signed_in.patient.id, Deed::SessionClosed).saying(why::ENDED_ELSEWHERE);
        visit.ehr.close_session(&token, &event)?;
    }
    // One that is over already was ended all the same.
    Ok(Response::see_other(ACCOUNT))
}

/// Ends every session of this patient's, this one too.
pub(super) fn end_all(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let account = Some(signed_in.account.clone());
    let ended = match changed(account, &signed_in.patient.id, Change::EndSessions, visit.now) {
        Ok(ended) => ended,
        Err(NotFromHere) => return Err(Problem::Broken),
    };
    match visit.ehr.save(&ended, &Event::by_patient(&signed_in.patient.id, Deed::SessionsEnded), &[]) {
        Ok(_) => {
            let forget = cookies::forget(visit.practice, Cookie::Portal);
            Ok(Response::see_other(LOGGED_OUT).with("set-cookie", forget))
        }
        // Whatever was faster ended every session as well.
        Err(SaveError::Stale) => Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        Err(SaveError::Unavailable(unavailable)) => Err(unavailable.into()),
        Err(SaveError::PortalIdTaken | SaveError::UsernameTaken) => Err(Problem::Broken),
    }
}

/// The patient's sessions that hold.
fn held(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
    let mut sessions = visit.ehr.sessions_of(&signed_in.patient.id, Purpose::Portal)?;
    sessions.retain(|(_, session)| {
        session.is_good_for(Purpose::Portal, &signed_in.account, visit.now, visit.practice.policy)
    });
    Ok(sessions)
}
