//! Why a call came to nothing: kinds an operator can count and act on apart.

use super::metering::Overrun;
use std::time::Duration;

/// A call of the component that came to nothing. Nothing it had not yet saved was kept.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// More calls are waiting than may.
    #[error("too many requests are waiting for the portal")]
    Overloaded {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// No instance could be made.
    #[error("the portal could not be instantiated")]
    Instantiation(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The component trapped: a panic, or a contract it broke.
    #[error("the portal trapped")]
    Trapped(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The component computed for longer than it may.
    #[error("the portal computed for too long")]
    ComputedTooLong,
    /// The component asked for more memory than it may have.
    #[error("the portal asked for too much memory")]
    TooMuchMemory,
    /// The component called the EHR more often than it may.
    #[error("the portal called the EHR too often")]
    TooManyEhrCalls,
    /// The answer is larger than it may be.
    #[error("the portal's answer is too large")]
    AnswerTooLarge,
    /// The answer is not one HTTP could carry.
    #[error("the portal's answer is not a valid response: {0}")]
    MalformedAnswer(&'static str),
    /// The host ended the call.
    #[error("the call ended without an answer")]
    Ended(#[from] tokio::task::JoinError),
}

impl CallError {
    /// A short name for the kind, for metrics and logs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Overloaded { .. } => "overloaded",
            Self::Instantiation(_) => "instantiation",
            Self::Trapped(_) => "trap",
            Self::ComputedTooLong => "deadline",
            Self::TooMuchMemory => "memory",
            Self::TooManyEhrCalls => "ehr-calls",
            Self::AnswerTooLarge => "answer-size",
            Self::MalformedAnswer(_) => "malformed-answer",
            Self::Ended(_) => "ended",
        }
    }

    /// Tells the kinds of trap apart.
    pub(super) fn from_trap(error: wasmtime::Error) -> Self {
        match error.downcast_ref::<Overrun>() {
            Some(Overrun::Compute) => Self::ComputedTooLong,
            Some(Overrun::Memory) => Self::TooMuchMemory,
            Some(Overrun::EhrCalls) => Self::TooManyEhrCalls,
            // The engine's own bound on what may cross has no error type to tell it by.
            None if format!("{error:?}").contains("fuel allocated for hostcalls") => Self::AnswerTooLarge,
            None => Self::Trapped(error.into()),
        }
    }
}
