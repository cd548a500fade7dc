//! The command line: what can be asked for, and how a failure is told.

use crate::seed::{SeedOptions, seed};
use crate::serve::{ServeOptions, serve};
use clap::{Args, Parser, Subcommand};
use portal_host::Chain;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  portal-host serve --component patient-portal.wasm
  portal-host serve --component patient-portal.wasm --ehr 127.0.0.1:9080 --portal 127.0.0.1:9081
  portal-host seed --patients 10000

Exit codes:
  0  done, or stopped by Ctrl-C or SIGTERM after finishing what was under way
  1  failed; the reason is on standard error
  2  the command line was not understood";

#[derive(Parser)]
#[command(name = "portal-host", version, about = "Serves a sandbox EHR and its patient portal", after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the EHR for staff and the website for patients.
    Serve(Serve),
    /// Add synthetic patients to the sandbox. Running it again with the same seed adds nothing twice.
    Seed(Seed),
}

/// Where things are kept; the same for every command.
#[derive(Args)]
struct Kept {
    /// Folder for the database, the host's key and the compiled component. Made when missing.
    #[arg(long, value_name = "DIR", default_value = "portal-state")]
    state: PathBuf,
    /// Database to use instead of sandbox.db in the state folder.
    #[arg(
        long,
        value_name = "URL",
        help = "Database, such as sqlite:/var/lib/portal/sandbox.db [default: sandbox.db in the state folder]"
    )]
    database: Option<String>,
}

#[derive(Args)]
struct Serve {
    /// The portal's component, a .wasm file.
    #[arg(long, value_name = "FILE")]
    component: PathBuf,
    /// Address of the EHR, for staff.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    ehr: SocketAddr,
    /// Address of the patient website.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    portal: SocketAddr,
    /// Where patients find the website, if not at that address: behind a proxy, say.
    #[arg(long, value_name = "URL")]
    portal_url: Option<String>,
    #[command(flatten)]
    kept: Kept,
}

#[derive(Args)]
struct Seed {
    /// How many patients to add.
    #[arg(long, value_name = "N")]
    patients: u64,
    /// The same number gives the same patients.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    kept: Kept,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_standard_error();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match cli.command {
        Command::Serve(Serve { component, ehr, portal, portal_url, kept: Kept { state, database } }) => {
            let options = ServeOptions { component, ehr, portal, portal_url, state, database };
            runtime.block_on(serve(options)).map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS)
        }
        Command::Seed(Seed { patients, seed: number, kept: Kept { state, database } }) => {
            let options = SeedOptions { patients, number, state, database };
            runtime.block_on(seed(options)).map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS)
        }
    }
}

/// Says what failed and why, in one line.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    // Where even standard error is gone, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "error: {}", Chain(error));
    ExitCode::FAILURE
}

fn log_to_standard_error() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colour).init();
}
