//! The operator's side: metrics by cause that name nobody, on an address of their own, and what a practice
//! may set at the command line.

use portal_tests::guesses::{Guess, at_once, confirmed, other_ids};
use portal_tests::people::{ALMA, FRONT_DESK, MARIA, PASSWORD, Person, SEAN};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, patient, staff, trail};
use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

/// Wrong answers on the whole website in an hour.
const PER_WEBSITE_AN_HOUR: usize = 60;
/// Longer than a host may go by what was set before.
const TAKES_EFFECT: Duration = Duration::from_secs(20);

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn behind_a_proxy() -> Installation {
    Setup::fresh().with("--trusted-proxy", "127.0.0.1").start()
}

/// The counters by name and labels, as Prometheus reads them.
async fn metrics(host: &Installation) -> BTreeMap<String, u64> {
    let answer = Visitor::at(&host.operator).get("/metrics").await.expect(200);
    assert_eq!(answer.headers["content-type"], "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let lines: Vec<&str> = answer.body.lines().collect();
    assert_eq!(lines.last(), Some(&"# EOF"));
    let counters = lines.iter().filter(|line| !line.starts_with('#')).map(|line| {
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        (name.to_owned(), value.parse().expect("a count"))
    });
    counters.collect()
}

fn of(metrics: &BTreeMap<String, u64>, name: &str) -> u64 {
    metrics.get(name).copied().unwrap_or_default()
}

/// The values of all labels.
fn labels(metrics: &BTreeMap<String, u64>) -> impl Iterator<Item = &str> {
    metrics.keys().flat_map(|name| name.split('"').skip(1).step_by(2))
}

async fn wrong_guesses(host: &Installation, taken: &[&str]) {
    let ids = other_ids(PER_WEBSITE_AN_HOUR, taken);
    let guesses = ids
        .iter()
        .enumerate()
        .map(|(n, id)| Guess::nobodys(Visitor::from_address(&format!("10.9.{n}.1"), &host.portal), n, id));
    assert!(confirmed(at_once(guesses.collect()).await).is_empty());
}

/// The form for confirmation as somebody at this address sees it, and whether typing is paused there.
async fn is_paused(host: &Installation, address: &str) -> bool {
    let page = Visitor::from_address(address, &host.portal).get("/activate").await.expect(200);
    page.says("typing a Portal ID is paused")
}

#[tokio::test]
async fn the_metrics_are_on_the_operators_address_and_nothing_else_is() {
    let host = Installation::fresh();
    assert!(metrics(&host).await.contains_key("portal_busy_hashing_total{whom=\"patients\"}"));
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    desk.get("/metrics").await.expect(404);
    for (address, path) in [
        (&host.portal, "/metrics"),
        (&host.ehr, "/metrics"),
        (&host.operator, "/"),
        (&host.operator, "/sign-in"),
    ] {
        let answer = Visitor::at(address).get(path).await;
        assert_eq!(answer.status, 404, "{address}{path}: {}", answer.text());
        assert!(!answer.body.contains("portal_acts"), "{address}{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_and_refused_is_counted_by_its_cause_and_names_nobody() {
    let host = behind_a_proxy();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let seans = staff::invite(&desk, &SEAN).await;
    let visitor = |address: &str| Visitor::from_address(address, &host.portal);
    patient::activate(&host.portal, &MARIA, &id, "maria.planted").await;
    assert!(patient::can_log_in(&host.portal, "maria.planted", PASSWORD).await);
    for _ in 0..6 {
        patient::log_in(&visitor("198.51.100.1"), "maria.planted", "a planted wrong password").await;
    }
    for _ in 0..6 {
        let guesser = Visitor::from_address("198.51.100.2", &host.ehr);
        staff::try_to_sign_in(&guesser, "billing", "a planted wrong password").await;
    }
    for first in ["A", "B", "C", "D", "E"] {
        let wrong = Person { first, ..SEAN };
        patient::confirm(&visitor("198.51.100.3"), &wrong, &seans).await.expect(422);
    }
    // With the five above, as many as it takes; two more are told.
    let ids = other_ids(PER_WEBSITE_AN_HOUR - 5, &[&seans]);
    let guesses = ids.iter().enumerate();
    let guesses = guesses.map(|(n, id)| Guess::nobodys(visitor(&format!("10.9.{n}.1")), n, id));
    assert!(confirmed(at_once(guesses.collect()).await).is_empty());
    for _ in 0..2 {
        patient::confirm(&visitor("198.51.100.4"), &MARIA, "000000").await.expect(429);
    }

    let metrics = metrics(&host).await;

    let trail = trail::exported(&host.setup, &[]);
    for (action, times) in [
        ("activation.refused", 4 + (PER_WEBSITE_AN_HOUR - 5)),
        ("activation.blocked", 2),
        ("activation.paused", 1),
        ("invitation.burnt", 1),
        ("activation.confirmed", 1),
        ("credentials.set", 1),
        ("signin.succeeded", 1),
        ("signin.refused", 5),
        ("signin.blocked", 1),
    ] {
        let counted = of(&metrics, &format!("portal_acts_total{{action=\"{action}\"}}"));
        assert_eq!(usize::try_from(counted), Ok(times), "{action}");
        assert_eq!(trail::counted(&trail)[action], times, "{action}");
    }
    let staff = |status: u16| format!("portal_requests_total{{listener=\"staff\",status=\"{status}\"}}");
    assert_eq!((of(&metrics, &staff(422)), of(&metrics, &staff(429))), (5, 1));

    for label in labels(&metrics) {
        let is_a_word = label.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-'));
        assert!(is_a_word || label.parse::<u16>().is_ok_and(|status| status < 600), "{label}");
        assert!(!["frontdesk", "billing", "maria.planted"].contains(&label), "{label}");
    }
    let text = format!("{metrics:?}");
    for planted in ["planted", "aria", "100001", "198.51", "10.9.", "127.0.0.1", &id, &seans] {
        assert!(!text.contains(planted), "{planted}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_turned_away_by_a_full_hashing_queue_is_counted_and_loses_nothing() {
    let host = behind_a_proxy();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    // Far more than run and wait on this machine, 33 for each core: some are done while the others come.
    let crowd = 6 * 33 * std::thread::available_parallelism().map_or(1, usize::from) + 100;
    let mut pages = Vec::new();
    for n in 0..crowd {
        let visitor = Visitor::from_address(&format!("10.{}.{}.1", n / 250, n % 250), &host.portal);
        let page = visitor.get("/").await.expect(200);
        pages.push((visitor, page));
    }
    let tries = pages.into_iter().enumerate().map(|(n, (visitor, page))| {
        let (username, password) = (format!("nobody{n}"), "a password of nobody");
        let form = page.form("Log in").fill("Username", &username).fill("Password", password);
        tokio::spawn(async move { visitor.send_form(&page, &form).await })
    });

    let answers = futures_util::future::try_join_all(tries).await.expect("answers");

    let turned_away = answers.iter().filter(|answer| answer.status == 503).count();
    assert!(answers.iter().all(|answer| matches!(answer.status, 422 | 503)));
    assert!((1..crowd).contains(&turned_away), "{turned_away} of {crowd}");
    let waits = answers.iter().filter(|answer| answer.status == 503);
    assert!(waits.clone().all(|answer| answer.headers.contains_key("retry-after")));
    let counted = of(&metrics(&host).await, "portal_busy_hashing_total{whom=\"patients\"}");
    assert_eq!(usize::try_from(counted), Ok(turned_away));
    // Only those that were looked at are on record as refused.
    let trail = trail::exported(&host.setup, &[]);
    assert_eq!(trail::counted(&trail)["signin.refused"], crowd - turned_away);
    assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_is_never_paused_is_spared_and_a_running_host_takes_it_up() {
    let host = behind_a_proxy();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &ALMA).await;
    wrong_guesses(&host, &[&id]).await;
    let (kiosk, home) = ("192.0.2.77", "198.51.100.77");
    assert!(is_paused(&host, kiosk).await && is_paused(&host, home).await);

    let set = host.setup.run(&["policy", "--set", "never-paused=192.0.2.77/28, 2001:db8::/32"]);

    assert!(set.status.success(), "{}", said(&set));
    let told = String::from_utf8_lossy(&set.stdout).into_owned();
    assert!(told.contains("never-paused=192.0.2.64/28,2001:db8::/32 "), "{told}");
    let begun = Instant::now();
    while is_paused(&host, kiosk).await {
        assert!(begun.elapsed() < TAKES_EFFECT, "the running host does not take it up");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!is_paused(&host, "2001:db8::7").await);
    assert!(
        is_paused(&host, "192.0.2.80").await && is_paused(&host, home).await,
        "everyone else is paused still"
    );
    let paused = patient::confirm(&Visitor::from_address(home, &host.portal), &ALMA, &id).await;
    assert_eq!(paused.status, 429, "{}", paused.text());
    let confirmed = patient::confirm(&Visitor::from_address(kiosk, &host.portal), &ALMA, &id).await;
    assert!(confirmed.has_button("Save"), "{}", confirmed.text());
}

#[tokio::test]
async fn what_a_practice_sets_holds_after_a_restart_and_is_on_record() {
    let setup = Setup::fresh();
    setup.make();
    let set = setup.run(&["policy", "--set", "per-portal-id=2", "--set", "minimum-password-length=20"]);
    assert!(set.status.success(), "{}", said(&set));

    let host = setup.start();

    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &SEAN).await;
    let wrong = Person { first: "X", ..SEAN };
    for _ in 0..2 {
        patient::confirm(&Visitor::at(&host.portal), &wrong, &id).await.expect(422);
    }
    let right = patient::confirm(&Visitor::at(&host.portal), &SEAN, &id).await;
    assert!(right.says(patient::NOT_CONFIRMED), "two wrong answers did not burn it: {}", right.text());
    let id = staff::invite(&desk, &MARIA).await;
    let maria = Visitor::at(&host.portal);
    let page = patient::confirm(&maria, &MARIA, &id).await;
    let short = patient::choose(&maria, &page, "maria", "nineteen letters it").await;
    assert!(short.has_button("Save") && short.says("20"), "{}", short.text());
    let long = patient::choose(&maria, &short, "maria", PASSWORD).await;
    assert!(long.says("Your account is ready"), "{}", long.text());

    let trail = trail::exported(&setup, &[]);
    let change = trail.iter().find(|entry| entry.action == "practice.policy-changed").expect("on record");
    assert_eq!(change.kind, "system");
    assert_eq!(change.detail, "shortest password: 15 -> 20, wrong answers per Portal ID: 5 -> 2");
}

/// Asked for in the wrong folder, or with a slip of the finger, a command must not make a database there and
/// say that all is well with it.
#[test]
fn a_command_where_there_is_no_database_says_so_and_makes_nothing() {
    let setup = Setup::fresh();
    let is_empty = |folder: &Path| folder.read_dir().expect("a folder").next().is_none();
    let all: [&[&str]; 4] =
        [&["audit", "verify"], &["audit", "export", "--format", "csv"], &["keys", "rotate"], &["policy"]];

    for command in all {
        let refused = setup.run(command);
        assert_eq!(refused.status.code(), Some(1), "{command:?}");
        assert!(said(&refused).contains("there is no state folder"), "{}", said(&refused));
        assert!(is_empty(setup.folder()), "{command:?} made something");
    }
    let state = setup.folder().join("state");
    DirBuilder::new().mode(0o700).create(&state).expect("a folder");
    for command in all {
        let refused = setup.run(command);
        assert_eq!(refused.status.code(), Some(1), "{command:?}");
        let said = said(&refused);
        assert!(said.contains("there is no database") && said.contains("portal.db"), "{said}");
        let made: Vec<_> = state.read_dir().expect("a folder").flatten().map(|it| it.file_name()).collect();
        assert!(made.iter().all(|name| name == "in-use"), "{command:?} made {made:?}");
    }
}

#[test]
fn a_setting_out_of_its_bounds_is_refused_in_a_sentence_and_nothing_is_set() {
    let setup = Setup::fresh();
    setup.make();
    let shown = || String::from_utf8(setup.run(&["policy"]).stdout).expect("words");
    let before = shown();
    assert!(before.contains("per-portal-id=5 (1 to 10)"), "{before}");

    for (change, sentence) in [
        ("per-portal-id=0", "per-portal-id takes a whole number from 1 to 10"),
        ("per-portal-id=11", "per-portal-id takes a whole number from 1 to 10"),
        ("per-portal-id=five", "per-portal-id takes a whole number from 1 to 10"),
        ("per-portal-id=-1", "per-portal-id takes a whole number from 1 to 10"),
        ("per-portal-id=4294967297", "per-portal-id takes a whole number from 1 to 10"),
        ("invitation-days=22", "invitation-days takes a whole number from 1 to 21"),
        ("minimum-password-length=7", "minimum-password-length takes a whole number from 8 to 64"),
        ("per-website-an-hour=0", "per-website-an-hour takes a whole number from 1 to 10000"),
        ("tea=1", "there is no setting \"tea\"; portal-host policy shows them all"),
        ("idle-minutes", "\"idle-minutes\" is not a setting and a value, such as idle-minutes=15"),
        ("require-edit-right=maybe", "require-edit-right takes yes or no"),
        (
            "never-paused=kiosk",
            "never-paused takes up to 64 networks, separated by commas: \"kiosk\" is none",
        ),
    ] {
        // What stands before it is all right, and is not set either.
        let refused = setup.run(&["policy", "--set", "idle-minutes=30", "--set", change]);
        assert_eq!(refused.status.code(), Some(1), "{change}");
        assert_eq!(said(&refused).trim(), format!("error: {sentence}"));
        assert!(refused.stdout.is_empty());
    }

    assert_eq!(shown(), before);
    assert_eq!(trail::counted(&trail::exported(&setup, &[])).get("practice.policy-changed"), None);
}
