//! The log on standard error: for people, or as JSON for what collects it.

use crate::next_step::NextStep;
use clap::ValueEnum;
use clap::builder::styling::{AnsiColor, Style};
use portal_host::Chain;
use std::ffi::OsString;
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
        LogFormat::Pretty => log.with_ansi(is_coloured()).init(),
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

/// Says what failed and why, in one line, and what to do about it in the next.
pub(crate) fn failed(format: LogFormat, error: &dyn NextStep) {
    let next = error.next_step();
    match format {
        LogFormat::Json => tracing::error!(next, "{}", Chain(error)),
        LogFormat::Pretty => {
            let is_coloured = is_coloured();
            let head = |word: &str, colour: AnsiColor| {
                let style = if is_coloured { colour.on_default().bold() } else { Style::new() };
                format!("{style}{word}:{style:#}")
            };
            let mut told = format!("{} {}\n", head("error", AnsiColor::Red), Chain(error));
            if let Some(next) = next {
                told.push_str(&format!("{} {next}\n", head("next", AnsiColor::Green)));
            }
            // Where even standard error is gone, the exit code still tells.
            let _ = io::stderr().write_all(told.as_bytes());
        }
    }
}

fn is_coloured() -> bool {
    Wishes::of_the_environment().is_coloured(io::stderr().is_terminal())
}

/// What the environment wishes of colours, as the help on the command line goes by it too.
#[derive(Debug, Default)]
struct Wishes {
    no_color: Option<OsString>,
    clicolor_force: Option<OsString>,
    clicolor: Option<OsString>,
    term: Option<OsString>,
}

impl Wishes {
    fn of_the_environment() -> Self {
        let of = |name| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
        Self {
            no_color: of("NO_COLOR"),
            clicolor_force: of("CLICOLOR_FORCE"),
            clicolor: of("CLICOLOR"),
            term: of("TERM"),
        }
    }

    fn is_coloured(&self, is_terminal: bool) -> bool {
        let Self { no_color, clicolor_force, clicolor, term } = self;
        let is = |wish: &Option<OsString>, value: &str| wish.as_ref().is_some_and(|wish| wish == value);
        if no_color.is_some() {
            return false;
        }
        if clicolor_force.is_some() {
            return true;
        }
        is_terminal && !is(clicolor, "0") && term.is_some() && !is(term, "dumb")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_colour_on_a_terminal_unless_the_environment_says_otherwise() {
        let plain = || Wishes { term: Some("xterm".into()), ..Wishes::default() };

        assert!(plain().is_coloured(true));
        assert!(!plain().is_coloured(false));
        assert!(!Wishes { no_color: Some("1".into()), ..plain() }.is_coloured(true));
        assert!(!Wishes { clicolor: Some("0".into()), ..plain() }.is_coloured(true));
        assert!(!Wishes { term: Some("dumb".into()), ..plain() }.is_coloured(true));
        assert!(!Wishes::default().is_coloured(true), "nobody knows what would show it");
        let forced = |no_color| Wishes { no_color, clicolor_force: Some("1".into()), ..plain() };
        assert!(forced(None).is_coloured(false));
        assert!(!forced(Some("1".into())).is_coloured(true), "who wants none gets none");
    }
}
