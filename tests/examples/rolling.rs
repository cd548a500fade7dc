//! Three hosts behind HAProxy on PostgreSQL, patients who activate and log in without a pause, and every host replaced
//! by its next version meanwhile, one after the other. Fails where any request failed, or anything acknowledged is not
//! there.

use clap::Parser;
use portal_tests::artifacts::{artifacts, patched, real_component};
use portal_tests::reliability::journeys::{Came, walk_steadily};
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::reliability::people::invited;
use portal_tests::reliability::proof::faults;
use portal_tests::reliability::rolling::{Next, replace_all};
use portal_tests::shared::{self, Hosts};
use portal_tests::versions::put;
use portal_tests::{Installation, Setup};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

// What `cargo xtask reliability --quick` asks for comes first.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    /// How many patients there are. Once everyone has been, they come back and log in.
    #[arg(long, default_value_t = 500)]
    patients: u32,
    /// How far apart their journeys begin, in milliseconds.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    apart: u64,
    /// The program of the version before; otherwise the same one, and the component is replaced by another version.
    #[arg(long, requires = "from_component")]
    from_host: Option<PathBuf>,
    /// Its component.
    #[arg(long, requires = "from_host")]
    from_component: Option<PathBuf>,
}

/// Before the first host is replaced, and after the last.
const AROUND: Duration = Duration::from_secs(3);

/// Longer than hosts take to find another version of the component and compile it.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the main login page says, and what another version of it would.
const BEFORE: &str = "New here?";
const AFTER: &str = "Now here!";

#[tokio::main]
async fn main() -> ExitCode {
    let Options { patients, apart, from_host, from_component } = Options::parse();
    let is_upgrade = from_host.is_some();
    let mut setup = Setup::fresh();
    let next = Next { program: setup.program.clone(), component: artifacts().component.clone() };
    setup.program = from_host.unwrap_or_else(|| next.program.clone());
    let component = setup.folder().join("portal.wasm");
    let before = from_component.map_or_else(real_component, |path| std::fs::read(path).expect("a component"));
    put(&component, &before);
    setup.component = component;
    let setup = shared::prepared(setup).await;
    // Everyone comes within minutes.
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    let hosts = Hosts::on(setup, 3);
    let invited = invited(&hosts.setup, &hosts.ehr.url, patients).await;
    eprintln!("{} patients hold a sheet", invited.len());

    let (portal, requests, enough) =
        (hosts.portal.url.clone(), Arc::new(Requests::none()), Arc::new(AtomicBool::new(false)));
    let over = Arc::clone(&enough);
    let rolling = tokio::task::spawn_blocking(move || {
        std::thread::sleep(AROUND);
        let hosts = if is_upgrade { upgrade(hosts, &next) } else { restart(hosts, &next) };
        std::thread::sleep(AROUND);
        over.store(true, Ordering::Relaxed);
        hosts
    });
    let came = walk_steadily(&portal, &invited, Duration::from_millis(apart), &enough, &requests).await;
    let noticed = requests.noticed();
    let hosts = rolling.await.expect("every host was replaced");

    let mut faults = faults(&portal, &hosts.setup, &invited, &came).await;
    let Noticed { answered, failed, longest, took, median, p99 } = noticed;
    if failed > 0 {
        faults.push(format!("{failed} requests failed: {}", requests.failures()));
    }
    let home = came.values().filter(|how| **how == Came::Home).count();
    println!("hosts replaced      {}, {}", hosts.hosts.len(), how(is_upgrade));
    println!("journeys            {home} of {} ended at the home page", came.len());
    println!(
        "requests            {} in {:.0} s, {failed} of them failed",
        answered + failed,
        took.as_secs_f64()
    );
    println!(
        "answers             half within {} ms, all but one in a hundred within {} ms",
        median.as_millis(),
        p99.as_millis()
    );
    println!("longest silence     {:.1} s without any answer", longest.as_secs_f64());
    println!("faults              {}", if faults.is_empty() { "none".to_owned() } else { faults.join("; ") });
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn how(is_upgrade: bool) -> &'static str {
    if is_upgrade {
        "by another version of program and component, the tables brought up to date before"
    } else {
        "by the same version, and then the component by another under all of them"
    }
}

/// The tables first, under the hosts of the version before.
fn upgrade(mut hosts: Hosts, next: &Next) -> Hosts {
    let mut owned = shared::owned(&hosts.setup);
    next.program.clone_into(&mut owned.program);
    owned.make();
    eprintln!("the tables are up to date");
    replace_all(&mut hosts, next);
    hosts.setup.program.clone_from(&next.program);
    hosts
}

fn restart(mut hosts: Hosts, next: &Next) -> Hosts {
    let component = hosts.setup.component.clone();
    replace_all(&mut hosts, &Next { component: component.clone(), ..next.clone() });
    put(&component, &patched(BEFORE, AFTER));
    let (begun, mut waiting) = (Instant::now(), hosts.hosts.iter().collect::<Vec<_>>());
    while !waiting.is_empty() {
        assert!(begun.elapsed() < PATIENCE, "a host does not take the other version of the component");
        std::thread::sleep(Duration::from_millis(100));
        waiting.retain(|host| !has_taken_another(host));
    }
    hosts
}

fn has_taken_another(host: &Installation) -> bool {
    host.log().contains("another version of the component answers")
}
