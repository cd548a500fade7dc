//! The audit trail: every step is on record, and nothing on record gives anyone away.

use super::browser::{Browser, PASSWORD, Typed, frontdesk, invite, maria};
use super::memory::Memory;
use super::people;
use crate::staff;

#[test]
fn no_event_holds_an_id_a_name_a_date_of_birth_or_a_token() {
    let ehr = Memory::new();
    let patient = people::maria_garcia();
    let portal_id = invite(&ehr, &patient);
    staff::show(&ehr, &frontdesk(), &patient.id).unwrap();
    staff::open(&ehr, &frontdesk(), &patient.id, "instructions").unwrap();
    let browser = Browser::new(&ehr);
    browser.confirm(&Typed { birth_date: "02/28/1984", ..maria(&portal_id) });
    browser.confirm(&maria(&portal_id));
    let mut tokens = vec![browser.cookie("__Host-activation").unwrap()];
    browser.save("maria84");
    browser.log_in("maria84", "wrong");
    browser.log_in("maria84", PASSWORD);
    for cookie in ["__Host-portal", "__Host-visit", "__Host-device"] {
        tokens.extend(browser.cookie(cookie));
    }
    browser.post("/logout", &[]);

    let expected = [
        "invitation.issued",
        "tab.viewed",
        "instructions.printed",
        "activation.refused",
        "activation.confirmed",
        "credentials.set",
        "signin.refused",
        "signin.succeeded",
        "signin.recovered",
        "device.remembered",
        "session.closed",
    ];
    assert_eq!(ehr.deeds(), expected);
    let events = format!("{:?}", ehr.events.borrow());
    let secrets = [portal_id.as_str(), "Garcia", "1984", "02/2", "maria84", PASSWORD];
    for secret in secrets.into_iter().chain(tokens.iter().map(String::as_str)) {
        assert!(!events.contains(secret), "{secret}");
    }
}
