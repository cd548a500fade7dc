//! It was not the patient: one action of staff undoes it, whatever a stranger got hold of.

use super::browser::{Browser, PASSWORD, location, maria, perform, portal_id};
use super::memory::Memory;
use super::people;
use super::sheet_code::{confirm, scan};
use crate::staff::view::Tone;

const DATE: &str = "02/29/1984";

/// Everything a stranger can have who got at a sheet and knew the patient.
struct Stranger<'a> {
    /// Logged in, in a browser that is known from then on.
    logged_in: Browser<'a>,
    /// Confirmed with the same sheet and about to choose credentials.
    confirmed: Browser<'a>,
    /// What is printed.
    portal_id: String,
    /// Behind the square codes of two prints.
    codes: [String; 2],
}

impl<'a> Stranger<'a> {
    /// Gets hold of the sheet of the Portal ID that was just issued and activates the account.
    fn activates(ehr: &'a Memory) -> Self {
        let codes = [scan(ehr), scan(ehr)];
        let portal_id = portal_id(ehr, &people::maria_garcia());
        let (logged_in, confirmed) = (Browser::at(ehr, "203.0.113.9"), Browser::at(ehr, "203.0.113.10"));
        assert_eq!(location(&logged_in.confirm(&maria(&portal_id))), Some("/credentials"));
        assert_eq!(location(&confirm(&confirmed, &codes[0], DATE)), Some("/credentials"));
        assert_eq!(location(&logged_in.save("maria84")), Some("/activated"));
        assert_eq!(location(&logged_in.log_in("maria84", PASSWORD)), Some("/home"));
        Self { logged_in, confirmed, portal_id, codes }
    }

    /// Nothing of it opens anything any more.
    fn assert_shut_out(&self, ehr: &Memory) {
        let kept = self.logged_in.cookie("__Host-portal");
        for path in ["/home", "/account", "/account/password"] {
            if let Some(token) = &kept {
                self.logged_in.set_cookie("__Host-portal", token);
            }
            assert_ne!(self.logged_in.get(path).status, 200, "{path}");
        }
        assert_ne!(location(&self.logged_in.log_in("maria84", PASSWORD)), Some("/home"));
        let leave = self.confirmed.cookie("__Host-activation");
        for browser in [&self.confirmed, &Browser::at(ehr, "203.0.113.11")] {
            if let Some(leave) = &leave {
                browser.set_cookie("__Host-activation", leave);
                assert_eq!(location(&browser.get("/credentials")), Some("/time-is-up"));
                browser.set_cookie("__Host-activation", leave);
                assert_eq!(location(&browser.save("maria84")), Some("/time-is-up"));
            }
        }
        for code in &self.codes {
            assert_eq!(confirm(&Browser::at(ehr, "203.0.113.12"), code, DATE).status, 422);
        }
        assert_eq!(Browser::at(ehr, "203.0.113.13").confirm(&maria(&self.portal_id)).status, 422);
    }
}

/// Maria opens her account with the Portal ID there is now, and is logged in.
fn patient_activates(ehr: &Memory) -> Browser<'_> {
    let patient = Browser::new(ehr);
    let new = portal_id(ehr, &people::maria_garcia());
    assert_eq!(location(&patient.confirm(&maria(&new))), Some("/credentials"));
    let chosen =
        [("username", "maria84"), ("password", "my own four words"), ("password_again", "my own four words")];
    assert_eq!(location(&patient.post("/credentials", &chosen)), Some("/activated"));
    assert_eq!(location(&patient.log_in("maria84", "my own four words")), Some("/home"));
    patient
}

#[test]
fn an_activation_the_patient_did_not_make_is_undone_by_one_action() {
    let ehr = Memory::new();
    perform(&ehr, &people::maria_garcia(), "create").unwrap();
    let stranger = Stranger::activates(&ehr);

    let notice = perform(&ehr, &people::maria_garcia(), "reset").unwrap();

    assert_eq!((notice.tone, ehr.deeds().last()), (Tone::Success, Some(&"login.reset")));
    assert_ne!(portal_id(&ehr, &people::maria_garcia()), stranger.portal_id);
    stranger.assert_shut_out(&ehr);
    let patient = patient_activates(&ehr);
    stranger.assert_shut_out(&ehr);
    assert_eq!(patient.get("/home").status, 200);
}

#[test]
fn a_browser_of_the_stranger_is_not_known_to_the_login_made_afresh() {
    let ehr = Memory::new();
    perform(&ehr, &people::maria_garcia(), "create").unwrap();
    let stranger = Stranger::activates(&ehr);
    let counted =
        |row: &str| ehr.counters.borrow().get(&format!("signin.row.{row}:maria84")).map(|(_, n)| *n);
    stranger.logged_in.log_in("maria84", "wrong");
    assert_eq!((counted("known"), counted("unknown").unwrap_or(0)), (Some(1), 0), "it was known before");
    ehr.pass(60);
    perform(&ehr, &people::maria_garcia(), "reset").unwrap();
    patient_activates(&ehr);

    stranger.logged_in.log_in("maria84", "wrong");

    assert_eq!((counted("known").unwrap_or(0), counted("unknown")), (0, Some(1)));
}

#[test]
fn a_reset_the_patient_did_not_ask_for_is_undone_by_one_action_once_it_was_used() {
    let ehr = Memory::new();
    let patient = Browser::signed_in(&ehr);
    perform(&ehr, &people::maria_garcia(), "reset").unwrap();
    assert_eq!(location(&patient.get("/home")), Some("/session-ended"));
    let stranger = Stranger::activates(&ehr);

    perform(&ehr, &people::maria_garcia(), "reset").unwrap();

    stranger.assert_shut_out(&ehr);
    patient_activates(&ehr);
    stranger.assert_shut_out(&ehr);
}

#[test]
fn a_reset_the_patient_did_not_ask_for_is_undone_by_one_action_before_it_is_used() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    perform(&ehr, &people::maria_garcia(), "reset").unwrap();
    let (code, old) = (scan(&ehr), portal_id(&ehr, &people::maria_garcia()));
    let stranger = Browser::at(&ehr, "203.0.113.9");
    stranger.confirm(&maria(&old));
    ehr.pass(60);

    let notice = perform(&ehr, &people::maria_garcia(), "reissue").unwrap();

    assert_eq!(notice.tone, Tone::Success);
    assert_eq!(location(&stranger.save("evil")), Some("/time-is-up"));
    assert_eq!(confirm(&stranger, &code, DATE).status, 422);
    assert_eq!(stranger.confirm(&maria(&old)).status, 422);
    patient_activates(&ehr);
}
