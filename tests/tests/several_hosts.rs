//! Several hosts on one PostgreSQL database, each with the rights of a host only, behind a load balancer that
//! sends every request to the next of them: nobody notices that there is more than one.

use portal_tests::guesses::{Guess, Outcomes, at_once, confirmed};
use portal_tests::people::{ADMIN, BILLING, ELODIE, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::shared::{Hosts, on_postgres};
use portal_tests::staff::{self, CREATE, PRINT, RESET};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, many, patient, trail};
use std::time::Duration;

/// How many guess at once.
const CROWD: usize = 200;
/// Wrong answers that a Portal ID bears.
const PER_PORTAL_ID: usize = 5;

/// Requests that each host has answered, as its operator sees them.
async fn answered(host: &Installation) -> u64 {
    let metrics = Visitor::at(&host.operator).get("/metrics").await.expect(200).body;
    let lines = metrics.lines().filter(|line| line.starts_with("portal_requests_total"));
    lines.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journey_goes_on_from_host_to_host() {
    let hosts = Hosts::start(2).await;
    let desk = staff::sign_in(&hosts.ehr.url, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    desk.open(&staff::open_tab(&desk, &MARIA).await.link(PRINT)).await.expect(200);

    let home = patient::activate(&hosts.portal.url, &MARIA, &id, "maria84").await;
    patient::log_in(&home, "maria84", PASSWORD).await.expect(200);

    for _ in 0..4 {
        assert!(patient::is_home(&home.open("/home").await), "logged in on one host, not on the other");
        assert!(!staff::open_tab(&desk, &MARIA).await.has_button(CREATE));
    }
    let tab = staff::open_tab(&desk, &MARIA).await;
    staff::press_and_confirm(&desk, &tab, RESET).await;
    for _ in 0..4 {
        assert!(!patient::is_home(&home.open("/home").await), "reset on one host, logged in on the other");
    }
    assert!(!patient::can_log_in(&hosts.portal.url, "maria84", PASSWORD).await);
    for host in &hosts.hosts {
        assert!(answered(host).await > 10, "a host had nothing to do");
    }
    trail::assert_whole(&hosts.setup);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_counted_together_whichever_host_they_hit() {
    let hosts = Hosts::start(3).await;
    let desk = staff::sign_in(&hosts.ehr.url, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    // From many networks: the hosts believe the balancer, which is told by each of them.
    let guesses = (0..CROWD).map(|n| {
        let host = &hosts.hosts[n % hosts.hosts.len()];
        let name = hosts.portal.address.clone();
        let address = format!("10.1.{n}.1");
        let by = Visitor::sending(&host.portal_address(), &[("host", &name), ("x-forwarded-for", &address)]);
        Guess::nobodys(by, n, &id)
    });

    let passed = confirmed(at_once(guesses.collect()).await);

    assert!(passed.is_empty());
    let outcomes = Outcomes::from("10.1.", &trail::exported(&hosts.setup, &[]));
    let expected = Outcomes { right: 0, wrong: PER_PORTAL_ID, burning: 1, blocked: CROWD - PER_PORTAL_ID };
    assert_eq!(outcomes, expected);
    trail::assert_whole(&hosts.setup);
}

/// Asks until an answer comes: the load balancer may learn of a host that died only by a connection that it kept.
async fn notice(desk: &Visitor, path: &str) {
    for _ in 0..10 {
        if desk.try_get(path).await.is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_worked_through_by_one_host_and_by_another_when_that_dies() {
    let setup = on_postgres().await;
    many::seed(&setup, 900);
    let mut hosts = Hosts::on(setup, 2);
    let desk = staff::sign_in(&hosts.ehr.url, FRONT_DESK).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let running = many::start(&desk, &list).await;

    // Whoever was at it, the second one is now.
    hosts.hosts[0].kill();
    notice(&desk, &running.path).await;
    let half = many::until_done(&desk, &running.path, 40).await;
    hosts.hosts[0] = hosts.hosts[0].setup.start();
    assert!(many::done(&half).is_some(), "the list was over before the second host died: {}", half.text());
    hosts.hosts[1].kill();
    notice(&desk, &running.path).await;
    let over = many::until_over(&desk, &running.path).await;

    assert!(over.says("Every patient on the list was looked at."), "{}", over.text());
    let issued = trail::issued(&hosts.setup);
    assert!(issued.len() > 50 && issued.values().all(|times| *times == 1), "{issued:?}");
    assert_eq!(issued.len() as u64, many::count(&over, "Invited"));
    trail::assert_whole(&hosts.setup);
}

/// PostgreSQL stores no NUL, so nothing that anybody sends may get as far as being asked for with one.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_cannot_store_gets_a_plain_answer_all_the_same() {
    let host = on_postgres().await.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let nul = "x\0y";
    for (visitor, path, field) in [
        (Visitor::at(&host.portal), "/login", "username"),
        (Visitor::at(&host.portal), "/activate", "portal_id"),
        (Visitor::at(&host.ehr), "/sign-in", "user"),
        (desk.clone(), "/patients", "search"),
        (desk.clone(), "/invitations/chosen", "patient"),
    ] {
        let answer = visitor.post(path, &[(field, nul), ("password", nul), ("who", "ticked")]).await;
        assert!((400..500).contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
    }
    let details = staff::find(&desk, &SEAN).await;
    for path in ["/patients/%00", "/patients/1%000", "/patients?from=a.0.0.%00", "/invitations?before=%00"] {
        let answer = desk.open(path).await;
        assert!(answer.status < 500, "{path}: {} {}", answer.status, answer.text());
    }
    let list = many::upload(&desk, b"100001\n1000\x0002\n\0\n").await.expect(200);
    assert!(list.says("Lines left out 2"), "{}", list.text());
    assert!(details.has_link(staff::TAB) && !host.log().contains("0x00"), "{}", host.log());
}

/// What one administrator takes away is gone on every host at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_taken_away_is_gone_on_every_host() {
    let hosts = Hosts::start(2).await;
    let desk = staff::sign_in(&hosts.ehr.url, FRONT_DESK).await;
    assert!(staff::open_tab(&desk, &SEAN).await.has_button(CREATE));
    let admin = staff::sign_in(&hosts.ehr.url, ADMIN).await;
    let levels = admin.open("/administration/access-levels").await.expect(200);
    let level = admin.open(&levels.link("Front Desk")).await.expect(200);
    let rights = admin.open(&level.link("User Access")).await.expect(200);
    let form = rights.form("Save").tick("Connect EHR View", false);

    admin.submit(&rights, &form).await.expect(200);

    for _ in 0..4 {
        let details = staff::find(&desk, &ELODIE).await;
        assert!(!details.has_link(staff::TAB), "{}", details.text());
    }
    let billing = staff::sign_in(&hosts.ehr.url, BILLING).await;
    assert!(!staff::find(&billing, &ELODIE).await.has_link(staff::TAB));
}
