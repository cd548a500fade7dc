//! The page with all messages, docs/words.md, written anew from the sources. A test says when it is out of date.

use crate::shell::{Stopped, example, succeed};

/// Writes the page.
pub(crate) fn words() -> Result<(), Stopped> {
    succeed(&mut example("words"))
}
