//! One host on SQLite and a practice's day at a moderate pace, for half an hour unless said otherwise: what the host
//! holds of memory and open files after it has warmed up, and at the end. Fails where a request fails, something does
//! not end as it should, or the host holds a quarter more at the end than when it was warm.

use clap::Parser;
use portal_tests::Setup;
use portal_tests::reliability::held::{Held, Watched};
use portal_tests::reliability::mixed::{Day, day, patients_for};
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::reliability::people::invited;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Parser)]
struct Options {
    /// How long, in minutes.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(5..))]
    minutes: u32,
    /// Another program than the one that was built without optimisation.
    #[arg(long)]
    host: Option<PathBuf>,
    /// Let a second be a minute, and judge nothing by what the host holds: only to see that it works.
    #[arg(long)]
    quick: bool,
}

/// How many minutes a host takes until everything that it keeps ready is there.
const WARM: u32 = 3;

/// How often what the host holds is looked at in a minute. Compared is the minute after it was warm with the last.
const LOOKS: u32 = 6;

#[tokio::main]
async fn main() -> ExitCode {
    let Options { minutes, host: program, quick } = Options::parse();
    let minute = Duration::from_secs(if quick { 1 } else { 60 });
    let (warm_up, long) = (WARM * minute, minutes * minute);
    let mut setup = Setup::fresh().with("--trusted-proxy", "127.0.0.1");
    setup.program = program.unwrap_or(setup.program);
    setup.make();
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    let host = setup.start();
    let patients = invited(&setup, &host.ehr, patients_for(long)).await;
    eprintln!("{} patients hold a sheet", patients.len());

    let requests = Arc::new(Requests::none());
    let watching = tokio::spawn(watched(host.process(), long, minute / LOOKS));
    let came = day(&host.portal, &host.ehr, &patients, long, &requests).await;
    let watched = watching.await.expect("the host was there until the end");

    let (Some(warm), Some(end), Some(most)) =
        (watched.median(warm_up, warm_up + minute), watched.median(long - minute, long), watched.most())
    else {
        eprintln!("too few looks at what the host holds");
        return ExitCode::FAILURE;
    };
    let noticed = requests.noticed();
    told(came, noticed, warm_up, (warm, end, most));
    if noticed.failed > 0 {
        println!("failures            {}", requests.failures());
    }
    let grew = |warm: u64, end: u64| end > warm + warm / 4;
    let has_grown = !quick && (grew(warm.resident, end.resident) || grew(warm.descriptors, end.descriptors));
    if has_grown || noticed.failed > 0 || came.astray > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Looks at the host until the end.
async fn watched(process: u32, long: Duration, between: Duration) -> Watched {
    let (mut watched, begun) = (Watched::default(), Instant::now());
    while begun.elapsed() < long {
        let held = Held::by(process).expect("the host is there");
        watched.add(begun.elapsed(), held);
        eprintln!(
            "after {} s: {} MiB resident, {} descriptors",
            begun.elapsed().as_secs(),
            held.resident >> 20,
            held.descriptors
        );
        tokio::time::sleep(between).await;
    }
    watched
}

fn told(came: Day, noticed: Noticed, warm_up: Duration, (warm, end, most): (Held, Held, Held)) {
    let Day { activated, came_back, wrong, looked, astray } = came;
    let Noticed { answered, failed, median, p99, took, .. } = noticed;
    println!("journeys            {activated} from the sheet to the home page, {came_back} log ins besides");
    println!("besides             {wrong} wrong answers, {looked} times somebody looked at pages or tabs");
    println!("astray              {astray}");
    println!("requests            {answered} answered in {:.0} s, {failed} failed", took.as_secs_f64());
    println!(
        "answers             half within {} ms, all but one in a hundred within {} ms",
        median.as_millis(),
        p99.as_millis()
    );
    let mib = |held: Held| held.resident as f64 / f64::from(1 << 20);
    println!(
        "resident memory     {:.0} MiB in the minute after {} s, {:.0} MiB in the last, {:.0} MiB at most",
        mib(warm),
        warm_up.as_secs(),
        mib(end),
        mib(most)
    );
    println!(
        "open files          {} in the minute after {} s, {} in the last, {} at most",
        warm.descriptors,
        warm_up.as_secs(),
        end.descriptors,
        most.descriptors
    );
}
