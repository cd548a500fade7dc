//! A component's life: another version is picked up while people are at it, and one that does not fit is not.

use portal_tests::artifacts::{patched, real_component};
use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD};
use portal_tests::versions::{AFTER, BEFORE, Crowd, main_page_says, put, replaceable, until_logged};
use portal_tests::visitor::Visitor;
use portal_tests::{patient, staff};

#[tokio::test(flavor = "multi_thread")]
async fn another_version_is_picked_up_without_dropping_a_request() {
    let host = replaceable().start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let maria = patient::activate(&host.portal, &MARIA, &id, "maria84").await;
    patient::log_in(&maria, "maria84", PASSWORD).await.expect(200);
    let crowd = Crowd::at(&host.portal);
    assert!(main_page_says(&host, BEFORE).await);

    put(&host.setup.component, &patched(BEFORE, AFTER));
    until_logged(&host, "another version of the component answers", 1).await;

    let page = Visitor::at(&host.portal).get("/").await.expect(200);
    assert!(page.says(AFTER) && !page.says(BEFORE), "{}", page.text());
    assert!(patient::is_home(&maria.get("/home").await), "who was logged in is no more");
    assert!(staff::open_tab(&desk, &MARIA).await.says("Active since"));
    crowd.got_every_page().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_fit_is_refused_and_the_one_before_goes_on() {
    let mut host = replaceable().start();
    let crowd = Crowd::at(&host.portal);
    let whole = real_component();
    let unfit = [
        b"no component at all".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        patched("ehr:patient-portal/patients@0.1.2", "ehr:patient-portal/patients@0.9.1"),
    ];

    for (refused, component) in unfit.iter().enumerate() {
        put(&host.setup.component, component);
        until_logged(&host, "a new version of the component was refused", refused + 1).await;
        assert!(main_page_says(&host, BEFORE).await);
    }
    // One that fits is taken all the same, afterwards.
    put(&host.setup.component, &patched(BEFORE, AFTER));
    until_logged(&host, "another version of the component answers", 1).await;

    assert!(main_page_says(&host, AFTER).await);
    crowd.got_every_page().await;
    assert!(host.is_running() && !host.log().contains("panicked"), "{}", host.log());
}
