//! What the portal asks of people, in figures: clicks, bytes, reading grades, contrast. A measurement and no test; the
//! tests hold each to its bound.

use crate::build::{host, shipped_component};
use crate::pages::{Where, write};
use crate::programs::{bring_axe, install_programs};
use crate::shell::{Stopped, say};

/// Measures it, prints it, and writes it into experience.md, beside what else stands there.
pub(crate) fn figures(into: &Where) -> Result<(), Stopped> {
    install_programs()?;
    bring_axe()?;
    shipped_component()?;
    host(false)?;
    say("measuring what is asked of people (some minutes)");
    write("figures", into)
}
