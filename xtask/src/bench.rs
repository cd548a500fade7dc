//! How fast the portal is, side by side with its peers. A measurement and no test: what it finds depends on the
//! machine, and only what is compared within one run can be compared with another's.

use crate::build::{host, shipped_component};
use crate::programs::install_for_benchmark;
use crate::shell::{Stopped, cargo, output, root, say, succeed, target};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const WASIP2: &str = "wasm32-wasip2";

/// What `wasmtime serve` needs of its crate; the rest takes long to build.
const FEATURES: &str =
    "run,serve,component-model-async,cranelift,pooling-allocator,parallel-compilation,clap/default";

/// Builds all that is compared, optimised as shipped, then measures with these arguments and prints what came of it.
/// Quickly it measures a little, not optimised, and leaves out `wasmtime serve`, which takes a quarter of an hour to build.
pub(crate) fn bench(arguments: &[String], quick: bool) -> Result<(), Stopped> {
    install_for_benchmark()?;
    let (component, host) = (shipped_component()?, host(!quick)?);
    say("building the benchmark (some minutes the first time)");
    let programs = if quick { as_tested()? } else { optimised()? };
    let mut bench = Command::new(programs.join("portal-bench"));
    bench.arg("run");
    let kept = target().join(if quick { "bench-quick" } else { "bench" });
    // Nothing that was measured quickly is to be committed.
    let docs = if quick { kept.join("docs") } else { root().join("docs") };
    for (name, path) in [
        ("--host", host),
        ("--component", component),
        ("--bare-hyper", programs.join("bare-hyper")),
        ("--folder", kept),
        ("--committed", docs.join("bench.json")),
        ("--images", docs.join("images")),
    ] {
        bench.arg(name).arg(path);
    }
    if quick {
        bench.args(LITTLE);
    } else {
        bench.arg("--hello").arg(hello()?).arg("--wasmtime").arg(wasmtime()?);
    }
    say("measuring (half an hour with everything; leave the machine alone meanwhile)");
    succeed(bench.args(arguments.iter().filter(|argument| *argument != "--")))
}

/// How much is measured where it is to be quick.
const LITTLE: [&str; 2] = ["--rounds=1", "--most=1000"];

/// Builds the benchmark and bare hyper, and says where they are.
fn optimised() -> Result<PathBuf, Stopped> {
    for package in ["bare-hyper", "portal-bench"] {
        // One by one: together they would share what one of them makes others build anew.
        succeed(cargo().args(["build", "--release", "--package", package]))?;
    }
    Ok(target().join("release"))
}

/// The same as what the tests are built with.
fn as_tested() -> Result<PathBuf, Stopped> {
    succeed(cargo().args(["build", "--bin", "portal-bench", "--bin", "bare-hyper", "--example", "embed"]))?;
    Ok(target().join("debug"))
}

/// The component that `wasmtime serve` answers with.
fn hello() -> Result<PathBuf, Stopped> {
    let libraries = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASIP2]));
    if !libraries.is_some_and(|libraries| root().join(libraries).is_dir()) {
        say(format_args!("adding the Rust target {WASIP2}"));
        succeed(Command::new("rustup").args(["target", "add", WASIP2]))?;
    }
    succeed(cargo().args([
        "build",
        "--package",
        "hello-component",
        "--target",
        WASIP2,
        "--profile",
        "component",
    ]))?;
    Ok(target().join(WASIP2).join("component").join("hello_component.wasm"))
}

/// The program of exactly the version that the host is built with.
fn wasmtime() -> Result<PathBuf, Stopped> {
    let missing = || Stopped::Missing {
        what: "the version of wasmtime in Cargo.lock",
        remedy: "`cargo update --package wasmtime` writes it".to_owned(),
    };
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    let (_, version) = lock.split_once("name = \"wasmtime\"\nversion = \"").ok_or_else(missing)?;
    let (version, _) = version.split_once('"').ok_or_else(missing)?;
    let tools = target().join("tools");
    let program = tools.join("bin/wasmtime");
    let installed = output(Command::new(&program).arg("--version"));
    if installed.is_none_or(|installed| installed.split(' ').nth(1) != Some(version)) {
        say(format_args!("building wasmtime {version} to compare with (a quarter of an hour, once)"));
        let mut install = cargo();
        install.args(["install", "--locked", "--version", version, "wasmtime-cli"]);
        install.args(["--no-default-features", "--features", FEATURES, "--root"]).arg(&tools);
        succeed(install.arg("--target-dir").arg(tools.join("build")))?;
    }
    Ok(program)
}
