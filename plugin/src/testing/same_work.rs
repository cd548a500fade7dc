//! What a refusal costs besides the calls that other tests compare: no refusal draws randomness, so that
//! none can be told by how much was drawn.

use super::browser::{Browser, PASSWORD, invite, maria, perform, typed};
use super::memory::Memory;
use super::people;
use crate::ehr::Entropy;
use crate::patient::response::Response;
use crate::settings::DEFAULT_THROTTLES;

const DAY: u64 = 86_400;

/// How an EHR comes to be that refuses, and the request that it refuses.
type Case = (&'static str, fn(&Memory) -> String, fn(&Browser<'_>, &str) -> Response);

/// Sends it with what Maria knows of herself.
fn claim(browser: &Browser<'_>, portal_id: &str) -> Response {
    browser.confirm(&maria(portal_id))
}

fn invited(ehr: &Memory) -> String {
    invite(ehr, &people::maria_garcia())
}

fn activated(ehr: &Memory) -> String {
    let portal_id = invited(ehr);
    let browser = Browser::new(ehr);
    browser.confirm(&maria(&portal_id));
    browser.save("maria84");
    portal_id
}

fn expired(ehr: &Memory) -> String {
    let portal_id = invited(ehr);
    ehr.pass(8 * DAY);
    portal_id
}

fn lapsed(ehr: &Memory) -> String {
    let portal_id = expired(ehr);
    ehr.lapse_expired();
    portal_id
}

fn revoked(ehr: &Memory) -> String {
    let portal_id = invited(ehr);
    perform(ehr, &people::maria_garcia(), "reissue").unwrap();
    portal_id
}

fn throttled(ehr: &Memory) -> String {
    let portal_id = invited(ehr);
    for n in 0..DEFAULT_THROTTLES.per_person_a_day {
        Browser::at(ehr, "198.51.100.1").confirm(&maria(&format!("{n:06}")));
    }
    portal_id
}

const CASES: [Case; 10] = [
    ("unknown ID", |_| "000000".to_owned(), claim),
    ("used ID", activated, claim),
    ("wrong birth date", invited, |browser, id| browser.confirm(&typed(id, "M", "G", "02/28/1984"))),
    ("wrong initials", invited, |browser, id| browser.confirm(&typed(id, "M", "X", "02/29/1984"))),
    ("expired ID", expired, claim),
    ("expired and wiped ID", lapsed, claim),
    ("revoked ID", revoked, claim),
    ("throttled", throttled, claim),
    ("unknown username", activated, |browser, _| browser.log_in("nobody", PASSWORD)),
    ("wrong password", activated, |browser, _| browser.log_in("maria84", "horses run in winter")),
];

/// What the source of randomness gives next: the same for two that gave as much before.
fn next(ehr: &Memory) -> [u8; 32] {
    let mut drawn = [0; 32];
    ehr.fill(&mut drawn);
    drawn
}

#[test]
fn no_refusal_draws_randomness() {
    for (name, arrange, ask) in CASES {
        let (asked, not_asked) = (Memory::new(), Memory::new());
        let portal_id = arrange(&asked);
        arrange(&not_asked);
        let browser = Browser::new(&asked);
        // The page with the form gives the browser a token, which is drawn.
        browser.get("/activate");
        Browser::new(&not_asked).get("/activate");

        let refused = ask(&browser, &portal_id);

        assert_eq!(refused.status, 422, "{name}");
        assert_eq!(next(&asked), next(&not_asked), "{name}");
    }
}

#[test]
fn what_is_right_draws_randomness() {
    let (asked, not_asked) = (Memory::new(), Memory::new());
    let portal_id = invited(&asked);
    invited(&not_asked);
    let browser = Browser::new(&asked);
    browser.get("/activate");
    Browser::new(&not_asked).get("/activate");

    let confirmed = claim(&browser, &portal_id);

    assert_eq!(confirmed.status, 303);
    assert_ne!(next(&asked), next(&not_asked), "the test would not notice");
}
