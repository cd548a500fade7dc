//! Feeding the targets of `tests/fuzz` for longer than a test run does. Their library says what a target is
//! and what to do when one fails.

use crate::build::{component, host};
use crate::shell::{Stopped, cargo, output, root, say, succeed, target};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What `--guided` builds with: the code then counts where it has been, by means that are in stable Rust.
const COUNTING: &str = "--cfg fuzzing --cfg fuzzing_libfuzzer -Cpasses=sancov-module \
     -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
     -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The files of targets that need no host. With one, all that it stands on would have to count.
const WITHOUT_HOST: [&str; 2] = ["--test=rules", "--test=requests"];
/// The others.
const WITH_HOST: [&str; 3] = ["--test=host", "--test=ehr", "--test=handle"];

/// Longest input that is made up under guidance, in bytes, and how long one may take, in seconds.
const LONGEST: u32 = 4_096;
const SLOWEST: u32 = 30;

/// How long a target is given new inputs, after those that are kept.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    Seconds(u32),
    /// So many were tried.
    Tried(u32),
}

/// Enough to see that it works.
pub(crate) const FEW: u32 = 100;

/// Longer than those take.
const LONG: u32 = 600;

/// Gives the target, or each, new inputs, with the engine that every test run has.
pub(crate) fn at_random(only: Option<&str>, until: Until) -> Result<(), Stopped> {
    component()?;
    host(false)?;
    let tests = || {
        let mut tests = cargo();
        // Without their package, so that they are built with what all tests are built with.
        tests.arg("test").args(WITHOUT_HOST).args(WITH_HOST);
        tests
    };
    // One of both alone is to end it, in place of the table of bounds.
    let (seconds, times) = match until {
        Until::Seconds(seconds) => (seconds, usize::MAX),
        Until::Tried(times) => (LONG, usize::try_from(times).unwrap_or(usize::MAX)),
    };
    for name in targets(tests, only)? {
        match until {
            Until::Seconds(seconds) => say(format_args!("{name}, {seconds} s")),
            Until::Tried(times) => say(format_args!("{name}, {times} times")),
        }
        succeed(
            tests()
                .args(["--quiet", "--", "--nocapture", "--exact", &name])
                .env("BOLERO_RANDOM_TEST_TIME_MS", (u64::from(seconds) * 1_000).to_string())
                .env("BOLERO_RANDOM_ITERATIONS", times.to_string()),
        )?;
    }
    Ok(())
}

/// The same for so many seconds with an engine that is told what each input reached, for the targets that need no host. What it finds out
/// on the way stays in cargo's folder.
pub(crate) fn by_coverage(only: Option<&str>, seconds: u32) -> Result<(), Stopped> {
    let platform = platform().ok_or(Stopped::Missing {
        what: "the name of this platform",
        remedy: "`rustc -vV` has to work".to_owned(),
    })?;
    let built = target().join("fuzz");
    let tests = || {
        let mut tests = cargo();
        tests
            .args(["test", "--package", "portal-fuzz", "--no-default-features"])
            .args(WITHOUT_HOST)
            // Named, so that what runs while building is built as ever.
            .args(["--target", &platform, "--target-dir"])
            .arg(&built)
            .env("RUSTFLAGS", COUNTING)
            .env("CARGO_PROFILE_DEV_CODEGEN_UNITS", "1");
        tests
    };
    say("building with counters (needs a C++ compiler)");
    for name in targets(tests, only)? {
        let kept = folders().join(&name);
        let (found, crashes) = (built.join("found").join(&name), kept.join("crashes"));
        for folder in [&found, &crashes] {
            fs::create_dir_all(folder)
                .map_err(|cause| Stopped::NotWritten { path: folder.clone(), cause })?;
        }
        let options = [
            found.display().to_string(),
            kept.join("corpus").display().to_string(),
            format!("-artifact_prefix={}/", crashes.display()),
            format!("-max_total_time={seconds} -max_len={LONGEST} -timeout={SLOWEST} -print_final_stats=1"),
        ];
        say(format_args!("{name}, {seconds} s"));
        succeed(
            tests()
                .args(["--quiet", "--", "--nocapture", "--exact", &name])
                .env("BOLERO_LIBFUZZER_ARGS", options.join(" ")),
        )?;
        // Only where nothing failed is it empty, and can it be removed.
        let _ = fs::remove_dir(&crashes);
    }
    Ok(())
}

/// The targets that these tests are, or the one that was asked for.
fn targets(tests: impl Fn() -> Command, only: Option<&str>) -> Result<Vec<String>, Stopped> {
    succeed(tests().arg("--no-run"))?;
    let names = output(tests().args(["--", "--list", "--format", "terse"])).unwrap_or_default();
    let mut names: Vec<String> =
        names.lines().filter_map(|line| line.strip_suffix(": test").map(str::to_owned)).collect();
    names.sort();
    let wanted: Vec<String> =
        names.iter().filter(|name| only.is_none_or(|only| *name == only)).cloned().collect();
    if wanted.is_empty() {
        return Err(Stopped::Missing {
            what: "a target of this name",
            remedy: format!("here are {}", names.join(", ")),
        });
    }
    Ok(wanted)
}

/// Where the targets keep their inputs.
fn folders() -> PathBuf {
    root().join("tests/fuzz/tests/__fuzz__")
}

fn platform() -> Option<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    version.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_targets_is_fed() {
        let files = fs::read_dir(root().join("tests/fuzz/tests")).unwrap().flatten();
        let names = files.filter_map(|file| {
            let name = file.file_name().into_string().unwrap();
            name.strip_suffix(".rs").map(|name| format!("--test={name}"))
        });
        let mut names: Vec<_> = names.collect();
        let mut fed = [&WITHOUT_HOST[..], &WITH_HOST].concat();
        names.sort();
        fed.sort_unstable();
        assert_eq!(names, fed);
    }
}
