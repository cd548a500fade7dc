//! A component's life: another version is picked up while people are at it, and one that does not fit is not.

use portal_tests::artifacts::{patched, real_component};
use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD};
use portal_tests::reliability::rolling::put;
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, patient, staff};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Longer than it takes to notice and to compile on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the main login page says, and what another version of it would.
const BEFORE: &str = "New here?";
const AFTER: &str = "Now here!";

/// A host whose component's file the test may replace.
fn host() -> Installation {
    let mut setup = Setup::fresh();
    setup.component = setup.folder().join("portal.wasm");
    put(&setup.component, &real_component());
    setup.start()
}

async fn until_logged(host: &Installation, words: &str, times: usize) {
    let begun = Instant::now();
    while host.log().matches(words).count() < times {
        assert!(begun.elapsed() < PATIENCE, "{words:?} is not logged: {}", host.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Visitors who ask for one page after the other, each of whom must get it, until they are told to stop; how many
/// pages they saw.
fn crowd(portal: &str, stop: &Arc<AtomicBool>) -> Vec<JoinHandle<usize>> {
    let visit = |_| {
        let (visitor, stop) = (Visitor::at(portal), Arc::clone(stop));
        tokio::spawn(async move {
            let mut pages = 0;
            while !stop.load(Ordering::Relaxed) {
                for path in ["/", "/activate", "/forgotten"] {
                    visitor.get(path).await.expect(200);
                    pages += 1;
                }
            }
            pages
        })
    };
    (0..4).map(visit).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_is_picked_up_without_dropping_a_request() {
    let host = host();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let maria = patient::activate(&host.portal, &MARIA, &id, "maria84").await;
    patient::log_in(&maria, "maria84", PASSWORD).await.expect(200);
    let stop = Arc::new(AtomicBool::new(false));
    let crowd = crowd(&host.portal, &stop);
    assert!(Visitor::at(&host.portal).get("/").await.says(BEFORE));

    put(&host.setup.component, &patched(BEFORE, AFTER));
    until_logged(&host, "another version of the component answers", 1).await;

    let page = Visitor::at(&host.portal).get("/").await.expect(200);
    assert!(page.says(AFTER) && !page.says(BEFORE), "{}", page.text());
    assert!(patient::is_home(&maria.get("/home").await), "who was logged in is no more");
    assert!(staff::open_tab(&desk, &MARIA).await.says("Active since"));
    stop.store(true, Ordering::Relaxed);
    for visitor in crowd {
        assert!(visitor.await.expect("every page came") > 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_fit_is_refused_and_the_one_before_goes_on() {
    let mut host = host();
    let stop = Arc::new(AtomicBool::new(false));
    let crowd = crowd(&host.portal, &stop);
    let whole = real_component();
    let unfit = [
        b"no component at all".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        patched("ehr:patient-portal/patients@0.1.1", "ehr:patient-portal/patients@0.9.1"),
    ];

    for (refused, component) in unfit.iter().enumerate() {
        put(&host.setup.component, component);
        until_logged(&host, "a new version of the component was refused", refused + 1).await;
        assert!(Visitor::at(&host.portal).get("/").await.expect(200).says(BEFORE));
    }
    // One that fits is taken all the same, afterwards.
    put(&host.setup.component, &patched(BEFORE, AFTER));
    until_logged(&host, "another version of the component answers", 1).await;

    assert!(Visitor::at(&host.portal).get("/").await.expect(200).says(AFTER));
    stop.store(true, Ordering::Relaxed);
    for visitor in crowd {
        assert!(visitor.await.expect("every page came") > 10);
    }
    assert!(host.is_running() && !host.log().contains("panicked"), "{}", host.log());
}
