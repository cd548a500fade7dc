//! The time-out warning: it comes in time, with a way to stay, and is no sign of life itself.

use super::browser::{Browser, PASSWORD, header, location, text};
use super::memory::Memory;

const MINUTE: u64 = 60;

fn signed_in(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    browser.activate_maria();
    browser.log_in("maria84", PASSWORD);
    browser
}

#[test]
fn the_home_page_warns_a_minute_before_the_end_with_and_without_javascript() {
    let ehr = Memory::new();
    let browser = signed_in(&ehr);

    let home = browser.get("/home");

    let page = text(&home);
    assert!(page.contains(r#"data-seconds="900" data-warning="60" data-then="/still-there""#), "{page}");
    assert!(
        page.contains(r#"<noscript><meta http-equiv="refresh" content="840; url=/still-there"></noscript>"#)
    );
    assert!(header(&home, "content-security-policy").unwrap().contains("script-src 'self';"));
    assert!(!header(&browser.get("/"), "content-security-policy").unwrap_or_default().contains("script-src"));
}

#[test]
fn looking_at_the_warning_does_not_keep_the_session() {
    let ehr = Memory::new();
    let browser = signed_in(&ehr);
    ehr.pass(14 * MINUTE);
    let warning = browser.get("/still-there");
    assert_eq!(warning.status, 200);
    assert!(text(&warning).contains("we log you out in 60 seconds"), "{}", text(&warning));

    ehr.pass(MINUTE);

    assert_eq!(location(&browser.get("/still-there")), Some("/session-ended"));
    assert_eq!(location(&browser.get("/home")), Some("/"));
}

#[test]
fn the_button_keeps_the_session() {
    let ehr = Memory::new();
    let browser = signed_in(&ehr);
    ehr.pass(14 * MINUTE);

    assert_eq!(location(&browser.post("/stay", &[])), Some("/home"));

    ehr.pass(14 * MINUTE);
    assert_eq!(browser.get("/home").status, 200);
}

#[test]
fn nothing_is_promised_beyond_the_longest_session() {
    let ehr = Memory::new();
    let browser = signed_in(&ehr);
    for _ in 0..47 {
        ehr.pass(15 * MINUTE - 1);
        assert_eq!(location(&browser.post("/stay", &[])), Some("/home"));
    }
    ehr.pass(10 * MINUTE);

    let page = browser.get("/home");

    let left = 12 * 60 * MINUTE - 47 * (15 * MINUTE - 1) - 10 * MINUTE;
    assert!(text(&page).contains(&format!("data-seconds=\"{left}\"")), "{}", text(&page));
}

#[test]
fn in_the_shortest_of_sessions_the_warning_comes_halfway() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().policy.idle_minutes = 1;
    let browser = signed_in(&ehr);

    assert!(text(&browser.get("/home")).contains(r#"data-seconds="60" data-warning="30""#));
}
