//! What is measured, one file for each section. Each section is made of rounds, and each round measures everything
//! that is compared.

pub(crate) mod growth;
pub(crate) mod hashing;
pub(crate) mod journeys;
pub(crate) mod memory;
pub(crate) mod page;
pub(crate) mod size;
pub(crate) mod start;

use std::path::PathBuf;

/// What is measured with, and how often.
pub(crate) struct Bench {
    /// `portal-host` and the component, as shipped.
    pub(crate) host: PathBuf,
    pub(crate) component: PathBuf,
    /// `wasmtime`, and the component that it serves, where the portal is to be compared with it.
    pub(crate) wasmtime: Option<(PathBuf, PathBuf)>,
    /// hyper alone, with the same page.
    pub(crate) bare_hyper: PathBuf,
    /// Where results and seeded databases are kept.
    pub(crate) folder: PathBuf,
    /// Rounds of each section.
    pub(crate) rounds: usize,
    /// The largest practice whose growth is measured, in patients.
    pub(crate) most: u64,
}

impl Bench {
    /// Where compiled components are kept for practices in this process.
    pub(crate) fn compiled(&self) -> PathBuf {
        self.folder.join("compiled")
    }
}
