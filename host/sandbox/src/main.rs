//! The `portal-host` command: a thin shell around the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    portal_sandbox::run()
}
