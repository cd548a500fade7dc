//! Programs the tests use that cargo cannot bring: a browser, a reader for what it prints, an authenticator
//! app, a PostgreSQL server, a load balancer with its certificates, what signs components, and the rules that pages are
//! held to. And those of the benchmark: a load, and what to compare with.

use crate::shell::{Stopped, output, root, say, succeed, succeed_in, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program to look for and the Debian package that has it.
const PROGRAMS: [(&str, &str); 10] = [
    ("chromium", "chromium"),
    ("node", "nodejs"),
    ("npm", "npm"),
    ("oathtool", "oathtool"),
    ("pdftotext", "poppler-utils"),
    ("pdfinfo", "poppler-utils"),
    ("initdb", "postgresql"),
    ("haproxy", "haproxy"),
    ("openssl", "openssl"),
    ("minisign", "minisign"),
];

/// What the component is made smaller with.
const OF_COMPONENT: [(&str, &str); 2] = [("node", "nodejs"), ("npm", "npm")];

/// What the benchmark runs.
const OF_BENCHMARK: [(&str, &str); 3] = [("wrk", "wrk"), ("argon2", "argon2"), ("initdb", "postgresql")];

/// Fonts that a bare machine lacks, so that pages and sheets have letters: Latin, with those of the pictures in docs,
/// and Chinese.
const FONTS: [(&str, &str); 3] = [
    ("/usr/share/fonts/truetype/dejavu", "fonts-dejavu-core"),
    ("/usr/share/fonts/truetype/liberation", "fonts-liberation"),
    ("/usr/share/fonts/truetype/wqy", "fonts-wqy-microhei"),
];

/// Makes sure of all that the tests use: installs it as root on Debian and its relatives, elsewhere says what
/// to install.
pub(crate) fn install_programs() -> Result<(), Stopped> {
    install(&PROGRAMS, &FONTS)
}

/// Brings axe-core from npm, in the version that `tests/axe` names.
pub(crate) fn bring_axe() -> Result<(), Stopped> {
    bring("axe-core", "tests/axe", &target().join("axe"))
}

/// Brings binaryen from npm, in the version that `xtask/binaryen` names, and says where its `wasm-opt` is.
pub(crate) fn bring_wasm_opt() -> Result<PathBuf, Stopped> {
    install(&OF_COMPONENT, &[])?;
    let brought = target().join("binaryen");
    bring("binaryen", "xtask/binaryen", &brought)?;
    Ok(brought.join("node_modules/binaryen/bin/wasm-opt"))
}

/// Brings a package from npm into this folder, in the version that another names, unless it is there. What comes has the
/// digest that is written there, or nothing is taken.
fn bring(what: &str, named: &str, brought: &Path) -> Result<(), Stopped> {
    let named = root().join(named);
    let lock = "package-lock.json";
    // Written last.
    let done = brought.join("brought");
    let not_written = |cause| Stopped::NotWritten { path: brought.to_owned(), cause };
    let wanted = fs::read(named.join(lock)).map_err(not_written)?;
    if fs::read(&done).is_ok_and(|known| known == wanted) {
        return Ok(());
    }
    say(format_args!("bringing {what} from npm"));
    fs::create_dir_all(brought).map_err(not_written)?;
    for file in ["package.json", lock] {
        fs::copy(named.join(file), brought.join(file)).map_err(not_written)?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    succeed_in(brought, &mut npm)?;
    fs::write(&done, wanted).map_err(not_written)
}

/// The same of what the benchmark uses.
pub(crate) fn install_for_benchmark() -> Result<(), Stopped> {
    install(&OF_BENCHMARK, &[])
}

fn install(programs: &[(&str, &'static str)], fonts: &[(&str, &'static str)]) -> Result<(), Stopped> {
    let missing_programs = programs.iter().filter(|(program, _)| !is_there(program));
    let mut packages: Vec<_> = missing_programs.map(|(_, package)| *package).collect();
    let debian = Path::new("/etc/debian_version").exists();
    if debian {
        let missing_fonts = fonts.iter().filter(|(folder, _)| !Path::new(folder).is_dir());
        packages.extend(missing_fonts.map(|(_, package)| *package));
    }
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    let root = output(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    if !(debian && root) {
        return Err(Stopped::Missing {
            what: "a program that is run here",
            remedy: format!("install the package(s) {} (Debian's names)", packages.join(" ")),
        });
    }
    say(format_args!("installing {}", packages.join(" ")));
    succeed(apt().arg("update").arg("-qq"))?;
    succeed(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(&packages))
}

fn is_there(program: &str) -> bool {
    // Debian keeps the server's programs out of the path.
    let servers = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    if program == "initdb" && servers.map(|version| version.path()).any(|it| it.join("bin/initdb").is_file())
    {
        return true;
    }
    let named = (program == "chromium").then(|| std::env::var_os("CHROMIUM")).flatten();
    named.is_some_and(|path| Path::new(&path).exists())
        || std::env::var_os("PATH")
            .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
        // Not in everybody's path.
        || Path::new("/usr/sbin").join(program).is_file()
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
