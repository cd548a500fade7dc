//! User Confirmation: a visitor says who they are, and gets leave to set credentials.

use super::page::{Content, Field, FormView, Kind};
use super::response::Response;
use super::routes::{Answer, CONFIRMATION, CREDENTIALS};
use super::visit::Visit;
use super::{cookies, form::Form};
use crate::audit::{Deed, Event};
use crate::calendar::Date;
use crate::ehr::{AttemptVerdict, Unavailable};
use crate::people::PatientId;
use crate::randomness::HostRng;
use crate::rules::account::{Account, Standing, standing};
use crate::rules::birth_date::{self, BirthDateMistake};
use crate::rules::confirmation::Claim;
use crate::rules::initials::{Initial, InitialMistake, Initials};
use crate::rules::portal_id::{PortalId, PortalIdMistake};
use crate::rules::session::{Purpose, Session};
use crate::rules::throttle::confirmation_counters;
use crate::rules::token::Token;
use crate::words::staff::why;
use crate::words::{labels, mistakes, website};

const PORTAL_ID: &str = "portal_id";
const FIRST_INITIAL: &str = "first_initial";
const LAST_INITIAL: &str = "last_initial";
const BIRTH_DATE: &str = "birth_date";

/// The empty form.
pub(super) fn show(visit: &Visit<'_>) -> Answer {
    Ok(page(visit, fields(&Form::empty(), &Mistakes::default()), None))
}

/// Whether the visitor is who they say they are.
///
/// Mistakes of form are named and count nothing. Anything else that is wrong gets one and
/// the same answer after the same steps: what was typed, and nothing that tells why, so that
/// a slip of one letter does not mean typing everything again.
pub(super) fn submit(visit: &Visit<'_>) -> Answer {
    let today = visit.ehr.local_time(visit.now).date;
    let claim = match claim(&visit.form, today) {
        Ok(claim) => claim,
        Err(mistakes) => return Ok(page(visit, fields(&visit.form, &mistakes), None)),
    };
    let counters = confirmation_counters(&claim, visit.client());
    let attempt = visit.ehr.take_attempt(&counters)?;
    let checked = check(visit, &claim).and_then(|checked| answer(visit, attempt, checked));
    match checked {
        Ok(Some(confirmed)) => {
            visit.forgive(&counters);
            Ok(confirmed)
        }
        Ok(None) => Ok(refused(visit)),
        Err(unavailable) => {
            // The guess was not answered, so it must not count; a blocked one never did.
            if attempt == AttemptVerdict::Allowed {
                visit.forgive(&counters);
            }
            Err(unavailable.into())
        }
    }
}

/// What a claim turned out to be.
enum Checked {
    /// The right details for an open invitation.
    Right(Account),
    /// The patient whose Portal ID it is, if it is anyone's, and why it was refused.
    Wrong(Option<PatientId>, &'static str),
}

/// Looks the claim up. Every claim takes the same steps, whatever becomes of it: where
/// there is no account, the patient without a key is asked for, who never exists.
fn check(visit: &Visit<'_>, claim: &Claim) -> Result<Checked, Unavailable> {
    let account = visit.ehr.account_invited_with(&claim.portal_id)?;
    let key = account.as_ref().map_or_else(|| PatientId(String::new()), |account| account.patient.clone());
    let patient = visit.ehr.patient(&key)?;
    let is_right = patient.is_some_and(|patient| claim.is_about(&patient));
    Ok(match account {
        None => Checked::Wrong(None, why::NO_INVITATION),
        Some(account) => match standing(Some(&account), visit.now) {
            Standing::Invited(_) if is_right => Checked::Right(account),
            Standing::Invited(_) => Checked::Wrong(Some(account.patient), why::OTHER_DETAILS),
            Standing::Expired(_) => Checked::Wrong(Some(account.patient), why::EXPIRED),
            Standing::NotInvited | Standing::Active(_) | Standing::Off => {
                Checked::Wrong(Some(account.patient), why::NO_LONGER_INVITED)
            }
        },
    })
}

/// Puts the outcome on record; the way on for who was right and not throttled.
fn answer(
    visit: &Visit<'_>,
    attempt: AttemptVerdict,
    checked: Checked,
) -> Result<Option<Response>, Unavailable> {
    let refusal = match (attempt, checked) {
        (AttemptVerdict::Allowed, Checked::Right(account)) => return confirm(visit, &account).map(Some),
        (AttemptVerdict::Allowed, Checked::Wrong(patient, why)) => {
            Event::by_visitor(visit.client(), patient.as_ref(), Deed::ActivationRefused).saying(why)
        }
        (AttemptVerdict::Blocked { .. }, Checked::Right(Account { patient, .. })) => {
            Event::by_visitor(visit.client(), Some(&patient), Deed::ActivationBlocked)
        }
        (AttemptVerdict::Blocked { .. }, Checked::Wrong(patient, _)) => {
            Event::by_visitor(visit.client(), patient.as_ref(), Deed::ActivationBlocked)
        }
    };
    visit.ehr.note(&refusal)?;
    Ok(None)
}

fn confirm(visit: &Visit<'_>, account: &Account) -> Result<Response, Unavailable> {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let session = Session::for_activation(account, visit.now);
    let event = Event::by_visitor(visit.client(), Some(&account.patient), Deed::ActivationConfirmed);
    visit.ehr.open_session(&token.hash(), &session, &event)?;
    let cookie = cookies::keep(visit.practice, Purpose::Activation, &token);
    Ok(Response::see_other(CREDENTIALS).with("set-cookie", cookie))
}

fn refused(visit: &Visit<'_>) -> Response {
    let words = website::confirmation_refused(visit.practice);
    page(visit, fields(&visit.form, &Mistakes::default()), Some(words))
}

/// What is wrong with each field; nothing where nothing is.
#[derive(Default)]
struct Mistakes {
    portal_id: Option<PortalIdMistake>,
    first_initial: Option<InitialMistake>,
    last_initial: Option<InitialMistake>,
    no_initial: bool,
    birth_date: Option<BirthDateMistake>,
}

fn claim(form: &Form<'_>, today: Date) -> Result<Claim, Mistakes> {
    let portal_id = PortalId::typed(form.field(PORTAL_ID));
    let first = Initial::typed(form.field(FIRST_INITIAL));
    let last = Initial::typed(form.field(LAST_INITIAL));
    let initials = Initials::typed(first.ok().flatten(), last.ok().flatten());
    let birth_date = birth_date::typed(form.field(BIRTH_DATE), today);
    match (portal_id, first, last, initials, birth_date) {
        (Ok(portal_id), Ok(_), Ok(_), Some(initials), Ok(birth_date)) => {
            Ok(Claim { portal_id, initials, birth_date })
        }
        (portal_id, first, last, _, birth_date) => Err(Mistakes {
            portal_id: portal_id.err(),
            first_initial: first.err(),
            last_initial: last.err(),
            no_initial: first == Ok(None) && last == Ok(None),
            birth_date: birth_date.err(),
        }),
    }
}

fn fields<'a>(form: &'a Form<'_>, wrong: &Mistakes) -> Vec<Field<'a>> {
    let no_initial = wrong.no_initial.then_some(mistakes::INITIALS_MISSING);
    let first_initial = wrong.first_initial.map(mistakes::initial).map(Into::into);
    vec![
        Field {
            name: PORTAL_ID,
            label: labels::PORTAL_ID,
            hint: website::PORTAL_ID_HINT.into(),
            typed: form.kept(PORTAL_ID),
            mistake: wrong.portal_id.map(mistakes::portal_id).map(Into::into),
            kind: Kind::Digits,
            autocomplete: "off",
        },
        Field {
            name: FIRST_INITIAL,
            label: labels::FIRST_INITIAL,
            hint: website::INITIAL_HINT.into(),
            typed: form.kept(FIRST_INITIAL),
            mistake: first_initial.or(no_initial.map(Into::into)),
            kind: Kind::Letter,
            autocomplete: "off",
        },
        Field {
            name: LAST_INITIAL,
            label: labels::LAST_INITIAL,
            hint: website::INITIAL_HINT.into(),
            typed: form.kept(LAST_INITIAL),
            mistake: wrong.last_initial.map(mistakes::initial).map(Into::into),
            kind: Kind::Letter,
            autocomplete: "off",
        },
        Field {
            name: BIRTH_DATE,
            label: labels::BIRTH_DATE,
            hint: labels::DATE_FORM.into(),
            typed: form.kept(BIRTH_DATE),
            mistake: wrong.birth_date.map(mistakes::birth_date).map(Into::into),
            kind: Kind::Date,
            autocomplete: "bday",
        },
    ]
}

fn page(visit: &Visit<'_>, fields: Vec<Field<'_>>, refused: Option<String>) -> Response {
    let refused = refused.map(Into::into);
    let form = FormView { path: CONFIRMATION, fields, button: labels::CONFIRM, refused };
    let content = Content::Form { intro: website::CONFIRMATION_INTRO, form };
    visit.page(labels::USER_CONFIRMATION, content)
}
