//! Three hosts behind HAProxy on PostgreSQL, patients who activate and log in, hosts killed and the database
//! crashing meanwhile; then whether everything acknowledged is there. Fails where anything is not.

use clap::Parser;
use portal_tests::people::FRONT_DESK;
use portal_tests::reliability::chaos::{Chaos, Happened};
use portal_tests::reliability::journeys::{Came, Invited, journey};
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::shared::{self, Hosts};
use portal_tests::{many, patient, people, staff, trail};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

#[derive(Parser)]
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
}

#[tokio::main]
async fn main() -> ExitCode {
    let Options { journeys, at_once, seed } = Options::parse();
    let hosts = hosts().await;
    let invited = invite(&hosts, journeys).await;
    eprintln!("{} patients hold a sheet", invited.len());
    let portal = hosts.portal.url.clone();
    let requests = Arc::new(Requests::none());
    let chaos = Chaos::among(hosts, seed);
    let came = walk(&portal, &invited, at_once, &requests).await;
    let (hosts, happened) = chaos.end().await;
    let faults = faults(&hosts, &invited, &came).await;
    told(&came, happened, requests.noticed(), &faults);
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Typing is never paused for the whole website, since everyone comes within minutes.
async fn hosts() -> Hosts {
    let setup = shared::on_postgres().await;
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    Hosts::on(setup, 3)
}

/// Everyone made up is invited by one list, and what they would type is read from the EHR's tables.
async fn invite(hosts: &Hosts, journeys: u32) -> Vec<Invited> {
    // Some have no date of birth or one name only.
    many::seed(&hosts.setup, journeys * 11 / 10 + 10);
    let desk = staff::sign_in(&hosts.ehr.url, FRONT_DESK).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let running = many::start(&desk, &list).await;
    let over = many::until_over(&desk, &running.path).await;
    let sheets = many::print(&desk, &over.path).await;
    let people = shared::invited_by_list(&hosts.setup).await;
    let ids = many::portal_ids(&sheets);
    assert_eq!(people.len(), ids.len(), "one sheet for each");
    let plain = people.into_iter().zip(ids).enumerate().filter_map(|(number, (person, portal_id))| {
        let (chart, given, family, born) = person;
        let initials = (initial(&given?)?, initial(&family)?);
        let [year, month, day] = born.split('-').collect::<Vec<_>>().try_into().ok()?;
        let born = format!("{month}/{day}/{year}");
        let network = format!("10.{}.{}.1", number / 250, number % 250);
        let portal_id = portal_id.chars().filter(char::is_ascii_digit).collect();
        Some(Invited { chart, portal_id, initials, born, network })
    });
    plain.take(journeys as usize).collect()
}

/// As they would type it; none where that takes more than one key.
fn initial(name: &str) -> Option<String> {
    name.chars().next().filter(char::is_ascii_uppercase).map(String::from)
}

async fn walk(
    portal: &str,
    invited: &[Invited],
    at_once: usize,
    requests: &Arc<Requests>,
) -> BTreeMap<String, Came> {
    let turns = Arc::new(Semaphore::new(at_once));
    let mut walking = JoinSet::new();
    for patient in invited.iter().cloned() {
        let (turns, requests, portal) = (Arc::clone(&turns), Arc::clone(requests), portal.to_owned());
        walking.spawn(async move {
            let _turn = turns.acquire_owned().await.expect("a turn");
            let came = journey(&portal, &patient, &requests).await;
            (patient.chart, came)
        });
    }
    let mut came = BTreeMap::new();
    while let Some(done) = walking.join_next().await {
        let (chart, how) = done.expect("a journey");
        came.insert(chart, how);
        if came.len().is_multiple_of(100) {
            eprintln!("{} journeys are over", came.len());
        }
    }
    came
}

/// What must not be, and is.
async fn faults(hosts: &Hosts, invited: &[Invited], came: &BTreeMap<String, Came>) -> Vec<String> {
    let mut faults = Vec::new();
    for patient in invited {
        let Some(how) = came.get(&patient.chart) else { continue };
        if *how != Came::Home {
            faults.push(format!("a journey ended {how:?}"));
        }
        if *how != Came::Nowhere
            && !patient::can_log_in(&hosts.portal.url, &patient.username(), people::PASSWORD).await
        {
            faults.push("an account that was acknowledged is not there".to_owned());
        }
    }
    let mut activated: BTreeMap<String, u32> = BTreeMap::new();
    for entry in trail::exported(&hosts.setup, &[]) {
        if entry.action == "credentials.set" {
            *activated.entry(entry.patient).or_default() += 1;
        }
    }
    for (chart, how) in came {
        let times = activated.get(chart).copied().unwrap_or_default();
        if times > 1 || times == 0 && *how != Came::Nowhere {
            faults.push(format!("an activation is on record {times} times"));
        }
    }
    let verified = hosts.setup.run(&["audit", "verify"]);
    if !verified.status.success() {
        faults.push(String::from_utf8_lossy(&verified.stderr).into_owned());
    }
    faults
}

fn told(came: &BTreeMap<String, Came>, happened: Happened, noticed: Noticed, faults: &[String]) {
    let home = came.values().filter(|how| **how == Came::Home).count();
    let Happened { killed, crashed } = happened;
    let Noticed { answered, failed, longest, took } = noticed;
    let all = answered + failed;
    println!("journeys            {home} of {} ended at the home page", came.len());
    println!("hosts killed        {killed}, of three, each started again after a second");
    println!("database crashed    {crashed} times");
    println!(
        "requests            {all} in {:.0} s, {failed} of them failed ({:.2} %)",
        took.as_secs_f64(),
        100.0 * failed as f64 / all as f64
    );
    println!("longest outage      {:.1} s without any answer", longest.as_secs_f64());
    println!(
        "lost or doubled     {}",
        if faults.is_empty() { "nothing".to_owned() } else { faults.join("; ") }
    );
}
