//! What a browser kept of a page is not shown any more when the session is over, whatever is pressed: it may be one that
//! others use too.

use portal_tests::Installation;
use portal_tests::browser::Browser;
use portal_tests::people::{FRONT_DESK, MARIA};
use portal_tests::practice::Practice;
use portal_tests::staff::{self, CREATE};

const MINUTE: u64 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn back_after_log_out_does_not_show_the_home_page_again() {
    let practice = Practice::open().await;
    let browser = Browser::phone().await;
    practice.at_home(&browser).await;

    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.back().await;

    browser.see("Username").await;
    assert!(!browser.says("Maria").await, "{}", browser.text().await);
    browser.close().await;
}

/// Nothing told the browser: it had left the website.
#[tokio::test(flavor = "multi_thread")]
async fn back_after_the_session_ended_elsewhere_does_not_show_it_either() {
    let practice = Practice::open().await;
    let browser = Browser::phone().await;
    practice.at_home(&browser).await;

    browser.open(&format!("{}/activate", practice.website)).await;
    practice.wait(15 * MINUTE + 1).await;
    browser.back().await;

    browser.see("logged out").await;
    assert!(!browser.says("Maria").await, "{}", browser.text().await);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_after_staff_signed_out_does_not_show_a_patient_again() {
    let host = Installation::fresh();
    let desk = Browser::desktop().await;
    staff::sign_in_at(&desk, &host.ehr, FRONT_DESK).await;
    staff::open_tab_at(&desk, &host.ehr, &MARIA).await;
    desk.see("Maria").await;

    desk.press("Sign out").await;
    desk.back().await;

    desk.see("User name").await;
    assert!(!desk.says("Maria").await, "{}", desk.text().await);
    desk.close().await;
}

/// Whether the browser kept the page or not.
#[tokio::test(flavor = "multi_thread")]
async fn staff_who_come_back_to_a_tab_see_how_it_stands_now() {
    let host = Installation::fresh();
    let (desk, other) = (Browser::desktop().await, Browser::desktop().await);
    for browser in [&desk, &other] {
        staff::sign_in_at(browser, &host.ehr, FRONT_DESK).await;
        staff::open_tab_at(browser, &host.ehr, &MARIA).await;
    }

    desk.open(&host.portal).await;
    other.press(CREATE).await;
    let id = staff::portal_id_at(&other).await;
    desk.back().await;

    desk.see("Patient Portal ID").await;
    assert_eq!(staff::portal_id_at(&desk).await, id);
    for browser in [desk, other] {
        browser.close().await;
    }
}
