//! What a newcomer types: `cargo xtask run`, `cargo xtask test`, `cargo xtask dist`.

mod bench;
mod build;
mod dist;
#[cfg(test)]
mod documented;
mod earlier;
mod figures;
mod fuzz;
mod pages;
#[cfg(test)]
mod profiles;
mod programs;
mod reliability;
mod run;
mod screenshots;
mod shell;
mod shrink;
mod simulate;
mod test;
mod timing;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The project's chores",
    after_help = "\
Examples:
  Try it:
    cargo xtask run
  Run every test:
    cargo xtask test
  Build what is shipped:
    cargo xtask dist"
)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything and serve the sandbox: the EHR for staff and the website for patients.
    #[command(after_help = "\
Examples:
  At the usual addresses, with everything in .sandbox:
    cargo xtask run
  At other ports:
    cargo xtask run -- --ehr 127.0.0.1:9080 --portal 127.0.0.1:9081 --operator 127.0.0.1:9082")]
    Run {
        /// Handed to `portal-host serve`, such as --ehr ADDR --portal ADDR --database URL, or --state DIR in place of .sandbox.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run every test, those in a browser included.
    #[command(after_help = "\
Examples:
  Every test:
    cargo xtask test
  One of them:
    cargo xtask test --test starting")]
    Test {
        /// Handed to `cargo test`, such as the name of a test.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build the component as it is shipped, and print where it is.
    Component,
    /// Build portal-host as the tests run it, and print where it is.
    Host,
    /// Build what is shipped into target/dist.
    #[command(after_help = "\
Example:
  Build it, then look at what is shipped:
    cargo xtask dist && target/dist/portal-host plugin inspect target/dist/patient-portal.wasm")]
    Dist {
        /// Take the program as it is built day to day, in a minute and not optimised, into target/dist-quick.
        #[arg(long)]
        quick: bool,
    },
    /// Write docs/contract.md anew, from wit/*.wit.
    Contract(pages::Where),
    /// Write docs/words.md anew: every message, from the folders of words, the EHR's templates and the commands.
    Words(pages::Where),
    /// Take the pictures of the documents and of docs/gallery.md anew, from the running system.
    Screenshots(pages::Where),
    /// Measure what the portal asks of people (clicks, bytes, reading grades, contrast) and write it into
    /// docs/experience.md.
    Figures(pages::Where),
    /// Measure how fast the portal is beside its peers, and print which goals are reached. Fails where something
    /// cannot be measured, not where a goal is missed.
    #[command(after_help = "\
Examples:
  All of it:
    cargo xtask bench
  Only what has to do with pages:
    cargo xtask bench --only page")]
    Bench {
        /// Only see that it works: one round of little, with what is built day to day and without wasmtime to compare with,
        /// kept in target/bench-quick. Stands before everything else.
        #[arg(long)]
        quick: bool,
        /// Handed to the benchmark, such as --only page, --rounds 9 or --accept; --help has them all.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Feed the portal with bad input for longer than the tests do.
    #[command(after_help = "\
Examples:
  Every target, a minute each:
    cargo xtask fuzz
  One of them, for an hour:
    cargo xtask fuzz birth_date --seconds 3600")]
    Fuzz {
        /// The target, such as birth_date; otherwise one after the other.
        target: Option<String>,
        /// How long to go on with each.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
        /// Choose what to try next by what was reached, in the portal's own rules only. Needs a C++ compiler.
        #[arg(long)]
        guided: bool,
        /// Only see that it works: what is kept and a hundred new inputs for each.
        #[arg(long, conflicts_with_all = ["seconds", "guided"])]
        quick: bool,
    },
    /// Simulate weeks of attacks on User Confirmation and print what they come to, beside what they may.
    #[command(after_help = "\
Examples:
  As in the tests:
    cargo xtask simulate
  With other choices:
    cargo xtask simulate --seed 7")]
    Simulate {
        /// What every choice is drawn from; otherwise the same as in the tests.
        #[arg(long)]
        seed: Option<u64>,
        /// Only see that it works: guess blindly for some hours instead of a week, and leave out most of what has to get in.
        #[arg(long)]
        quick: bool,
    },
    /// Let patients activate and log in while hosts are killed, the database crashes, hosts are replaced, a crowd holds
    /// connections, log ins storm and a component misbehaves, and say what came of it.
    #[command(after_help = "\
Examples:
  Within one version:
    cargo xtask reliability
  From an older version to this one:
    cargo xtask reliability --from HEAD~10
  Watch what a host holds of memory for half an hour as well:
    cargo xtask reliability --soak 30")]
    Reliability(reliability::Reliability),
    /// Time refused requests and say whether why they were refused can be told from it.
    #[command(after_help = "\
Examples:
  Some 10 minutes:
    cargo xtask timing
  Only a look whether it works:
    cargo xtask timing --quick")]
    Timing {
        /// How many requests of each kind; otherwise as many as take some 10 minutes.
        #[arg(long)]
        samples: Option<u64>,
        /// What the order of the requests and everything typed is drawn from; otherwise always the same.
        #[arg(long)]
        seed: Option<u64>,
        /// Only see that it works: time a few, with what is built day to day, and succeed whatever is found.
        #[arg(long)]
        quick: bool,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().chore {
        Chore::Run { arguments } => run::run(&arguments),
        Chore::Test { arguments } => test::test(&arguments),
        Chore::Component => build::shipped_component().map(|path| print(&path)),
        Chore::Host => build::host(false).map(|path| print(&path)),
        Chore::Dist { quick } => dist::dist(quick),
        Chore::Contract(into) => pages::write("contract", &into),
        Chore::Words(into) => pages::write("words", &into),
        Chore::Screenshots(into) => screenshots::screenshots(&into),
        Chore::Figures(into) => figures::figures(&into),
        Chore::Bench { arguments, quick } => bench::bench(&arguments, quick),
        Chore::Simulate { seed, quick } => simulate::simulate(seed, quick),
        Chore::Reliability(options) => reliability::reliability(&options),
        Chore::Timing { samples, seed, quick } => timing::timing(samples, seed, quick),
        Chore::Fuzz { target, seconds, guided, quick } => {
            let until = if quick { fuzz::Until::Tried(fuzz::FEW) } else { fuzz::Until::Seconds(seconds) };
            if guided {
                fuzz::by_coverage(target.as_deref(), seconds)
            } else {
                fuzz::at_random(target.as_deref(), until)
            }
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even standard error is gone, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "error: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// Where something is, for other programs to read.
fn print(path: &Path) {
    // A closed pipe is no reason to fail: it was built.
    let _ = writeln!(std::io::stdout(), "{}", path.display());
}

/// An error with everything that caused it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain = format!("{chain}: {error}");
        cause = error.source();
    }
    chain
}
