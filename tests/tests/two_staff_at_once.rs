//! Two members of staff with the same tab open: the first one's act stands, and the second is told what
//! was changed, by whom, and sees how it stands now.

use portal_tests::Installation;
use portal_tests::browser::Browser;
use portal_tests::patient;
use portal_tests::people::{ADMIN, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, CREATE, REISSUE, RESET, TURN_OFF, TURN_ON};

/// What the second one reads, besides who did what.
const OVERTAKEN: &str = "This user was changed after you opened the page, so nothing was done.";

async fn at_the_ehr(host: &Installation, user: &str) -> Browser {
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, user).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_to_create_a_user_is_shown_the_first_ones_portal_id() {
    let host = Installation::fresh();
    let (fran, alex) = (at_the_ehr(&host, FRONT_DESK).await, at_the_ehr(&host, ADMIN).await);
    for browser in [&fran, &alex] {
        staff::open_tab_at(browser, &host.ehr, &MARIA).await;
    }

    alex.press(CREATE).await;
    let id = staff::portal_id_at(&alex).await;
    fran.press(CREATE).await;

    fran.see(OVERTAKEN).await;
    fran.see("Alex Admin: “Created this user and issued a Portal ID”.").await;
    assert_eq!(staff::portal_id_at(&fran).await, id, "the first one's sheet is worth nothing");
    fran.fits_everywhere("tab-overtaken").await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    for browser in [fran, alex] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_question_that_was_overtaken_does_nothing() {
    let host = Installation::fresh();
    let (fran, alex) = (at_the_ehr(&host, FRONT_DESK).await, at_the_ehr(&host, ADMIN).await);
    staff::open_tab_at(&fran, &host.ehr, &SEAN).await;
    fran.press(CREATE).await;
    let id = staff::portal_id_at(&fran).await;
    patient::activate(&host.portal, &SEAN, &id, "sean").await;
    for browser in [&fran, &alex] {
        staff::open_tab_at(browser, &host.ehr, &SEAN).await;
    }

    // Fran is asked whether she is sure, and thinks about it.
    fran.follow(RESET).await;
    alex.follow(TURN_OFF).await;
    alex.fill("Reason", "moved away").await;
    alex.press(TURN_OFF).await;
    alex.see("Access is off.").await;
    fran.press(RESET).await;

    fran.see(OVERTAKEN).await;
    fran.see("Alex Admin: “Turned access off”.").await;
    assert!(fran.fact("Status").await.ends_with("by Alex Admin"), "{}", fran.fact("Status").await);
    assert_eq!(fran.fact("Reason").await, "moved away");
    fran.press(TURN_ON).await;
    fran.see("Access is on.").await;
    assert!(patient::can_log_in(&host.portal, "sean", PASSWORD).await, "the login was reset after all");
    for browser in [fran, alex] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_asks_first_does_not_ask_about_what_was_changed_meanwhile() {
    let host = Installation::fresh();
    let (fran, alex) = (at_the_ehr(&host, FRONT_DESK).await, at_the_ehr(&host, ADMIN).await);
    staff::open_tab_at(&fran, &host.ehr, &MARIA).await;
    fran.press(CREATE).await;
    for browser in [&fran, &alex] {
        staff::open_tab_at(browser, &host.ehr, &MARIA).await;
    }

    alex.follow(REISSUE).await;
    alex.press(REISSUE).await;
    let new = staff::portal_id_at(&alex).await;
    fran.follow(REISSUE).await;

    fran.see("This was changed after you opened the page, so nothing was done.").await;
    fran.see("Issued a new Portal ID").await;
    assert_eq!(staff::portal_id_at(&fran).await, new, "there is a third Portal ID");
    fran.fits_everywhere("tab-overtaken-before-the-question").await;
    patient::activate(&host.portal, &MARIA, &new, "maria").await;
    for browser in [fran, alex] {
        browser.close().await;
    }
}
