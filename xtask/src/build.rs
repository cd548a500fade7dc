//! Building the component and the host.

use crate::shell::{Stopped, cargo, output, root, say, succeed, succeed_in, target};
use std::path::{Path, PathBuf};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// Builds the portal's component and says where it is.
pub(crate) fn component() -> Result<PathBuf, Stopped> {
    component_of(root(), &target())
}

/// Builds the component of the workspace in this folder into that one.
pub(crate) fn component_of(workspace: &Path, target: &Path) -> Result<PathBuf, Stopped> {
    add_wasm_target()?;
    say("building the component");
    succeed_in(
        workspace,
        cargo().env("CARGO_TARGET_DIR", target).args([
            "build",
            "--package",
            "patient-portal",
            "--target",
            WASM,
            "--profile",
            "component",
        ]),
    )?;
    Ok(target.join(WASM).join("component").join("patient_portal.wasm"))
}

/// Builds `portal-host` and says where it is.
pub(crate) fn host(release: bool) -> Result<PathBuf, Stopped> {
    host_of(root(), &target(), release)
}

/// Builds the `portal-host` of the workspace in this folder into that one.
pub(crate) fn host_of(workspace: &Path, target: &Path, release: bool) -> Result<PathBuf, Stopped> {
    say("building portal-host (some minutes the first time)");
    let mut build = cargo();
    build.env("CARGO_TARGET_DIR", target).args(["build", "--package", "portal-sandbox"]);
    if release {
        build.arg("--release");
    }
    succeed_in(workspace, &mut build)?;
    Ok(target.join(if release { "release" } else { "debug" }).join("portal-host"))
}

/// Components are built for a target that rustup does not install by itself.
pub(crate) fn add_wasm_target() -> Result<(), Stopped> {
    let libraries = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|libraries| root().join(Path::new(&libraries)).is_dir()) {
        return Ok(());
    }
    say(format_args!("adding the Rust target {WASM}"));
    match succeed(Command::new("rustup").args(["target", "add", WASM])) {
        Err(Stopped::NotStarted { .. }) => Err(Stopped::Missing {
            what: "the Rust target wasm32-unknown-unknown",
            remedy: "install rustup (https://rustup.rs), or the target by your system's own means".to_owned(),
        }),
        done => done,
    }
}
