//! The QR code on the sheet: it stands for the Portal ID, works while typing is paused, and dies with
//! the invitation.

use super::browser::{Browser, frontdesk, invite, location, maria, perform, text, typed};
use super::memory::Memory;
use super::people;
use crate::patient::response::Response;
use crate::rules::session::Purpose;
use crate::settings::DEFAULT_THROTTLES;
use crate::staff::{self, view::Block};

const DAY: u64 = 86_400;

/// Prints the sheet and scans its code: what stands behind the number sign.
pub(super) fn scan(ehr: &Memory) -> String {
    let sheet = staff::open(ehr, &frontdesk(), &people::maria_garcia().id, "instructions").unwrap();
    let codes: Vec<_> = sheet
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::QrCode(text) => Some(text.clone()),
            Block::Heading(_) | Block::Text(_) | Block::Steps(_) | Block::Facts(_) => None,
        })
        .collect();
    let (address, token) = codes[0].split_once('#').unwrap();
    assert_eq!((codes.len(), address), (1, "https://portal.riverside.example/activate"));
    token.to_owned()
}

pub(super) fn confirm(browser: &Browser<'_>, code: &str, birth_date: &str) -> Response {
    let fields = [("sheet", code), ("first_initial", "M"), ("last_initial", "G"), ("birth_date", birth_date)];
    browser.post("/activate", &fields)
}

#[test]
fn the_code_takes_the_place_of_the_portal_id() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);

    let code = scan(&ehr);

    assert_eq!(code.len(), 64);
    assert_eq!(location(&confirm(&browser, &code, "02/29/1984")), Some("/credentials"));
    assert_eq!(location(&browser.save("maria84")), Some("/activated"));
    let expected = ["invitation.issued", "instructions.printed", "activation.confirmed", "credentials.set"];
    assert_eq!(ehr.deeds(), expected);
}

#[test]
fn every_print_has_a_code_of_its_own_and_all_of_them_work() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    let (jammed, printed) = (scan(&ehr), scan(&ehr));

    assert_ne!(jammed, printed);
    for code in [jammed, printed] {
        assert_eq!(location(&confirm(&Browser::new(&ehr), &code, "02/29/1984")), Some("/credentials"));
    }
    let stored: Vec<_> = ehr.sessions.borrow().values().map(|session| session.purpose).collect();
    assert_eq!(stored.iter().filter(|purpose| **purpose == Purpose::Sheet).count(), 2);
}

#[test]
fn the_code_works_while_typing_is_paused_and_whatever_others_guessed_about_the_person() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    let code = scan(&ehr);
    ehr.practice.borrow_mut().policy.throttles.per_website_an_hour = 5;
    for n in 0..5 {
        Browser::at(&ehr, "198.51.100.1").confirm(&maria(&format!("{n:06}")));
    }
    assert_eq!(Browser::new(&ehr).confirm(&maria("000009")).status, 429);

    assert_eq!(location(&confirm(&Browser::new(&ehr), &code, "02/29/1984")), Some("/credentials"));
}

#[test]
fn who_found_the_sheet_has_five_guesses_in_all() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let code = scan(&ehr);
    for _ in 0..2 {
        Browser::new(&ehr).confirm(&typed(&portal_id, "M", "G", "1/1/1980"));
    }
    for _ in 2..DEFAULT_THROTTLES.per_portal_id {
        assert_eq!(confirm(&Browser::new(&ehr), &code, "1/1/1980").status, 422);
    }

    assert_eq!(ehr.deeds().last(), Some(&"invitation.burnt"));
    assert_eq!(confirm(&Browser::new(&ehr), &code, "02/29/1984").status, 422);
    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
}

#[test]
fn the_code_dies_with_the_invitation() {
    let dead = |end: fn(&Memory, &str)| {
        let ehr = Memory::new();
        invite(&ehr, &people::maria_garcia());
        let code = scan(&ehr);
        end(&ehr, &code);
        let refused = confirm(&Browser::at(&ehr, "198.51.100.9"), &code, "02/29/1984");
        assert_eq!(refused.status, 422);
        assert!(text(&refused).contains("We could not confirm you with these details."));
    };
    dead(|ehr, _| drop(perform(ehr, &people::maria_garcia(), "reissue").unwrap()));
    dead(|ehr, _| ehr.pass(8 * DAY));
    dead(|ehr, _| {
        ehr.pass(8 * DAY);
        ehr.lapse_expired();
    });
    dead(|ehr, code| {
        let browser = Browser::new(ehr);
        confirm(&browser, code, "02/29/1984");
        browser.save("maria84");
    });
}

#[test]
fn a_code_is_good_for_confirmation_alone() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    let code = scan(&ehr);
    let browser = Browser::new(&ehr);
    for cookie in ["__Host-activation", "__Host-portal", "__Host-device"] {
        browser.set_cookie(cookie, &code);
    }

    assert_ne!(browser.get("/home").status, 200);
    assert_eq!(location(&browser.get("/credentials")), Some("/time-is-up"));
}

#[test]
fn no_other_token_passes_for_a_code() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&portal_id));
    let leave = browser.cookie("__Host-activation").unwrap();

    assert_eq!(confirm(&Browser::new(&ehr), &leave, "02/29/1984").status, 422);
}

#[test]
fn codes_that_lead_nowhere_are_counted_by_network() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    for n in 0..DEFAULT_THROTTLES.per_network_a_day {
        confirm(&Browser::new(&ehr), &format!("{n:064x}"), "02/29/1984");
    }
    confirm(&Browser::new(&ehr), &"ab".repeat(32), "02/29/1984");

    assert_eq!(ehr.deeds().last(), Some(&"activation.blocked"));
    assert_eq!(ehr.counters.borrow().len(), 1, "made-up codes take no room");
}

#[test]
fn after_a_mistake_of_form_the_code_is_still_there() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    let code = scan(&ehr);

    let page = confirm(&Browser::new(&ehr), &code, "02/30/1984");

    assert_eq!(page.status, 422);
    assert!(text(&page).contains(&format!("id=\"sheet\" value=\"{code}\"")));
    assert!(!text(&page).contains("6 digits are missing"), "the Portal ID need not be typed");
    let odd = confirm(&Browser::new(&ehr), "\"><script>", "02/29/1984");
    assert!(text(&odd).contains("id=\"sheet\" value=\"\""));
}
