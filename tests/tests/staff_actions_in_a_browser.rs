//! Every action of the Patient Portal Admin tab, pressed by a member of staff in a real Chromium.

use portal_tests::browser::{Browser, Paper};
use portal_tests::patient::{self, NOT_CONFIRMED};
use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD, Person, SEAN};
use portal_tests::staff::{self, CREATE, PRINT, REISSUE, RESET, TURN_OFF, TURN_ON, UNLOCK};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, past};

const A_QUARTER_OF_AN_HOUR: i64 = 15 * 60;
/// Wrong passwords from one known browser before a wait, and how many waits there are before the end.
const BEFORE_A_WAIT: usize = 10;
const WAITS: usize = 2;

/// Somebody at the front desk, with the tab of this patient open.
async fn at_the_tab(host: &Installation, person: &Person) -> Browser {
    let desk = Browser::desktop().await;
    staff::sign_in_at(&desk, &host.ehr, FRONT_DESK).await;
    staff::open_tab_at(&desk, &host.ehr, person).await;
    desk
}

/// A patient who is invited by what the tab shows, activates and logs in.
async fn logged_in(host: &Installation, desk: &Browser, person: &Person, username: &str) -> Visitor {
    desk.press(CREATE).await;
    let id = staff::portal_id_at(desk).await;
    let visitor = patient::activate(&host.portal, person, &id, username).await;
    assert!(patient::is_home(&patient::log_in(&visitor, username, PASSWORD).await));
    desk.reload().await;
    visitor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_created_printed_for_and_given_another_portal_id_after_a_question() {
    let host = Installation::fresh();
    let desk = at_the_tab(&host, &MARIA).await;
    assert_eq!(desk.fact("Status").await, "Not invited");
    desk.fits_everywhere("tab-not-invited").await;

    desk.press(CREATE).await;
    desk.see("The user was created.").await;
    let first = staff::portal_id_at(&desk).await;
    assert!(desk.fact("Status").await.starts_with("Invited until "));
    desk.fits_everywhere("tab-created").await;

    desk.follow(PRINT).await;
    desk.see("Instrucciones del Portal del Paciente").await;
    assert!(desk.has_button("Print").await);
    desk.fits_everywhere("instructions-on-screen").await;
    let sheet = desk.print("instructions-of-maria", Paper::Letter).await;
    assert_eq!(sheet.pages, 1);
    desk.back().await;
    desk.reload().await;
    desk.see("Opened the patient instructions to print").await;

    desk.follow(REISSUE).await;
    desk.see("The ID on the sheet stops working at once.").await;
    desk.fits_everywhere("tab-question-new-id").await;
    desk.follow("Cancel").await;
    assert_eq!(staff::portal_id_at(&desk).await, first, "asking alone changed something");
    desk.follow(REISSUE).await;
    desk.press(REISSUE).await;
    desk.see("A new Portal ID was issued.").await;
    let second = staff::portal_id_at(&desk).await;
    assert_ne!(second, first);
    desk.see("Issued a new Portal ID").await;
    desk.fits_everywhere("tab-reissued").await;

    let refused = patient::confirm(&Visitor::at(&host.portal), &MARIA, &first).await;
    assert!(refused.says(NOT_CONFIRMED), "{}", refused.text());
    patient::activate(&host.portal, &MARIA, &second, "maria").await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_is_reset_after_a_question_and_the_patient_is_out_at_once() {
    let host = Installation::fresh();
    let desk = at_the_tab(&host, &MARIA).await;
    let maria = logged_in(&host, &desk, &MARIA, "maria").await;
    assert!(desk.fact("Status").await.starts_with("Active since "));
    assert_ne!(desk.fact("Last login").await, "Not yet");
    desk.fits_everywhere("tab-active").await;

    desk.follow(RESET).await;
    desk.see("username and password stop working at once").await;
    desk.fits_everywhere("tab-question-reset").await;
    assert_eq!(maria.get("/home").await.status, 200, "asking alone changed something");
    desk.press(RESET).await;

    desk.see("The login was reset, and a new Portal ID was issued.").await;
    desk.fits_everywhere("tab-reset").await;
    assert!(maria.open("/home").await.says("You were logged out"));
    assert!(!patient::can_log_in(&host.portal, "maria", PASSWORD).await);
    let id = staff::portal_id_at(&desk).await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn access_is_turned_off_for_a_reason_and_on_again_as_it_was() {
    let host = Installation::fresh();
    let desk = at_the_tab(&host, &SEAN).await;
    let sean = logged_in(&host, &desk, &SEAN, "sean").await;

    desk.follow(TURN_OFF).await;
    desk.see("The patient can no longer log in").await;
    desk.fits_everywhere("tab-question-off").await;
    // The browser itself does not send a form in which nothing stands where something has to.
    desk.press_in_place(TURN_OFF).await;
    assert!(desk.url().await.contains("/actions/"), "{}", desk.url().await);
    desk.fill("Reason", "..").await;
    desk.press(TURN_OFF).await;
    desk.see("Write a few words, such as: moved away.").await;
    assert_eq!(desk.value_of("Reason").await, "..");
    desk.fits_everywhere("tab-question-off-mistake").await;
    assert_eq!(sean.get("/home").await.status, 200, "access is off without a reason");

    desk.fill("Reason", "moved away").await;
    desk.press(TURN_OFF).await;
    desk.see("Access is off.").await;
    let status = desk.fact("Status").await;
    assert!(status.starts_with("Off since ") && status.ends_with("by Fran Desk"), "{status}");
    assert_eq!(desk.fact("Reason").await, "moved away");
    desk.fits_everywhere("tab-off").await;
    assert!(sean.open("/home").await.says("You were logged out"));
    assert!(!patient::can_log_in(&host.portal, "sean", PASSWORD).await);

    desk.press(TURN_ON).await;
    desk.see("Access is on. The patient can log in as before.").await;
    assert!(sean.open("/home").await.has_button("Log in"), "an old session came back");
    assert!(patient::can_log_in(&host.portal, "sean", PASSWORD).await);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_without_a_login_gets_a_portal_id_when_access_is_turned_on() {
    let host = Installation::fresh();
    let desk = at_the_tab(&host, &ELODIE).await;
    desk.press(CREATE).await;
    let old = staff::portal_id_at(&desk).await;
    desk.follow(TURN_OFF).await;
    desk.fill("Reason", "sheet lost on the bus").await;
    desk.press(TURN_OFF).await;
    desk.see("Access is off.").await;
    let refused = patient::confirm(&Visitor::at(&host.portal), &ELODIE, &old).await;
    assert!(refused.says(NOT_CONFIRMED), "{}", refused.text());

    desk.press(TURN_ON).await;

    desk.see("Access is on, and a new Portal ID was issued.").await;
    let new = staff::portal_id_at(&desk).await;
    patient::activate(&host.portal, &ELODIE, &new, "elodie").await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_wrong_passwords_stop_a_login_until_staff_unlock_it() {
    let host = Installation::fresh();
    let desk = at_the_tab(&host, &MARIA).await;
    let maria = logged_in(&host, &desk, &MARIA, "maria").await;
    let home = maria.open("/home").await.expect(200);
    maria.submit(&home, &home.form("Log out")).await.expect(200);
    assert!(!desk.has_button(UNLOCK).await, "there is nothing to unlock");

    for _ in 0..WAITS {
        for _ in 0..BEFORE_A_WAIT {
            patient::log_in(&maria, "maria", "seven quiet herons at dawn").await.expect(422);
        }
        past::let_pass(&host.setup, A_QUARTER_OF_AN_HOUR).await;
        // Or the desk's own session would be over.
        desk.reload().await;
    }
    let stopped = patient::log_in(&maria, "maria", PASSWORD).await.expect(429);
    assert!(stopped.says("Please call us"), "{}", stopped.text());

    desk.reload().await;
    desk.see("Logging in was stopped after too many wrong passwords or codes in a row.").await;
    desk.fits_everywhere("tab-locked").await;
    desk.press(UNLOCK).await;
    desk.see("The login is unlocked. The patient can try again.").await;
    assert!(!desk.has_button(UNLOCK).await);
    assert!(patient::is_home(&patient::log_in(&maria, "maria", PASSWORD).await));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_goes_on_page_by_page_to_the_first_entry() {
    const EARLIER: &str = "Show what was done before";
    let host = Installation::fresh();
    let visitor = staff::sign_in(&host.ehr, FRONT_DESK).await;
    staff::invite(&visitor, &MARIA).await;
    for _ in 0..15 {
        let tab = staff::open_tab(&visitor, &MARIA).await;
        visitor.open(&tab.link(PRINT)).await.expect(200);
    }
    let desk = at_the_tab(&host, &MARIA).await;
    assert!(!desk.says("Created this user").await, "everything stands on one page");

    desk.follow(EARLIER).await;

    desk.see("Created this user and issued a Portal ID").await;
    assert!(!desk.has_link(EARLIER).await, "nothing was done before the first entry");
    desk.fits_everywhere("tab-history-earlier").await;
    desk.follow("Back to the newest").await;
    desk.see("Invited until").await;
    desk.close().await;
}
