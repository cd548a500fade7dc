//! The page where a patient sees, adds and removes what a log in takes besides the password, and the
//! steps that every change of it has in common.

use super::cookies::{self, Cookie};
use super::form_view::FormView;
use super::page::{Back, Content, FactorView, SecondFactorsView, Timeout};
use super::response::Response;
use super::routes::{Answer, LOG_OUT, SECOND_FACTORS, SESSION_ENDED, START, forgetting};
use super::session::{SignedIn, Visitor};
use super::sign_in::go_on;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{FactorsError, Unavailable};
use crate::randomness::HostRng;
use crate::rules::account::Account;
use crate::rules::second_factor::passkey::RelyingParty;
use crate::rules::second_factor::recovery_code::RecoveryCode;
use crate::rules::second_factor::{Factor, FactorId, Factors, Means};
use crate::rules::session::Session;
use crate::rules::token::Token;
use crate::settings::{MOST_PASSKEYS, RECENT_LOG_IN, RECOVERY_CODES};

/// What there is, and what can be done about it.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    Ok(visit.page(visit.language.second_step().settings(), settings(visit, signed_in, |_| None)?))
}

/// The same, in answer to a form that was drawn for another session. A change ends the session that its form was
/// drawn for, so whoever loads the page with recovery codes again sends such a form. It is no sign of life.
pub(super) fn again(visit: &Visit<'_>) -> Answer {
    match SignedIn::peek(visit)? {
        Visitor::Known(signed_in) => {
            let words = visit.language.second_step();
            let content = settings(visit, &signed_in, |factors| {
                Some(if factors.are_on() { words.as_it_stands_on() } else { words.as_it_stands_off() })
            })?;
            Ok(visit.page_with_status(403, visit.language.second_step().settings(), content))
        }
        Visitor::TooLate => Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        Visitor::Unknown => Ok(Response::see_other(START)),
    }
}

fn settings(
    visit: &Visit<'_>,
    signed_in: &SignedIn,
    note: impl FnOnce(&Factors) -> Option<&'static str>,
) -> Result<Content<'static>, Unavailable> {
    let factors = visit.ehr.factors_of(&signed_in.patient.id)?;
    let words = visit.language.second_step();
    let codes_left =
        |count| if count == 0 { words.codes_left_none().to_owned() } else { words.codes_left(count) };
    let factor = |factor: &Factor| FactorView {
        label: factor.label.clone(),
        since: words.since(visit.language.short_moment(visit.ehr.local_time(factor.since))),
    };
    let view = SecondFactorsView {
        note: note(&factors),
        is_required: !factors.are_on() && visit.ehr.is_second_factor_required(),
        factors: factors.chosen().map(factor).collect(),
        codes_left: factors.are_on().then(|| codes_left(factors.codes_left())),
        can_add_app: factors.app().is_none(),
        can_add_passkey: RelyingParty::of(visit.practice).is_some()
            && factors.passkeys().count() < MOST_PASSKEYS,
    };
    Ok(Content::SecondFactors { view, timeout: Timeout::of(signed_in, visit) })
}

/// What somebody has to do first who has a second step and logged in a while ago: the password alone
/// must not be enough to change what is asked for besides it.
pub(super) fn log_in_first(visit: &Visit<'_>, signed_in: &SignedIn, factors: &Factors) -> Option<Response> {
    let words = visit.language.second_step();
    if !factors.are_on() || visit.now < signed_in.opened.after(RECENT_LOG_IN) {
        return None;
    }
    let form = FormView { path: LOG_OUT, button: words.log_out_first(), ..FormView::default() };
    let (title, intro) = (words.log_in_first(), words.log_in_first_text());
    Some(visit.form_page(signed_in, title, intro, form, Back::SecondStep))
}

/// A new factor of this patient's, used so far.
pub(super) fn new_factor(visit: &Visit<'_>, label: String, means: Means, used: u64) -> Factor {
    Factor { id: FactorId::draw(&mut HostRng::new(visit.ehr)), label, since: visit.now, means, used }
}

/// Saves with one more factor. With the first of them come recovery codes, which are shown once.
pub(super) fn add(
    visit: &Visit<'_>,
    signed_in: &SignedIn,
    before: &Factors,
    factor: Factor,
    what: &'static str,
) -> Answer {
    let event = Event::by_patient(&signed_in.patient.id, Deed::FactorAdded).saying(what);
    let with = before.with(factor);
    if before.are_on() {
        return save(visit, signed_in, &with, &event, Next::Settings);
    }
    let (codes, with) = with_new_codes(visit, &with);
    save(
        visit,
        signed_in,
        &with,
        &event,
        Next::Codes { codes, text: Some(visit.language.second_step().added()) },
    )
}

/// Draws recovery codes in place of those before.
pub(super) fn with_new_codes(visit: &Visit<'_>, factors: &Factors) -> (Vec<RecoveryCode>, Factors) {
    let mut rng = HostRng::new(visit.ehr);
    let codes: Vec<RecoveryCode> = (0..RECOVERY_CODES).map(|_| RecoveryCode::draw(&mut rng)).collect();
    let stored =
        codes.iter().map(|code| new_factor(visit, String::new(), Means::RecoveryCode(code.hash()), 0));
    let with = factors.with_codes(stored);
    (codes, with)
}

/// What is shown after the factors were saved.
pub(super) enum Next {
    /// The page of settings.
    Settings,
    /// New recovery codes, which cannot be shown again: the page is the answer to the form itself.
    Codes {
        /// The codes.
        codes: Vec<RecoveryCode>,
        /// What else to say.
        text: Option<&'static str>,
    },
}

/// Saves the factors, which ends every session, and goes on in this browser with another.
pub(super) fn save(
    visit: &Visit<'_>,
    signed_in: &SignedIn,
    factors: &Factors,
    because: &Event,
    next: Next,
) -> Answer {
    let account = match visit.ehr.save_factors(&signed_in.account, factors, because) {
        Ok(revision) => Account { revision, ..signed_in.account.clone() },
        // Whatever was faster ended this session.
        Err(FactorsError::Stale) => return Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        // Where only the answer was lost, saying so would take recovery codes away that were never shown.
        Err(FactorsError::Unavailable(unavailable)) => {
            let stored = visit.ehr.account_of(&signed_in.patient.id)?;
            let stored = stored.filter(|stored| stored.state == signed_in.account.state);
            match stored {
                Some(stored) if visit.ehr.factors_of(&stored.patient)?.are_those_of(factors) => stored,
                Some(_) | None => return Err(unavailable.into()),
            }
        }
    };
    let renewed = go_on(visit, signed_in, &account);
    let cookie = match &renewed {
        Some((token, _)) => cookies::keep(visit.practice, Cookie::Portal, token),
        None => cookies::forget(visit.practice, Cookie::Portal),
    };
    let answer = match next {
        Next::Settings => Response::see_other(SECOND_FACTORS),
        Next::Codes { codes, text } => codes_page(visit, &codes, text, renewed),
    };
    Ok(answer.with("set-cookie", cookie))
}

/// The codes are on paper or lost: they stand on this page and nowhere else.
fn codes_page(
    visit: &Visit<'_>,
    codes: &[RecoveryCode],
    text: Option<&'static str>,
    session: Option<(Token, Session)>,
) -> Response {
    let timeout = session.map(|(token, session)| Timeout::of_new_session(&token, &session, visit));
    let codes = codes.iter().map(RecoveryCode::text).collect();
    visit.page(visit.language.second_step().codes_title(), Content::Codes { codes, text, timeout })
}
