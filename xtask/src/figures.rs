//! What the portal asks of people, in figures: clicks, bytes, reading grades, contrast. A measurement and no test; the
//! tests hold each to its bound.

use crate::build::{host, shipped_component};
use crate::programs::{bring_axe, install_programs};
use crate::shell::{Stopped, example, say, succeed};

/// Measures it, prints it, and writes it into docs/experience.md.
pub(crate) fn figures() -> Result<(), Stopped> {
    install_programs()?;
    bring_axe()?;
    shipped_component()?;
    host(false)?;
    say("measuring what is asked of people (some minutes)");
    succeed(&mut example("figures"))
}
