//! Why a call came to nothing: kinds an operator can count and act on apart.

use super::finish::Panicked;
use super::metering::{Breach, Overrun};
use crate::lent::Unavailable;
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
    /// The component trapped, as it does when it panics.
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
    /// The component broke the contract in a call it made.
    #[error("the portal broke the contract")]
    BrokeContract(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The EHR could not answer what no page can be made without; that has been logged.
    #[error("the EHR could not answer the portal")]
    EhrUnavailable {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// The answer is larger than it may be.
    #[error("the portal's answer is too large")]
    AnswerTooLarge,
    /// The answer is not one HTTP could carry.
    #[error("the portal's answer is not a valid response: {0}")]
    MalformedAnswer(&'static str),
    /// The host failed in the middle of the call.
    #[error("the call ended without an answer")]
    Ended(#[from] Panicked),
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
            Self::BrokeContract(_) => "contract",
            Self::EhrUnavailable { .. } => "ehr-unavailable",
            Self::AnswerTooLarge => "answer-size",
            Self::MalformedAnswer(_) => "malformed-answer",
            Self::Ended(_) => "ended",
        }
    }

    /// An overrun is one also while an instance is being made.
    pub(super) fn from_instantiation(error: wasmtime::Error) -> Self {
        let error = Self::from_trap(error);
        if let Self::Trapped(cause) = error { Self::Instantiation(cause) } else { error }
    }

    /// Tells the kinds of trap apart.
    pub(super) fn from_trap(error: wasmtime::Error) -> Self {
        if let Some(Unavailable { retry_after, .. }) = error.downcast_ref() {
            return Self::EhrUnavailable { retry_after: *retry_after };
        }
        match error.downcast_ref::<Overrun>() {
            Some(Overrun::Compute) => Self::ComputedTooLong,
            Some(Overrun::Memory) => Self::TooMuchMemory,
            Some(Overrun::EhrCalls) => Self::TooManyEhrCalls,
            None if error.is::<Breach>() => Self::BrokeContract(error.into()),
            // The engine's own bound on what may cross has no error type to tell it by.
            None if format!("{error:?}").contains("fuel allocated for hostcalls") => Self::AnswerTooLarge,
            None => Self::Trapped(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_overrun_has_a_kind_of_its_own() {
        let kind = |overrun: Overrun| CallError::from_trap(overrun.into()).kind();
        assert_eq!(kind(Overrun::Compute), "deadline");
        assert_eq!(kind(Overrun::Memory), "memory");
        assert_eq!(kind(Overrun::EhrCalls), "ehr-calls");
    }

    #[test]
    fn a_broken_contract_is_told_from_a_trap_even_under_context() {
        let breach = wasmtime::Error::from(Breach("too long")).context("while calling `save`");
        assert_eq!(CallError::from_trap(breach).kind(), "contract");
        let trap = wasmtime::Error::from(wasmtime::Trap::UnreachableCodeReached);
        assert_eq!(CallError::from_trap(trap).kind(), "trap");
    }

    #[test]
    fn an_ehr_that_cannot_answer_is_not_the_components_fault() {
        let retry_after = Duration::from_secs(7);
        let unavailable = Unavailable { retry_after, cause: "gone".into() };
        let error = CallError::from_trap(unavailable.into());
        assert!(matches!(error, CallError::EhrUnavailable { retry_after: after } if after == retry_after));
    }
}
