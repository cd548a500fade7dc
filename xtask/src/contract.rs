//! The page about the contract, docs/contract.md, written anew from `wit/`. A test says when it is out of date.

use crate::shell::{Stopped, cargo, succeed};

/// Writes the page.
pub(crate) fn contract() -> Result<(), Stopped> {
    succeed(cargo().args(["run", "--quiet", "--package", "portal-tests", "--example", "contract"]))
}
