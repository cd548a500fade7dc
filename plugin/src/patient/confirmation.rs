//! User Confirmation: a visitor says who they are, and gets leave to set credentials.

use super::cookies::{self, Cookie};
use super::form::Form;
use super::form_view::{Field, FormView, Kind as FieldKind};
use super::page::{Back, Content};
use super::response::Response;
use super::routes::{Answer, CONFIRMATION, CREDENTIALS};
use super::said::Said;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::calendar::Date;
use crate::ehr::{AttemptVerdict, SaveError, Unavailable};
use crate::people::PatientId;
use crate::randomness::HostRng;
use crate::rules::account::{Account, Change, Standing, changed, standing};
use crate::rules::birth_date::{self, BirthDateMistake};
use crate::rules::confirmation::Person;
use crate::rules::initials::{Initial, InitialMistake, Initials};
use crate::rules::portal_id::{PortalId, PortalIdMistake};
use crate::rules::session::{Purpose, Session};
use crate::rules::throttle::{Kind, Throttle};
use crate::rules::token::Token;
use crate::words::staff::why;

const PORTAL_ID: &str = "portal_id";
const FIRST_INITIAL: &str = "first_initial";
const LAST_INITIAL: &str = "last_initial";
const BIRTH_DATE: &str = "birth_date";
/// The token of the QR code, which a script puts there.
const SHEET: &str = "sheet";

/// The form, and above it that typing is paused while it is.
pub(super) fn show(visit: &Visit<'_>) -> Answer {
    let pause = Throttle::pause(visit.client(), visit.practice);
    let paused = match visit.ehr.look_at(&pause.counters())? {
        AttemptVerdict::Allowed(_) => None,
        AttemptVerdict::Blocked(_) => Some(Said::Paused),
    };
    Ok(page(visit, Some(200), &Mistakes::default(), paused))
}

/// The form as it was sent, which was drawn for a visit that is over.
pub(super) fn again(visit: &Visit<'_>) -> Answer {
    Ok(page(visit, Some(403), &Mistakes::default(), Some(Said::TooOld)))
}

/// Whether the visitor is who they say they are.
///
/// Mistakes of form are named and count nothing. Anything else that is wrong gets one and
/// the same answer after the same steps: what was typed, and nothing that tells why, so that
/// a slip of one letter does not mean typing everything again. Only that typing is paused for
/// everybody is told: it depends on nothing that this visitor did.
pub(super) fn submit(visit: &Visit<'_>) -> Answer {
    let today = visit.ehr.local_time(visit.now).date;
    if visit.only_translates {
        return Ok(translated(visit, today));
    }
    let claim = match claim(&visit.form, today) {
        Ok(claim) => claim,
        Err(mistakes) => return Ok(page(visit, None, &mistakes, None)),
    };
    match claim.ticket {
        Ticket::Typed(portal_id) => typed(visit, portal_id, &claim.person),
        Ticket::Scanned(sheet) => scanned(visit, &sheet, &claim.person),
    }
}

/// The form as it stands, in another language.
fn translated(visit: &Visit<'_>, today: Date) -> Response {
    let is_told = |said| matches!(said, Said::NotConfirmed | Said::Paused | Said::TooOld);
    let said = Said::before(visit, is_told);
    let mistakes = match said {
        // Then nothing was looked for in the fields.
        Some(_) => Mistakes::default(),
        None => claim(&visit.form, today).err().unwrap_or_default(),
    };
    page(visit, None, &mistakes, said)
}

/// A guess with a Portal ID.
fn typed(visit: &Visit<'_>, portal_id: PortalId, person: &Person) -> Answer {
    let throttle = Throttle::typed(portal_id, person, visit.client(), visit.practice);
    // Before anything is looked up, so that however many guess at once no more than these pass.
    let attempt = visit.ehr.take_attempt(&throttle.counters())?;
    if let AttemptVerdict::Blocked(waits) = &attempt
        && throttle.is_full(Kind::Website, waits)
    {
        let event = Event::by_visitor(visit.client(), None, Deed::ActivationBlocked).saying(why::PAUSED);
        visit.ehr.note(&event)?;
        return Ok(page(visit, Some(429), &Mistakes::default(), Some(Said::Paused)));
    }
    decide(visit, &throttle, &attempt, || {
        let account = visit.ehr.account_invited_with(&portal_id)?;
        check(visit, account, person, why::NO_INVITATION)
    })
}

/// A guess with the QR code of a sheet. The code cannot be guessed, so it is looked up first, and only
/// what is asked besides is counted: together with what is typed for the same Portal ID.
fn scanned(visit: &Visit<'_>, sheet: &Token, person: &Person) -> Answer {
    let account = behind_sheet(visit, sheet)?;
    let invitation = account.as_ref().and_then(Account::invitation);
    let throttle = match invitation {
        Some(invitation) => Throttle::scanned(invitation.portal_id, visit.practice),
        None => Throttle::stray(visit.client(), visit.practice),
    };
    let attempt = visit.ehr.take_attempt(&throttle.counters())?;
    decide(visit, &throttle, &attempt, || check(visit, account, person, why::NO_SHEET))
}

/// The account whose sheet this is, while the Portal ID on it can be used.
fn behind_sheet(visit: &Visit<'_>, sheet: &Token) -> Result<Option<Account>, Unavailable> {
    let session = visit.ehr.find_session(&sheet.hash())?;
    let nobody = PatientId(String::new());
    let account = visit.ehr.account_of(session.as_ref().map_or(&nobody, |session| &session.patient))?;
    Ok(session.zip(account).and_then(|(session, account)| {
        let holds = session.is_good_for(Purpose::Sheet, &account, visit.now, visit.practice.policy);
        holds.then_some(account)
    }))
}

/// Looks the claim up, answers it, and puts it on record.
fn decide(
    visit: &Visit<'_>,
    throttle: &Throttle,
    attempt: &AttemptVerdict,
    check: impl FnOnce() -> Result<Checked, Unavailable>,
) -> Answer {
    match check().and_then(|checked| answer(visit, throttle, attempt, checked)) {
        Ok(Some(confirmed)) => {
            visit.forgive(throttle);
            Ok(confirmed)
        }
        Ok(None) => Ok(page(visit, None, &Mistakes::default(), Some(Said::NotConfirmed))),
        Err(unavailable) => {
            // The guess was not answered, so it must not count; a blocked one never did.
            match attempt {
                AttemptVerdict::Allowed(_) => visit.forgive(throttle),
                AttemptVerdict::Blocked(_) => {}
            }
            Err(unavailable.into())
        }
    }
}

/// What a claim turned out to be.
enum Checked {
    /// The right details for an open invitation.
    Right(Account),
    /// The account whose Portal ID it is, if it is anyone's, and why it was refused.
    Wrong(Option<Account>, &'static str),
}

/// Compares. Every claim takes the same steps, whatever becomes of it: where there is no account,
/// the patient without a key is asked for, who never exists.
fn check(
    visit: &Visit<'_>,
    account: Option<Account>,
    person: &Person,
    nobody: &'static str,
) -> Result<Checked, Unavailable> {
    let key = account.as_ref().map_or_else(|| PatientId(String::new()), |account| account.patient.clone());
    let patient = visit.ehr.patient(&key)?;
    let is_right = patient.is_some_and(|patient| person.is(&patient));
    let why = match standing(account.as_ref(), visit.now) {
        Standing::Invited(_) if is_right => None,
        Standing::Invited(_) => Some(why::OTHER_DETAILS),
        Standing::Expired => Some(why::EXPIRED),
        Standing::NotInvited => Some(nobody),
        Standing::Burnt(_) | Standing::Active(_) | Standing::Off(_) => Some(why::NO_LONGER_INVITED),
    };
    Ok(match (account, why) {
        (Some(account), None) => Checked::Right(account),
        (account, why) => Checked::Wrong(account, why.unwrap_or(nobody)),
    })
}

/// Puts the outcome on record, in one write whatever it is; the way on for who was right and not
/// throttled.
fn answer(
    visit: &Visit<'_>,
    throttle: &Throttle,
    attempt: &AttemptVerdict,
    checked: Checked,
) -> Result<Option<Response>, Unavailable> {
    match (attempt, checked) {
        (AttemptVerdict::Allowed(_), Checked::Right(account)) => return confirm(visit, &account).map(Some),
        (AttemptVerdict::Allowed(counts), Checked::Wrong(account, why)) => {
            let is_last = throttle.was_last(Kind::PortalId, counts);
            match account {
                Some(account) if is_last && account.invitation().is_some() => burn(visit, account)?,
                account => {
                    let about = account.as_ref().map(|account| &account.patient);
                    refuse(visit, about, Deed::ActivationRefused, Some(why))?;
                }
            }
            if throttle.was_last(Kind::Website, counts) {
                refuse(visit, None, Deed::ActivationPaused, None)?;
            }
        }
        (AttemptVerdict::Blocked(_), Checked::Right(account) | Checked::Wrong(Some(account), _)) => {
            refuse(visit, Some(&account.patient), Deed::ActivationBlocked, None)?;
        }
        (AttemptVerdict::Blocked(_), Checked::Wrong(None, _)) => {
            refuse(visit, None, Deed::ActivationBlocked, None)?;
        }
    }
    Ok(None)
}

fn refuse(
    visit: &Visit<'_>,
    about: Option<&PatientId>,
    deed: Deed,
    why: Option<&'static str>,
) -> Result<(), Unavailable> {
    let event = Event::by_visitor(visit.client(), about, deed);
    visit.ehr.note(&Event { detail: why.map(Into::into), ..event })
}

/// The last wrong answer that its Portal ID allows: from now on it is of no use to anyone.
fn burn(visit: &Visit<'_>, account: Account) -> Result<(), Unavailable> {
    let patient = account.patient.clone();
    let Ok(burnt) = changed(Some(account), &patient, Change::Burn, visit.now) else {
        return refuse(visit, Some(&patient), Deed::ActivationRefused, Some(why::NO_LONGER_INVITED));
    };
    let event = Event::by_visitor(visit.client(), Some(&patient), Deed::InvitationBurnt);
    match visit.ehr.save(&burnt, &event, &[]) {
        Ok(_) => Ok(()),
        // The patient or staff were faster: the Portal ID is of no use any more either way.
        Err(SaveError::Stale | SaveError::PortalIdTaken | SaveError::UsernameTaken) => {
            refuse(visit, Some(&patient), Deed::ActivationRefused, Some(why::OTHER_DETAILS))
        }
        Err(SaveError::Unavailable(unavailable)) => Err(unavailable),
    }
}

fn confirm(visit: &Visit<'_>, account: &Account) -> Result<Response, Unavailable> {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let session = Session::for_activation(account, visit.now);
    let event = Event::by_visitor(visit.client(), Some(&account.patient), Deed::ActivationConfirmed);
    visit.ehr.open_session(&token.hash(), &session, &event)?;
    let cookie = cookies::keep(visit.practice, Cookie::Activation, &token);
    Ok(Response::see_other(CREDENTIALS).with("set-cookie", cookie))
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

/// What a visitor says, free of mistakes of form.
struct Claim {
    ticket: Ticket,
    person: Person,
}

/// What names the invitation.
enum Ticket {
    /// The Portal ID.
    Typed(PortalId),
    /// The token of the sheet's QR code.
    Scanned(Token),
}

fn claim(form: &Form<'_>, today: Date) -> Result<Claim, Mistakes> {
    let ticket = match Token::read(form.field(SHEET)) {
        Some(sheet) => Ok(Ticket::Scanned(sheet)),
        None => PortalId::typed(form.field(PORTAL_ID)).map(Ticket::Typed),
    };
    let first = Initial::typed(form.field(FIRST_INITIAL));
    let last = Initial::typed(form.field(LAST_INITIAL));
    let initials = Initials::typed(first.ok().flatten(), last.ok().flatten());
    let birth_date = birth_date::typed(form.field(BIRTH_DATE), today);
    match (ticket, first, last, initials, birth_date) {
        (Ok(ticket), Ok(_), Ok(_), Some(initials), Ok(birth_date)) => {
            Ok(Claim { ticket, person: Person { initials, birth_date } })
        }
        (ticket, first, last, _, birth_date) => Err(Mistakes {
            portal_id: ticket.err(),
            first_initial: first.err(),
            last_initial: last.err(),
            no_initial: first == Ok(None) && last == Ok(None),
            birth_date: birth_date.err(),
        }),
    }
}

fn fields<'a>(visit: &'a Visit<'_>, wrong: &Mistakes) -> Vec<Field<'a>> {
    let (labels, words) = (visit.language.labels(), visit.language.website());
    let form = &visit.form;
    let no_initial = wrong.no_initial.then_some(visit.language.mistakes().initials_missing());
    let first_initial = wrong.first_initial.map(|mistake| visit.language.initial(mistake)).map(Into::into);
    vec![
        Field {
            name: PORTAL_ID,
            label: labels.portal_id(),
            hint: words.portal_id_hint().into(),
            typed: form.kept(PORTAL_ID),
            mistake: wrong.portal_id.map(|mistake| visit.language.portal_id(mistake)).map(Into::into),
            kind: FieldKind::Digits,
            autocomplete: "off",
            ..Field::default()
        },
        Field {
            name: FIRST_INITIAL,
            label: labels.first_initial(),
            hint: words.initial_hint().into(),
            typed: form.kept(FIRST_INITIAL),
            mistake: first_initial.or(no_initial.map(Into::into)),
            kind: FieldKind::Letter,
            autocomplete: "off",
            ..Field::default()
        },
        Field {
            name: LAST_INITIAL,
            label: labels.last_initial(),
            hint: words.initial_hint().into(),
            typed: form.kept(LAST_INITIAL),
            mistake: wrong.last_initial.map(|mistake| visit.language.initial(mistake)).map(Into::into),
            kind: FieldKind::Letter,
            autocomplete: "off",
            ..Field::default()
        },
        Field {
            name: BIRTH_DATE,
            label: labels.birth_date(),
            hint: words.birth_date_hint().into(),
            typed: form.kept(BIRTH_DATE),
            mistake: wrong.birth_date.map(|mistake| visit.language.birth_date(mistake)).map(Into::into),
            kind: FieldKind::Date,
            autocomplete: "bday",
            ..Field::default()
        },
    ]
}

/// The form with what was typed and what is wrong with it; where no status is given, with the one that this calls for.
fn page(visit: &Visit<'_>, status: Option<u16>, wrong: &Mistakes, said: Option<Said>) -> Response {
    let labels = visit.language.labels();
    visit.page_with_form(|form_token| {
        let form = FormView {
            path: CONFIRMATION,
            fields: fields(visit, wrong),
            button: labels.confirm(),
            refused: said.and_then(|said| said.of_form(visit)),
            keeps_when_translated: true,
            said,
            form_token: form_token.to_owned(),
            sheet: Some(Token::read(visit.form.field(SHEET)).map(|token| token.text()).unwrap_or_default()),
            setup: None,
        };
        let content = Content::Form {
            intro: visit.language.website().confirmation_intro(),
            form,
            timeout: None,
            back: Some(Back::LogIn),
        };
        let status = status.unwrap_or_else(|| content.status());
        visit.page_with_status(status, labels.user_confirmation(), content)
    })
}
