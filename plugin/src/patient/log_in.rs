//! The main login page.

use super::cookies;
use super::form::Form;
use super::page::{Content, Field, FormView, Kind};
use super::problem::Problem;
use super::response::Response;
use super::routes::{Answer, HOME, LOG_IN};
use super::session::{self, SignedIn, Visitor};
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{AttemptVerdict, Level, PasswordVerdict, Unavailable};
use crate::practice::Policy;
use crate::randomness::HostRng;
use crate::rules::account::{Account, Change, changed};
use crate::rules::password::Password;
use crate::rules::session::{Purpose, Session};
use crate::rules::throttle::sign_in_counters;
use crate::rules::token::Token;
use crate::rules::username::Username;
use crate::words::staff::why;
use crate::words::{labels, mistakes, website};

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

/// The empty form; who is logged in already goes home.
pub(super) fn show(visit: &Visit<'_>) -> Answer {
    Ok(match SignedIn::find(visit)? {
        Visitor::Known(SignedIn { .. }) => Response::see_other(HOME),
        Visitor::TooLate | Visitor::Unknown => page(visit, &Form::empty(), &Mistakes::default()),
    })
}

/// Logs the patient in. An unknown username, a wrong password and access turned off get
/// one and the same answer after the same steps.
pub(super) fn submit(visit: &Visit<'_>) -> Answer {
    let (username, password) = match typed(&visit.form, visit.practice.policy) {
        Ok(typed) => typed,
        Err(mistakes) => return Ok(page(visit, &visit.form, &mistakes)),
    };
    let counters = sign_in_counters(&username, visit.client());
    if let AttemptVerdict::Blocked { seconds } = visit.ehr.take_attempt(&counters)? {
        visit.ehr.note(&Event::by_visitor(visit.client(), None, Deed::SignInBlocked))?;
        return Err(Problem::TooMany { retry_after: seconds });
    }
    match log_in(visit, &username, &password) {
        Ok(Some(home)) => {
            visit.forgive(&counters);
            Ok(home)
        }
        Ok(None) => {
            let refused = Mistakes { refused: Some(website::LOG_IN_REFUSED), ..Mistakes::default() };
            Ok(page(visit, &visit.form, &refused))
        }
        Err(problem) => {
            // The guess was not answered, so it must not count.
            visit.forgive(&counters);
            Err(problem)
        }
    }
}

/// The way home, for the right password of an active account.
fn log_in(visit: &Visit<'_>, username: &Username, password: &Password) -> Result<Option<Response>, Problem> {
    let account = visit.ehr.account_named(username)?;
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
        (Some(account), PasswordVerdict::Right) => return Ok(Some(sign_in(visit, &account)?)),
        (Some(account), PasswordVerdict::RightButOutdated) => {
            return Ok(Some(sign_in(visit, &rehashed(visit, account, password))?));
        }
    };
    let event = Event::by_visitor(visit.client(), patient.as_ref(), Deed::SignInRefused).saying(why);
    visit.ehr.note(&event)?;
    Ok(None)
}

fn sign_in(visit: &Visit<'_>, account: &Account) -> Result<Response, Unavailable> {
    let token = Token::draw(&mut HostRng::new(visit.ehr));
    let session = Session::signed_in(account, visit.now, visit.practice.policy);
    let event = Event::by_patient(&account.patient, Deed::SignInSucceeded);
    visit.ehr.open_session(&token.hash(), &session, &event)?;
    // The browser is about to forget the token it has: nobody could log that session out any more.
    if session::close_portal(visit, Some(why::LOGGED_IN_AGAIN)).is_err() {
        visit.ehr.log(
            Level::Warn,
            "a session that a new login replaced could not be closed; it runs out by itself",
        );
    }
    let cookie = cookies::keep(visit.practice, Purpose::Portal, &token);
    Ok(Response::see_other(HOME).with("set-cookie", cookie))
}

/// The account with a stronger hash of the same password. Where that cannot be had now, it
/// stays as it is until the next login: nobody is kept out for it.
fn rehashed(visit: &Visit<'_>, account: Account, password: &Password) -> Account {
    let Ok(password_hash) = visit.ehr.hash(password) else { return account };
    let patient = account.patient.clone();
    let change = Change::Rehash(password_hash);
    let Ok(stronger) = changed(Some(account.clone()), &patient, change, visit.now) else { return account };
    match visit.ehr.save(&stronger, &Event::by_patient(&patient, Deed::PasswordRehashed)) {
        Ok(revision) => Account { revision, ..stronger },
        Err(_) => {
            visit.ehr.log(
                Level::Warn,
                "an outdated password hash could not be replaced; the next login tries again",
            );
            account
        }
    }
}

/// What is wrong with each field, or with both together.
#[derive(Default)]
struct Mistakes {
    username: Option<String>,
    password: Option<String>,
    refused: Option<&'static str>,
}

fn typed(form: &Form<'_>, policy: Policy) -> Result<(Username, Password), Mistakes> {
    match (Username::typed(form.field(USERNAME)), Password::typed(form.field(PASSWORD))) {
        (Ok(username), Ok(password)) => Ok((username, password)),
        (username, password) => Err(Mistakes {
            username: username.err().map(mistakes::log_in_username),
            password: password.err().map(|mistake| mistakes::log_in_password(mistake, policy)),
            refused: None,
        }),
    }
}

/// The username is kept; the password is never sent back.
fn page(visit: &Visit<'_>, typed: &Form<'_>, wrong: &Mistakes) -> Response {
    let fields = vec![
        Field {
            name: USERNAME,
            label: labels::USERNAME,
            typed: typed.kept(USERNAME),
            mistake: wrong.username.as_deref().map(Into::into),
            kind: Kind::Username,
            autocomplete: "username",
            ..Field::default()
        },
        Field {
            name: PASSWORD,
            label: labels::PASSWORD,
            mistake: wrong.password.as_deref().map(Into::into),
            kind: Kind::Password,
            autocomplete: "current-password",
            ..Field::default()
        },
    ];
    let refused = wrong.refused.map(Into::into);
    let form = FormView { path: LOG_IN, fields, button: labels::LOG_IN, refused };
    visit.page(website::LOG_IN_TITLE, Content::LogIn(form))
}
