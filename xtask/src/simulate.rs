//! The attacks of the security proof in full length. The tests simulate them too, the longest for a day only.

use crate::build::{component, host};
use crate::shell::{Stopped, example, say, succeed};

/// Simulates every attack and prints the table; fails where a bound is not kept.
pub(crate) fn simulate(seed: Option<u64>, quick: bool) -> Result<(), Stopped> {
    component()?;
    host(false)?;
    say("simulating (some minutes)");
    let mut simulate = example("simulate");
    simulate.args(seed.map(|seed| format!("--seed={seed}")));
    if quick {
        simulate.arg("--quick");
    }
    succeed(&mut simulate)
}
