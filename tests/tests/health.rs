//! What a load balancer learns from the operator's address: whether a host serves, and whether to send it anyone.

use portal_tests::shared::{let_connect, on_postgres};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, raw};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;

async fn asked(host: &Installation, path: &str) -> (u16, String) {
    let answer = Visitor::at(&host.operator).get(path).await;
    (answer.status, answer.body)
}

/// Waits until the host says so of itself.
async fn comes_to_say(host: &Installation, status: u16, word: &str) {
    let begun = Instant::now();
    while asked(host, "/readyz").await != (status, format!("{word}\n")) {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not say {word:?}: {}", host.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until a host that was told to stop says so.
async fn says_that_it_stops(host: &Installation) {
    comes_to_say(host, 503, "stopping").await;
}

/// A log in whose body is still to come.
async fn under_way(host: &Installation) -> tokio::net::TcpStream {
    let mut under_way = raw::connect(&host.portal).await;
    let authority = host.portal.trim_start_matches("http://");
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 10\r\n\r\n"
    );
    under_way.write_all(head.as_bytes()).await.expect("a head");
    tokio::time::sleep(Duration::from_millis(300)).await;
    under_way
}

#[tokio::test]
async fn a_host_that_started_is_healthy_and_ready_and_says_so_to_its_operator_only() {
    let host = Installation::fresh();

    assert_eq!(asked(&host, "/healthz").await, (200, "serving\n".to_owned()));
    assert_eq!(asked(&host, "/readyz").await, (200, "ready\n".to_owned()));

    for path in ["/healthz", "/readyz"] {
        Visitor::at(&host.portal).get(path).await.expect(404);
        assert_ne!(Visitor::at(&host.ehr).get(path).await.status, 200, "{path} on the EHR's address");
        let answer = Visitor::at(&host.operator).get(path).await;
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_whose_database_is_gone_is_healthy_but_not_ready_until_it_is_back() {
    let setup = on_postgres().await;
    let host = setup.start();
    comes_to_say(&host, 200, "ready").await;

    let_connect(&setup, false).await;
    comes_to_say(&host, 503, "the database does not answer").await;
    assert_eq!(asked(&host, "/healthz").await.0, 200);

    let_connect(&setup, true).await;
    comes_to_say(&host, 200, "ready").await;
    // Each change is told once, however often was asked.
    let log = host.log();
    let (lost, found) = (log.matches("not ready").count(), log.matches("ready again").count());
    assert!((1..=2).contains(&lost) && lost == found, "{log}");
}

#[tokio::test]
async fn while_a_host_finishes_what_is_under_way_it_is_healthy_but_not_ready() {
    let mut host = Installation::fresh();
    let mut under_way = under_way(&host).await;

    host.terminate();

    says_that_it_stops(&host).await;
    assert_eq!(asked(&host, "/healthz").await.0, 200);
    let authority = host.portal.trim_start_matches("http://");
    assert!(tokio::net::TcpStream::connect(authority).await.is_err(), "it still takes new visitors");
    under_way.write_all(b"username=x").await.expect("a body");
    assert_ne!(raw::status(&raw::read(&mut under_way).await), 0, "what was under way is not finished");
    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
}

#[tokio::test]
async fn a_host_that_stops_with_a_delay_takes_visitors_until_the_load_balancer_has_noticed() {
    let mut host = Setup::fresh().with("--stop-delay", "20").start();
    let told = Instant::now();

    host.terminate();

    says_that_it_stops(&host).await;
    let new = Visitor::at(&host.portal).get("/").await;
    assert!(told.elapsed() < Duration::from_secs(20), "too slow to tell");
    new.expect(200);
    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
    assert!(told.elapsed() >= Duration::from_secs(20), "it did not wait");
}

#[tokio::test]
async fn a_second_signal_ends_the_delay() {
    let mut host = Setup::fresh().with("--stop-delay", "600").start();
    host.terminate();
    says_that_it_stops(&host).await;

    host.terminate();

    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
}
