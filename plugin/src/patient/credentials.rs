//! Create your login: a confirmed patient chooses a username and a password.

use super::cookies::Cookie;
use super::form::Form;
use super::form_view::{Field, FormView, Kind};
use super::page::Content;
use super::problem::Problem;
use super::response::Response;
use super::routes::{ACTIVATED, Answer, CONFIRMATION, CREDENTIALS, forgetting};
use super::said::Said;
use super::session::{Confirmed, Leave};
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::ehr::SaveError;
use crate::people::{Patient, PatientId};
use crate::rules::account::{Account, Change, Credentials, NotFromHere, changed};
use crate::rules::password::{self, Password, PasswordContext};
use crate::rules::username::Username;
use crate::settings::{USERNAME_LONGEST, USERNAME_SHORTEST};

const USERNAME: &str = "username";
const PASSWORD: &str = "password";
const PASSWORD_AGAIN: &str = "password_again";

/// The empty form, or on to the login where it was filled in already.
pub(super) fn show(visit: &Visit<'_>, leave: Leave) -> Answer {
    Ok(match leave {
        Leave::Open(_confirmed) => page(visit, &Form::empty(), &Mistakes::default()),
        Leave::Used(_credentials) => done(visit),
    })
}

/// Takes the form. One that is sent a second time, as by a double click, gets the answer of
/// the first; one that asks for other credentials than those set meanwhile saved nothing.
pub(super) fn submit(visit: &Visit<'_>, leave: Leave) -> Answer {
    match leave {
        Leave::Open(_) if visit.only_translates => Ok(translated(visit)),
        Leave::Open(confirmed) => set(visit, confirmed),
        Leave::Used(Credentials { username, .. })
            if username == Username::sought(visit.form.field(USERNAME)) =>
        {
            Ok(done(visit))
        }
        Leave::Used(_) => Ok(start_again(visit)),
    }
}

/// The form as it stands, in another language. Whether a username is taken is not looked up: that could be asked
/// without end.
fn translated(visit: &Visit<'_>) -> Response {
    let is_told = |said| matches!(said, Said::UsernameTaken | Said::PasswordsDiffer | Said::Password(_));
    let said = Said::before(visit, is_told);
    let username = Username::chosen(visit.form.field(USERNAME)).err();
    let username = username.map(|mistake| visit.language.username(mistake));
    page(visit, &visit.form, &Mistakes { username, said })
}

/// Sets the credentials. That uses the capability up: saving raises the account's revision,
/// and a capability holds for one revision only.
fn set(visit: &Visit<'_>, confirmed: Confirmed) -> Answer {
    let Confirmed { account, patient } = confirmed;
    let (username, password) = match wanted(visit, &patient) {
        Ok(wanted) => wanted,
        Err(mistakes) => return Ok(page(visit, &visit.form, &mistakes)),
    };
    // Asked before the costly hash is made; the save has the last word.
    if let Some(holder) = visit.ehr.account_named(&username)? {
        return Ok(taken(visit, &patient.id, &holder));
    }
    let password_hash = visit.ehr.hash(&password)?;
    let credentials = Credentials { username: username.clone(), password_hash, since: visit.now };
    let active = match changed(Some(account), &patient.id, Change::Activate(credentials), visit.now) {
        Ok(active) => active,
        Err(NotFromHere) => return Ok(start_again(visit)),
    };
    match visit.ehr.save(&active, &Event::by_patient(&patient.id, Deed::CredentialsSet), &[]) {
        Ok(_) => Ok(done(visit)),
        Err(SaveError::UsernameTaken) => Ok(match visit.ehr.account_named(&username)? {
            Some(holder) => taken(visit, &patient.id, &holder),
            None => page(visit, &visit.form, &Mistakes::username_taken()),
        }),
        // Overtaken by the same form, as by a double click, or by someone else.
        Err(SaveError::Stale) => Ok(match visit.ehr.account_named(&username)? {
            Some(holder) if holder.is_active() && holder.patient == patient.id => done(visit),
            Some(_) | None => start_again(visit),
        }),
        // Where only the answer was lost, asking again would send the patient away with
        // credentials that work.
        Err(SaveError::Unavailable(unavailable)) => match visit.ehr.account_of(&patient.id)? {
            Some(stored) if stored.state == active.state => Ok(done(visit)),
            Some(_) | None => Err(unavailable.into()),
        },
        Err(SaveError::PortalIdTaken) => Err(Problem::Broken),
    }
}

/// The username is another patient's; or it is this one's already, by the same form sent before.
fn taken(visit: &Visit<'_>, patient: &PatientId, holder: &Account) -> Response {
    if holder.is_active() && holder.patient == *patient {
        done(visit)
    } else {
        page(visit, &visit.form, &Mistakes::username_taken())
    }
}

fn done(visit: &Visit<'_>) -> Response {
    forgetting(visit, Cookie::Activation, ACTIVATED)
}

/// Someone changed the account in between: the confirmation is worth nothing any more.
fn start_again(visit: &Visit<'_>) -> Response {
    forgetting(visit, Cookie::Activation, CONFIRMATION)
}

/// What is wrong with what was typed for a username, and what is said besides.
#[derive(Default)]
struct Mistakes {
    username: Option<String>,
    said: Option<Said>,
}

impl Mistakes {
    fn username_taken() -> Self {
        Self { username: None, said: Some(Said::UsernameTaken) }
    }
}

fn wanted(visit: &Visit<'_>, patient: &Patient) -> Result<(Username, Password), Mistakes> {
    let (form, practice) = (&visit.form, visit.practice);
    let username = Username::chosen(form.field(USERNAME));
    let (username_read, policy) = (username.as_ref().ok(), practice.policy);
    let context = PasswordContext { patient, username: username_read, practice, policy };
    let password = password::chosen(form.field(PASSWORD), &context);
    let is_repeated = password::is_repeated(form.field(PASSWORD), form.field(PASSWORD_AGAIN));
    match (username, password) {
        (Ok(username), Ok(password)) if is_repeated => Ok((username, password)),
        (username, password) => Err(Mistakes {
            username: username.err().map(|mistake| visit.language.username(mistake)),
            said: match password {
                Err(mistake) => Some(Said::Password(mistake)),
                // Whether they differ matters once the first one can be had at all.
                Ok(_) if !is_repeated => Some(Said::PasswordsDiffer),
                Ok(_) => None,
            },
        }),
    }
}

/// Everything typed is kept but the passwords, which no page ever sends back.
fn page(visit: &Visit<'_>, typed: &Form<'_>, wrong: &Mistakes) -> Response {
    let (labels, words) = (visit.language.labels(), visit.language.website());
    let mistakes = visit.language.mistakes();
    let taken = (wrong.said == Some(Said::UsernameTaken)).then(|| mistakes.username_taken());
    let differ = (wrong.said == Some(Said::PasswordsDiffer)).then(|| mistakes.passwords_differ());
    let password = wrong.said.and_then(Said::of_password);
    let fields = vec![
        Field {
            name: USERNAME,
            label: labels.username(),
            hint: words.username_hint(USERNAME_LONGEST, USERNAME_SHORTEST).into(),
            typed: typed.kept(USERNAME),
            mistake: wrong.username.as_deref().or(taken).map(Into::into),
            kind: Kind::Username,
            autocomplete: "username",
            ..Field::default()
        },
        Field {
            name: PASSWORD,
            label: labels.password(),
            hint: words.password_hint(visit.practice.policy.minimum_password_length).into(),
            mistake: password.map(|mistake| visit.language.password(mistake, visit.practice.policy).into()),
            kind: Kind::Password,
            autocomplete: "new-password",
            ..Field::default()
        },
        Field {
            name: PASSWORD_AGAIN,
            label: labels.password_again(),
            mistake: differ.map(Into::into),
            kind: Kind::Password,
            autocomplete: "new-password",
            ..Field::default()
        },
    ];
    let form_token = visit.form_token(Cookie::Activation);
    let form = FormView {
        path: CREDENTIALS,
        fields,
        button: labels.save(),
        keeps_when_translated: true,
        said: wrong.said,
        form_token,
        ..FormView::default()
    };
    let content = Content::Form { intro: words.credentials_intro(), form, timeout: None, back: None };
    visit.page(words.credentials_title(), content)
}
