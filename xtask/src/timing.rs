//! Whether the time until an answer tells what the answer does not. A measurement and no test: what it finds
//! depends on how quiet the machine is.

use crate::build::{component, host};
use crate::shell::{Stopped, cargo, say, succeed};

/// Times so many refused requests of each kind, optimised as shipped, and prints which of them can be told
/// apart; fails where something can be that must not.
pub(crate) fn timing(samples: Option<u64>, seed: Option<u64>) -> Result<(), Stopped> {
    component()?;
    host(false)?;
    let example = ["--quiet", "--release", "--example", "timing"];
    say("building with optimisation (some minutes the first time)");
    succeed(cargo().arg("build").args(example))?;
    say("timing (some minutes; leave the machine alone meanwhile)");
    let mut timing = cargo();
    timing.arg("run").args(example).arg("--");
    for (name, value) in [("--samples", samples), ("--seed", seed)] {
        timing.args(value.map(|value| format!("{name}={value}")));
    }
    succeed(&mut timing)
}
