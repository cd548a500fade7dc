//! What came of comparing kinds of requests, as a table.

use super::statistics::{Difference, THRESHOLD, difference, farthest_t, finds_from, median};
use super::stopwatch::Times;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use std::fmt;

/// A kind of request that is refused.
pub trait Kind: Copy + Ord + fmt::Debug {
    /// For the table, in a few words.
    fn name(self) -> &'static str;

    /// What the page that refuses it says.
    fn answer(self) -> &'static str;
}

/// Whether two kinds may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// They must not: whoever could tell them apart would know what is not theirs to know.
    Alike,
    /// They do, by what every visitor may know; the comparison has to find it.
    Different,
}

/// Two kinds, compared.
pub struct Comparison {
    kinds: (&'static str, &'static str),
    expected: Expected,
    samples: usize,
    medians: (f64, f64),
    difference: Difference,
    t: f64,
    finds_from: f64,
}

impl Comparison {
    /// Compares the times of `one` with those of `other`.
    pub fn of<K: Kind>(times: &Times<K>, one: K, other: K, expected: Expected, seed: u64) -> Self {
        let kinds = (one.name(), other.name());
        let (one, other) = (times.of(one), times.of(other));
        Self {
            kinds,
            expected,
            samples: one.len().min(other.len()),
            medians: (median(one), median(other)),
            difference: difference(one, other, &mut ChaCha8Rng::seed_from_u64(seed)),
            t: farthest_t(one, other),
            finds_from: finds_from(other),
        }
    }

    /// Whether it came out as it has to.
    pub fn is_as_expected(&self) -> bool {
        self.expected == if self.t.abs() >= THRESHOLD { Expected::Different } else { Expected::Alike }
    }

    fn verdict(&self) -> &'static str {
        match (self.expected, self.is_as_expected()) {
            (Expected::Alike, true) => "alike",
            (Expected::Alike, false) => "TOLD APART",
            (Expected::Different, true) => "told apart, as has to be",
            (Expected::Different, false) => "NOT FOUND, though they differ",
        }
    }
}

/// Comparisons under one head.
pub struct Table<'a>(pub &'a [Comparison]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<52} {:>7}  {:>9} {:>9}  {:>26}  {:>8}  {:>7}  verdict",
            "pair", "samples", "median µs", "median µs", "difference [95 %]", "found at", "t"
        )?;
        for it in self.0 {
            let Difference { median, low, high } = it.difference;
            let difference = format!("{:+.2} % [{:+.2}, {:+.2}]", median * 100.0, low * 100.0, high * 100.0);
            writeln!(
                f,
                "{:<52} {:>7}  {:>9.0} {:>9.0}  {difference:>26}  {:>6.2} %  {:>+7.1}  {}",
                format!("{} / {}", it.kinds.0, it.kinds.1),
                it.samples,
                it.medians.0,
                it.medians.1,
                it.finds_from * 100.0,
                it.t,
                it.verdict(),
            )?;
        }
        Ok(())
    }
}
