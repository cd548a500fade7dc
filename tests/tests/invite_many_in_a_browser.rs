//! Many at once as staff do it: in a real Chromium, at a desk and on a phone.

use portal_tests::browser::{Browser, Paper};
use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, SEAN};
use portal_tests::{Setup, many, staff};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_pasted_followed_printed_and_another_cancelled() {
    let setup = Setup::fresh();
    many::seed(&setup, 10_000);
    let host = setup.start();
    let charts = ["100001", "100002", "100003"];
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    browser.screenshot("patients-to-choose").await;

    browser.follow("Invite many…").await;
    browser.screenshot("invite-many").await;
    browser.fill("Or paste chart numbers here", &format!("{}, 7,nobody", charts.join(" "))).await;
    browser.press("Make the list").await;
    browser.see("No patient has this chart number").await;
    browser.screenshot("invite-many-wrong").await;
    browser.open(&format!("{}/invitations", host.ehr)).await;
    browser.fill("Or paste chart numbers here", &charts.join("\n")).await;
    browser.press("Make the list").await;
    browser.press("Invite 3 patients").await;
    browser.see("Every patient on the list was looked at.").await;
    browser.screenshot("invite-many-over").await;
    browser.follow("Print 3 sheets").await;
    browser.see("3 sheets on this page.").await;
    browser.screenshot("invite-many-sheets").await;
    for (name, paper) in [("letter", Paper::Letter), ("a4", Paper::A4)] {
        let printed = browser.print(&format!("invite-many-{name}"), paper).await;
        assert_eq!(printed.pages, 3, "{}", printed.words());
        for (greeting, person) in [("Para", MARIA), ("For", ELODIE), ("For", SEAN)] {
            let greeting = format!("{greeting} {}.", person.name);
            assert!(printed.words().contains(&greeting), "{}", printed.words());
        }
        assert!(!printed.words().contains("on this page"), "{}", printed.words());
    }

    browser.open(&format!("{}/patients", host.ehr)).await;
    browser.press("Invite everyone found…").await;
    let total = browser.fact("Patients on the list").await;
    browser.press(&format!("Invite {total} patients")).await;
    browser.see(&format!("of {total}")).await;
    browser.screenshot("invite-many-running").await;
    // It shows itself anew without being asked to.
    let before = browser.text().await;
    let begun = Instant::now();
    while browser.text().await == before {
        assert!(begun.elapsed() < Duration::from_secs(30), "the page stands still: {before}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    browser.follow("Hold this page still").await;
    browser.follow("Cancel…").await;
    browser.press("Cancel the list").await;
    browser.see("This list was cancelled.").await;
    browser.screenshot("invite-many-cancelled").await;
    browser.close().await;

    let phone = Browser::phone().await;
    staff::sign_in_at(&phone, &host.ehr, FRONT_DESK).await;
    for (name, path) in [
        ("list", "/invitations/3"),
        ("make", "/invitations"),
        ("wrong", "/invitations/1"),
        ("patients", "/patients"),
    ] {
        phone.open(&format!("{}{path}", host.ehr)).await;
        assert_eq!(phone.overflow().await, 0, "{path} scrolls sideways");
        phone.screenshot(&format!("invite-many-phone-{name}")).await;
    }
    phone.close().await;
}
