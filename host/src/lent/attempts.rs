//! Counters that slow down guessing, shared by every host of an installation.

use super::{Event, Unavailable};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was counted against every counter: how many attempts each has now, in the order asked.
    Allowed(Vec<u32>),
    /// A counter was full, so none was raised: how long until each starts afresh, in the order
    /// asked, zero for one that is not full and at least a second for one that is.
    Blocked(Vec<Duration>),
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

    /// What [`Attempts::take`] would have answered, without counting an attempt.
    async fn look(
        &self,
        practice: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable>;

    /// Gives one attempt back to each of these counters; unknown ones are left alone.
    async fn forgive(&self, practice: &PracticeId, key_hashes: &[[u8; 32]]) -> Result<(), Unavailable>;

    /// Forgets these counters and writes `because`, together.
    async fn clear(
        &self,
        practice: &PracticeId,
        key_hashes: &[[u8; 32]],
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable>;
}
