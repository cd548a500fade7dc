//! Loads the patient portal component and lends it what an EHR has.
//!
//! An EHR vendor implements the traits in [`lent`] over their own database, loads the component
//! with [`Portal::load`], draws the tab that [`Portal::show`] describes in their own style, and
//! serves patients with [`website::router`] behind [`serve::Listener`] or a server of their own.
//! `examples/embed` is a whole one.
//!
//! None of the portal's rules are here. What is here: the engine and its bounds, the conversion
//! between the contract and plain types, password hashing, and HTTP framing.

mod ambient;
pub mod batch;
mod chain;
mod contract;
pub mod identity;
mod keys;
pub mod lent;
mod metrics;
pub mod operator;
mod passwords;
mod portal;
mod readiness;
pub mod rights;
mod runtime;
pub mod serve;
pub mod tab;
pub mod website;

pub use ambient::{Clock, Entropy, NoEntropy, SystemClock, SystemEntropy};
pub use chain::Chain;
pub use keys::{AuditKeys, HostKeys, KeyFileError, KeyId, SealError};
pub use metrics::{HashedFor, Metrics};
pub use passwords::{PasswordError, PasswordVerdict, Passwords};
pub use portal::{Portal, PortalOptions, TabError};
pub use runtime::{
    CallError, ComponentDigest, Inspection, Limits, LoadError, NotADigest, NotASignerKey, Panicked,
    SignatureError, SignatureNote, SignerKey, SignerKeyId, Trust, signature_beside,
};
