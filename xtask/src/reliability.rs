//! Whether anything acknowledged is lost while machines fail and versions change, and how much visitors notice. A
//! measurement and no test: how much they notice depends on how quick the machine is.

use crate::build::{component, host};
use crate::earlier::{Earlier, built, looked_up};
use crate::programs::install_programs;
use crate::shell::{Stopped, example, say, succeed};
use clap::Args;
use std::ffi::OsStr;
use std::process::Command;

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
    /// Only see that it works: few patients and little load, seconds for minutes, and for an older version, which is
    /// looked up, the programs of this tree. With --from or --soak only what they are about. What is noticed says nothing.
    #[arg(long)]
    quick: bool,
}

/// What each measurement is told where it is to be quick.
const LITTLE: [(&str, &[&str]); 5] = [
    ("reliability", &["--journeys=120", "--at-once=1", "--hurry=10"]),
    ("rolling", &["--patients=40"]),
    ("crowded", &["--journeys=8", "--idle=500", "--slow=50"]),
    ("hashing", &["--pages=50"]),
    ("faulty", &["--milliseconds=200"]),
];

/// One measurement after the other; the first that finds a fault ends it.
pub(crate) fn reliability(options: &Reliability) -> Result<(), Stopped> {
    let Reliability { from, soak, quick, .. } = options;
    install_programs()?;
    let earlier = from.as_deref().map(|revision| if *quick { looked_up(revision) } else { built(revision) });
    let earlier = earlier.transpose()?;
    component()?;
    host(false)?;
    let is_about_one = *quick && (from.is_some() || soak.is_some());
    if !is_about_one {
        failing(options)?;
    }
    if !is_about_one || from.is_some() {
        replacing(earlier.as_ref(), *quick)?;
    }
    if !is_about_one {
        crowded(*quick)?;
    }
    soak.map_or(Ok(()), |minutes| holding(minutes, *quick))
}

fn measuring(name: &str, quick: bool) -> Command {
    let mut measuring = example(name);
    let little = LITTLE.iter().filter(|(little, _)| quick && *little == name);
    measuring.args(little.flat_map(|(_, arguments)| *arguments));
    measuring
}

/// While hosts are killed and the database crashes.
fn failing(Reliability { journeys, seed, quick, .. }: &Reliability) -> Result<(), Stopped> {
    say("walking while machines fail (some minutes)");
    let mut walking = measuring("reliability", *quick);
    for (name, value) in [("--journeys", journeys), ("--seed", seed)] {
        walking.args(value.map(|value| format!("{name}={value}")));
    }
    succeed(&mut walking)
}

/// While hosts are replaced by those of this tree.
fn replacing(earlier: Option<&Earlier>, quick: bool) -> Result<(), Stopped> {
    let mut rolling = measuring("rolling", quick);
    match earlier {
        Some(Earlier { revision, host, component }) => {
            say(format_args!("replacing hosts built from {revision} by those of this tree (some minutes)"));
            rolling.args([OsStr::new("--from-host"), host.as_os_str()]);
            rolling.args([OsStr::new("--from-component"), component.as_os_str()]);
        }
        None => say("replacing hosts by others of the same version (some minutes; --from names another)"),
    }
    succeed(&mut rolling)
}

/// While there is more of everything than is good.
fn crowded(quick: bool) -> Result<(), Stopped> {
    say("walking in a crowd (some minutes)");
    succeed(&mut measuring("crowded", quick))?;
    say("keeping the queue for hashing full");
    succeed(&mut measuring("hashing", quick))?;
    say("serving a component that misbehaves (some minutes)");
    succeed(&mut measuring("faulty", quick))
}

/// For so many minutes, or seconds.
fn holding(minutes: u64, quick: bool) -> Result<(), Stopped> {
    let mut watching = example("soak");
    watching.arg(format!("--minutes={minutes}"));
    if quick {
        watching.arg("--quick");
    }
    say(format_args!("watching what a host holds ({minutes} {})", if quick { "seconds" } else { "minutes" }));
    succeed(&mut watching)
}
