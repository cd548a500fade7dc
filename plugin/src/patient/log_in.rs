//! The main login page.

use super::form::Form;
use super::form_view::{Field, FormView, Kind as FieldKind};
use super::page::Content;
use super::problem::Problem;
use super::response::Response;
use super::routes::{Answer, HOME, LOG_IN};
use super::said::Said;
use super::second_step;
use super::session::{self, SignedIn, Visitor};
use super::sign_in::{Login, sign_in};
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::calendar::Timestamp;
use crate::ehr::{AttemptVerdict, Level, PasswordVerdict};
use crate::rules::account::{Account, Change, changed};
use crate::rules::password::Password;
use crate::rules::session::Session;
use crate::rules::throttle::{Kind, Throttle};
use crate::rules::token::TokenHash;
use crate::rules::username::Username;
use crate::words::staff::why;

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

/// The empty form; who is logged in already goes home.
pub(super) fn show(visit: &Visit<'_>) -> Answer {
    Ok(match SignedIn::find(visit)? {
        Visitor::Known(SignedIn { .. }) => Response::see_other(HOME),
        Visitor::TooLate | Visitor::Unknown => page(visit, None, &Form::empty(), &Mistakes::default()),
    })
}

/// The form as it was sent, which was drawn for a visit that is over.
pub(super) fn again(visit: &Visit<'_>) -> Answer {
    Ok(page(visit, Some(403), &visit.form, &Mistakes::of_all(Said::TooOld)))
}

/// Logs the patient in. An unknown username, a wrong password and access turned off get
/// one and the same answer after the same steps.
///
/// A browser that the patient logged in with before is counted apart, so that nobody else's
/// guesses keep the patient out.
pub(super) fn submit(visit: &Visit<'_>) -> Answer {
    if visit.only_translates {
        return Ok(translated(visit));
    }
    let (username, password) = match typed(visit) {
        Ok(typed) => typed,
        Err(mistakes) => return Ok(page(visit, None, &visit.form, &mistakes)),
    };
    let account = visit.ehr.account_named(&username)?;
    let device = session::known_device(visit, account.as_ref())?;
    let throttle = Throttle::password(&username, visit.client(), device.as_ref());
    let counts = match visit.ehr.take_attempt(&throttle.counters())? {
        AttemptVerdict::Allowed(counts) => counts,
        AttemptVerdict::Blocked(waits) => return blocked(visit, account.as_ref(), &throttle, &waits),
    };
    let login = Login { username: &username, is_known: device.is_some(), throttle: &throttle };
    match log_in(visit, &login, account.clone(), &password) {
        Ok(Outcome::In(home)) => Ok(home),
        Ok(Outcome::HalfWay(second_step)) => {
            // The password was right. How often it is said goes on counting until the login is
            // complete, or whoever has it could begin logins without end.
            visit.forgive(&throttle.only(Kind::Row));
            Ok(second_step)
        }
        Ok(Outcome::Refused) => {
            if throttle.was_last(Kind::Row, &counts) {
                let about = account.as_ref().map(|account| &account.patient);
                visit.ehr.note(&Event::by_visitor(visit.client(), about, Deed::SignInDisabled))?;
            }
            Ok(page(visit, None, &visit.form, &Mistakes::of_all(Said::NotLoggedIn)))
        }
        Err(problem) => {
            // The guess was not answered, so it must not count.
            visit.forgive(&throttle);
            Err(problem)
        }
    }
}

/// The form as it stands, in another language.
fn translated(visit: &Visit<'_>) -> Response {
    let is_told = |said| matches!(said, Said::NotLoggedIn | Said::TooOld | Said::Password(_));
    let mistakes = match Said::before(visit, is_told) {
        // Then nothing was looked for in the fields.
        Some(refusal @ (Said::NotLoggedIn | Said::TooOld)) => Mistakes::of_all(refusal),
        said => Mistakes { username: typed(visit).err().and_then(|mistakes| mistakes.username), said },
    };
    page(visit, None, &visit.form, &mistakes)
}

/// Too many tries: wait, or where there were too many in a row, call.
fn blocked(visit: &Visit<'_>, account: Option<&Account>, throttle: &Throttle, waits: &[u32]) -> Answer {
    let about = account.map(|account| &account.patient);
    visit.ehr.note(&Event::by_visitor(visit.client(), about, Deed::SignInBlocked))?;
    Err(Problem::too_many(throttle, waits))
}

/// What came of a username and a password.
enum Outcome {
    /// Logged in.
    In(Response),
    /// The password was right, and more is asked for.
    HalfWay(Response),
    /// It was no right password of an active account.
    Refused,
}

/// Logs in, for the right password of an active account.
fn log_in(
    visit: &Visit<'_>,
    login: &Login<'_>,
    account: Option<Account>,
    password: &Password,
) -> Result<Outcome, Problem> {
    let hash = account.as_ref().and_then(Account::credentials).map(|credentials| &credentials.password_hash);
    let verdict = visit.ehr.verify(password, hash)?;
    let patient = account.as_ref().map(|account| account.patient.clone());
    let why = match (account, verdict) {
        (None, PasswordVerdict::Wrong | PasswordVerdict::Right | PasswordVerdict::RightButOutdated) => {
            why::NO_ACCOUNT
        }
        (Some(_), PasswordVerdict::Wrong) => why::WRONG_PASSWORD,
        (Some(account), PasswordVerdict::Right | PasswordVerdict::RightButOutdated)
            if !account.is_active() =>
        {
            why::ACCESS_OFF
        }
        (Some(account), PasswordVerdict::Right) => {
            return passed(visit, login, &account);
        }
        (Some(account), PasswordVerdict::RightButOutdated) => {
            let account = rehashed(visit, account, password)?;
            return passed(visit, login, &account);
        }
    };
    let event = Event::by_visitor(visit.client(), patient.as_ref(), Deed::SignInRefused).saying(why);
    visit.ehr.note(&event)?;
    Ok(Outcome::Refused)
}

/// Home; or on to the second step, where the account has one. That this is the right password is told
/// by nothing before it is.
fn passed(visit: &Visit<'_>, login: &Login<'_>, account: &Account) -> Result<Outcome, Problem> {
    if visit.ehr.factors_of(&account.patient)?.are_on() {
        return second_step::begin(visit, account).map(Outcome::HalfWay);
    }
    let event = Event::by_patient(&account.patient, Deed::SignInSucceeded);
    let open =
        |token: &TokenHash, session: &Session| visit.ehr.open_session(token, session, &event).map(|()| true);
    // A session that was just stored is there.
    Ok(sign_in(visit, login, account, open)?.map_or(Outcome::Refused, Outcome::In))
}

/// The account with a stronger hash of the same password. Where that cannot be had now, it
/// stays as it is until the next login: nobody is kept out for it. The revision is the one that is
/// stored, whoever wrote it: the session to be opened has to name it.
fn rehashed(visit: &Visit<'_>, account: Account, password: &Password) -> Result<Account, Problem> {
    let Ok(password_hash) = visit.ehr.hash(password) else { return Ok(account) };
    let patient = account.patient.clone();
    let change = Change::Rehash(password_hash);
    let Ok(stronger) = changed(Some(account.clone()), &patient, change, visit.now) else {
        return Ok(account);
    };
    match visit.ehr.save(&stronger, &Event::by_patient(&patient, Deed::PasswordRehashed), &[]) {
        Ok(revision) => Ok(Account { revision, ..stronger }),
        Err(_) => {
            visit.ehr.log(
                Level::Warn,
                "an outdated password hash could not be replaced; the next login tries again",
            );
            // Another login may have replaced it first, or only the answer was lost.
            let stored = visit.ehr.account_of(&patient)?;
            let stored = stored.filter(|stored| stored.is_active() && names(stored) == names(&account));
            let Some(stored) = stored else { return Ok(account) };
            // Or the patient chose another password meanwhile, which this one must not log in for.
            let hash = stored.credentials().map(|credentials| &credentials.password_hash);
            match visit.ehr.verify(password, hash)? {
                PasswordVerdict::Right | PasswordVerdict::RightButOutdated => Ok(stored),
                // A session of the revision that was read is of no use any more.
                PasswordVerdict::Wrong => Ok(account),
            }
        }
    }
}

/// Which login of the patient it is.
fn names(account: &Account) -> Option<(&Username, Timestamp)> {
    account.credentials().map(|credentials| (&credentials.username, credentials.since))
}

/// What is wrong with the username, and what is said besides: of the password, or of both together.
#[derive(Default)]
struct Mistakes {
    username: Option<String>,
    said: Option<Said>,
}

impl Mistakes {
    fn of_all(refusal: Said) -> Self {
        Self { username: None, said: Some(refusal) }
    }
}

fn typed(visit: &Visit<'_>) -> Result<(Username, Password), Mistakes> {
    let form = &visit.form;
    match (Username::typed(form.field(USERNAME)), Password::typed(form.field(PASSWORD))) {
        (Ok(username), Ok(password)) => Ok((username, password)),
        (username, password) => Err(Mistakes {
            username: username.err().map(|mistake| visit.language.log_in_username(mistake)),
            said: password.err().map(Said::Password),
        }),
    }
}

/// The username is kept; the password is never sent back.
fn page(visit: &Visit<'_>, status: Option<u16>, typed: &Form<'_>, wrong: &Mistakes) -> Response {
    let labels = visit.language.labels();
    let fields = vec![
        Field {
            name: USERNAME,
            label: labels.username(),
            typed: typed.kept(USERNAME),
            mistake: wrong.username.as_deref().map(Into::into),
            kind: FieldKind::Username,
            autocomplete: "username",
            ..Field::default()
        },
        Field {
            name: PASSWORD,
            label: labels.password(),
            mistake: wrong
                .said
                .and_then(Said::of_password)
                .map(|mistake| visit.language.log_in_password(mistake, visit.practice.policy).into()),
            kind: FieldKind::Password,
            autocomplete: "current-password",
            ..Field::default()
        },
    ];
    let refused = wrong.said.and_then(|said| said.of_form(visit));
    visit.page_with_form(|form_token| {
        let form_token = form_token.to_owned();
        let form = FormView {
            path: LOG_IN,
            fields,
            button: labels.log_in(),
            refused,
            keeps_when_translated: true,
            said: wrong.said,
            form_token,
            ..FormView::default()
        };
        let content = Content::LogIn(form);
        let status = status.unwrap_or_else(|| content.status());
        visit.page_with_status(status, visit.language.website().log_in_title(), content)
    })
}
