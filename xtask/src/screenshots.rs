//! The pictures of the documents and of the gallery, taken anew from the running system. A test says when they are out of
//! date.

use crate::build::{host, shipped_component};
use crate::pages::{Where, write};
use crate::programs::install_programs;
use crate::shell::{Stopped, say};

/// Takes them all, and writes gallery.md.
pub(crate) fn screenshots(into: &Where) -> Result<(), Stopped> {
    install_programs()?;
    shipped_component()?;
    host(false)?;
    say("taking pictures (some minutes)");
    write("screenshots", into)
}
