//! The page with all messages, docs/words.md, written anew from `plugin/words/`, `plugin/src/words/staff/` and
//! `host/sandbox/words/`. A test says when it is out of date.

use crate::shell::{Stopped, cargo, succeed};

/// Writes the page.
pub(crate) fn words() -> Result<(), Stopped> {
    succeed(cargo().args(["run", "--quiet", "--package", "compile-words", "--example", "table"]))
}
