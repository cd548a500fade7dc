//! Signing in and out. An unknown user and a wrong password get the same answer for the same work.

use super::form::Form;
use super::guard::SignedIn;
use super::page::{draw_page, go_to};
use super::refusal::Refusal;
use super::session::{self, Token};
use super::{EhrState, SandboxSignIn};
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use portal_host::serve::ClientAddress;
use portal_host::{PasswordError, PasswordVerdict};
use secrecy::SecretString;
use std::sync::Arc;

/// Names neither of the two: which one is wrong is what a guesser wants to know.
const REFUSED: &str = "The user name or the password is wrong.";

/// `GET /sign-in`
pub(super) async fn ask(State(ehr): State<EhrState>) -> Result<Response, Refusal> {
    draw_page(&SignInPage::of(&ehr, "", None))
}

/// `POST /sign-in`
pub(super) async fn sign_in(
    State(ehr): State<EhrState>,
    client: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let user_name = form.required("user_name")?;
    let password = SecretString::from(form.required("password")?);
    let known = ehr.database.staff_for_sign_in(&ehr.practice, user_name).await?;
    let hash = known.as_ref().map(|staff| &staff.password_hash);
    let verdict = match ehr.passwords.verify(&password, hash).await {
        // Nobody's password is that long, and saying so would tell more than the page does.
        Err(PasswordError::TooLong) => PasswordVerdict::Wrong,
        verdict => verdict?,
    };
    let address = client.map_or_else(String::new, |Extension(ClientAddress(client))| client.to_string());
    let now = ehr.clock.now();
    let staff = match (verdict, known) {
        (PasswordVerdict::Right | PasswordVerdict::RightButOutdated, Some(staff)) => staff,
        (PasswordVerdict::Wrong, known)
        | (PasswordVerdict::Right | PasswordVerdict::RightButOutdated, known @ None) => {
            let whose = known.map(|staff| staff.id);
            ehr.database.note_refused_sign_in(&ehr.practice, whose.as_ref(), &address, now).await?;
            let page = draw_page(&SignInPage::of(&ehr, user_name, Some(REFUSED)))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // A session the browser still has is not carried over into the new one.
    if let Some(old) = Token::of(&headers) {
        ehr.database.close_staff_session(&ehr.practice, &old.hash(), now).await?;
    }
    let token = Token::draw(&*ehr.entropy)?;
    ehr.database
        .open_staff_session(&ehr.practice, &token.hash(), &staff.id, &address, now, session::ends(now))
        .await?;
    Ok(([(SET_COOKIE, token.cookie())], go_to("/patients")).into_response())
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    ehr.database.close_staff_session(&ehr.practice, staff.token_hash(), ehr.clock.now()).await?;
    Ok(([(SET_COOKIE, session::FORGET)], go_to("/sign-in")).into_response())
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    user_name: String,
    problem: Option<&'static str>,
    sandbox_sign_ins: Arc<[SandboxSignIn]>,
}

impl SignInPage {
    fn of(ehr: &EhrState, user_name: &str, problem: Option<&'static str>) -> Self {
        let sandbox_sign_ins = Arc::clone(&ehr.sandbox_sign_ins);
        Self { user_name: user_name.to_owned(), problem, sandbox_sign_ins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandboxs_passwords_are_on_the_page_and_it_says_why() {
        let sign_in = SandboxSignIn {
            user_name: "frontdesk".into(),
            password: "front-desk-1234".into(),
            may_do: "Patients, and the Patient Portal Admin tab".into(),
        };
        let page = SignInPage {
            user_name: "x\"><script>".into(),
            problem: Some(REFUSED),
            sandbox_sign_ins: Arc::from([sign_in]),
        };

        insta::assert_snapshot!(page.render().unwrap());
    }

    #[test]
    fn without_sandbox_sign_ins_the_page_shows_none() {
        let page = SignInPage { user_name: String::new(), problem: None, sandbox_sign_ins: Arc::from([]) };

        assert!(!page.render().unwrap().contains("sandbox\""));
    }
}
