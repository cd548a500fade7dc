//! One host with journeys going on, first alone, then while a crowd holds connections open: what the journeys
//! notice of the crowd. Fails where one of them does not end at the home page, or the crowd
//! was none.

use clap::Parser;
use portal_tests::Setup;
use portal_tests::reliability::crowd::Crowd;
use portal_tests::reliability::journeys::{Came, walk};
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::reliability::people::invited;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

// What `cargo xtask reliability --quick` asks for comes first.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    /// How many patients each time.
    #[arg(long, default_value_t = 200)]
    journeys: u32,
    /// How many of them at a time.
    #[arg(long, default_value_t = 4)]
    at_once: usize,
    /// Connections that are only held.
    #[arg(long, default_value_t = 10_000)]
    idle: usize,
    /// Connections on which something is sent that does not end.
    #[arg(long, default_value_t = 500)]
    slow: usize,
}

/// How long the crowd has to come together.
const GATHERING: Duration = Duration::from_secs(8);

#[tokio::main]
async fn main() -> ExitCode {
    let Options { journeys, at_once, idle, slow } = Options::parse();
    let setup = Setup::fresh().with("--trusted-proxy", "127.0.0.1");
    setup.make();
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    let host = setup.start();
    let patients = invited(&setup, &host.ehr, 2 * journeys).await;
    let (first, second) = patients.split_at(patients.len() / 2);
    let address = host.portal.trim_start_matches("http://").parse().expect("an address");

    let alone = Arc::new(Requests::none());
    let came_alone = walk(&host.portal, first, at_once, &alone).await;
    let crowd = Crowd::at(address, idle, slow);
    tokio::time::sleep(GATHERING).await;
    let (gathered, crowded) = (crowd.connected(), Arc::new(Requests::none()));
    let came = walk(&host.portal, second, at_once, &crowded).await;
    let stayed = crowd.connected();
    crowd.leave().await;

    println!("connections held    {gathered} when the journeys began, {stayed} when they ended");
    let enough = ((idle + slow) * 9 / 10) as u64;
    let mut is_well = gathered >= enough && stayed >= enough;
    for (when, came, requests) in [("alone", came_alone, alone), ("crowded", came, crowded)] {
        let home = came.values().filter(|how| **how == Came::Home).count();
        is_well &= home == came.len();
        let Noticed { answered, median, p99, failed, .. } = requests.noticed();
        println!(
            "{when:<19} {home} of {} journeys ended at the home page; {answered} answers, half within {} ms, all \
             but one in a hundred within {} ms; {failed} requests failed",
            came.len(),
            median.as_millis(),
            p99.as_millis()
        );
    }
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
