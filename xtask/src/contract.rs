//! The page about the contract, docs/contract.md, written anew from `wit/`. A test says when it is out of date.

use crate::shell::{Stopped, example, succeed};

/// Writes the page.
pub(crate) fn contract() -> Result<(), Stopped> {
    succeed(&mut example("contract"))
}
