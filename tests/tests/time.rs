//! What time does to invitations, capabilities and sessions: the host in this process, with a clock
//! that the test moves.

use portal_host::tab::View;
use portal_tests::patient::{self, NOT_CONFIRMED};
use portal_tests::people::{MARIA, PASSWORD};
use portal_tests::practice::{Practice, shown_id};
use portal_tests::staff::{CREATE, REISSUE};
use portal_tests::visitor::Visitor;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

fn says(view: &View, words: &str) -> bool {
    format!("{view:?}").contains(words)
}

async fn is_signed_in(visitor: &Visitor) -> bool {
    let answer = visitor.get("/home").await;
    match (answer.status, answer.leads_to().as_deref()) {
        (200, _) => true,
        (303, Some("/" | "/session-ended")) => false,
        (status, leads) => panic!("{status} {leads:?}: {}", answer.text()),
    }
}

#[tokio::test]
async fn an_invitation_works_until_its_seventh_day_is_over() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;

    practice.wait(7 * DAY - MINUTE).await;

    assert_eq!(shown_id(&practice.tab().await), Some(id.clone()));
    patient::activate(&practice.website, &MARIA, &id, "maria").await;
}

#[tokio::test]
async fn after_seven_days_the_id_is_no_longer_shown_or_taken_and_a_new_one_can_be_issued() {
    let practice = Practice::open().await;
    let old = practice.press(CREATE).await;

    practice.wait(7 * DAY + 1).await;

    let tab = practice.tab().await;
    assert!(says(&tab, "expired"), "{tab:?}");
    assert_eq!(shown_id(&tab), None);
    assert!(tab.documents.is_empty(), "the old instructions can still be printed");
    let refused = patient::confirm(&Visitor::at(&practice.website), &MARIA, &old).await;
    assert!(refused.says(NOT_CONFIRMED), "{}", refused.text());
    assert!(
        !refused.text().to_lowercase().contains("expired"),
        "the answer tells that the ID was right once"
    );

    let new = practice.press(REISSUE).await;
    let refused = patient::confirm(&Visitor::at(&practice.website), &MARIA, &old).await;
    assert!(new == old || refused.says(NOT_CONFIRMED));
    patient::activate(&practice.website, &MARIA, &new, "maria").await;
}

#[tokio::test]
async fn ten_minutes_after_the_confirmation_credentials_can_no_longer_be_set() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let maria = Visitor::at(&practice.website);
    let page = patient::confirm(&maria, &MARIA, &id).await;

    practice.wait(10 * MINUTE - 1).await;
    assert_eq!(maria.get("/credentials").await.status, 200);
    practice.wait(1).await;

    let late = maria.get("/credentials").await;
    assert_eq!((late.status, late.leads_to().as_deref()), (303, Some("/time-is-up")));
    let late = patient::choose(&maria, &page, "maria", PASSWORD).await;
    assert!(late.says("User Confirmation") || late.says("Your time is up"), "{}", late.text());
    assert!(!patient::can_log_in(&practice.website, "maria", PASSWORD).await);
    // The invitation itself is as it was.
    patient::activate(&practice.website, &MARIA, &id, "maria").await;
}

#[tokio::test]
async fn a_confirmation_is_not_a_login() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let maria = Visitor::at(&practice.website);
    let page = patient::confirm(&maria, &MARIA, &id).await;
    assert!(!is_signed_in(&maria).await);

    patient::choose(&maria, &page, "maria", PASSWORD).await;

    assert!(!is_signed_in(&maria).await);
}

#[tokio::test]
async fn fifteen_minutes_without_a_request_end_a_session() {
    let practice = Practice::open().await;
    let maria = practice.signed_in().await;

    for _ in 0..4 {
        practice.wait(15 * MINUTE - 1).await;
        assert!(is_signed_in(&maria).await, "each request counts afresh");
    }
    practice.wait(15 * MINUTE).await;

    assert!(!is_signed_in(&maria).await);
}

#[tokio::test]
async fn twelve_hours_end_a_session_whatever_happens() {
    let practice = Practice::open().await;
    let maria = practice.signed_in().await;

    for _ in 0..71 {
        practice.wait(10 * MINUTE).await;
        assert!(is_signed_in(&maria).await);
    }
    practice.wait(10 * MINUTE).await;

    assert!(!is_signed_in(&maria).await);
    assert!(patient::is_home(&patient::log_in(&maria, "maria", PASSWORD).await), "she can log in again");
}

#[tokio::test]
async fn five_wrong_answers_burn_a_portal_id_until_staff_issue_another() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let wrong = portal_tests::people::Person { born: "03/01/1984", ..MARIA };
    for _ in 0..5 {
        let page = patient::confirm(&Visitor::at(&practice.website), &wrong, &id).await;
        assert!(page.says(NOT_CONFIRMED), "{}", page.text());
    }

    let right = patient::confirm(&Visitor::at(&practice.website), &MARIA, &id).await;
    assert!(right.says(NOT_CONFIRMED), "{}", right.text());
    practice.wait(2 * DAY).await;
    let later = patient::confirm(&Visitor::at(&practice.website), &MARIA, &id).await;

    assert!(later.says(NOT_CONFIRMED), "a burnt ID works again after two days");
}
