//! The command line: what can be asked for, and how a failure is told.

use crate::commands::audit::{self, ExportArgs};
use crate::commands::backup::{self, BackupArgs, RestoreArgs};
use crate::commands::check::check;
use crate::commands::database;
use crate::commands::keys;
use crate::commands::plugin;
use crate::commands::policy::{self, PolicyArgs};
use crate::commands::seed::{SeedOptions, seed};
use crate::config::Config;
use crate::examples;
use crate::kept::Kept;
use crate::logging::{self, LogFormat};
use crate::next_step::{NextStep, NoRuntime};
use crate::options::Serve;
use crate::serve::serve;
use crate::which::Which;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use portal_host::SignerKey;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "portal-host", version, about = "Serves a sandbox EHR and its patient portal", after_help = examples::PROGRAM)]
struct Cli {
    /// How the log on standard error is written: json has one object a line, for programs [default: pretty].
    #[arg(long, global = true, value_enum, value_name = "FORMAT", env = "PORTAL_LOG_FORMAT")]
    log_format: Option<LogFormat>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the EHR for staff and the website for patients.
    #[command(after_help = examples::SERVE)]
    Serve(Serve),
    /// Look whether serve would start with these options, and say so of each thing on a line. Makes nothing.
    #[command(after_help = examples::CHECK)]
    Check(Serve),
    /// Add synthetic patients to the sandbox. Running it again with the same seed adds nothing twice.
    #[command(after_help = examples::SEED)]
    Seed(Seed),
    /// Check or hand out the audit trail.
    #[command(subcommand, after_help = examples::AUDIT)]
    Audit(Audit),
    /// Look after the host's keys.
    #[command(subcommand, after_help = examples::KEYS)]
    Keys(Keys),
    /// Look after the database.
    #[command(subcommand, after_help = examples::DATABASE)]
    Database(DatabaseCommand),
    /// Copy the database file while hosts serve it, and check the copy.
    #[command(after_help = examples::BACKUP)]
    Backup(BackupArgs),
    /// Put a backup where there is no database yet. It needs the key file that the database was used with.
    #[command(after_help = examples::RESTORE)]
    Restore(RestoreArgs),
    /// Look at a component before it is served.
    #[command(subcommand, after_help = examples::PLUGIN)]
    Plugin(Plugin),
    /// Show what a practice has set, or set it.
    #[command(after_help = examples::POLICY)]
    Policy(PolicyArgs),
}

#[derive(Subcommand)]
enum Audit {
    /// Check that nothing in the audit trail was altered, removed or reordered.
    #[command(after_help = examples::AUDIT_VERIFY)]
    Verify {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        kept: Kept,
    },
    /// Write the audit trail, in order of time, to standard output or a file.
    #[command(after_help = examples::AUDIT_EXPORT)]
    Export(ExportArgs),
}

#[derive(Subcommand)]
enum Keys {
    /// Make a new key and use it for everything from now on. Stop the hosts first.
    #[command(after_help = examples::KEYS_ROTATE)]
    Rotate {
        #[command(flatten)]
        kept: Kept,
    },
}

#[derive(Subcommand)]
enum DatabaseCommand {
    /// Bring the tables up to date and, on PostgreSQL, give the role portal_host what a host needs. Run it as
    /// the tables' owner, before hosts of a new version start.
    #[command(after_help = examples::DATABASE_PREPARE)]
    Prepare {
        #[command(flatten)]
        kept: Kept,
    },
}

#[derive(Subcommand)]
enum Plugin {
    /// Show a component's size, SHA-256 digest, signature, contract, imports and exports, and whether this host can
    /// load it.
    #[command(after_help = examples::PLUGIN_INSPECT)]
    Inspect {
        /// The component, a .wasm file.
        #[arg(value_name = "FILE")]
        component: PathBuf,
        /// A public key of minisign, the second line of its .pub file: look whether the signature beside the component
        /// is good. May be given several times; then any one of them will do.
        #[arg(long = "plugin-key", value_name = "KEY")]
        plugin_keys: Vec<SignerKey>,
    },
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
    which: Which,
    #[command(flatten)]
    kept: Kept,
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let Cli { log_format, mut command } = Cli::parse();
    let config =
        command.kept().and_then(|kept| kept.config()).map_or_else(|| Ok(Config::default()), Config::read);
    let configured = config.as_ref().ok().and_then(|config| config.log_format);
    let log_format = log_format.or(configured).unwrap_or_default();
    logging::begin(log_format);
    let failed = |error: &dyn NextStep| {
        logging::failed(log_format, error);
        ExitCode::FAILURE
    };
    let config = match config {
        Ok(config) => config,
        Err(error) => return failed(&error),
    };
    if let Some(kept) = command.kept() {
        kept.fill(&config);
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&NoRuntime::from(error)),
    };
    match runtime.block_on(done(command, config, log_format)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

/// Whether the program would understand these words, its own name first; nothing is done. Asking for help or the version
/// is understood.
///
/// # Errors
/// What it would say about them before it ends with the exit code 2.
pub fn understands(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<(), clap::Error> {
    match Cli::try_parse_from(words) {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Does what was asked for. Each command has errors of its own, and here they are all only told.
async fn done(command: Command, config: Config, log_format: LogFormat) -> Result<(), Box<dyn NextStep>> {
    match command {
        Command::Serve(it) => serve(it.options(config, log_format)).await?,
        Command::Check(it) => check(it.options(config, log_format)).await?,
        Command::Seed(Seed { patients, seed: number, which, kept }) => {
            seed(SeedOptions { patients, number, which, kept }).await?;
        }
        Command::Audit(Audit::Verify { which, kept }) => audit::verify(&which, kept).await?,
        Command::Audit(Audit::Export(options)) => audit::export(options).await?,
        Command::Keys(Keys::Rotate { kept }) => keys::rotate(kept).await?,
        Command::Database(DatabaseCommand::Prepare { kept }) => database::prepare(kept).await?,
        Command::Backup(options) => backup::backup(options).await?,
        Command::Restore(options) => backup::restore(options).await?,
        Command::Plugin(Plugin::Inspect { component, plugin_keys }) => {
            plugin::inspect(&component, plugin_keys)?;
        }
        Command::Policy(options) => policy::policy(options).await?,
    }
    Ok(())
}

impl Command {
    /// Where things are kept, for whatever command has something to do with that.
    fn kept(&mut self) -> Option<&mut Kept> {
        match self {
            Self::Serve(it) | Self::Check(it) => Some(&mut it.kept),
            Self::Seed(it) => Some(&mut it.kept),
            Self::Audit(Audit::Verify { kept, .. })
            | Self::Keys(Keys::Rotate { kept })
            | Self::Database(DatabaseCommand::Prepare { kept }) => Some(kept),
            Self::Audit(Audit::Export(it)) => Some(&mut it.kept),
            Self::Backup(it) => Some(&mut it.kept),
            Self::Restore(it) => Some(&mut it.kept),
            Self::Policy(it) => Some(&mut it.kept),
            Self::Plugin(Plugin::Inspect { .. }) => None,
        }
    }
}
