//! Signing in and out. An unknown user and a wrong password get the same answer for the same work.

use super::form::{Drawn, Form};
use super::guard::SignedIn;
use super::page::{draw_page, go_to};
use super::refusal::Refusal;
use super::session::{self, Cookie, Token};
use super::throttle::Throttle;
use super::{EhrState, SandboxSignIn};
use crate::ehr::words::patients;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use portal_host::lent::PasswordHash;
use portal_host::serve::ClientAddress;
use portal_host::{Chain, HashedFor, PasswordError, PasswordVerdict};
use sandbox_db::By;
use secrecy::SecretString;
use std::sync::Arc;

/// `GET /sign-in`
pub(super) async fn ask(State(ehr): State<EhrState>, headers: HeaderMap) -> Result<Response, Refusal> {
    draw(&ehr, &headers, StatusCode::OK, "", None)
}

/// `POST /sign-in`
pub(super) async fn sign_in(
    State(ehr): State<EhrState>,
    client: Option<Extension<ClientAddress>>,
    drawn: Option<Extension<Drawn>>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let user_name = form.required("user_name")?;
    if drawn.is_none_or(|Extension(drawn)| drawn == Drawn::Elsewhere) {
        return draw(&ehr, &headers, StatusCode::FORBIDDEN, user_name, Some(patients::SIGN_IN_TOO_OLD));
    }
    let password = SecretString::from(form.required("password")?);
    let address = client.map_or_else(String::new, |Extension(ClientAddress(client))| client.to_string());
    let now = ehr.clock.now();
    let known = ehr.database.staff_for_sign_in(&ehr.practice, user_name).await?;
    let throttle = Throttle::of(&ehr, user_name, &address);
    if let Some(retry_after) = throttle.take(&ehr).await? {
        let whose = known.map(|staff| staff.id);
        ehr.database.note_blocked_sign_in(&ehr.practice, whose.as_ref(), &address, now).await?;
        return Err(Refusal::TooManyAttempts { retry_after });
    }
    let hash = known.as_ref().map(|staff| &staff.password_hash);
    let verdict = match ehr.passwords.verify(&password, hash).await {
        // Nobody's password is that long, and saying so would tell more than the page does.
        Err(PasswordError::TooLong) => PasswordVerdict::Wrong,
        Err(error) => {
            // The guess was not answered, so it must not count.
            throttle.forgive(&ehr).await?;
            if matches!(error, PasswordError::Busy { .. }) {
                ehr.portal.metrics().busy_hashing(HashedFor::Staff);
            }
            return Err(error.into());
        }
        Ok(verdict) => verdict,
    };
    let staff = match (verdict, known) {
        (PasswordVerdict::Right | PasswordVerdict::RightButOutdated, Some(staff)) => staff,
        (PasswordVerdict::Wrong, known)
        | (PasswordVerdict::Right | PasswordVerdict::RightButOutdated, known @ None) => {
            let whose = known.map(|staff| staff.id);
            ehr.database.note_refused_sign_in(&ehr.practice, whose.as_ref(), &address, now).await?;
            return draw(
                &ehr,
                &headers,
                StatusCode::UNPROCESSABLE_ENTITY,
                user_name,
                Some(patients::SIGN_IN_REFUSED),
            );
        }
    };
    throttle.forgive(&ehr).await?;
    // A session the browser still has is not carried over into the new one.
    let secure = ehr.site.is_secure();
    if let Some(old) = Token::of(&headers, Cookie::Session, secure) {
        ehr.database.close_staff_session(&ehr.practice, &old.hash(), Some(&address), now).await?;
    }
    let by = By { staff: staff.id, address: Some(address) };
    if verdict == PasswordVerdict::RightButOutdated {
        hash_anew(&ehr, &password, &staff.password_hash, &by).await;
    }
    let token = Token::draw(&*ehr.entropy)?;
    ehr.database.open_staff_session(&ehr.practice, &token.hash(), &by, now, session::ends(now)).await?;
    Ok(([(SET_COOKIE, token.cookie(Cookie::Session, secure))], go_to("/patients")).into_response())
}

/// Replaces a password hash by one with stronger parameters or a newer key. Where that cannot be done
/// now, the next sign-in does it: nobody is kept out for it.
async fn hash_anew(ehr: &EhrState, password: &SecretString, old: &PasswordHash, by: &By) {
    let Ok(new) = ehr.passwords.hash(password).await else { return };
    let now = ehr.clock.now();
    if let Err(error) = ehr.database.rehash_staff_password(&ehr.practice, old, &new, by, now).await {
        tracing::warn!(cause = %Chain(&error), "an outdated password hash could not be replaced");
    }
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    let now = ehr.clock.now();
    ehr.database.close_staff_session(&ehr.practice, staff.token_hash(), staff.address(), now).await?;
    let forgotten = Cookie::Session.forgotten(ehr.site.is_secure());
    // Nor does the browser keep any page for the way back.
    let keep_nothing = [("clear-site-data", "\"cache\"")];
    Ok(([(SET_COOKIE, forgotten)], keep_nothing, go_to("/sign-in")).into_response())
}

/// The page, whose form is drawn for the browser that asks for it: one without a visit's token gets it
/// along with the page.
fn draw(
    ehr: &EhrState,
    headers: &HeaderMap,
    status: StatusCode,
    user_name: &str,
    problem: Option<&'static str>,
) -> Result<Response, Refusal> {
    let secure = ehr.site.is_secure();
    let known = Token::of(headers, Cookie::Visit, secure);
    let is_new = known.is_none();
    let visit = known.map_or_else(|| Token::draw(&*ehr.entropy), Ok)?;
    let page = SignInPage {
        practice: Arc::clone(&ehr.practice_name),
        user_name: user_name.to_owned(),
        problem,
        sandbox_sign_ins: Arc::clone(&ehr.sandbox_sign_ins),
        form_token: visit.for_form(),
    };
    let mut response = (status, draw_page(&page)?).into_response();
    if is_new {
        response.headers_mut().insert(SET_COOKIE, visit.cookie(Cookie::Visit, secure));
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    practice: Arc<str>,
    user_name: String,
    problem: Option<&'static str>,
    sandbox_sign_ins: Arc<[SandboxSignIn]>,
    form_token: String,
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
            practice: "Lakeside Family Practice".into(),
            user_name: "x\"><script>".into(),
            problem: Some(patients::SIGN_IN_REFUSED),
            sandbox_sign_ins: Arc::from([sign_in]),
            form_token: "f00d".into(),
        };

        insta::assert_snapshot!(page.render().unwrap());
    }

    #[test]
    fn without_sandbox_sign_ins_the_page_shows_none() {
        let (user_name, form_token) = (String::new(), String::new());
        let practice = "Lakeside Family Practice".into();
        let sandbox_sign_ins = Arc::from([]);
        let page = SignInPage { practice, user_name, problem: None, sandbox_sign_ins, form_token };

        assert!(!page.render().unwrap().contains("sandbox\""));
    }
}
