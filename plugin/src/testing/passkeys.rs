//! Passkeys: added and used, and everything a browser must not get away with.

use super::authenticators::{Device, asked};
use super::browser::{Browser, PASSWORD, location, text};
use super::memory::Memory;
use super::practice;
use super::second_step::codes;
use crate::patient::response::Response;
use crate::practice::Practice;
use crate::rules::second_factor::passkey::RelyingParty;

const ADD: &str = "/account/second-step/passkey";
const USE: &str = "/second-step/passkey";

fn send(browser: &Browser<'_>, answer: &str) -> Response {
    let fields = [("name", "My phone"), ("passkey", answer), ("current_password", PASSWORD)];
    browser.post(ADD, &fields)
}

/// Adds the first passkey.
pub(super) fn add_passkey(browser: &Browser<'_>, device: &Device) {
    let added = send(browser, &device.makes(&asked(&browser.get(ADD))));
    assert_eq!(codes(&added).len(), 8, "{}", text(&added));
}

/// An EHR where Maria has the passkey of this device.
fn with_passkey(device: &Device) -> Memory {
    let ehr = Memory::new();
    {
        add_passkey(&Browser::signed_in(&ehr), device);
    }
    ehr
}

fn half_way<'a>(ehr: &'a Memory, client: &'static str) -> (Browser<'a>, serde_json::Value) {
    let browser = Browser::at(ehr, client);
    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/second-step"));
    let asked = asked(&browser.get("/second-step"));
    (browser, asked)
}

fn sign(browser: &Browser<'_>, answer: &str) -> Response {
    browser.post(USE, &[("passkey", answer)])
}

#[test]
fn a_passkey_is_added_and_gets_in() {
    let device = Device::new(1);
    let ehr = with_passkey(&device);
    let (browser, asked) = half_way(&ehr, "192.0.2.9");

    assert_eq!(location(&sign(&browser, &device.signs(&asked))), Some("/home"));

    assert_eq!(browser.get("/home").status, 200);
    assert!(text(&browser.get("/account/second-step")).contains("My phone"));
}

#[test]
fn what_a_browser_is_asked_names_the_website_and_no_name() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    let asked = asked(&browser.get(ADD));

    assert_eq!(asked["rp"]["id"], "portal.riverside.example");
    assert_eq!(asked["user"]["name"], "maria84");
    assert!(!asked.to_string().contains("Garcia"));
    assert_eq!(asked["attestation"], "none");
}

#[test]
fn another_website_another_challenge_or_another_key_does_not_fit() {
    let device = Device::new(1);
    let ehr = with_passkey(&device);
    let (browser, asked_here) = half_way(&ehr, "192.0.2.9");
    let (_, asked_elsewhere) = half_way(&ehr, "203.0.113.1");
    let mut imitation = Device::new(1);
    imitation.origin = "https://portal.riverside.example.evil.example";

    for answer in [
        imitation.signs(&asked_here),
        device.signs(&asked_elsewhere),
        Device::new(2).signs(&asked_here),
        "{}".to_owned(),
        "[".repeat(20_000),
    ] {
        let refused = sign(&browser, &answer);
        assert_eq!(refused.status, 422, "{}", text(&refused));
    }
    assert_eq!(location(&sign(&browser, &device.signs(&asked_here))), Some("/home"));
}

#[test]
fn what_was_signed_is_good_once() {
    let device = Device::new(1);
    let ehr = with_passkey(&device);
    let (browser, asked) = half_way(&ehr, "192.0.2.9");
    let (step, answer) = (browser.cookie("__Host-step").unwrap(), device.signs(&asked));
    sign(&browser, &answer);

    let thief = Browser::at(&ehr, "203.0.113.1");
    thief.set_cookie("__Host-step", &step);
    assert_eq!(location(&sign(&thief, &answer)), Some("/session-ended"));
    let (other, _) = half_way(&ehr, "203.0.113.1");
    assert_eq!(sign(&other, &answer).status, 422);
}

#[test]
fn a_count_that_goes_back_tells_of_a_copy() {
    let mut device = Device::new(1);
    device.count = 5;
    let ehr = with_passkey(&device);
    device.count = 7;
    let (browser, asked) = half_way(&ehr, "192.0.2.9");
    assert_eq!(location(&sign(&browser, &device.signs(&asked))), Some("/home"));

    device.count = 6;
    let (browser, asked) = half_way(&ehr, "192.0.2.9");
    assert_eq!(sign(&browser, &device.signs(&asked)).status, 422);
    device.count = 8;
    assert_eq!(location(&sign(&browser, &device.signs(&asked))), Some("/home"));
}

#[test]
fn a_passkey_is_added_for_the_session_that_asked_only() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let elsewhere = Browser::at(&ehr, "203.0.113.1");
    elsewhere.log_in("maria84", PASSWORD);
    let device = Device::new(1);

    let refused = send(&browser, &device.makes(&asked(&elsewhere.get(ADD))));

    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("My phone"), "the name is kept");
    assert!(ehr.factors.borrow().is_empty());
}

#[test]
fn a_passkey_needs_a_name_and_the_password() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let answer = Device::new(1).makes(&asked(&browser.get(ADD)));

    for (name, password, says) in [
        ("  ", PASSWORD, "Please give it a name"),
        (&*"x".repeat(41), PASSWORD, "Please use a shorter name"),
        ("My phone", "wrong horses in summer", "This is not your password"),
        ("My phone", "", "Type your password."),
    ] {
        let fields = [("name", name), ("passkey", &answer), ("current_password", password)];
        let refused = browser.post(ADD, &fields);
        assert_eq!(refused.status, 422);
        assert!(text(&refused).contains(says), "{says}: {}", text(&refused));
    }
}

#[test]
fn eight_are_enough_and_the_same_one_is_not_added_twice() {
    let ehr = with_passkey(&Device::new(1));
    let (browser, first) = half_way(&ehr, "192.0.2.9");
    sign(&browser, &Device::new(1).signs(&first));

    for number in [1, 2, 3, 4, 5, 6, 7, 8] {
        let sent = send(&browser, &Device::new(number).makes(&asked(&browser.get(ADD))));
        assert_eq!(location(&sent), Some("/account/second-step"), "{number}");
    }
    let ninth = send(&browser, &Device::new(9).makes(&asked(&browser.get(ADD))));

    assert_eq!(ninth.status, 422);
    assert!(text(&ninth).contains("You have 8 passkeys."));
    assert!(!text(&browser.get("/account/second-step")).contains(ADD));
}

#[test]
fn a_key_that_could_never_sign_or_be_stored_is_not_added() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);

    let mut odd = Device::new(1);
    odd.algorithm = -47;
    let refused = send(&browser, &odd.makes(&asked(&browser.get(ADD))));
    assert_eq!(refused.status, 422);
    let mut long = Device::new(1);
    long.id = vec![200; 2_300];
    let refused = send(&browser, &long.makes(&asked(&browser.get(ADD))));
    assert_eq!(refused.status, 422);
    assert!(ehr.factors.borrow().is_empty());

    long.id = vec![200; 1_023];
    assert_eq!(codes(&send(&browser, &long.makes(&asked(&browser.get(ADD))))).len(), 8);
}

#[test]
fn whom_a_device_files_it_under_tells_nothing_of_the_patient() {
    let ehr = Memory::new();
    let browser = Browser::signed_in(&ehr);
    let elsewhere = Browser::at(&ehr, "203.0.113.1");
    elsewhere.log_in("maria84", PASSWORD);

    assert_ne!(asked(&browser.get(ADD))["user"]["id"], asked(&elsewhere.get(ADD))["user"]["id"]);
}

#[test]
fn where_the_website_has_no_name_there_are_no_passkeys() {
    for address in ["http://127.0.0.1:8081", "http://[::1]:8081", "http://portal.riverside.example"] {
        let website = Practice { portal_url: address.to_owned(), ..practice() };
        assert!(RelyingParty::of(&website).is_none(), "{address}");
    }
    for address in ["https://portal.riverside.example:8443", "http://localhost:8081", "https://a.b-c.example"]
    {
        let website = Practice { portal_url: address.to_owned(), ..practice() };
        assert!(RelyingParty::of(&website).is_some(), "{address}");
    }
}
