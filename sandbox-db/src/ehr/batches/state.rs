//! How a list stands: each state with what is known of a list in it, and no more.

use portal_host::identity::Timestamp;

/// How the column names a list that a host works through.
pub(super) const RUNNING: &str = "running";

/// How a list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// Made, and not started.
    Proposed,
    /// Cancelled before anybody started it.
    Discarded {
        /// When.
        ended: Timestamp,
    },
    /// A host works through it.
    Running {
        /// Since when.
        started: Timestamp,
    },
    /// Every patient was looked at.
    Done {
        /// When it was started.
        started: Timestamp,
        /// When the last patient was looked at.
        ended: Timestamp,
    },
    /// Staff cancelled it after it was started.
    Cancelled {
        /// When it was started.
        started: Timestamp,
        /// When it was cancelled.
        ended: Timestamp,
        /// Whether a host has still to find out what came of the patients it was at.
        is_under_way: bool,
    },
    /// It could not go on.
    Stopped {
        /// When it was started.
        started: Timestamp,
        /// When it stopped.
        ended: Timestamp,
        /// Why, in words for staff.
        why: String,
    },
}

impl BatchState {
    /// What the screen says.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Proposed => "Not started",
            Self::Discarded { .. } => "Discarded",
            Self::Running { .. } => "Under way",
            Self::Done { .. } => "Finished",
            Self::Cancelled { .. } => "Cancelled",
            Self::Stopped { .. } => "Stopped",
        }
    }

    /// When it was started, where it was.
    pub fn started(&self) -> Option<Timestamp> {
        match self {
            Self::Proposed | Self::Discarded { .. } => None,
            Self::Running { started }
            | Self::Done { started, .. }
            | Self::Cancelled { started, .. }
            | Self::Stopped { started, .. } => Some(*started),
        }
    }

    /// When it was over, where it is.
    pub fn ended(&self) -> Option<Timestamp> {
        match self {
            Self::Proposed | Self::Running { .. } => None,
            Self::Discarded { ended }
            | Self::Done { ended, .. }
            | Self::Cancelled { ended, .. }
            | Self::Stopped { ended, .. } => Some(*ended),
        }
    }

    /// Whether a host still has something to do with it.
    pub fn has_work(&self) -> bool {
        match self {
            Self::Running { .. } => true,
            Self::Cancelled { is_under_way, .. } => *is_under_way,
            Self::Proposed | Self::Discarded { .. } | Self::Done { .. } | Self::Stopped { .. } => false,
        }
    }

    /// Whether staff can cancel it.
    pub fn can_be_cancelled(&self) -> bool {
        match self {
            Self::Proposed | Self::Running { .. } => true,
            Self::Discarded { .. } | Self::Done { .. } | Self::Cancelled { .. } | Self::Stopped { .. } => {
                false
            }
        }
    }
}

/// A state as it is stored, in columns of which each is used by some states only.
pub(super) struct Columns {
    pub(super) state: String,
    pub(super) started: Option<Timestamp>,
    pub(super) ended: Option<Timestamp>,
    pub(super) why: Option<String>,
    pub(super) has_work: bool,
}

impl Columns {
    /// The state; none where a column lacks what its word asks for.
    pub(super) fn state(self) -> Option<BatchState> {
        let Self { state, started, ended, why, has_work } = self;
        Some(match (state.as_str(), started) {
            ("proposed", _) => BatchState::Proposed,
            (RUNNING, _) => BatchState::Running { started: started? },
            ("done", _) => BatchState::Done { started: started?, ended: ended? },
            ("cancelled", None) => BatchState::Discarded { ended: ended? },
            ("cancelled", Some(started)) => {
                BatchState::Cancelled { started, ended: ended?, is_under_way: has_work }
            }
            ("stopped", _) => BatchState::Stopped { started: started?, ended: ended?, why: why? },
            _ => return None,
        })
    }
}
