//! Bad input: a clear page, never a trap.

use proptest::prelude::*;

use super::browser::{Browser, invite, location, maria, text};
use super::memory::Memory;
use super::people;
use crate::patient::request::Request;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

#[test]
fn what_no_browser_sends_gets_a_clear_page() {
    let ehr = Memory::new();
    let bodies: [&[u8]; 6] = [
        b"portal_id=%ff%fe",
        b"portal_id=\xff\xfe",
        b"portal_id=%zz",
        b"portal_id=1&portal_id=2",
        b"portal_id=%00",
        b"portal_id=a%0d%0aSet-Cookie:x",
    ];
    for body in bodies {
        let response = Browser::new(&ehr).send("POST", "/activate", &FORM, body.to_vec());
        assert_eq!(response.status, 400);
        assert!(text(&response).contains("We could not read that"));
    }
}

#[test]
fn what_is_typed_cannot_become_part_of_the_page() {
    let ehr = Memory::new();

    let response = Browser::new(&ehr).log_in(r#""><script>alert(1)</script>"#, "x");

    let harmless = Browser::new(&ehr).log_in("x", "x");
    let scripts = |page| text(page).matches("<script").count();
    assert_eq!(scripts(&response), scripts(&harmless));
    assert!(text(&response).contains("&#60;script&#62;"));
}

#[test]
fn a_name_on_file_cannot_become_part_of_the_page() {
    let ehr = Memory::new();
    let name = "<b>Maria</b>";
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    for patient in ehr.patients.borrow_mut().iter_mut() {
        patient.name = crate::people::PersonName::Single(name.to_owned());
    }
    browser.log_in("maria84", super::browser::PASSWORD);

    assert!(!text(&browser.get("/home")).contains(name));
}

#[test]
fn a_malformed_cookie_only_means_not_logged_in() {
    let ehr = Memory::new();
    for cookie in
        ["", "=", "__Host-portal", "__Host-portal=\u{0}", "__Host-portal=zz; __Host-portal=yy", ";;;"]
    {
        let response = Browser::new(&ehr).send("GET", "/home", &[("cookie", cookie)], Vec::new());
        assert_eq!(location(&response), Some("/"), "{cookie:?}");
    }
}

#[test]
fn a_patient_who_is_gone_is_not_confirmed() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    ehr.patients.borrow_mut().clear();

    assert_eq!(Browser::new(&ehr).confirm(&maria(&portal_id)).status, 422);
}

#[test]
fn a_portal_id_that_the_host_finds_though_it_was_used_is_recorded_as_what_it_is() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr.finds_everyone.set(true);

    assert_eq!(Browser::new(&ehr).confirm(&maria("123456")).status, 422);

    let events = ehr.events.borrow();
    assert!(events.last().unwrap().1.detail.as_ref().is_some_and(|why| why.contains("no longer waits")));
}

#[test]
fn a_patient_who_is_gone_is_not_logged_in() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    browser.log_in("maria84", super::browser::PASSWORD);
    ehr.patients.borrow_mut().clear();

    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
}

#[test]
fn a_username_that_grows_when_it_is_composed_stays_within_the_contract() {
    let ehr = Memory::new();
    // One code point of three bytes that NFKC spells out in eighteen, of 33 bytes.
    let username = "\u{fdfa}".repeat(600);

    let response = Browser::new(&ehr).log_in(&username, super::browser::PASSWORD);

    assert_eq!(response.status, 422);
    assert!(text(&response).contains("This username is too long."));
    assert!(ehr.calls.borrow().is_empty(), "nothing is counted or looked up for a mistake of form");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_is_sent_gets_a_page(
        method in "GET|HEAD|POST|[A-Z]{0,5}",
        target in "/|/login|/activate|/credentials|/home|/account(/password|/sessions|/all-sessions)?|/logout|.{0,20}",
        names in proptest::collection::vec("cookie|origin|host|content-type|sec-fetch-site", 0..4),
        value: Vec<u8>,
        body: Vec<u8>,
        client in ".{0,20}",
    ) {
        let mut headers: Vec<_> = names.into_iter().map(|name| (name, value.clone())).collect();
        headers.push(("content-type".to_owned(), b"application/x-www-form-urlencoded".to_vec()));
        let response = Memory::new().answer(&Request { method, target, headers, body, client });
        prop_assert!((200..600).contains(&response.status));
    }

    #[test]
    fn whatever_is_typed_in_a_form_gets_a_page(
        portal_id in ".{0,12}",
        first_initial in ".{0,3}",
        last_initial in ".{0,3}",
        birth_date in "[0-9/.-]{0,10}|.{0,12}",
    ) {
        let ehr = Memory::new();
        let fields = [
            ("portal_id", portal_id.as_str()),
            ("first_initial", first_initial.as_str()),
            ("last_initial", last_initial.as_str()),
            ("birth_date", birth_date.as_str()),
        ];
        let response = Browser::new(&ehr).post("/activate", &fields);
        prop_assert!([400, 422].contains(&response.status));
    }
}
