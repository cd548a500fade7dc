//! Whether the time until an answer tells what the answer does not: which usernames there are, and what
//! became of a Portal ID.
//!
//! Requests of several kinds, all refused, are sent in an order drawn at random, and the times of each two
//! kinds compared as dudect does (Reparaz, Balasch, Verbauwhede: Dude, is my code constant time?, DATE
//! 2017). [`confirmation`] and [`log_in`] know the kinds and make their requests, a [`stopwatch`] takes the
//! times, [`statistics`] compares them, [`report`] says what came of it.

pub mod confirmation;
pub mod log_in;
pub mod report;
pub mod statistics;
pub mod stopwatch;

/// What the order of requests and everything typed is drawn from, unless another seed is asked for.
pub const SEED: u64 = 20_260_105;

/// Requests of each kind that are made ready and sent together.
pub const AT_ONCE: usize = 50;

/// Requests of each kind, unless another number is asked for.
pub const SAMPLES: u64 = 2_000;
