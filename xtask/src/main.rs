//! What a newcomer types: `cargo xtask run`, `cargo xtask test`, `cargo xtask dist`.

mod build;
mod dist;
mod programs;
mod run;
mod shell;
mod test;

use clap::{Parser, Subcommand};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's chores")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything and serve the sandbox: the EHR for staff and the website for patients.
    Run {
        /// Handed to `portal-host serve`, such as --ehr ADDR --portal ADDR --database URL.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run every test, those in a browser included.
    Test {
        /// Handed to `cargo test`, such as the name of a test.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build what is shipped into target/dist.
    Dist,
}

fn main() -> ExitCode {
    let done = match Cli::parse().chore {
        Chore::Run { arguments } => run::run(&arguments),
        Chore::Test { arguments } => test::test(&arguments),
        Chore::Dist => dist::dist(),
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
