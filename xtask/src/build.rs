//! Building the component and the host.

use crate::shell::{Stopped, cargo, output, root, say, succeed, succeed_in, target};
use crate::shrink::shrink;
use std::path::{Path, PathBuf};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// The host with what the tests ask of its libraries. Cargo adds up what is asked of them where no package is named, and
/// what tests ask too where an example is; any other way wasmtime would be built a second time for the tests.
const AS_TESTED: [&str; 4] = ["--bin", "portal-host", "--example", "embed"];

/// What is built, and where to.
pub(crate) struct Tree {
    root: PathBuf,
    target: PathBuf,
    /// Whether it is within another tree, whose settings are not its own.
    is_within: bool,
}

impl Tree {
    /// This one.
    fn this() -> Self {
        Self { root: root().to_owned(), target: target(), is_within: false }
    }

    /// Another one within this, built into a folder of its own.
    pub(crate) fn within(root: PathBuf, target: PathBuf) -> Self {
        Self { root, target, is_within: true }
    }

    fn build(&self, arguments: &[&str]) -> Result<(), Stopped> {
        let mut build = cargo();
        build.env("CARGO_TARGET_DIR", &self.target);
        if !self.is_within {
            return succeed_in(&self.root, build.arg("build").args(arguments));
        }
        // Cargo adds up the settings of every folder above the one that it is started in.
        build.arg("--config").arg(self.root.join(".cargo/config.toml"));
        build.arg("build").arg("--manifest-path").arg(self.root.join("Cargo.toml"));
        succeed_in(Path::new("/"), build.args(arguments))
    }

    /// Builds the portal's component and says where it is.
    pub(crate) fn component(&self) -> Result<PathBuf, Stopped> {
        add_wasm_target()?;
        say("building the component");
        // Where a build keeps its libraries is nobody's business, and would make each build another component.
        let libraries = cargo_home().join("registry/src").display().to_string();
        let nameless = format!("target.{WASM}.rustflags=[{:?}]", format!("--remap-path-prefix={libraries}="));
        let component = ["--package", "patient-portal", "--target", WASM, "--profile", "component"];
        self.build(&[&component[..], &["--config", &nameless]].concat())?;
        Ok(self.target.join(WASM).join("component").join("patient_portal.wasm"))
    }

    /// Builds `portal-host` and says where it is: as it is shipped, or else as the tests run it.
    pub(crate) fn host(&self, release: bool) -> Result<PathBuf, Stopped> {
        say("building portal-host (some minutes the first time)");
        self.build(match (release, self.is_within) {
            (true, _) => &["--package", "portal-sandbox", "--release"],
            // Another one may have no such example.
            (false, true) => &["--package", "portal-sandbox"],
            (false, false) => &AS_TESTED,
        })?;
        Ok(self.target.join(if release { "release" } else { "debug" }).join("portal-host"))
    }
}

/// Builds the component of this tree and says where it is. What is shipped is smaller, and does the same.
pub(crate) fn component() -> Result<PathBuf, Stopped> {
    Tree::this().component()
}

/// Builds the component as it is shipped and says where it is.
pub(crate) fn shipped_component() -> Result<PathBuf, Stopped> {
    shrink(&component()?, &target().join("shipped"))
}

/// Where cargo keeps what it brought.
fn cargo_home() -> PathBuf {
    let home = || std::env::home_dir().unwrap_or_default().join(".cargo");
    std::env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// Builds the `portal-host` of this tree and says where it is.
pub(crate) fn host(release: bool) -> Result<PathBuf, Stopped> {
    Tree::this().host(release)
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
