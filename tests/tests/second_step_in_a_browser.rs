//! The second step of a log in, in a real Chromium: an app, played by an independent program, a passkey
//! of the browser's own, and recovery codes.

use portal_tests::browser::{Browser, Paper};
use portal_tests::patient;
use portal_tests::people::PASSWORD;
use portal_tests::practice::Practice;
use std::process::Command;

const SETTINGS: &str = "Second step at log in";
const APP: &str = "Add an app that shows codes";
const PASSKEY: &str = "Add a passkey";
const CODES: &str = "Your recovery codes";

async fn log_in(practice: &Practice, browser: &Browser) {
    patient::log_in_at(browser, &practice.website, "maria", PASSWORD).await;
}

/// Maria on the page where a second step is added.
async fn at_settings(practice: &Practice, browser: &Browser) {
    practice.at_home(browser).await;
    browser.follow("Your account").await;
    browser.follow(SETTINGS).await;
}

/// What an app of somebody else's making shows for this secret (Debian package oathtool).
fn code_of_an_app(secret: &str, at: u64) -> String {
    let said = Command::new("oathtool")
        .args(["--totp", "--base32", "--now", &format!("@{at}"), secret])
        .output()
        .expect("oathtool can be run");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("digits").trim().to_owned()
}

/// The words of the page that look like this.
fn words_like(text: &str, looks: impl Fn(&str) -> bool) -> Vec<String> {
    text.split_whitespace().filter(|word| looks(word)).map(str::to_owned).collect()
}

async fn recovery_codes(browser: &Browser) -> Vec<String> {
    let text = browser.text().await;
    words_like(&text, |word| word.len() == 29 && word.matches('-').count() == 5)
}

/// The secret that the page shows to be typed.
async fn shown_secret(browser: &Browser) -> String {
    let text = browser.text().await;
    words_like(&text, |word| {
        word.len() == 4 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    })
    .concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_by_somebody_else_gets_in() {
    let practice = Practice::open().await;
    let browser = Browser::phone().await;
    at_settings(&practice, &browser).await;
    browser.fits_everywhere("second-step-settings").await;
    assert!(!browser.has_link(PASSKEY).await, "a bare address has no passkeys");
    browser.follow(APP).await;
    browser.fits_everywhere("second-step-app").await;
    assert!(browser.has_link("Open your app on this phone").await);
    browser.follow("Back to the second step").await;
    browser.follow(APP).await;
    let secret = shown_secret(&browser).await;
    let scanned = browser.print("second-step-app", Paper::Letter).await.scan().remove(0);
    assert!(
        scanned.starts_with("otpauth://totp/") && scanned.contains(&format!("secret={secret}&")),
        "{scanned}"
    );

    browser.fill("Code from your app", "000000").await;
    browser.fill("Your password", PASSWORD).await;
    browser.press("Save").await;
    browser.see("This code does not fit.").await;
    browser.fits_everywhere("second-step-app-mistake").await;
    assert_eq!(shown_secret(&browser).await, secret, "the same code to scan stays");
    browser.fill("Code from your app", &code_of_an_app(&secret, practice.now().0)).await;
    browser.fill("Your password", PASSWORD).await;
    browser.press("Save").await;
    browser.see(CODES).await;
    browser.fits_everywhere("second-step-codes").await;
    assert_eq!(recovery_codes(&browser).await.len(), 8);
    browser.reload().await;
    browser.see("This was done already").await;
    browser.fits_everywhere("second-step-sent-again").await;
    browser.follow("Go to your account").await;
    browser.press("Log out everywhere").await;

    practice.wait(60).await;
    log_in(&practice, &browser).await;
    browser.see("One more step").await;
    browser.fits_everywhere("second-step").await;
    assert!(!browser.says("Maria").await, "nobody is logged in yet");
    browser.fill("Code from your app", &code_of_an_app(&secret, practice.now().0)).await;
    browser.press("Go on").await;
    browser.see("Hello, Maria Garcia").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_of_the_browser_gets_in() {
    let practice = Practice::found_at("localhost").await;
    let browser = Browser::desktop().await;
    browser.plug_in_a_key().await;
    at_settings(&practice, &browser).await;
    browser.follow(PASSKEY).await;
    browser.screenshot("second-step-passkey").await;

    browser.fill("Name of the passkey", "My computer").await;
    browser.fill("Your password", PASSWORD).await;
    browser.press("Save").await;
    browser.see(CODES).await;
    browser.follow("Go to your account").await;
    browser.follow(SETTINGS).await;
    browser.see("My computer").await;
    browser.screenshot("second-step-settings").await;
    browser.follow("Go to your account").await;
    browser.press("Log out everywhere").await;

    for _ in 0..2 {
        log_in(&practice, &browser).await;
        browser.see("One more step").await;
        browser.screenshot("second-step-with-passkey").await;
        browser.press("Use your passkey").await;
        browser.see("Hello, Maria Garcia").await;
        browser.press("Log out").await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_a_recovery_code_gets_in_and_the_passkey_can_be_removed() {
    let practice = Practice::found_at("localhost").await;
    let browser = Browser::desktop().await;
    browser.plug_in_a_key().await;
    at_settings(&practice, &browser).await;
    browser.follow(PASSKEY).await;
    browser.fill("Name of the passkey", "My computer").await;
    browser.fill("Your password", PASSWORD).await;
    browser.press("Save").await;
    browser.see(CODES).await;
    let codes = recovery_codes(&browser).await;
    browser.close().await;

    let other = Browser::without_javascript().await;
    log_in(&practice, &other).await;
    other.see("A passkey needs JavaScript").await;
    other.screenshot("second-step-without-javascript").await;
    other.follow("No phone or key at hand? Use a recovery code").await;
    other.fill("Recovery code", &codes[0].to_lowercase()).await;
    other.screenshot("second-step-recovery-code").await;
    other.press("Go on").await;
    other.see("Hello, Maria Garcia").await;

    other.follow("Your account").await;
    other.follow(SETTINGS).await;
    other.see("You have 7 recovery codes left.").await;
    other.follow("Remove one").await;
    other.tick("My computer").await;
    other.fill("Your password", PASSWORD).await;
    other.screenshot("second-step-remove").await;
    other.press("Remove").await;
    other.see("With a second step nobody gets in with your password alone.").await;
    other.close().await;

    let browser = Browser::desktop().await;
    log_in(&practice, &browser).await;
    browser.see("Hello, Maria Garcia").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_has_no_key_says_so_and_offers_another_way() {
    let practice = Practice::found_at("localhost").await;
    let with_key = Browser::desktop().await;
    with_key.plug_in_a_key().await;
    at_settings(&practice, &with_key).await;
    with_key.follow(PASSKEY).await;
    with_key.fill("Name of the passkey", "My computer").await;
    with_key.fill("Your password", PASSWORD).await;
    with_key.press("Save").await;
    with_key.see(CODES).await;
    with_key.close().await;

    // A key that does not know this passkey answers at once that it cannot.
    let other = Browser::desktop().await;
    other.plug_in_a_key().await;
    log_in(&practice, &other).await;
    other.press_in_place("Use your passkey").await;
    other.see("This did not work in your browser.").await;
    other.screenshot("second-step-passkey-failed").await;
    assert!(other.has_link("No phone or key at hand? Use a recovery code").await);
    other.close().await;
}
