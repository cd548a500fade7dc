//! Whether anything acknowledged is lost while machines fail. A measurement and no test: how much visitors notice
//! depends on how quick the machine is.

use crate::build::{component, host};
use crate::programs::install_programs;
use crate::shell::{Stopped, cargo, say, succeed};
use std::process::Command;

/// Three hosts behind a load balancer on PostgreSQL, so many journeys, and machines that fail meanwhile; fails
/// where anything acknowledged is lost or doubled. Then one host in a crowd that holds connections open.
pub(crate) fn reliability(journeys: Option<u64>, seed: Option<u64>) -> Result<(), Stopped> {
    install_programs()?;
    component()?;
    host(false)?;
    say("walking while machines fail (some minutes)");
    let mut walking = example("reliability");
    for (name, value) in [("--journeys", journeys), ("--seed", seed)] {
        walking.args(value.map(|value| format!("{name}={value}")));
    }
    succeed(&mut walking)?;
    say("walking in a crowd (some minutes)");
    succeed(&mut example("crowded"))
}

fn example(name: &str) -> Command {
    let mut example = cargo();
    example.args(["run", "--quiet", "--package", "portal-tests", "--example", name, "--"]);
    example
}
