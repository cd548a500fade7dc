//! People to try the sandbox with: a few by name, and as many more as a load test wants. All are
//! made up.

mod family_names;
mod given_names;
pub(crate) mod insert;
pub(crate) mod people;
pub(crate) mod sandbox;
pub(crate) mod synthetic;
mod town;

pub use sandbox::{StaffPasswordHashes, lakeside, seed_practice, seed_sandbox};
pub use synthetic::{SeedError, seed_patients};
