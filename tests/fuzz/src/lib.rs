//! Bad input: made up anew each time, and kept where it found something once. For every parser of bytes
//! from outside, and for the portal as a whole.
//!
//! A target is a test in `tests/` with a folder of the same name in `tests/__fuzz__`. Its `corpus` holds
//! inputs as they come from outside, a file each. `cargo test -p portal-fuzz` tries every one of them,
//! then as many new ones as [`bounds`] says: random bytes, and what [`grown`] makes of the corpus. A
//! target states what must hold of every input, not only that nothing panics.
//!
//! - More of it, for minutes or hours: `cargo xtask fuzz --seconds 600`, or `cargo xtask fuzz birth_date`
//!   for one target; with `--guided` what to try next is chosen by what the last ones reached.
//! - **When a target fails** it makes the input smaller, prints it and keeps it in `tests/__fuzz__/TARGET/crashes`, where
//!   the next `cargo test -p portal-fuzz TARGET` tries it before anything else. The seed that is printed
//!   too repeats the whole run: `BOLERO_RANDOM_SEED=... cargo test -p portal-fuzz TARGET`. Once mended,
//!   move the file to `corpus` under a name that says what it is.
//! - **To add an input**, put the file into `corpus`: its bytes are the input. Keep it small, and made up:
//!   nobody's real data. What the bytes mean to a target stands above it; a word in braces means
//!   something to `handle` alone.

pub mod bounds;
pub mod corpus;
pub mod failing;
pub mod grown;
pub mod message;
pub mod practice;
pub mod target;

#[cfg(feature = "host")]
pub mod website;

pub use target::Target;
