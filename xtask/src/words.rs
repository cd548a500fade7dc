//! The page with all messages to patients, docs/words.md, written anew from `plugin/words/`. A test says when it is out of
//! date.

use crate::shell::{Stopped, cargo, succeed};

/// Writes the page.
pub(crate) fn words() -> Result<(), Stopped> {
    succeed(cargo().args(["run", "--quiet", "--package", "compile-words", "--example", "table"]))
}
