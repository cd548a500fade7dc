//! 200 guesses at User Confirmation at once: however they are spread, no more than the limit are looked
//! at, and a Portal ID that was used or burnt lets nobody in.
//!
//! What was looked at is told by the audit trail, which has one entry for each guess. The addresses are
//! told by a proxy, each test's from a range of its own.

use portal_tests::guesses::{Guess, Outcomes, at_once, choose_at_once, confirmed, other_ids};
use portal_tests::patient;
use portal_tests::people::{ALMA, ELODIE, FRONT_DESK, MADONNA, MARIA, PASSWORD, Person, SEAN, XIUYING};
use portal_tests::staff::{self, REISSUE};
use portal_tests::visitor::{Answer, Visitor};
use portal_tests::{Installation, Setup, trail};
use std::sync::OnceLock;
use tokio::sync::{Mutex, MutexGuard};

/// How many guess at once.
const CROWD: usize = 200;
/// Wrong answers that a Portal ID bears, and that a person's details bear in a day.
const PER_PORTAL_ID: usize = 5;
const PER_PERSON_A_DAY: usize = 5;
/// Wrong answers taken from one network in a day, and on the whole website in an hour.
const PER_NETWORK_A_DAY: usize = 20;
const PER_WEBSITE_AN_HOUR: usize = 60;

/// One host for all tests but one. The website never pauses there, so that they do not pause each other.
fn host() -> &'static Installation {
    static HOST: OnceLock<Installation> = OnceLock::new();
    HOST.get_or_init(|| {
        let setup = behind_a_proxy();
        setup.make();
        let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
        assert!(set.status.success(), "{set:?}");
        setup.start()
    })
}

fn behind_a_proxy() -> Setup {
    Setup::fresh().with("--trusted-proxy", "127.0.0.1")
}

/// One crowd at a time, so that all of it is answered before the host would ask it to come again later.
async fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}

/// Someone new at the website, from this address.
fn from(address: &str) -> Visitor {
    Visitor::from_address(address, &host().portal)
}

/// What is on record of those from addresses that begin so.
fn outcomes(addresses: &str) -> Outcomes {
    Outcomes::from(addresses, &trail::exported(&host().setup, &[]))
}

async fn invite(person: &Person) -> String {
    let desk = staff::sign_in(&host().ehr, FRONT_DESK).await;
    staff::invite(&desk, person).await
}

async fn is_let_in(address: &str, person: &Person, portal_id: &str) -> bool {
    let answer = patient::confirm(&from(address), person, portal_id).await;
    assert!(answer.has_button("Save") || answer.says(patient::NOT_CONFIRMED), "{}", answer.text());
    answer.has_button("Save")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_guesses_for_one_portal_id_five_are_looked_at_and_they_burn_it() {
    let id = invite(&MARIA).await;
    let _turn = turn().await;
    let guesses = (0..CROWD).map(|n| Guess::nobodys(from(&format!("10.1.{n}.1")), n, &id));

    let passed = confirmed(at_once(guesses.collect()).await);

    assert!(passed.is_empty());
    let expected = Outcomes { right: 0, wrong: PER_PORTAL_ID, burning: 1, blocked: CROWD - PER_PORTAL_ID };
    assert_eq!(outcomes("10.1."), expected);
    assert!(!is_let_in("10.101.0.1", &MARIA, &id).await, "a burnt Portal ID lets in");
    let desk = staff::sign_in(&host().ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    assert_eq!(staff::portal_id(&tab), None, "{}", tab.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_answers_the_right_one_does_not_get_in_among_200() {
    let id = invite(&SEAN).await;
    let _turn = turn().await;
    let wrong = |n: usize| Guess::nobodys(from(&format!("10.2.{n}.1")), n, &id);
    assert!(confirmed(at_once((0..PER_PORTAL_ID).map(wrong).collect()).await).is_empty());
    // Every tenth of them knows everything.
    let crowd = (PER_PORTAL_ID..PER_PORTAL_ID + CROWD).map(|n| match n % 10 {
        0 => Guess::right(from(&format!("10.2.{n}.1")), &SEAN, &id),
        _ => wrong(n),
    });

    let passed = confirmed(at_once(crowd.collect()).await);

    assert!(passed.is_empty(), "{} were let in", passed.len());
    let expected = Outcomes { right: 0, wrong: PER_PORTAL_ID, burning: 1, blocked: CROWD };
    assert_eq!(outcomes("10.2."), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_guesses_with_one_persons_details_five_a_day_are_looked_at() {
    let id = invite(&ELODIE).await;
    let _turn = turn().await;
    // Somebody who knows her sweeps Portal IDs, each from another network.
    let swept = other_ids(CROWD, &[&id]);
    let guesses =
        swept.iter().enumerate().map(|(n, swept)| Guess::right(from(&format!("10.3.{n}.1")), &ELODIE, swept));

    let passed = confirmed(at_once(guesses.collect()).await);

    assert!(passed.is_empty());
    let expected =
        Outcomes { right: 0, wrong: PER_PERSON_A_DAY, burning: 0, blocked: CROWD - PER_PERSON_A_DAY };
    assert_eq!(outcomes("10.3."), expected);
    assert!(!is_let_in("10.103.0.1", &ELODIE, &id).await, "the sweep would have found it");
    // A new ID from staff starts her afresh.
    let desk = staff::sign_in(&host().ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &ELODIE).await;
    let question = desk.open(&tab.link(REISSUE)).await.expect(200);
    let tab = desk.submit(&question, &question.form(REISSUE)).await.expect(200);
    let new = staff::portal_id(&tab).expect("a Portal ID");
    assert!(is_let_in("10.103.0.2", &ELODIE, &new).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_guesses_from_one_network_twenty_a_day_are_looked_at() {
    let _turn = turn().await;
    let line = |n: usize| format!("2001:db8:5:5::{n:x}");
    // One IPv4 address, and as many addresses as there are guesses within one line's IPv6 network.
    for (network, expected_of) in [("10.4.", None), ("2001:db8:5:5:", Some(line))] {
        let guesses = other_ids(CROWD, &[]).into_iter().enumerate().map(|(n, id)| {
            let address = expected_of.map_or_else(|| "10.4.0.1".to_owned(), |line| line(n));
            Guess::nobodys(from(&address), n, &id)
        });

        let passed = confirmed(at_once(guesses.collect()).await);

        assert!(passed.is_empty());
        let expected =
            Outcomes { right: 0, wrong: PER_NETWORK_A_DAY, burning: 0, blocked: CROWD - PER_NETWORK_A_DAY };
        assert_eq!(outcomes(network), expected, "{network}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_right_answers_at_once_one_comes_to_an_account_and_the_rest_to_nothing() {
    let id = invite(&XIUYING).await;
    let _turn = turn().await;
    let guesses = (0..CROWD).map(|n| Guess::right(from(&format!("10.5.{n}.1")), &XIUYING, &id));

    // A right answer takes its count back, so more may be confirmed than wrong answers would be borne. Each
    // holds a capability tied to the account as it was.
    let passed = confirmed(at_once(guesses.collect()).await);
    let seen = outcomes("10.5.");
    let answers = choose_at_once(&passed, "racer", PASSWORD).await;

    assert!(!passed.is_empty());
    assert_eq!((seen.right, seen.wrong, seen.blocked), (passed.len(), 0, CROWD - passed.len()));
    let is_ready = |answer: &Answer| answer.says("Your account is ready");
    let winners: Vec<usize> = (0..answers.len()).filter(|n| is_ready(&answers[*n])).collect();
    assert_eq!(winners.len(), 1, "{winners:?} of {} are told that it worked", answers.len());
    for n in 0..answers.len() {
        let visitor = Visitor::from_address(&format!("10.105.{n}.1"), &host().portal);
        let home = patient::log_in(&visitor, &format!("racer{n}"), PASSWORD).await;
        assert_eq!(patient::is_home(&home), n == winners[0], "racer{n}: {}", home.text());
    }
    let about_her = trail::exported(&host().setup, &["--patient", &chart_of(&XIUYING).await]);
    assert_eq!(trail::counted(&about_her).get("credentials.set"), Some(&1));
    // And none of the other capabilities is of any use now.
    for (n, visitor) in passed.iter().enumerate().filter(|(n, _)| *n != winners[0]) {
        let again = visitor.get("/credentials").await;
        assert!(!again.has_button("Save"), "the capability of racer{n} still opens: {}", again.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_right_answers_for_a_used_portal_id_none_passes() {
    let id = invite(&MADONNA).await;
    patient::activate(&host().portal, &MADONNA, &id, "madonna").await;
    let _turn = turn().await;
    let guesses = (0..CROWD).map(|n| Guess::right(from(&format!("10.6.{n}.1")), &MADONNA, &id));

    let passed = confirmed(at_once(guesses.collect()).await);

    assert!(passed.is_empty(), "{} were let in", passed.len());
    let expected = Outcomes { right: 0, wrong: PER_PORTAL_ID, burning: 0, blocked: CROWD - PER_PORTAL_ID };
    assert_eq!(outcomes("10.6."), expected);
    // What was typed by others is nothing to her login.
    assert!(patient::can_log_in(&host().portal, "madonna", PASSWORD).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hosts_over_one_database_count_together() {
    let setup = behind_a_proxy();
    let (one, other) = (setup.start(), setup.start());
    let desk = staff::sign_in(&other.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &ALMA).await;
    let _turn = turn().await;
    // People open the one address that a proxy in front of both has, here the second one's.
    let website = other.portal.trim_start_matches("http://");
    let from = |n: usize, address: &str| {
        let base = if n.is_multiple_of(2) { &one.portal } else { &other.portal };
        Visitor::sending(base, &[("host", website), ("x-forwarded-for", address)])
    };

    let for_one_id = (0..CROWD).map(|n| Guess::nobodys(from(n, &format!("10.7.{n}.1")), n, &id));
    let passed = confirmed(at_once(for_one_id.collect()).await);

    assert!(passed.is_empty());
    let seen = Outcomes::from("10.7.", &trail::exported(&setup, &[]));
    let expected = Outcomes { right: 0, wrong: PER_PORTAL_ID, burning: 1, blocked: CROWD - PER_PORTAL_ID };
    assert_eq!(seen, expected);

    // Nothing about these is the same but the website.
    let ids = other_ids(CROWD, &[&id]);
    let for_all = ids.iter().enumerate();
    let for_all = for_all.map(|(n, id)| Guess::nobodys(from(n, &format!("10.8.{n}.1")), CROWD + n, id));
    let answers = at_once(for_all.collect()).await;

    let told = answers.iter().filter(|(_, answer)| answer.status == 429).count();
    let left = PER_WEBSITE_AN_HOUR - PER_PORTAL_ID;
    assert_eq!(told, CROWD - left, "whoever is paused is told");
    let trail = trail::exported(&setup, &[]);
    let expected = Outcomes { right: 0, wrong: left, burning: 0, blocked: CROWD - left };
    assert_eq!(Outcomes::from("10.8.", &trail), expected);
    assert_eq!(trail::counted(&trail).get("activation.paused"), Some(&1));
}

/// The key under which the EHR keeps this patient.
async fn chart_of(person: &Person) -> String {
    let desk = staff::sign_in(&host().ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, person).await;
    tab.path.split('/').nth(2).expect("a key in the path").to_owned()
}
