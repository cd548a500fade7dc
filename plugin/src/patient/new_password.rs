//! Choosing another password, for who is logged in and can say the one they have.

use super::cookies::{self, Cookie};
use super::current_password::{self, CURRENT};
use super::form_view::{Field, FormView, Kind as FieldKind};
use super::page::Back;
use super::problem::Problem;
use super::response::Response;
use super::routes::{Answer, NEW_PASSWORD, PASSWORD_CHANGED, SESSION_ENDED, forgetting};
use super::session::SignedIn;
use super::sign_in::go_on;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::{SaveError, Unavailable};
use crate::practice::Policy;
use crate::rules::account::{Account, Change, NotFromHere, changed};
use crate::rules::password::{self, Password, PasswordContext, PasswordHash};
use crate::rules::throttle::Throttle;

const PASSWORD: &str = "password";
const PASSWORD_AGAIN: &str = "password_again";

/// The empty form.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    page(visit, policy_of(visit, signed_in)?, signed_in, Mistakes::default())
}

/// Takes the form.
pub(super) fn submit(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let policy = policy_of(visit, signed_in)?;
    let (current, wanted) = match typed(visit, policy, signed_in) {
        Ok(typed) => typed,
        Err(mistakes) => return page(visit, policy, signed_in, mistakes),
    };
    if current_password::is_right(visit, signed_in, &current, Deed::PasswordChangeRefused)? {
        return save(visit, signed_in, visit.ehr.hash(&wanted)?);
    }
    let wrong = Mistakes {
        current: Some(visit.language.account().current_wrong().to_owned()),
        ..Mistakes::default()
    };
    page(visit, policy, signed_in, wrong)
}

/// Saves the new hash, which ends every session, and opens another for this browser alone. Wrong
/// passwords in a row were guesses at the old one: they are forgotten with it.
fn save(visit: &Visit<'_>, signed_in: &SignedIn, password_hash: PasswordHash) -> Answer {
    let patient = &signed_in.patient.id;
    let change = Change::NewPassword(password_hash);
    let account = match changed(Some(signed_in.account.clone()), patient, change, visit.now) {
        Ok(account) => account,
        Err(NotFromHere) => return Err(Problem::Broken),
    };
    let event = Event::by_patient(patient, Deed::PasswordChanged);
    match visit.ehr.save(&account, &event, &Throttle::rows(&signed_in.username).counters()) {
        Ok(revision) => Ok(stay(visit, signed_in, &Account { revision, ..account })),
        // Whatever was faster ended this session.
        Err(SaveError::Stale) => Ok(forgetting(visit, Cookie::Portal, SESSION_ENDED)),
        // Where only the answer was lost, saying so would leave the patient to think that the old
        // password still works.
        Err(SaveError::Unavailable(unavailable)) => match visit.ehr.account_of(patient)? {
            Some(stored) if stored.state == account.state => Ok(stay(visit, signed_in, &stored)),
            Some(_) | None => Err(unavailable.into()),
        },
        Err(SaveError::PortalIdTaken | SaveError::UsernameTaken) => Err(Problem::Broken),
    }
}

/// Keeps this browser logged in with the changed account. The password is changed whether that can be
/// done or not.
fn stay(visit: &Visit<'_>, signed_in: &SignedIn, account: &Account) -> Response {
    match go_on(visit, signed_in, account) {
        Some((token, _)) => Response::see_other(PASSWORD_CHANGED)
            .with("set-cookie", cookies::keep(visit.practice, Cookie::Portal, &token)),
        None => forgetting(visit, Cookie::Portal, PASSWORD_CHANGED),
    }
}

/// What is wrong with each field, in words; nothing where nothing is.
#[derive(Default)]
struct Mistakes {
    current: Option<String>,
    password: Option<String>,
    password_again: Option<String>,
}

fn typed(visit: &Visit<'_>, policy: Policy, signed_in: &SignedIn) -> Result<(Password, Password), Mistakes> {
    let (practice, form) = (visit.practice, &visit.form);
    let username = Some(&signed_in.username);
    let context = PasswordContext { patient: &signed_in.patient, username, practice, policy };
    let current = Password::typed(form.field(CURRENT));
    let wanted = password::chosen(form.field(PASSWORD), &context);
    let is_repeated = password::is_repeated(form.field(PASSWORD), form.field(PASSWORD_AGAIN));
    match (current, wanted) {
        (Ok(current), Ok(wanted)) if is_repeated => Ok((current, wanted)),
        (current, wanted) => Err(Mistakes {
            current: current.err().map(|mistake| visit.language.log_in_password(mistake, policy)),
            password_again: (wanted.is_ok() && !is_repeated)
                .then(|| visit.language.mistakes().passwords_differ().to_owned()),
            password: wanted.err().map(|mistake| visit.language.password(mistake, policy)),
        }),
    }
}

/// How long a password has to be, which a second factor makes shorter.
fn policy_of(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Policy, Unavailable> {
    let (policy, factors) = (visit.practice.policy, visit.ehr.factors_of(&signed_in.patient.id)?);
    Ok(if factors.are_on() { policy.beside_second_factor() } else { policy })
}

/// No page ever sends a password back.
fn page(visit: &Visit<'_>, policy: Policy, signed_in: &SignedIn, wrong: Mistakes) -> Answer {
    let words = visit.language.account();
    let field = |name, label, mistake: Option<String>, autocomplete| Field {
        name,
        label,
        mistake: mistake.map(Into::into),
        kind: FieldKind::Password,
        autocomplete,
        ..Field::default()
    };
    let mut wanted = field(PASSWORD, words.new_password(), wrong.password, "new-password");
    wanted.hint = visit.language.website().password_hint(policy.minimum_password_length).into();
    let fields = vec![
        field(CURRENT, words.current_password(), wrong.current, "current-password"),
        wanted,
        field(PASSWORD_AGAIN, words.new_password_again(), wrong.password_again, "new-password"),
    ];
    let form = FormView {
        path: NEW_PASSWORD,
        fields,
        button: visit.language.labels().save(),
        ..FormView::default()
    };
    Ok(visit.form_page(
        signed_in,
        words.change_password(),
        words.change_password_intro(),
        form,
        Back::Account,
    ))
}
