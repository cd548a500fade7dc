//! Times refused requests of every kind and prints which of them can be told apart. Fails where
//! something that must not be told apart is, or what differs is not found.

use clap::Parser;
use portal_tests::timing::confirmation::{self, Claims, Leaving};
use portal_tests::timing::log_in::{self, LogIns};
use portal_tests::timing::report::{Comparison, Table};
use portal_tests::timing::stopwatch::Times;
use portal_tests::timing::{AT_ONCE, SAMPLES, SEED};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use std::process::ExitCode;
use std::time::Instant;

/// Of fewer nothing can be said.
const FEWEST: u64 = 100;

#[derive(Parser)]
struct Options {
    /// How many requests of each kind.
    #[arg(long, default_value_t = SAMPLES, value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,
    /// What the order of the requests and everything typed is drawn from.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Succeed whatever is found: of a few requests, or without optimisation, nothing can be said.
    #[arg(long)]
    judge_nothing: bool,
}

/// One thread, beside those of the database and the hashes, so that nothing hides behind a scheduler.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Options { samples, seed, judge_nothing } = Options::parse();
    if samples < FEWEST && !judge_nothing {
        eprintln!("of fewer than {FEWEST} requests of each kind nothing can be said");
        return ExitCode::FAILURE;
    }
    if cfg!(debug_assertions) {
        eprintln!("built without optimisation: what is found is true, but much is not found");
    }
    let begun = Instant::now();
    let mut shipped = log_ins(samples, seed).await;
    eprintln!("log ins are done after {} s", begun.elapsed().as_secs());
    shipped.extend(claims(samples, Leaving::OnTheBeat, seed).await);
    eprintln!("claims are done after {} s", begun.elapsed().as_secs());
    let controls = claims(samples, Leaving::AtOnce, seed).await;
    eprintln!("claims without the beat are done after {} s", begun.elapsed().as_secs());
    println!("seed {seed}, {samples} requests of each kind, one at a time\n\n{}", Table(&shipped));
    println!("claims at User Confirmation without the beat, as a control\n\n{}", Table(&controls));
    let as_claimed = shipped.iter().chain(&controls).all(Comparison::is_as_expected);
    if as_claimed || judge_nothing { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn log_ins(samples: u64, seed: u64) -> Vec<Comparison> {
    let (mut order, mut times) = (ChaCha8Rng::seed_from_u64(seed), Times::none());
    let mut log_ins = LogIns::with(AT_ONCE, seed).await;
    for _ in 0..rounds(samples) {
        let ready = log_ins.round().await;
        times.take(ready, &log_ins.town.website, &mut order).await;
    }
    log_in::compared(&times, seed)
}

async fn claims(samples: u64, leaving: Leaving, seed: u64) -> Vec<Comparison> {
    let (mut order, mut times) = (ChaCha8Rng::seed_from_u64(seed), Times::none());
    let mut claims = Claims::with(AT_ONCE, leaving, seed).await;
    for _ in 0..rounds(samples) {
        let ready = claims.round().await;
        times.take(ready, &claims.town.website, &mut order).await;
    }
    confirmation::compared(&times, leaving, seed)
}

fn rounds(samples: u64) -> u64 {
    samples.div_ceil(AT_ONCE as u64)
}
