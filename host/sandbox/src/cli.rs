//! The command line: what can be asked for, and how a failure is told.

use crate::commands::audit::{self, ExportArgs};
use crate::commands::database;
use crate::commands::keys;
use crate::commands::policy::{self, PolicyArgs};
use crate::commands::seed::{SeedOptions, seed};
use crate::kept::Kept;
use crate::serve::{Addresses, ServeOptions, serve};
use clap::{Args, Parser, Subcommand};
use portal_host::Chain;
use portal_host::serve::{Network, TrustedProxies};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  portal-host serve --component patient-portal.wasm
  portal-host serve --component patient-portal.wasm --ehr 127.0.0.1:9080 --portal 127.0.0.1:9081
  portal-host seed --patients 10000
  portal-host audit verify
  portal-host audit export --format csv --from 2026-01-01 --to 2026-02-01 --output january.csv
  portal-host keys rotate
  portal-host database prepare --database postgres://owner@db.example/portal
  portal-host policy --set per-website-an-hour=100 --set never-paused=192.0.2.0/24

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
    /// Check or hand out the audit trail.
    #[command(subcommand)]
    Audit(Audit),
    /// Look after the host's keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Look after the database.
    #[command(subcommand)]
    Database(DatabaseCommand),
    /// Show what a practice has set, or set it.
    Policy(PolicyArgs),
}

#[derive(Subcommand)]
enum Audit {
    /// Check that nothing in the audit trail was altered, removed or reordered.
    Verify {
        #[command(flatten)]
        kept: Kept,
    },
    /// Write the audit trail, in order of time, to standard output or a file.
    Export(ExportArgs),
}

#[derive(Subcommand)]
enum Keys {
    /// Make a new key and use it for everything from now on. Stop the hosts first.
    Rotate {
        #[command(flatten)]
        kept: Kept,
    },
}

#[derive(Subcommand)]
enum DatabaseCommand {
    /// Bring the tables up to date and, on PostgreSQL, give the role portal_host what a host needs. Run it as
    /// the tables' owner, before hosts of a new version start.
    Prepare {
        #[command(flatten)]
        kept: Kept,
    },
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
    /// Where staff find the EHR, if not at that address: behind a proxy, say.
    #[arg(long, value_name = "URL")]
    ehr_url: Option<String>,
    /// Address for the operator: metrics at /metrics, and for a load balancer /healthz and /readyz. Without a
    /// sign-in, so keep it internal.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8082")]
    operator: SocketAddr,
    /// A proxy in front whose X-Forwarded-For is believed: an address, or a range such as 10.0.0.0/8.
    /// May be given several times.
    #[arg(long = "trusted-proxy", value_name = "NETWORK")]
    trusted_proxies: Vec<Network>,
    /// How long to go on taking visitors after being told to stop, while /readyz says so already: as long as a load
    /// balancer needs to notice. A second signal ends it.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    stop_delay: u16,
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
        Command::Serve(it) => {
            let Serve { component, ehr, portal, portal_url, ehr_url, operator, trusted_proxies, stop_delay, kept } =
                it;
            let addresses = Addresses { ehr, portal, operator, portal_url, ehr_url };
            let proxies = TrustedProxies::new(trusted_proxies);
            let stop_delay = Duration::from_secs(stop_delay.into());
            ended(runtime.block_on(serve(ServeOptions { component, addresses, proxies, stop_delay, kept })))
        }
        Command::Seed(Seed { patients, seed: number, kept }) => {
            ended(runtime.block_on(seed(SeedOptions { patients, number, kept })))
        }
        Command::Audit(Audit::Verify { kept }) => ended(runtime.block_on(audit::verify(kept))),
        Command::Audit(Audit::Export(options)) => ended(runtime.block_on(audit::export(options))),
        Command::Keys(Keys::Rotate { kept }) => ended(runtime.block_on(keys::rotate(kept))),
        Command::Database(DatabaseCommand::Prepare { kept }) => {
            ended(runtime.block_on(database::prepare(kept)))
        }
        Command::Policy(options) => ended(runtime.block_on(policy::policy(options))),
    }
}

fn ended<E: std::error::Error>(done: Result<(), E>) -> ExitCode {
    done.map_or_else(|error| fail(&error), |()| ExitCode::SUCCESS)
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
