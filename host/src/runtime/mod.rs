//! Running the component: the engine it is compiled by, the bounds it is held to, one fresh
//! instance for every call, and what is said when a call fails.

mod call;
mod digest;
mod engine;
mod failure;
mod finish;
mod inspect;
mod limits;
mod load;
mod metering;
mod signature;
mod signer;
mod trust;

pub(crate) use call::{Ask, Runtime};
pub use digest::{ComponentDigest, NotADigest};
pub use failure::CallError;
pub use finish::Panicked;
pub use inspect::{Inspection, SignatureNote};
pub use limits::Limits;
pub use load::LoadError;
pub(crate) use metering::{Binding, Breach, Call, Caller, in_time, log_unavailable};
pub use signature::{SignatureError, signature_beside};
pub use signer::{NotASignerKey, SignerKey, SignerKeyId};
pub use trust::Trust;
