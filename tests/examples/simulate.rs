//! Every attack of the security proof in full length, one after the other, and the table of what came of them.
//! Fails where anything is not as claimed.

use clap::Parser;
use portal_tests::simulation::report::{Report, Table};
use portal_tests::simulation::town::Throttling::{Default, Loosest};
use portal_tests::simulation::{SEED, blind, found_paper, sweeping};
use std::process::ExitCode;
use std::time::Instant;

const WEEK: u32 = 7;

#[derive(Parser)]
struct Options {
    /// What every choice is drawn from.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Guess blindly for some hours only, and see what one of the attacks comes to with the loosest throttles.
    #[arg(long)]
    quick: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Options { seed, quick } = Options::parse();
    let (hours, days) = if quick { (6, 1) } else { (WEEK * 24, WEEK) };
    let begun = Instant::now();
    let bounded = [
        told(blind::from_everywhere(Default, hours, 120, seed).await, begun),
        told(blind::from_one_network(Default, days, seed).await, begun),
        told(sweeping::for_three_weeks(Default, seed).await, begun),
        told(found_paper::every_other_day(Default, seed).await, begun),
    ];
    let mut loosest = vec![told(found_paper::every_other_day(Loosest, seed).await, begun)];
    if !quick {
        loosest.push(told(blind::from_everywhere(Loosest, 1, 600, seed).await, begun));
        loosest.push(told(sweeping::for_three_weeks(Loosest, seed).await, begun));
    }
    println!("seed {seed}\n\nAs the portal comes, everybody has to stay at or below the bound:\n");
    println!("{}", Table(&bounded));
    println!("With the loosest throttles that a practice may set, everybody has to get beyond it:\n");
    println!("{}", Table(&loosest));
    let as_claimed = bounded.iter().all(|report| report.shortcomings().is_empty());
    let would_notice = loosest.iter().all(|report| report.faults().is_empty() && report.is_beyond_bound());
    if as_claimed && would_notice { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn told(report: Report, begun: Instant) -> Report {
    eprintln!("{} ({:?}) is done after {} s", report.attack, report.throttling, begun.elapsed().as_secs());
    report
}
