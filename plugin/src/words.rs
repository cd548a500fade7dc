//! Every sentence people read, in one place, so that a translation has one place to start.
//!
//! English only so far. Labels that patients and staff know from the existing system, and
//! that the printed sheet names, stand once in [`labels`] and are used from there.

pub mod account;
pub mod batch;
pub mod dates;
pub mod labels;
pub mod mistakes;
pub mod second_step;
pub mod sheet;
pub mod staff;
pub mod website;

/// The language of all of it, BCP 47.
pub const LANGUAGE: &str = "en";
