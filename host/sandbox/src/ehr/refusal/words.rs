//! What whoever gets no page is told: plain words, without blame, and what to do next.

use super::Refusal;
use crate::ehr::words::refusals;

impl Refusal {
    /// What the page is headed with.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::NotFound => refusals::NOT_FOUND_TITLE,
            Self::Forbidden | Self::Beyond => refusals::FORBIDDEN_TITLE,
            Self::ForeignOrigin => refusals::FOREIGN_ORIGIN_TITLE,
            Self::StaleForm => refusals::STALE_FORM_TITLE,
            Self::Misdirected => refusals::MISDIRECTED_TITLE,
            Self::TooManyAttempts { .. } => refusals::TOO_MANY_ATTEMPTS_TITLE,
            Self::WrongMethod => refusals::WRONG_METHOD_TITLE,
            Self::TooLarge => refusals::TOO_LARGE_TITLE,
            Self::TooSlow | Self::MalformedForm | Self::MissingField(_) => refusals::MALFORMED_TITLE,
            Self::Stale => refusals::STALE_TITLE,
            Self::Unavailable { .. } => refusals::UNAVAILABLE_TITLE,
            Self::Failed(_) | Self::PortalFailed(_) => refusals::FAILED_TITLE,
        }
    }

    /// What to tell the visitor, whose request `reads_only` or would have changed something.
    pub(super) fn explanation(&self, reads_only: bool) -> &'static str {
        match self {
            Self::NotFound => refusals::NOT_FOUND,
            Self::Forbidden => refusals::FORBIDDEN,
            Self::Beyond => refusals::BEYOND,
            Self::ForeignOrigin => refusals::FOREIGN_ORIGIN,
            Self::StaleForm => refusals::STALE_FORM,
            Self::Misdirected => refusals::MISDIRECTED,
            Self::TooManyAttempts { .. } => refusals::TOO_MANY_ATTEMPTS,
            Self::WrongMethod => refusals::WRONG_METHOD,
            Self::TooLarge => refusals::TOO_LARGE,
            Self::TooSlow | Self::MalformedForm | Self::MissingField(_) => refusals::MALFORMED,
            Self::Stale => refusals::STALE,
            Self::Unavailable { .. } if reads_only => refusals::UNAVAILABLE_TO_LOOK,
            Self::Unavailable { .. } => refusals::UNAVAILABLE_TO_CHANGE,
            Self::Failed(_) | Self::PortalFailed(_) => refusals::FAILED,
        }
    }
}
