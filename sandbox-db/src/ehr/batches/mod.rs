//! Many patients invited in one go: lists that staff make ([`list`]), how they stand ([`state`]), the work
//! a host does on them ([`work`]), and what came of it ([`summary`]). Whom to invite is the portal's to say.

pub(crate) mod list;
mod state;
pub(crate) mod summary;
pub(crate) mod work;

use crate::keywords::keywords;
use portal_host::identity::{PatientId, Timestamp};
use std::fmt;

pub use state::BatchState;
pub use summary::ListedPatient;
pub use work::{Work, Worker};

/// The number staff know a list by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchNumber(pub u64);

impl fmt::Display for BatchNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "list {}", self.0)
    }
}

keywords! {
    /// What is wrong with a line of an uploaded list.
    pub enum LineFault {
        /// Nothing stands in the first column.
        Empty = "empty", "Nothing stands in the first column";
        /// No chart number is as long.
        TooLong = "too-long", "Too long for a chart number";
        /// Bytes that are no text.
        NotText = "not-text", "This is not plain text";
        /// The same patient stands further up.
        Repeated = "repeated", "This patient stands further up already";
        /// The practice has no such patient.
        Unknown = "unknown", "No patient has this chart number";
        /// The list is longer than a list may be.
        Beyond = "beyond", "The list is longer than a list may be; the rest was left out";
    }
}

/// A line of an uploaded list that nobody could be found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyLine {
    /// Counted from 1.
    pub line: u64,
    /// What stands there; what is longer than a chart number can be, cut short.
    pub cell: String,
    /// What is wrong with it.
    pub fault: LineFault,
}

/// Whom a list is to be made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Chart numbers, each once, with the line they stand in where there is one.
    pub patients: Vec<(Option<u64>, PatientId)>,
    /// Lines that hold none.
    pub faults: Vec<FaultyLine>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Which.
    pub number: BatchNumber,
    /// How it stands.
    pub state: BatchState,
    /// The name of who made it or, once it is started, of who started it.
    pub staff_name: String,
    /// When it was made.
    pub created: Timestamp,
    /// How many patients are on it.
    pub total: u64,
    /// Of how many it is known what came.
    pub done: u64,
}

/// What came of a patient on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchOutcome {
    /// Nothing yet.
    Open,
    /// The patient was invited.
    Invited,
    /// The patient was left out.
    LeftOut {
        /// The portal's key for why.
        reason: String,
        /// The portal's words for it.
        label: String,
    },
}

impl BatchOutcome {
    fn columns(&self) -> (&'static str, &str, &str) {
        match self {
            Self::Open => ("", "", ""),
            Self::Invited => ("invited", "", ""),
            Self::LeftOut { reason, label } => ("left-out", reason, label),
        }
    }

    fn of(outcome: &str, reason: String, label: String) -> Option<Self> {
        match outcome {
            "" => Some(Self::Open),
            "invited" => Some(Self::Invited),
            "left-out" => Some(Self::LeftOut { reason, label }),
            _ => None,
        }
    }
}
