//! What the EHR lends the portal: one file for each trait of `portal_host::lent`, and what time and new
//! keys do to stored invitations.

pub(crate) mod accounts;
pub(crate) mod attempts;
pub(crate) mod lapse;
pub(crate) mod patients;
mod practice_cache;
pub(crate) mod reseal;
pub(crate) mod second_factors;
pub(crate) mod sessions;
pub(crate) mod sites;

pub(crate) use practice_cache::{KnownPractice, PracticeCache};
pub use reseal::{ResealError, Resealed};
