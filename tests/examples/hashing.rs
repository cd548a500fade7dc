//! One host on SQLite whose queue for hashing passwords is kept full by log ins: how long its pages take meanwhile,
//! beside how long they take alone. Fails where a page fails, a log in gets another answer than that it is wrong or
//! to try again later, or the queue was never full.

use clap::Parser;
use portal_tests::Setup;
use portal_tests::reliability::held::Held;
use portal_tests::reliability::outcome::{Noticed, Requests};
use portal_tests::reliability::storm::{Refused, Storm};
use portal_tests::visitor::Visitor;
use std::process::ExitCode;

// What `cargo xtask reliability --quick` asks for comes first.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    /// How often each page is asked for, alone and meanwhile.
    #[arg(long, default_value_t = 2_000)]
    pages: usize,
    /// Log ins at once; otherwise half as many again as are hashed or wait for it.
    #[arg(long)]
    log_ins: Option<usize>,
}

/// The pages that everybody begins with.
const PAGES: [&str; 2] = ["/", "/activate"];

/// Log ins at once for each core: a host hashes one and lets 32 wait.
const FOR_EACH_CORE: usize = 50;

#[tokio::main]
async fn main() -> ExitCode {
    let Options { pages, log_ins } = Options::parse();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let log_ins = log_ins.unwrap_or(cores * FOR_EACH_CORE);
    let host = Setup::fresh().with("--trusted-proxy", "127.0.0.1").start();

    let alone = asked(&host.portal, pages).await;
    let held = Held::by(host.process()).expect("the host is there");
    let storm = Storm::at(&host.portal, log_ins);
    storm.until_refused().await;
    let meanwhile = asked(&host.portal, pages).await;
    let Refused { wrong, later, otherwise } = storm.end().await;
    let held_then = Held::by(host.process()).expect("the host is there");

    println!("log ins             {log_ins} at a time, {cores} cores");
    println!("told it is wrong    {wrong}");
    println!("told to try later   {later}, each with 503 and Retry-After");
    println!("told anything else  {otherwise}");
    println!("resident memory     {} MiB before, {} MiB then", held.resident >> 20, held_then.resident >> 20);
    for (when, noticed) in [("alone", &alone), ("meanwhile", &meanwhile)] {
        for (path, Noticed { answered, failed, median, p99, .. }) in PAGES.iter().zip(noticed) {
            println!(
                "{:<19} {answered} answers, half within {} ms, all but one in a hundred within {} ms; {failed} failed",
                format!("{path} {when}"),
                median.as_millis(),
                p99.as_millis()
            );
        }
    }
    let pages_came = alone.iter().chain(&meanwhile).all(|noticed| noticed.failed == 0);
    if pages_came && otherwise == 0 && wrong > 0 && later > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks for each page so often, by somebody new each time.
async fn asked(portal: &str, times: usize) -> [Noticed; PAGES.len()] {
    let requests = PAGES.map(|path| (path, Requests::none()));
    for _ in 0..times {
        let visitor = Visitor::at(portal);
        for (path, requests) in &requests {
            requests.get(&visitor, path).await;
        }
    }
    requests.map(|(_, requests)| requests.noticed())
}
