//! The log on standard error: for people, or as JSON for what collects it.

use clap::ValueEnum;
use portal_host::Chain;
use std::io::{self, IsTerminal, Write};
use std::str::FromStr;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people, in colours on a terminal.
    #[default]
    Pretty,
    /// One JSON object a line, with timestamp, level, target and message; the rest are fields of its own.
    Json,
}

/// What was given as a format is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("pretty or json")]
pub(crate) struct NotAFormat;

impl FromStr for LogFormat {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, NotAFormat> {
        <Self as ValueEnum>::from_str(text, false).map_err(|_| NotAFormat)
    }
}

/// Begins to log.
pub(crate) fn begin(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // Why a command failed is said whatever else is left out.
    let filter = match concat!(module_path!(), "=error").parse() {
        Ok(failures) => filter.add_directive(failures),
        Err(_) => filter,
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Pretty => log.with_ansi(io::stderr().is_terminal()).init(),
        LogFormat::Json => {
            log.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
            // The usual words about a panic are no JSON, and would be lost where only JSON is read.
            std::panic::set_hook(Box::new(|panic| {
                let place = panic.location().map(ToString::to_string).unwrap_or_default();
                tracing::error!(place, "a thread panicked");
            }));
        }
    }
}

/// Says what failed and why, in one line.
pub(crate) fn failed(format: LogFormat, error: &dyn std::error::Error) {
    match format {
        LogFormat::Json => tracing::error!("{}", Chain(error)),
        LogFormat::Pretty => {
            // Where even standard error is gone, the exit code still tells.
            let _ = writeln!(io::stderr(), "error: {}", Chain(error));
        }
    }
}
