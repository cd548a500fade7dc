//! Every test there is. Nothing is skipped: what a test needs is installed or named.

use crate::build::{host, shipped_component};
use crate::programs::{bring_axe, install_for_benchmark, install_programs};
use crate::shell::{Stopped, cargo, example, say, succeed, target};
use std::fs;
use std::path::PathBuf;

/// Names the folder for the logs of the hosts that tests start; see `tests/src/planted.rs`.
const PLACE: &str = "PORTAL_TEST_LOGS";

/// Builds what the tests from outside run, runs all tests, then looks through the logs of every host that they started
/// for what none may hold.
pub(crate) fn test(arguments: &[String]) -> Result<(), Stopped> {
    install_programs()?;
    // The benchmark is run in short.
    install_for_benchmark()?;
    bring_axe()?;
    shipped_component()?;
    host(false)?;
    // As whoever runs it says, since another run may be keeping its own.
    let logs = match std::env::var_os(PLACE) {
        // Somebody else's, which may have more in it.
        Some(named) => make(PathBuf::from(named))?,
        None => make_empty(target().join("test-logs"))?,
    };
    let chosen: Vec<_> = arguments.iter().filter(|argument| *argument != "--").collect();
    succeed(cargo().arg("test").args(&chosen).env(PLACE, &logs))?;
    say("looking for secrets in the logs of every host");
    let mut looking = example("leaks");
    looking.arg(&logs);
    if !chosen.is_empty() {
        // Some tests start no host.
        looking.arg("--may-be-none");
    }
    succeed(&mut looking)
}

fn make_empty(folder: PathBuf) -> Result<PathBuf, Stopped> {
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|cause| Stopped::NotWritten { path: folder.clone(), cause })?;
    }
    make(folder)
}

fn make(folder: PathBuf) -> Result<PathBuf, Stopped> {
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(folder),
        Err(cause) => Err(Stopped::NotWritten { path: folder, cause }),
    }
}
