//! Everything that can keep a page from being shown, and the one place where it becomes a page and
//! a line in the log. The visitor gets plain words ([`words`]), the operator the cause.

mod words;

use super::page::{Announce, Frame, draw_page};
use askama::Template;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use portal_host::lent::Unavailable;
use portal_host::serve::RequestId;
use portal_host::{CallError, Chain, NoEntropy, PasswordError, TabError};
use std::sync::Arc;
use std::time::Duration;

/// Why there is no page.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// Nothing is there, or nothing that may be known of.
    #[error("no such page")]
    NotFound,
    /// The access level does not grant it.
    #[error("the access level does not grant this")]
    Forbidden,
    /// It would give someone more than the access level of whoever gives it has.
    #[error("it grants more than the giver has")]
    Beyond,
    /// The form was sent by another website.
    #[error("the form came from another origin")]
    ForeignOrigin,
    /// The form was drawn for another session than the browser has now.
    #[error("the form was drawn for another session")]
    StaleForm,
    /// The request names a host that is not this EHR's.
    #[error("the request is for another host")]
    Misdirected,
    /// Too many wrong passwords.
    #[error("too many attempts to sign in")]
    TooManyAttempts {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// The page cannot be asked for in this way.
    #[error("wrong method")]
    WrongMethod,
    /// The body is longer than any form.
    #[error("the form is too large")]
    TooLarge,
    /// The body did not come in time.
    #[error("the form was sent too slowly")]
    TooSlow,
    /// The body is no form.
    #[error("the body is not a form")]
    MalformedForm,
    /// A field that our page always sends is not there, or is not what the page sends.
    #[error("the field {0} is missing or malformed")]
    MissingField(&'static str),
    /// Someone else saved first.
    #[error("someone else saved a later version first")]
    Stale,
    /// It may work again in a while.
    #[error("unavailable")]
    Unavailable {
        /// How long to wait before trying again.
        retry_after: Duration,
        /// For the operator. None where the library has told the operator already.
        #[source]
        cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
    },
    /// Something is broken.
    #[error("failed")]
    Failed(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// The portal's component failed.
    #[error("a call of the portal failed")]
    PortalFailed(#[source] Arc<CallError>),
}

impl Refusal {
    /// Something is broken, because of `cause`.
    pub(super) fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed(Arc::from(cause.into()))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Beyond | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::MalformedForm => StatusCode::BAD_REQUEST,
            Self::MissingField(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale => StatusCode::CONFLICT,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) | Self::PortalFailed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What to count it as, where an operator tells kinds apart.
    fn kind(&self) -> Option<&'static str> {
        match self {
            Self::PortalFailed(error) => Some(error.kind()),
            Self::NotFound
            | Self::Forbidden
            | Self::Beyond
            | Self::ForeignOrigin
            | Self::StaleForm
            | Self::Misdirected
            | Self::TooManyAttempts { .. }
            | Self::WrongMethod
            | Self::TooLarge
            | Self::TooSlow
            | Self::MalformedForm
            | Self::MissingField(_)
            | Self::Stale
            | Self::Unavailable { .. }
            | Self::Failed(_) => None,
        }
    }

    /// Whether the operator should hear of it.
    fn is_our_fault(&self) -> bool {
        self.status().is_server_error()
    }
}

impl IntoResponse for Refusal {
    /// Leaves the drawing to [`draw`], which has what a page takes.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws the page for a refusal and logs it if it is our fault.
pub(super) async fn draw(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let id = request.extensions().get::<RequestId>().copied();
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else {
        return response;
    };
    // What ties a page someone reads out over the phone to a line in the log.
    let reference = id.filter(|_| refusal.is_our_fault()).map(|id| id.to_string());
    if refusal.is_our_fault() {
        log(&refusal, &method, reference.as_deref());
    }
    let explanation = refusal.explanation(matches!(method, Method::GET | Method::HEAD));
    let title = refusal.title();
    let page = match response.extensions_mut().remove::<Frame>() {
        Some(frame) => draw_page(&FramedPage { frame, title, explanation, reference }),
        None => draw_page(&BarePage { title, explanation, reference }),
    };
    let mut drawn = page.unwrap_or_else(|_| title.into_response());
    *drawn.status_mut() = refusal.status();
    if let Some(allowed) = response.headers_mut().remove(ALLOW) {
        drawn.headers_mut().insert(ALLOW, allowed);
    }
    if let Refusal::Unavailable { retry_after, .. } | Refusal::TooManyAttempts { retry_after } = refusal {
        let seconds = retry_after.as_secs().max(1);
        drawn.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if method == Method::HEAD {
        *drawn.body_mut() = axum::body::Body::empty();
    }
    drawn
}

/// Tells the operator, once. The path is not logged: it names a patient.
fn log(refusal: &Refusal, method: &Method, id: Option<&str>) {
    let (kind, cause) = (refusal.kind(), Chain(refusal));
    if let Refusal::Unavailable { cause: None, .. } = refusal {
        tracing::debug!(%method, id, "no page could be shown; the cause is in the log already");
    } else {
        tracing::error!(%method, id, kind, %cause, "no page could be shown");
    }
}

/// For who is signed in.
#[derive(Template)]
#[template(path = "refusal_framed.html")]
struct FramedPage {
    frame: Frame,
    title: &'static str,
    explanation: &'static str,
    reference: Option<String>,
}

/// For anybody else, and where it cannot be told.
#[derive(Template)]
#[template(path = "refusal.html")]
struct BarePage {
    title: &'static str,
    explanation: &'static str,
    reference: Option<String>,
}

/// What a call of the portal answered; none where the practice has not got the module, of which each screen has
/// its own to say.
pub(super) fn unless_off<T>(answer: Result<T, TabError>) -> Result<Option<T>, Refusal> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(TabError::ModuleOff) => Ok(None),
        Err(
            error @ (TabError::Forbidden
            | TabError::NoSuchPatient
            | TabError::NotOffered
            | TabError::Invalid { .. }
            | TabError::Unavailable { .. }
            | TabError::Failed(_)),
        ) => Err(error.into()),
    }
}

impl From<TabError> for Refusal {
    /// Without what a caller can do better: [`TabError::ModuleOff`], [`TabError::NotOffered`] and
    /// [`TabError::Invalid`] have answers of their own where they can happen.
    fn from(error: TabError) -> Self {
        match error {
            TabError::Forbidden => Self::Forbidden,
            TabError::NoSuchPatient | TabError::NotOffered | TabError::ModuleOff => Self::NotFound,
            TabError::Invalid { .. } => Self::MissingField("answer"),
            TabError::Unavailable { retry_after } => Self::Unavailable { retry_after, cause: None },
            TabError::Failed(cause) => Self::PortalFailed(Arc::new(cause)),
        }
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy { retry_after } => {
                Self::Unavailable { retry_after, cause: Some(Arc::new(error)) }
            }
            PasswordError::TooLong
            | PasswordError::NoEntropy(_)
            | PasswordError::ForeignHash
            | PasswordError::UnknownKey(_)
            | PasswordError::Argon2(_)
            | PasswordError::Thread(_) => Self::failed(error),
        }
    }
}

impl From<NoEntropy> for Refusal {
    fn from(error: NoEntropy) -> Self {
        Self::failed(error)
    }
}

impl From<sandbox_db::StoreError> for Refusal {
    fn from(error: sandbox_db::StoreError) -> Self {
        Unavailable::from(error).into()
    }
}

impl From<Unavailable> for Refusal {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable { retry_after: unavailable.retry_after, cause: Some(Arc::from(unavailable.cause)) }
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        Self::failed(error.to_string())
    }
}

#[cfg(test)]
mod tests;
