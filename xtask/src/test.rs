//! Every test there is. Nothing is skipped: what a test needs is installed or named.

use crate::build::{component, host};
use crate::programs::install_programs;
use crate::shell::{Stopped, cargo, succeed};

/// Builds what the tests from outside run, then runs all tests.
pub(crate) fn test(arguments: &[String]) -> Result<(), Stopped> {
    install_programs()?;
    component()?;
    host(false)?;
    succeed(cargo().arg("test").args(arguments.iter().filter(|argument| *argument != "--")))
}
