//! The machine's PostgreSQL programs, and who may run them.

use std::env;
use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;

/// Where Debian puts every version's programs: not in the path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Who owns nothing: `nobody` on every Linux.
const NOBODY: u32 = 65_534;

/// The user to run the server as, where it is another: PostgreSQL does not run as root.
pub(crate) fn unprivileged() -> Option<u32> {
    let own = std::fs::metadata("/proc/self").expect("who runs this").uid();
    (own == 0).then_some(NOBODY)
}

/// A command that this user runs, or else whoever runs the tests.
pub(crate) fn run_by(user: Option<u32>, program: impl AsRef<OsStr>) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args(["--clear-groups", &format!("--reuid={user}"), &format!("--regid={user}")]);
    // A folder that its user may enter.
    command.arg(program.as_ref()).current_dir("/");
    command
}

/// The newest of Debian's, or the one in the path.
pub(crate) fn find(program: &str) -> PathBuf {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse().ok()?, version.path())))
        .collect();
    versions.sort();
    let debian = versions.into_iter().rev().map(|(_, folder)| folder.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = debian.chain(env::split_paths(&path)).collect();
    let found = folders.iter().map(|folder| folder.join(program)).find(|program| program.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "{program} is not on this machine: install Debian's package postgresql, or name a server in {}",
            crate::ELSEWHERE
        )
    })
}
