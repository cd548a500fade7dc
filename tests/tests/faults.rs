//! A component that misbehaves in every way there is, in the real host: each fault costs its own
//! request and nothing else, and the operator reads what kind it was.

use portal_tests::people::{FRONT_DESK, MARIA};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, staff};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What a fault must come to, as a page and in the tab.
struct Expected {
    fault: &'static str,
    /// How a page that commits it is answered.
    page: u16,
    /// The kind the operator reads, where it is a failure.
    kind: &'static str,
    /// Whether it harms the tab as well; the others are about HTTP.
    harms_tab: bool,
    /// How often, to show that nothing leaks: more than there are places for instances.
    times: u32,
}

const fn failing(fault: &'static str, kind: &'static str, harms_tab: bool) -> Expected {
    Expected { fault, page: 500, kind, harms_tab, times: 300 }
}

const fn harmless(fault: &'static str) -> Expected {
    Expected { fault, page: 200, kind: "", harms_tab: false, times: 30 }
}

/// A promise of the contract that it breaks in a call it makes.
const fn breach(fault: &'static str) -> Expected {
    Expected { times: 30, ..failing(fault, "contract", true) }
}

const EXPECTED: [Expected; 31] = [
    failing("trap", "trap", true),
    failing("panic", "trap", true),
    // Each takes a second of a core.
    Expected { times: 6, ..failing("spin", "deadline", true) },
    failing("deep", "trap", true),
    failing("memory", "memory", true),
    failing("huge-page", "answer-size", false),
    failing("aliased-headers", "answer-size", true),
    failing("long-headers", "answer-size", false),
    failing("wild-pointer", "trap", true),
    failing("not-text", "trap", true),
    failing("status-too-low", "malformed-answer", false),
    failing("status-too-high", "malformed-answer", false),
    failing("header-name", "malformed-answer", false),
    failing("header-splitting", "malformed-answer", false),
    failing("framing", "malformed-answer", false),
    failing("endless-calls", "ehr-calls", true),
    failing("endless-log", "ehr-calls", true),
    failing("greedy-random", "contract", true),
    harmless("long-log"),
    failing("huge-argument", "answer-size", true),
    harmless("long-password"),
    breach("forged-staff"),
    breach("forged-visitor"),
    breach("forged-system"),
    breach("long-action"),
    breach("long-detail"),
    breach("long-key"),
    breach("long-username"),
    breach("many-counters"),
    breach("many-cleared"),
    breach("long-counter"),
];

/// Visits the ordinary page until told to stop, and counts.
async fn visits(portal: String, stop: &AtomicBool, good: &AtomicU32, bad: &AtomicU32) {
    let visitor = Visitor::at(&portal);
    while !stop.load(Ordering::Relaxed) {
        let answer = visitor.get("/").await;
        let counter = if answer.status == 200 && answer.says("An ordinary page") { good } else { bad };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

fn host() -> Installation {
    Setup::faulty().start()
}

#[tokio::test]
async fn every_fault_of_the_component_has_an_expectation() {
    let host = host();
    let page = Visitor::at(&host.portal).get("/faults").await.expect(200);

    let there: BTreeSet<&str> = page.body.lines().collect();
    let expected: BTreeSet<&str> = EXPECTED.iter().map(|expected| expected.fault).collect();

    assert_eq!(there, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_costs_its_own_request_and_the_others_are_answered_meanwhile() {
    let mut host = host();
    let visitor = Visitor::at(&host.portal);
    for Expected { fault, page, kind, times, .. } in &EXPECTED {
        let before = host.log().len();
        let (stop, good, bad) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
        let faults = async {
            let begun = Instant::now();
            let path = format!("/{fault}");
            let batches = times.div_ceil(10);
            for _ in 0..batches {
                let batch = (0..(*times).min(10)).map(|_| visitor.get(&path));
                for answer in futures_util::future::join_all(batch).await {
                    assert_eq!(answer.status, *page, "{fault}: {}", answer.text());
                    if *page == 500 {
                        assert!(answer.says("Something went wrong on our side"), "{fault}: {}", answer.body);
                        assert!(!answer.body.contains("planted"), "{fault} tells what it should not");
                        assert!(answer.headers.get("set-cookie").is_none(), "{fault} set a cookie");
                    }
                }
            }
            // At least a few ordinary visits, however quickly the faults were over.
            while good.load(Ordering::Relaxed) < 5 && begun.elapsed() < Duration::from_secs(30) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            stop.store(true, Ordering::Relaxed);
        };
        tokio::join!(faults, visits(host.portal.clone(), &stop, &good, &bad));
        let (good, bad) = (good.load(Ordering::Relaxed), bad.load(Ordering::Relaxed));
        assert!(good >= 5 && bad == 0, "{fault}: {good} ordinary visits went well, {bad} did not");
        let log = host.log();
        let since = &log[before..];
        if !kind.is_empty() {
            assert!(
                since.contains(&format!("kind=\"{kind}\"")),
                "{fault} is not told as {kind}: {}",
                first(since)
            );
        }
        assert!(!since.contains("Maria"), "{fault}: the log repeats what the component said");
    }
    assert!(host.is_running());
}

#[tokio::test(flavor = "multi_thread")]
async fn more_spinning_requests_than_cores_do_not_keep_others_waiting() {
    let host = host();
    let visitor = Visitor::at(&host.portal);
    let (stop, good, bad) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let spinning = async {
        let answers = futures_util::future::join_all((0..12).map(|_| visitor.get("/spin"))).await;
        stop.store(true, Ordering::Relaxed);
        answers
    };

    let (answers, ()) = tokio::join!(spinning, visits(host.portal.clone(), &stop, &good, &bad));

    assert!(answers.iter().all(|answer| answer.status == 500));
    let (good, bad) = (good.load(Ordering::Relaxed), bad.load(Ordering::Relaxed));
    assert!(good >= 20 && bad == 0, "{good} ordinary visits while twelve spun, {bad} of them bad");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_the_tab_costs_that_page_only() {
    let mut host = host();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    for Expected { fault, harms_tab, kind, .. } in &EXPECTED {
        let before = host.log().len();
        let document = desk.get(&format!("{}/documents/{fault}", tab.path)).await;
        let action = desk.post(&format!("{}/actions/{fault}", tab.path), &[]).await;
        if *harms_tab {
            assert_eq!(document.status, 500, "document {fault}: {}", document.text());
            assert!(document.says("Something went wrong"), "{}", document.text());
            let log = host.log();
            assert!(
                log[before..].contains(&format!("kind=\"{kind}\"")),
                "{fault}: {}",
                first(&log[before..])
            );
        }
        for answer in [&document, &action] {
            assert!(matches!(answer.status, 200 | 303 | 500), "{fault}: {}", answer.status);
            assert!(!answer.body.contains("planted"), "{fault}");
        }
        let after = desk.get(&tab.path).await.expect(200);
        assert!(after.says("Ordinary"), "after {fault}: {}", after.text());
    }
    for _ in 0..300 {
        desk.get(&format!("{}/documents/trap", tab.path)).await.expect(500);
    }
    desk.get(&tab.path).await.expect(200);
    assert!(host.is_running());
}

#[tokio::test]
async fn what_the_component_logs_is_cut() {
    let host = host();
    Visitor::at(&host.portal).get("/long-log").await.expect(200);

    let log = host.log();
    let longest = log.lines().map(str::len).max().unwrap_or(0);

    assert!(log.contains("long long"), "{log}");
    assert!(longest < 5_000, "a line of {longest} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_hangs_up_leaves_no_place_taken() {
    let host = host();
    let client = reqwest::Client::builder().timeout(Duration::from_millis(30)).build().expect("a client");
    // More than there are places, none of them waited for.
    for _ in 0..30 {
        let hung_up = (0..10).map(|_| client.get(format!("{}/trap", host.portal)).send());
        let _ = futures_util::future::join_all(hung_up).await;
    }
    for _ in 0..6 {
        let _ = client.get(format!("{}/spin", host.portal)).send().await;
    }

    Visitor::at(&host.portal).get("/").await.expect(200);
}

fn first(log: &str) -> String {
    log.lines().take(5).collect::<Vec<_>>().join("\n")
}
