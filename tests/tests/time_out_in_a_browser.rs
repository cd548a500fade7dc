//! The warning before a session ends by itself, with a way to stay, in a real Chromium.

use portal_tests::browser::Browser;
use portal_tests::practice::Practice;

const QUESTION: &str = "Are you still there?";
const STAY: &str = "Stay logged in";
const MINUTE: u64 = 60;

/// Time passes for the browser and the practice alike.
async fn wait(practice: &Practice, browser: &Browser, seconds: u64) {
    practice.wait(seconds).await;
    browser.let_time_pass(seconds).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minute_before_the_end_it_asks_and_staying_keeps_the_session() {
    let practice = Practice::open().await;
    let browser = Browser::phone().await;
    practice.at_home(&browser).await;
    assert!(!browser.has_button(STAY).await, "it asks too early");

    wait(&practice, &browser, 14 * MINUTE + 5).await;
    browser.see(QUESTION).await;
    browser.screenshot("phone-still-there").await;
    browser.press(STAY).await;
    browser.see("You are logged in").await;

    // A whole idle time from the press on, and not a second of it from looking at the question.
    wait(&practice, &browser, 14 * MINUTE).await;
    browser.open(&format!("{}/home", practice.website)).await;
    browser.see("You are logged in").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_answer_the_session_ends_and_the_page_is_gone() {
    let practice = Practice::open().await;
    let browser = Browser::phone().await;
    practice.at_home(&browser).await;

    wait(&practice, &browser, 15 * MINUTE + 1).await;

    browser.see("logged out").await;
    assert!(!browser.says("Maria").await);
    browser.screenshot("phone-session-ended").await;
    browser.close().await;
}
