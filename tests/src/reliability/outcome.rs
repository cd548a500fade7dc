//! What visitors noticed, counted.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Every request of every journey.
pub struct Requests {
    begun: Instant,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// How long each answer took.
    answers: Vec<Duration>,
    failed: u64,
    /// What came instead of the answers that failed, and how often.
    failures: BTreeMap<String, u64>,
    /// When the last answer came.
    last: Option<Instant>,
    longest: Duration,
}

/// The figures.
#[derive(Clone, Copy, Debug)]
pub struct Noticed {
    /// Requests that were answered.
    pub answered: u64,
    /// Half of the answers were quicker.
    pub median: Duration,
    /// All but one in a hundred were quicker.
    pub p99: Duration,
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

    /// Counts one that took so long.
    pub fn count(&self, was_answered: bool, took: Duration) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if was_answered {
            counted.answers.push(took);
            let silent = counted.last.replace(Instant::now()).unwrap_or(self.begun).elapsed();
            counted.longest = counted.longest.max(silent);
        } else {
            counted.failed += 1;
        }
    }

    /// Counts one that came to this instead of an answer.
    pub fn count_failure(&self, what: String) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.failed += 1;
        *counted.failures.entry(what).or_default() += 1;
    }

    /// What came instead of the answers that failed, in words.
    pub fn failures(&self) -> String {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = counted.failures.iter().map(|(what, times)| format!("{what} ({times} times)"));
        failures.collect::<Vec<_>>().join(", ")
    }

    /// What it came to.
    pub fn noticed(&self) -> Noticed {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.answers.sort();
        let Counted { answers, failed, longest, last, .. } = &*counted;
        let silent = last.unwrap_or(self.begun).elapsed();
        let below = |percent: usize| answers.get(answers.len() * percent / 100).copied().unwrap_or_default();
        Noticed {
            answered: answers.len() as u64,
            median: below(50),
            p99: below(99),
            failed: *failed,
            longest: silent.max(*longest),
            took: self.begun.elapsed(),
        }
    }
}
