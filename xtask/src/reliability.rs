//! Whether anything acknowledged is lost while machines fail and versions change, and how much visitors notice. A
//! measurement and no test: how much they notice depends on how quick the machine is.

use crate::build::{component, host};
use crate::earlier::{Earlier, earlier};
use crate::programs::install_programs;
use crate::shell::{Stopped, example, say, succeed};
use clap::Args;
use std::ffi::OsStr;

/// What may be said otherwise.
#[derive(Args)]
pub(crate) struct Reliability {
    /// How many patients walk while machines fail; otherwise 1,000.
    #[arg(long)]
    journeys: Option<u64>,
    /// When machines fail, and which; otherwise always the same.
    #[arg(long)]
    seed: Option<u64>,
    /// The revision that hosts are upgraded from, such as HEAD~10; otherwise they are restarted in the same version,
    /// and the component is replaced. It is built in target/earlier, some 15 minutes the first time.
    #[arg(long, value_name = "REVISION")]
    from: Option<String>,
    /// Watch what a host holds of memory for so many minutes besides; 30 say something.
    #[arg(long, value_name = "MINUTES")]
    soak: Option<u64>,
}

/// One measurement after the other; the first that finds a fault ends it.
pub(crate) fn reliability(options: &Reliability) -> Result<(), Stopped> {
    let Reliability { journeys, seed, from, soak } = options;
    install_programs()?;
    let earlier = from.as_deref().map(earlier).transpose()?;
    component()?;
    host(false)?;
    say("walking while machines fail (some minutes)");
    let mut walking = example("reliability");
    for (name, value) in [("--journeys", journeys), ("--seed", seed)] {
        walking.args(value.map(|value| format!("{name}={value}")));
    }
    succeed(&mut walking)?;
    let mut rolling = example("rolling");
    match &earlier {
        Some(Earlier { revision, host, component }) => {
            say(format_args!("replacing hosts built from {revision} by those of this tree (some minutes)"));
            rolling.args([OsStr::new("--from-host"), host.as_os_str()]);
            rolling.args([OsStr::new("--from-component"), component.as_os_str()]);
        }
        None => say("replacing hosts by others of the same version (some minutes; --from names another)"),
    }
    succeed(&mut rolling)?;
    say("walking in a crowd (some minutes)");
    succeed(&mut example("crowded"))?;
    say("keeping the queue for hashing full");
    succeed(&mut example("hashing"))?;
    say("serving a component that misbehaves (some minutes)");
    succeed(&mut example("faulty"))?;
    let Some(minutes) = soak else { return Ok(()) };
    say(format_args!("watching what a host holds ({minutes} minutes)"));
    succeed(example("soak").arg(format!("--minutes={minutes}")))
}
