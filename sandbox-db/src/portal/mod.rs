//! What the EHR lends the portal: one file for each trait of `portal_host::lent`.

pub(crate) mod accounts;
pub(crate) mod attempts;
pub(crate) mod patients;
mod practice_cache;
pub(crate) mod sessions;
pub(crate) mod sites;

pub(crate) use practice_cache::{KnownPractice, PracticeCache};
