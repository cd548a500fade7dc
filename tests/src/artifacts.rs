//! The programs under test, built once per process, so that a plain `cargo test -p portal-tests`
//! tests what is in the tree and not what was built yesterday.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where the built programs are.
#[derive(Debug)]
pub struct Artifacts {
    /// The patient portal.
    pub component: PathBuf,
    /// The component that misbehaves.
    pub faulty_component: PathBuf,
    /// The host's program.
    pub portal_host: PathBuf,
}

/// Builds everything that is not up to date.
///
/// # Panics
/// Where something does not build: then there is nothing to test.
pub fn artifacts() -> &'static Artifacts {
    // A failure is kept as well, so that it is told at once and not after another try by every test.
    static BUILT: OnceLock<Result<Artifacts, String>> = OnceLock::new();
    BUILT.get_or_init(build).as_ref().unwrap_or_else(|failure| panic!("{failure}"))
}

fn build() -> Result<Artifacts, String> {
    cargo(without_flags().args(["run", "--quiet", "--package=xtask", "--", "component"]))?;
    cargo(without_flags().args([
        "build",
        "--quiet",
        "--package=faulty-plugin",
        "--target=wasm32-unknown-unknown",
        "--profile=component",
    ]))?;
    cargo(Command::new(cargo_path()).args(["run", "--quiet", "--package=xtask", "--", "host"]))?;
    let target = target_folder();
    Ok(Artifacts {
        component: target.join("shipped/patient-portal.wasm"),
        faulty_component: target.join("wasm32-unknown-unknown/component/faulty_plugin.wasm"),
        portal_host: target.join("debug/portal-host"),
    })
}

/// Cargo without RUSTFLAGS, which would replace the flags that a component is linked with (.cargo/config.toml).
fn without_flags() -> Command {
    let mut cargo = Command::new(cargo_path());
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo
}

/// What a chore said, `cargo xtask` and these.
///
/// # Panics
/// Where it fails.
pub fn chore(arguments: &[&str]) -> String {
    let mut chore = without_flags();
    chore.args(["run", "--quiet", "--package=xtask", "--"]).args(arguments);
    cargo(&mut chore).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The portal's component.
///
/// # Panics
/// Where it cannot be read.
pub fn real_component() -> Vec<u8> {
    std::fs::read(&artifacts().component).expect("the component was built")
}

/// The real component with every `from` replaced by `to`, of the same length.
///
/// # Panics
/// Where `from` is not in it.
pub fn patched(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = real_component();
    let mut patches = 0;
    for at in 0..bytes.len() - from.len() {
        if &bytes[at..at + from.len()] == from.as_bytes() {
            bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
            patches += 1;
        }
    }
    assert!(patches > 0, "{from} is not in the component");
    bytes
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are inside the workspace").to_owned()
}

/// Where cargo puts what it builds.
pub fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

fn cargo_path() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// What it wrote to standard output.
fn cargo(command: &mut Command) -> Result<String, String> {
    // What cargo says of the package whose test this is. Build scripts look at it, and everything that stands on them
    // would be built anew for each package that asks.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    let output = command.current_dir(root()).output().expect("cargo can be run");
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed (missing a target? `rustup target add wasm32-unknown-unknown`):\n{said}"))
}
