//! The page with all messages, docs/words.md, written anew from the sources. A test says when it is out of date.

use crate::shell::{Stopped, cargo, succeed};

/// Writes the page.
pub(crate) fn words() -> Result<(), Stopped> {
    succeed(cargo().args(["run", "--quiet", "--package", "portal-tests", "--example", "words"]))
}
