//! Running other programs from the workspace's root, and saying which one failed.

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Why a chore stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// A program could not be started at all.
    #[error("{program} could not be started")]
    NotStarted {
        program: String,
        #[source]
        cause: io::Error,
    },
    /// A program ran and failed; it has said why.
    #[error("{program} failed ({status})")]
    Failed { program: String, status: ExitStatus },
    /// Something is missing that a person must install.
    #[error("{what} is missing: {remedy}")]
    Missing { what: &'static str, remedy: String },
    /// A file could not be copied or a folder made.
    #[error("{path} could not be written")]
    NotWritten {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
}

/// The workspace's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target))
}

/// The cargo that runs this chore, without what it says of the chores' own package: build scripts look at it, and
/// everything that stands on them would be built anew for each package that asks.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let known = name.to_string_lossy();
        if known.starts_with("CARGO_PKG_") || known.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Runs one of the tests' examples. Without its package, so that it is built with what the tests are built with.
pub(crate) fn example(name: &str) -> Command {
    let mut example = cargo();
    example.args(["run", "--quiet", "--example", name, "--"]);
    example
}

/// Runs `command` in the workspace's root and waits for it to succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<(), Stopped> {
    succeed_in(root(), command)
}

/// The same, in another folder.
pub(crate) fn succeed_in(folder: &Path, command: &mut Command) -> Result<(), Stopped> {
    let program = name(command);
    match command.current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Stopped::Failed { program, status }),
        Err(cause) => Err(Stopped::NotStarted { program, cause }),
    }
}

/// What `command` prints, or nothing where it fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    output_in(root(), command)
}

/// The same, in another folder.
pub(crate) fn output_in(folder: &Path, command: &mut Command) -> Option<String> {
    let output = command.current_dir(folder).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Tells the person at the terminal what is going on.
pub(crate) fn say(what: impl fmt::Display) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(io::stderr(), "xtask: {what}");
}

/// The command as a person would type it.
pub(crate) fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> =
        std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}
