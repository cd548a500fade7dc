//! Every page, tab view and sheet as it looks, kept beside the tests to be read and compared.

use insta::{assert_debug_snapshot, assert_snapshot};

use super::browser::{Browser, PASSWORD, Typed, frontdesk, invite, maria, text};
use super::memory::Memory;
use super::people;
use crate::patient::response::Response;
use crate::people::Patient;
use crate::staff::{self, open, show};

/// Head and body of a response; what differs from one build or draw to the next is covered.
fn shown(response: &Response) -> String {
    let headers = response.headers.iter().map(|(name, value)| match (*name, value.split_once('=')) {
        ("set-cookie", Some((cookie, rest))) => {
            let attributes = rest.split_once(';').map_or("", |(_, attributes)| attributes);
            format!("{name}: {cookie}=...;{attributes}\n")
        }
        _ => format!("{name}: {value}\n"),
    });
    let head: String = headers.collect();
    let version = format!("?v={}", crate::patient::style_version());
    format!("{}\n{head}\n{}", response.status, text(response).replace(&version, "?v=..."))
}

#[test]
fn the_main_login_page() {
    assert_snapshot!(shown(&Browser::new(&Memory::new()).get("/")));
}

#[test]
fn a_refused_login() {
    assert_snapshot!(shown(&Browser::new(&Memory::new()).log_in("maria84", "wrong")));
}

#[test]
fn user_confirmation() {
    assert_snapshot!(shown(&Browser::new(&Memory::new()).get("/activate")));
}

#[test]
fn user_confirmation_with_mistakes() {
    let typed =
        Typed { portal_id: "12".to_owned(), first_initial: "", last_initial: "", birth_date: "13/1/1990" };

    assert_snapshot!(shown(&Browser::new(&Memory::new()).confirm(&typed)));
}

#[test]
fn a_refused_confirmation() {
    assert_snapshot!(shown(&Browser::new(&Memory::new()).confirm(&maria("482913"))));
}

#[test]
fn the_way_through_activation() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);

    assert_snapshot!("confirmed", shown(&browser.confirm(&maria(&invite(&ehr, &people::maria_garcia())))));
    assert_snapshot!("create_your_login", shown(&browser.get("/credentials")));
    let mistakes = [("username", "a b"), ("password", "short"), ("password_again", "other")];
    assert_snapshot!("create_your_login_with_mistakes", shown(&browser.post("/credentials", &mistakes)));
    assert_snapshot!("saved", shown(&browser.save("maria84")));
    assert_snapshot!("activated", shown(&browser.get("/activated")));
    assert_snapshot!("logged_in", shown(&browser.log_in("maria84", PASSWORD)));
    assert_snapshot!("home", shown(&browser.get("/home")));
    assert_snapshot!("log_out", shown(&browser.post("/logout", &[])));
    assert_snapshot!("logged_out", shown(&browser.get("/logged-out")));
    assert_snapshot!("time_is_up", shown(&browser.get("/time-is-up")));
    assert_snapshot!("session_ended", shown(&browser.get("/session-ended")));
}

#[test]
fn error_pages() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    let form = ("content-type", "application/x-www-form-urlencoded");

    assert_snapshot!("bad_request", shown(&browser.send("POST", "/login", &[form], b"%".to_vec())));
    let forged = ("origin", "https://evil.example");
    assert_snapshot!("cross_site", shown(&browser.send("POST", "/login", &[form, forged], Vec::new())));
    assert_snapshot!("not_found", shown(&browser.get("/nowhere")));
    assert_snapshot!("method_not_allowed", shown(&browser.send("PUT", "/activate", &[], Vec::new())));
    assert_snapshot!("unsupported_form", shown(&browser.send("POST", "/login", &[], b"x".to_vec())));
    for _ in 0..10 {
        browser.log_in("maria84", "wrong");
    }
    assert_snapshot!("too_many", shown(&browser.log_in("maria84", "wrong")));
    ehr.down.set(Some("attempts.take"));
    assert_snapshot!("unavailable", shown(&browser.log_in("maria84", "wrong")));
}

#[test]
fn the_tab_in_each_state() {
    let ehr = Memory::new();
    let patient = people::maria_garcia();
    let view = |patient: &Patient| show(&ehr, &frontdesk(), &patient.id).unwrap();

    assert_debug_snapshot!("tab_not_invited", view(&patient));
    assert_debug_snapshot!("tab_without_birth_date", view(&people::without_birth_date()));
    let portal_id = invite(&ehr, &patient);
    assert_debug_snapshot!("tab_invited", view(&patient));
    Browser::new(&ehr).confirm(&Typed { first_initial: "X", ..maria(&portal_id) });
    ehr.pass(7 * 86_400);
    assert_debug_snapshot!("tab_expired", view(&patient));
    super::browser::perform(&ehr, &patient, "reissue").unwrap();
    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&super::browser::portal_id(&ehr, &patient)));
    browser.save("maria84");
    assert_debug_snapshot!("tab_active", view(&patient));
    let reason = [("reason".to_owned(), "moved away".to_owned())];
    staff::perform(&ehr, &frontdesk(), &patient.id, "turn-off", &reason).unwrap();
    assert_debug_snapshot!("tab_off", view(&patient));
}

#[test]
fn the_printed_sheet() {
    let ehr = Memory::new();
    for patient in [people::maria_garcia(), people::madonna()] {
        invite(&ehr, &patient);
        let sheet = open(&ehr, &frontdesk(), &patient.id, "instructions").unwrap();
        assert_debug_snapshot!(format!("sheet_{}", patient.id.0), sheet);
    }
}
