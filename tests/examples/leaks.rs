//! Looks through the logs that `cargo xtask test` kept for everything that was planted while the tests ran. Fails
//! where a log has any of it, and where there is no log.

use clap::Parser;
use portal_tests::leaks::{LookedThrough, look_through};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
struct Options {
    /// The folder that the tests kept logs and secrets in.
    folder: PathBuf,
    /// Some tests only were run, which may have started no host.
    #[arg(long)]
    may_be_none: bool,
}

/// Enough of them to see what is wrong.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    let Options { folder, may_be_none } = Options::parse();
    let LookedThrough { logs, lines, secrets, leaks } = match look_through(&folder) {
        Ok(looked) => looked,
        Err(error) => {
            eprintln!(
                "{error}: {}",
                std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default()
            );
            return ExitCode::FAILURE;
        }
    };
    println!("{logs} logs with {lines} lines hold {} of {secrets} secrets", leaks.len());
    for leak in leaks.iter().take(SHOWN) {
        println!("{}:{}: {:?} is in {:?}", leak.log.display(), leak.line, leak.secret, leak.says);
    }
    if leaks.is_empty() && (logs > 0 || may_be_none) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
