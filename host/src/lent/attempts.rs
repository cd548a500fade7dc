//! Counters that slow down guessing, shared by every host of an installation.

use super::Unavailable;
use crate::identity::{PracticeId, Timestamp};
use std::time::Duration;

/// One thing that is counted, and how often it may happen.
#[derive(Clone, PartialEq, Eq)]
pub struct Counter {
    /// HMAC-SHA-256 of practice and key, under a key of the host: it tells counters apart and names nobody.
    pub key_hash: [u8; 32],
    /// The count starts afresh this long after its first attempt.
    pub window: Duration,
    /// How many attempts pass in a window.
    pub limit: u32,
}

/// Whether an attempt may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was counted against every counter.
    Allowed,
    /// A counter was full, so none was raised; how long until the fullest starts afresh.
    Blocked(Duration),
}

/// The counters' store.
#[async_trait::async_trait]
pub trait Attempts: Send + Sync + 'static {
    /// Counts one attempt against every counter in one atomic step, across all hosts.
    async fn take(
        &self,
        practice: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable>;

    /// Gives one attempt back to each of these counters; unknown ones are left alone.
    async fn forgive(&self, practice: &PracticeId, key_hashes: &[[u8; 32]]) -> Result<(), Unavailable>;
}
