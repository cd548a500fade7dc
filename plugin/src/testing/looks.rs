//! A practice's own look: its logo, and the icon in its colour.

use super::browser::{Browser, header, text};
use super::memory::Memory;
use crate::rules::colour::Colour;

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>"#;

#[test]
fn a_practice_with_a_logo_shows_it_on_every_page() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().logo_version = Some(7);
    *ehr.logo.borrow_mut() = Some(SVG.to_owned());
    let browser = Browser::new(&ehr);

    for path in ["/", "/activate", "/nowhere"] {
        let answer = browser.get(path);
        assert!(text(&answer).contains(r#"<img class="logo" src="/logo.svg?v=7" alt="">"#), "{path}");
        assert!(!text(&answer).contains(r#"class="mark""#), "{path}");
    }
    let logo = browser.get("/logo.svg?v=7");
    assert_eq!((logo.status, text(&logo)), (200, SVG));
    assert_eq!(header(&logo, "content-type"), Some("image/svg+xml; charset=utf-8"));
    assert_eq!(header(&logo, "cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(header(&browser.get("/logo.svg?v=6"), "cache-control"), Some("no-cache"));
    // Whoever opens it by itself gets a picture and nothing that runs.
    assert!(
        header(&logo, "content-security-policy")
            .is_some_and(|policy| policy.starts_with("default-src 'none'"))
    );
}

#[test]
fn a_practice_without_one_has_the_portals_mark() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    assert!(text(&browser.get("/")).contains(r#"class="mark""#));
    assert_eq!(browser.get("/logo.svg").status, 404);
}

#[test]
fn the_mark_is_in_the_practices_colour() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().accent = Some(Colour { red: 122, green: 31, blue: 92 });
    let icon = Browser::new(&ehr).get("/favicon.svg");
    assert!(text(&icon).contains("#7a1f5c") && !text(&icon).contains("#0b5d66"));
    assert!(text(&Browser::new(&Memory::new()).get("/favicon.svg")).contains("#0b5d66"));
}
