//! The audit trail. `write` is the one way to add to it, always inside the transaction of the change
//! that an entry explains; `seal` is what makes tampering show; `checkpoint` covers all chains at once;
//! `verify` looks for the first thing that is not as it was written, which is a `fault`; `export` hands it out.

pub(crate) mod checkpoint;
pub(crate) mod entry;
pub mod export;
mod fault;
pub(crate) mod read;
mod seal;
pub(crate) mod verify;
pub(crate) mod write;

pub use checkpoint::Checkpoint;
pub use fault::{AuditFault, Broken};
pub use verify::AuditSummary;
pub use write::By;
pub(crate) use write::{write_event, write_staff_event};

/// The chain of entries about no one patient.
pub(crate) const PRACTICE_CHAIN: &str = "";
