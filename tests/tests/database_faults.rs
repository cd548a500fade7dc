//! A database that hangs, and one that crashes: visitors and staff are asked to try again, nothing half done is
//! left, and it goes on by itself. In a file of its own, since all of it shares one server.

use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::shared::on_postgres;
use portal_tests::visitor::{Answer, Visitor};
use portal_tests::{patient, staff, trail};
use std::time::{Duration, Instant};
use throwaway_postgres::{Hanging, crash_and_restart};
use tokio::sync::Mutex;

/// One at a time: the server is everybody's.
static TURN: Mutex<()> = Mutex::const_new(());

/// Longer than a host waits for the database before it asks to try again.
const SOON: Duration = Duration::from_secs(15);

/// Longer than it takes a host to find the database again.
const BACK: Duration = Duration::from_secs(30);

/// What a page that could not be had looks like: a plain word, and when to try again.
fn assert_is_an_apology(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.headers.contains_key("retry-after"), "{:?}", answer.headers);
    let text = answer.text().to_lowercase();
    assert!(text.contains("again"), "{text}");
    for internal in ["sqlx", "postgres", "database error", "panicked", "pool"] {
        assert!(!text.contains(internal), "{text}");
    }
}

/// Asks until the answer is no apology.
async fn until_back(visitor: &Visitor, path: &str) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = visitor.get(path).await;
        if answer.status != 503 {
            return answer;
        }
        assert!(begun.elapsed() < BACK, "{path} does not come back: {}", answer.text());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_hangs_everybody_is_asked_to_try_again_and_then_it_goes_on() {
    let _turn = TURN.lock().await;
    let mut host = on_postgres().await.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let maria = patient::activate(&host.portal, &MARIA, &id, "maria84").await;
    patient::log_in(&maria, "maria84", PASSWORD).await.expect(200);

    let hanging = Hanging::now();
    let begun = Instant::now();
    let (home, start, list) = tokio::join!(
        maria.get("/home"),
        async { Visitor::at(&host.portal).get("/").await },
        desk.get("/patients")
    );
    assert!(begun.elapsed() < SOON, "somebody waited for {:?}", begun.elapsed());
    for answer in [&home, &list] {
        assert_is_an_apology(answer);
    }
    assert!(start.status == 200 || start.status == 503, "{}", start.text());
    drop(hanging);

    assert!(patient::is_home(&until_back(&maria, "/home").await), "the session was lost");
    until_back(&desk, "/patients").await.expect(200);
    assert!(host.is_running(), "{}", host.log());
    staff::invite(&desk, &SEAN).await;
    trail::assert_whole(&host.setup);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_database_crashed_everything_acknowledged_is_there_without_a_restart() {
    let _turn = TURN.lock().await;
    let mut host = on_postgres().await.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &ELODIE).await;
    let elodie = patient::activate(&host.portal, &ELODIE, &id, "elodie91").await;

    for _ in 0..3 {
        crash_and_restart();
        until_back(&elodie, "/").await.expect(200);
        assert!(patient::can_log_in(&host.portal, "elodie91", PASSWORD).await);
        until_back(&desk, "/patients").await.expect(200);
    }

    assert!(host.is_running(), "{}", host.log());
    assert!(!host.log().contains("panicked"), "{}", host.log());
    trail::assert_whole(&host.setup);
}
