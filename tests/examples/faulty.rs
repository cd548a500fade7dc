//! A component that misbehaves in every way there is, and ordinary pages that are asked for meanwhile: how many of
//! them fail, and how long they take. Fails where one does.

use clap::Parser;
use portal_tests::Setup;
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::visitor::Visitor;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

// What `cargo xtask reliability --quick` asks for comes first.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    /// How long each fault is asked for, in milliseconds.
    #[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u64).range(1..))]
    milliseconds: u64,
    /// How many ask for it at a time, and as many for ordinary pages.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..))]
    at_once: u8,
}

/// What the component's ordinary page says.
const ORDINARY: &str = "An ordinary page";

/// Between two ordinary pages of one visitor.
const PAUSE: Duration = Duration::from_millis(10);

#[tokio::main]
async fn main() -> ExitCode {
    let Options { milliseconds, at_once } = Options::parse();
    let mut host = Setup::faulty().start();
    let faults = Visitor::at(&host.portal).get("/faults").await.expect(200).body;
    let mut are_well = !faults.is_empty();
    println!(
        "{:<18} {:>16} {:>8} {:>7} {:>9} {:>9}",
        "fault", "answers", "ordinary", "failed", "half", "p99"
    );
    for fault in faults.lines() {
        let (answers, noticed) =
            asked(&host.portal, fault, Duration::from_millis(milliseconds), at_once).await;
        let answers: Vec<_> = answers.iter().map(|(status, times)| format!("{times}x{status}")).collect();
        let Noticed { answered, failed, median, p99, .. } = noticed;
        println!(
            "{fault:<18} {:>16} {answered:>8} {failed:>7} {:>6} ms {:>6} ms",
            answers.join(" "),
            median.as_millis(),
            p99.as_millis()
        );
        are_well &= failed == 0 && answered > 0;
    }
    if are_well && host.is_running() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks for the fault for so long; how it was answered, by status, and what those noticed who asked for an ordinary
/// page.
async fn asked(portal: &str, fault: &str, long: Duration, at_once: u8) -> (BTreeMap<u16, u64>, Noticed) {
    let (over, requests) = (Arc::new(AtomicBool::new(false)), Arc::new(Requests::none()));
    let mut ordinary = JoinSet::new();
    for _ in 0..at_once {
        ordinary.spawn(visits(Visitor::at(portal), Arc::clone(&over), Arc::clone(&requests)));
    }
    let mut faulty = JoinSet::new();
    for _ in 0..at_once {
        let (visitor, path, begun) = (Visitor::at(portal), format!("/{fault}"), Instant::now());
        faulty.spawn(async move {
            let mut answers: BTreeMap<u16, u64> = BTreeMap::new();
            while begun.elapsed() < long {
                // 0 where no answer came.
                let status = visitor.try_get(&path).await.map_or(0, |answer| answer.status);
                *answers.entry(status).or_default() += 1;
            }
            answers
        });
    }
    let mut answers: BTreeMap<u16, u64> = BTreeMap::new();
    for (status, times) in faulty.join_all().await.into_iter().flatten() {
        *answers.entry(status).or_default() += times;
    }
    over.store(true, Ordering::Relaxed);
    ordinary.join_all().await;
    (answers, requests.noticed())
}

/// Asks for the ordinary page until it is over.
async fn visits(visitor: Visitor, over: Arc<AtomicBool>, requests: Arc<Requests>) {
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let answer = visitor.try_get("/").await;
        let is_ordinary = answer.is_some_and(|answer| answer.status == 200 && answer.says(ORDINARY));
        requests.count(is_ordinary, begun.elapsed());
        tokio::time::sleep(PAUSE).await;
    }
}
