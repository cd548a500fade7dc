//! The host's own keys, which never enter the database or the component.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keys the counters of attempts, so that a stolen database does not tell whom they count.
#[derive(Clone)]
pub struct CounterKey([u8; 64]);

impl CounterKey {
    /// Wraps 64 bytes, SHA-256's block size, of randomness that every host of an installation shares.
    pub fn new(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA-256 of a practice and what is counted in it.
    pub(crate) fn hash(&self, practice: &str, counted: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(practice.as_bytes());
        mac.update(&[0]);
        mac.update(counted.as_bytes());
        mac.finalize().into_bytes().into()
    }
}
