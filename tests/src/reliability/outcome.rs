//! What visitors noticed, counted.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Every request of every journey.
pub struct Requests {
    begun: Instant,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    answered: u64,
    failed: u64,
    /// Since when every request failed.
    failing: Option<Instant>,
    longest: Duration,
}

/// The figures.
#[derive(Clone, Copy, Debug)]
pub struct Noticed {
    /// Requests that were answered.
    pub answered: u64,
    /// Requests that got an apology, or nothing.
    pub failed: u64,
    /// The longest time in which none was answered.
    pub longest: Duration,
    /// How long it all took.
    pub took: Duration,
}

impl Requests {
    /// None yet.
    pub fn none() -> Self {
        Self { begun: Instant::now(), counted: Mutex::default() }
    }

    /// Counts one.
    pub fn count(&self, was_answered: bool) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if was_answered {
            counted.answered += 1;
            if let Some(since) = counted.failing.take() {
                counted.longest = counted.longest.max(since.elapsed());
            }
        } else {
            counted.failed += 1;
            counted.failing.get_or_insert_with(Instant::now);
        }
    }

    /// What it came to.
    pub fn noticed(&self) -> Noticed {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted { answered, failed, longest, .. } = *counted;
        Noticed { answered, failed, longest, took: self.begun.elapsed() }
    }
}
