//! `portal-bench`: measures, prints the table of goals and the figures, keeps them, and compares them with those that
//! were committed. `cargo xtask bench` builds all that it runs.

mod failure;
mod figures;
mod goals;
mod host;
mod http;
mod measure;
mod native_hash;
mod peers;
mod plot;
mod practice;
mod process;
mod report;
mod seeding;
mod visitor;
mod wrk;

use clap::{Args, Parser, Subcommand, ValueEnum};
use failure::Failure;
use figures::Rounds;
use measure::growth::Store;
use measure::{Bench, growth, hashing, journeys, memory, page, size, start};
use portal_host::Chain;
use report::Report;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::runtime::Runtime;

#[derive(Parser)]
#[command(name = "portal-bench", about = "How fast the portal is, side by side with its peers")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure. Fails where something cannot be measured, not where a goal is missed.
    // What `cargo xtask bench --quick` asks for comes first.
    #[command(args_override_self = true)]
    Run(Run),
}

#[derive(Args)]
struct Run {
    /// portal-host, as shipped.
    #[arg(long)]
    host: PathBuf,
    /// The portal's component, as shipped.
    #[arg(long)]
    component: PathBuf,
    /// The program wasmtime; otherwise the portal is not compared with it.
    #[arg(long, requires = "hello")]
    wasmtime: Option<PathBuf>,
    /// The component that it serves.
    #[arg(long, requires = "wasmtime")]
    hello: Option<PathBuf>,
    /// The program bare-hyper.
    #[arg(long)]
    bare_hyper: PathBuf,
    /// Where results and seeded databases are kept.
    #[arg(long)]
    folder: PathBuf,
    /// The results that were committed.
    #[arg(long)]
    committed: PathBuf,
    /// Where pictures for the documentation are kept.
    #[arg(long)]
    images: PathBuf,
    /// Put what was measured in the place of what was committed.
    #[arg(long)]
    accept: bool,
    /// Rounds of each section: the more, the less a busy machine decides.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// The largest practice, in patients.
    #[arg(long, default_value_t = 1_000_000)]
    most: u64,
    /// Only this section; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Section>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Section {
    /// P1: pages a second.
    Page,
    /// P2 and P3: log ins a second, and the activation page in a storm of them.
    Hashing,
    /// P5: memory under load.
    Memory,
    /// P6: starting.
    Start,
    /// P7: how large what is shipped is.
    Size,
    /// What 1,000 journeys cost.
    Journeys,
    /// P4 on SQLite, and how everything grows.
    Sqlite,
    /// The same on PostgreSQL.
    Postgres,
}

fn main() -> ExitCode {
    let done = Runtime::new().map_err(Failure::Runtime).and_then(|runtime| match Cli::parse().command {
        Command::Run(run) => measured(&run, &runtime),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even standard error is gone, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "error: {}", Chain(&error));
            ExitCode::FAILURE
        }
    }
}

fn measured(run: &Run, runtime: &Runtime) -> Result<(), Failure> {
    std::fs::create_dir_all(&run.folder).map_err(Failure::file(&run.folder))?;
    let bench = Bench {
        host: run.host.clone(),
        component: run.component.clone(),
        wasmtime: run.wasmtime.clone().zip(run.hello.clone()),
        bare_hyper: run.bare_hyper.clone(),
        folder: run.folder.clone(),
        rounds: run.rounds.max(1),
        most: run.most,
    };
    let mut rounds = Rounds::default();
    for section in Section::value_variants() {
        if !run.only.is_empty() && !run.only.contains(section) {
            continue;
        }
        let _ = writeln!(std::io::stderr(), "bench: {section:?}");
        match section {
            Section::Page => page::measure(&bench, &mut rounds)?,
            Section::Hashing => hashing::measure(&bench, runtime, &mut rounds)?,
            Section::Memory => memory::measure(&bench, runtime, &mut rounds)?,
            Section::Start => start::measure(&bench, &mut rounds)?,
            Section::Size => size::measure(&bench, &mut rounds)?,
            Section::Journeys => journeys::measure(&bench, runtime, &mut rounds)?,
            Section::Sqlite => runtime.block_on(growth::measure(&bench, Store::Sqlite, &mut rounds))?,
            Section::Postgres => runtime.block_on(growth::measure(&bench, Store::Postgres, &mut rounds))?,
        }
    }
    kept(run, Report::of(rounds.figures()))
}

fn kept(run: &Run, report: Report) -> Result<(), Failure> {
    let committed = Report::read(&run.committed)?;
    report.write(&run.folder.join("latest.json"))?;
    writeln!(std::io::stdout(), "{}", report.written(committed.as_ref()))
        .map_err(Failure::program("bench"))?;
    drawn(&report, &run.folder)?;
    if run.accept {
        let report = report.over(committed);
        report.write(&run.committed)?;
        drawn(&report, &run.images)?;
    }
    Ok(())
}

fn drawn(report: &Report, folder: &Path) -> Result<(), Failure> {
    for store in ["sqlite", "postgres"] {
        plot::draw(&report.figures, store, &folder.join(format!("growth-{store}.svg")))?;
    }
    Ok(())
}
