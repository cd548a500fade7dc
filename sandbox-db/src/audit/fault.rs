//! What can be wrong with a trail, in words for whoever has to look into it.

use crate::store_error::StoreError;

/// The first thing that is not as it was written. A chain is named by the EHR's key of the patient it is
/// about, or is empty for the practice's own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// Something in it was changed, or somebody without the key wrote it.
    #[error("entry {sequence} {} was altered or forged", about(chain))]
    EntryAltered {
        /// Whom it is about.
        chain: String,
        /// Its number.
        sequence: u64,
    },
    /// It is not there any more.
    #[error("entry {sequence} {} is missing", about(chain))]
    EntryMissing {
        /// Whom it was about.
        chain: String,
        /// Its number.
        sequence: u64,
    },
    /// It is there, but was not when the checkpoint that should cover it was taken.
    #[error("entry {sequence} {} was added behind checkpoint {checkpoint}", about(chain))]
    EntryLate {
        /// Whom it is about.
        chain: String,
        /// Its number.
        sequence: u64,
        /// The checkpoint.
        checkpoint: u64,
    },
    /// What says how many entries there are was changed or taken away.
    #[error("the end of the entries {} was altered", about(chain))]
    HeadAltered {
        /// Whom they are about.
        chain: String,
    },
    /// Something in it or in what it covers was changed.
    #[error("checkpoint {number} was altered or forged")]
    CheckpointAltered {
        /// Its number.
        number: u64,
    },
    /// It is not there any more: an older copy may have been put back.
    #[error("checkpoint {number} is missing: what was recorded from then on may be gone")]
    CheckpointMissing {
        /// Its number.
        number: u64,
    },
    /// It is sealed with a key that is not in the key file, so nothing can be said of it.
    #[error("{what} is sealed with key {key}, which is not in the key file")]
    UnknownKey {
        /// What is.
        what: String,
        /// The key's number.
        key: i64,
    },
}

/// Whom a chain is about, in words.
pub(super) fn about(chain: &str) -> String {
    if chain.is_empty() { "of the practice".to_owned() } else { format!("about patient {chain}") }
}

/// Why a trail was not found whole.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It is not as it was written.
    #[error(transparent)]
    Fault(#[from] AuditFault),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}
