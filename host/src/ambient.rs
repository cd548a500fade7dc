//! The clock and the randomness, passed in wherever they are needed, so that tests can move one and
//! fix the other. These are the only places that ask the operating system for either.

use crate::identity::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, in whole seconds.
    fn now(&self) -> Timestamp;
}

/// Fills bytes with cryptographically secure randomness.
pub trait Entropy: Send + Sync + 'static {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    /// Where the source has no randomness to give; nothing may then be made of `bytes`.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The source of randomness failed.
#[derive(Debug, thiserror::Error)]
#[error("no randomness could be had")]
pub struct NoEntropy(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(since.as_secs())
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks the system for randomness")]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|cause| NoEntropy(cause.into()))
    }
}
