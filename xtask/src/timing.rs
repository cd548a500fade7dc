//! Whether the time until an answer tells what the answer does not. A measurement and no test: what it finds
//! depends on how quiet the machine is.

use crate::build::{component, host};
use crate::shell::{Stopped, cargo, say, succeed};

/// Of so few nothing can be said, but that they are timed.
const FEW: u64 = 50;

/// Times so many refused requests of each kind, optimised as shipped, and prints which of them can be told
/// apart; fails where something can be that must not. Quickly it times a few, not optimised, and judges nothing.
pub(crate) fn timing(samples: Option<u64>, seed: Option<u64>, quick: bool) -> Result<(), Stopped> {
    component()?;
    host(false)?;
    let optimised: &[&str] = if quick { &[] } else { &["--release"] };
    let example = ["--quiet", "--example", "timing"];
    say(if quick { "building" } else { "building with optimisation (some minutes the first time)" });
    succeed(cargo().arg("build").args(optimised).args(example))?;
    say("timing (some minutes; leave the machine alone meanwhile)");
    let mut timing = cargo();
    timing.arg("run").args(optimised).args(example).arg("--");
    if quick {
        timing.arg("--judge-nothing");
    }
    let samples = samples.or(quick.then_some(FEW));
    for (name, value) in [("--samples", samples), ("--seed", seed)] {
        timing.args(value.map(|value| format!("{name}={value}")));
    }
    succeed(&mut timing)
}
