//! Every test there is. Nothing is skipped: what a test needs is installed or named.

use crate::build::{host, shipped_component};
use crate::programs::{bring_axe, install_programs};
use crate::shell::{Stopped, cargo, example, say, succeed, target};
use std::fs;
use std::path::{Path, PathBuf};

/// Names the folder for the logs of the hosts that tests start; see `tests/src/planted.rs`.
const PLACE: &str = "PORTAL_TEST_LOGS";

/// Builds what the tests from outside run, runs all tests, then looks through the logs of every host that they started
/// for what none may hold.
pub(crate) fn test(arguments: &[String]) -> Result<(), Stopped> {
    install_programs()?;
    bring_axe()?;
    shipped_component()?;
    host(false)?;
    // As whoever runs it says, since another run may be keeping its own.
    let logs = std::env::var_os(PLACE).map_or_else(|| target().join("test-logs"), PathBuf::from);
    make_empty(&logs)?;
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

fn make_empty(folder: &Path) -> Result<(), Stopped> {
    let failed = |cause| Stopped::NotWritten { path: folder.to_owned(), cause };
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}
