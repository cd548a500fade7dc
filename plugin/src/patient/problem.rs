//! What can go wrong with a request, and the one error page for all of it.

use thiserror::Error;

use super::page::{Content, Frame, Page};
use super::request::Request;
use super::response::Response;
use crate::ehr::{Ehr, Level, PasswordError, Unavailable};
use crate::practice::Practice;
use crate::rules::throttle::{Kind, Throttle};

/// Why a request gets an error page.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Problem {
    /// Not what a browser sends for our pages.
    #[error("the request could not be read")]
    BadRequest,
    /// A form from another site.
    #[error("the form came from another site")]
    CrossSite,
    /// A form of ours, but drawn for another session than the browser has now.
    #[error("the form was drawn for another session")]
    StaleForm,
    /// No page has this path.
    #[error("there is no such page")]
    NotFound,
    /// The page has other methods.
    #[error("the page does not answer this method")]
    MethodNotAllowed {
        /// The ones it has.
        allow: String,
    },
    /// The body is not a web form.
    #[error("the body is not a web form")]
    UnsupportedForm,
    /// Too many passwords or codes were tried.
    #[error("too many attempts to log in")]
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Too many wrong passwords or codes in a row.
    #[error("too many wrong passwords in a row")]
    Disabled,
    /// The host cannot answer now.
    #[error("the host cannot answer now")]
    Unavailable {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Something is broken that waiting does not mend.
    #[error("the host broke its promise")]
    Broken,
}

impl Problem {
    /// Too many tries, by these waits: to be waited for, or where there were too many in a row, a
    /// reason to call.
    pub(super) fn too_many(throttle: &Throttle, waits: &[u32]) -> Self {
        if throttle.is_full(Kind::Row, waits) {
            Self::Disabled
        } else {
            Self::TooMany { retry_after: waits.iter().copied().max().unwrap_or(1).max(1) }
        }
    }

    /// The page. What is broken is logged here, once.
    pub(super) fn page(self, ehr: &dyn Ehr, practice: &Practice, request: &Request) -> Response {
        let frame = Frame::of(practice, request);
        let language = frame.language;
        let (status, explanation, header) = match self {
            Self::BadRequest => (400, language.bad_request(), None),
            Self::CrossSite => (403, language.forbidden(), None),
            Self::StaleForm => (403, language.stale_form(), None),
            Self::NotFound => (404, language.not_found(), None),
            Self::MethodNotAllowed { allow } => (405, language.method_not_allowed(), Some(("allow", allow))),
            Self::UnsupportedForm => (415, language.unsupported_form(), None),
            Self::TooMany { retry_after } => (
                429,
                language.too_many(practice, retry_after),
                Some(("retry-after", retry_after.to_string())),
            ),
            Self::Disabled => (429, language.disabled(practice), None),
            Self::Unavailable { retry_after } => {
                (503, language.unavailable(retry_after), Some(("retry-after", retry_after.to_string())))
            }
            Self::Broken => {
                ehr.log(
                    Level::Error,
                    "a page could not be answered: the host answered what the contract rules out",
                );
                (500, language.broken(), None)
            }
        };
        let page = Page::new(frame, explanation.title, Content::Problem { text: &explanation.text });
        let response = Response::page(status, &page);
        match header {
            Some((name, value)) => response.with(name, value),
            None => response,
        }
    }
}

impl From<Unavailable> for Problem {
    fn from(unavailable: Unavailable) -> Self {
        Self::Unavailable { retry_after: unavailable.retry_after_seconds }
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy { retry_after_seconds } => {
                Self::Unavailable { retry_after: retry_after_seconds }
            }
            // The operator has to look.
            PasswordError::Failed => Unavailable::BROKEN.into(),
        }
    }
}
