//! Reset, off and on: what staff take away and give back, and two of them at once.

use super::authenticators::{App, Device};
use super::browser::{Browser, PASSWORD, frontdesk, invite, location, maria, perform, portal_id, text};
use super::memory::Memory;
use super::passkeys::add_passkey;
use super::people;
use super::second_step::add_app;
use crate::ehr::Unavailable;
use crate::people::Patient;
use crate::rules::throttle::Throttle;
use crate::rules::username::Username;
use crate::settings::SIGN_IN_ROW_UNKNOWN;
use crate::staff::view::{Notice, Tone, Value, View};
use crate::staff::viewer::{Access, Refusal, Right, Viewer};
use crate::staff::{self, show};

fn view(ehr: &Memory, patient: &Patient) -> View {
    show(ehr, &frontdesk(), &patient.id).unwrap()
}

fn facts(view: &View) -> Vec<(&'static str, String)> {
    let said = |value: &Value| match value {
        Value::Text(text) | Value::Code(text) => text.clone(),
    };
    view.facts.iter().map(|fact| (fact.label, said(&fact.value))).collect()
}

/// The id of the button with this label, as the view offers it.
fn offered(view: &View, label: &str) -> String {
    view.actions.iter().find(|action| action.label == label).unwrap().id.clone()
}

fn turn_off(ehr: &Memory, patient: &Patient, reason: &str) -> Result<Notice, Refusal> {
    let answers = [("reason".to_owned(), reason.to_owned())];
    staff::perform(ehr, &frontdesk(), &patient.id, "turn-off", &answers)
}

#[test]
fn a_reset_takes_the_login_away_at_once_and_leads_to_a_new_one() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    browser.log_in("maria84", PASSWORD);
    assert_eq!(browser.get("/home").status, 200);
    ehr.pass(60);

    let notice = perform(&ehr, &people::maria_garcia(), "reset").unwrap();

    assert_eq!(notice.tone, Tone::Success);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
    assert_ne!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
    let afresh = Browser::new(&ehr);
    afresh.confirm(&maria(&portal_id(&ehr, &people::maria_garcia())));
    afresh.save("maria84");
    assert_eq!(location(&afresh.log_in("maria84", PASSWORD)), Some("/home"));
    assert!(ehr.deeds().contains(&"login.reset"));
}

#[test]
fn a_reset_unlocks_what_wrong_passwords_had_stopped() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    let row = Throttle::rows(&Username::sought("maria84")).counters();
    let full = (u64::MAX, SIGN_IN_ROW_UNKNOWN.attempts);
    ehr.counters.borrow_mut().insert(row[0].key.clone(), full);

    perform(&ehr, &people::maria_garcia(), "reset").unwrap();

    assert!(!ehr.counters.borrow().contains_key(&row[0].key));
}

#[test]
fn access_turned_off_says_since_when_by_whom_and_why_and_keeps_the_login() {
    let ehr = Memory::new();
    let (maria, browser) = (people::maria_garcia(), Browser::new(&ehr));
    browser.activate_maria();
    browser.log_in("maria84", PASSWORD);

    let notice = turn_off(&ehr, &maria, " moved  away ").unwrap();

    assert_eq!(notice.tone, Tone::Success);
    let off = view(&ehr, &maria);
    let since = "Off since 11/22/2026 3:00 PM, by Staff frontdesk".to_owned();
    assert_eq!(facts(&off), [("Status", since), ("Reason", "moved away".to_owned())]);
    assert_eq!(location(&browser.get("/home")), Some("/session-ended"));
    let refused = browser.log_in("maria84", PASSWORD);
    assert!(text(&refused).contains("do not match"));

    assert_eq!(
        perform(&ehr, &maria, "turn-on").unwrap().text,
        "Access is on. The patient can log in as before."
    );
    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(perform(&ehr, &maria, "turn-on").err(), Some(Refusal::NotOffered));
}

#[test]
fn access_turned_off_before_activation_ends_the_portal_id_and_on_again_issues_another() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let old = invite(&ehr, &maria_garcia);
    turn_off(&ehr, &maria_garcia, "wrong patient").unwrap();
    let browser = Browser::new(&ehr);
    assert!(text(&browser.confirm(&maria(&old))).contains("could not confirm"));

    perform(&ehr, &maria_garcia, "turn-on").unwrap();

    let new = portal_id(&ehr, &maria_garcia);
    assert_ne!(new, old);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&new))), Some("/credentials"));
    let acts = ["invitation.issued", "access.off", "access.on"];
    assert!(acts.iter().all(|act| ehr.deeds().contains(act)));
}

#[test]
fn turning_access_off_takes_a_reason() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    invite(&ehr, &maria);

    for reason in ["", "  ", "-"] {
        let refusal = turn_off(&ehr, &maria, reason).err();
        assert!(matches!(refusal, Some(Refusal::Invalid { field: "reason", .. })), "{reason:?}");
    }
    assert_eq!(ehr.deeds(), ["invitation.issued"]);
}

#[test]
fn the_tab_says_when_the_patient_last_logged_in() {
    let ehr = Memory::new();
    let (maria, browser) = (people::maria_garcia(), Browser::new(&ehr));
    browser.activate_maria();
    assert_eq!(facts(&view(&ehr, &maria))[1], ("Last login", "Not yet".to_owned()));

    ehr.pass(3_600);
    browser.log_in("maria84", PASSWORD);

    assert_eq!(facts(&view(&ehr, &maria))[1], ("Last login", "11/22/2026 4:00 PM".to_owned()));
}

#[test]
fn the_tab_says_which_second_step_there_is_by_its_kind_alone() {
    let (ehr, of_app, maria) = (Memory::new(), Memory::new(), people::maria_garcia());
    let second_step = |ehr: &Memory| {
        let facts = facts(&view(ehr, &maria));
        facts.into_iter().find(|(label, _)| *label == "Second step").unwrap().1
    };
    add_app(&of_app, &Browser::signed_in(&of_app));
    assert_eq!(second_step(&of_app), "App");

    let browser = Browser::signed_in(&ehr);
    assert_eq!(second_step(&ehr), "None");
    add_passkey(&browser, &Device::new(1));
    assert_eq!(second_step(&ehr), "Passkey");
    let app = App::scanning(&browser.get("/account/second-step/app"));
    let fields = [("secret", &*app.secret()), ("code", &app.code(&ehr)), ("current_password", PASSWORD)];
    browser.post("/account/second-step/app", &fields);
    assert_eq!(second_step(&ehr), "App and passkey");
    assert!(!format!("{:?}", view(&ehr, &maria)).contains("My phone"), "what the patient calls it is theirs");
}

#[test]
fn a_second_step_that_cannot_be_read_keeps_nobody_from_the_reset_that_helps() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr.down.set(Some("second-factors.list"));

    let view = view(&ehr, &people::maria_garcia());

    assert_eq!(facts(&view)[2], ("Second step", "Cannot be told right now".to_owned()));
    let reset = view.actions.iter().find(|action| action.label == "Reset login").unwrap();
    let question = reset.confirm.as_deref().unwrap();
    for told in ["the second step and its recovery codes go too", "phone or key for the second step was lost"]
    {
        assert!(question.contains(told), "{question}");
    }
    assert_eq!(perform(&ehr, &people::maria_garcia(), &reset.id).unwrap().tone, Tone::Success);
}

#[test]
fn of_two_who_press_at_once_the_second_is_told_who_did_what_and_changes_nothing() {
    let ehr = Memory::new();
    let (maria, browser) = (people::maria_garcia(), Browser::new(&ehr));
    browser.activate_maria();
    let seen_by_both = view(&ehr, &maria);
    turn_off(&ehr, &maria, "moved away").unwrap();
    let account = ehr.account(&maria);

    let press = |label| staff::perform(&ehr, &frontdesk(), &maria.id, &offered(&seen_by_both, label), &[]);
    let notice = press("Reset login").unwrap();

    assert_eq!(notice.tone, Tone::Warning);
    assert_eq!(
        notice.text,
        "This user was changed after you opened the page, so nothing was done. Staff frontdesk: “Turned access \
         off”. This is how it stands now."
    );
    assert!(ehr.account(&maria) == account);
}

#[test]
fn a_button_drawn_before_there_was_an_account_is_out_of_date_once_there_is_one() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    let create = offered(&view(&ehr, &maria), "Create this user");
    let press = || staff::perform(&ehr, &frontdesk(), &maria.id, &create, &[]).unwrap();

    assert_eq!(press().tone, Tone::Success);
    let id = portal_id(&ehr, &maria);
    assert!(press().text.contains("Created this user"));

    assert_eq!(portal_id(&ehr, &maria), id);
    assert_eq!(ehr.deeds(), ["tab.viewed", "invitation.issued"]);
}

#[test]
fn where_the_practice_wants_it_changing_anything_takes_the_right_to_edit() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    ehr.practice.borrow_mut().policy.require_edit_right = true;
    let create = |viewer: &Viewer| staff::perform(&ehr, viewer, &maria.id, "create", &[]).err();

    assert!(view(&ehr, &maria).actions.is_empty());
    assert_eq!(create(&frontdesk()), Some(Refusal::Forbidden));
    let edit = Right { module: "Connect EHR".to_owned(), access: Access::Edit };
    let mut editor = frontdesk();
    editor.rights.push(edit.clone());
    assert_eq!(create(&editor), None);
    assert_eq!(create(&Viewer { rights: vec![edit], ..frontdesk() }), Some(Refusal::Forbidden));
    assert!(!view(&ehr, &maria).documents.is_empty(), "who may look may print");
}

#[test]
fn an_ehr_that_does_not_answer_changes_nothing() {
    for down in ["accounts.find-by-patient", "accounts.save"] {
        let ehr = Memory::new();
        Browser::new(&ehr).activate_maria();
        let account = ehr.account(&people::maria_garcia());
        ehr.down.set(Some(down));

        for result in [
            perform(&ehr, &people::maria_garcia(), "reset"),
            turn_off(&ehr, &people::maria_garcia(), "moved away"),
        ] {
            let expected = Refusal::Unavailable(Unavailable { retry_after_seconds: 7 });
            assert_eq!(result.err(), Some(expected), "{down}");
        }
        assert!(ehr.account(&people::maria_garcia()) == account);
    }
}
