//! Three hosts behind HAProxy on PostgreSQL, patients who activate and log in, hosts killed and the database
//! crashing meanwhile; then whether everything acknowledged is there. Fails where anything is not.

use clap::Parser;
use portal_tests::reliability::chaos::{Chaos, Happened};
use portal_tests::reliability::journeys::{Came, walk};
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::reliability::people::invited;
use portal_tests::reliability::proof::faults;
use portal_tests::shared::{self, Hosts};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

// What `cargo xtask reliability --quick` asks for comes first.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    /// How many patients.
    #[arg(long, default_value_t = 1_000)]
    journeys: u32,
    /// How many of them at a time.
    #[arg(long, default_value_t = 16)]
    at_once: usize,
    /// When machines fail, and which.
    #[arg(long, default_value_t = 20_261_126)]
    seed: u64,
    /// How many times as often they fail.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    hurry: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Options { journeys, at_once, seed, hurry } = Options::parse();
    let hosts = hosts().await;
    let invited = invited(&hosts.setup, &hosts.ehr.url, journeys).await;
    eprintln!("{} patients hold a sheet", invited.len());
    let portal = hosts.portal.url.clone();
    let requests = Arc::new(Requests::none());
    let chaos = Chaos::among(hosts, seed, hurry);
    let came = walk(&portal, &invited, at_once, &requests).await;
    let noticed = requests.noticed();
    let (hosts, happened) = chaos.end().await;
    let mut faults = faults(&hosts.portal.url, &hosts.setup, &invited, &came).await;
    if happened.killed == 0 || happened.crashed == 0 {
        faults.push("too little happened: nothing is said by this".to_owned());
    }
    told(&came, happened, noticed, &faults);
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Typing is never paused for the whole website, since everyone comes within minutes.
async fn hosts() -> Hosts {
    let setup = shared::on_postgres().await;
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    Hosts::on(setup, 3)
}

fn told(came: &BTreeMap<String, Came>, happened: Happened, noticed: Noticed, faults: &[String]) {
    let home = came.values().filter(|how| **how == Came::Home).count();
    let Happened { killed, crashed } = happened;
    let Noticed { answered, failed, longest, took, median, p99 } = noticed;
    let all = answered + failed;
    println!("journeys            {home} of {} ended at the home page", came.len());
    println!("hosts killed        {killed}, of three, each started again after a second");
    println!("database crashed    {crashed} times");
    println!(
        "requests            {all} in {:.0} s, {failed} of them failed ({:.2} %)",
        took.as_secs_f64(),
        100.0 * failed as f64 / all as f64
    );
    println!(
        "answers             half within {} ms, all but one in a hundred within {} ms",
        median.as_millis(),
        p99.as_millis()
    );
    println!("longest outage      {:.1} s without any answer", longest.as_secs_f64());
    println!(
        "lost or doubled     {}",
        if faults.is_empty() { "nothing".to_owned() } else { faults.join("; ") }
    );
}
