//! The Patient Portal Admin tab: rights, states, creating the user once and only once.

use super::browser::{Browser, frontdesk, invite, maria, perform, portal_id};
use super::memory::Memory;
use super::people;
use crate::ehr::{SaveError, Unavailable};
use crate::people::{Patient, PatientId, PersonName};
use crate::settings::PORTAL_ID_DRAWS;
use crate::staff::view::{Block, Tone, Value, View, Weight};
use crate::staff::viewer::{Access, Refusal, Right, Viewer};
use crate::staff::{describe, open, show};

const DAY: u64 = 86_400;

fn view(ehr: &Memory, patient: &Patient) -> View {
    show(ehr, &frontdesk(), &patient.id).unwrap()
}

fn status(view: &View) -> String {
    assert_eq!(view.facts[0].label, "Status");
    match &view.facts[0].value {
        Value::Text(text) => text.clone(),
        Value::Code(_) => panic!("the status is words"),
    }
}

/// The names of what is offered, without the revision that each is offered for.
fn actions(view: &View) -> Vec<&str> {
    view.actions
        .iter()
        .map(|action| action.id.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()))
        .collect()
}

fn documents(view: &View) -> Vec<&str> {
    view.documents.iter().map(|document| document.id).collect()
}

#[test]
fn the_tab_is_for_those_who_may_view_connect_ehr() {
    let description = describe();

    assert_eq!((description.id, description.title), ("patient-portal-admin", "Patient Portal Admin"));
    assert_eq!(description.requires, Right { module: "Connect EHR".to_owned(), access: Access::View });
}

#[test]
fn without_the_right_nothing_is_shown_done_or_printed() {
    let ehr = Memory::new();
    let maria = people::maria_garcia().id;
    let other_module = Right { module: "Billing".to_owned(), access: Access::View };
    let other_access = Right { module: "Connect EHR".to_owned(), access: Access::Edit };
    for rights in [vec![], vec![other_module], vec![other_access]] {
        let viewer = Viewer { rights, ..frontdesk() };
        assert_eq!(show(&ehr, &viewer, &maria).err(), Some(Refusal::Forbidden));
        assert_eq!(
            crate::staff::perform(&ehr, &viewer, &maria, "create", &[]).err(),
            Some(Refusal::Forbidden)
        );
        assert_eq!(open(&ehr, &viewer, &maria, "instructions").err(), Some(Refusal::Forbidden));
    }
    assert!(ehr.calls.borrow().is_empty(), "not even whether there is such a patient is looked up");
}

#[test]
fn an_unknown_patient_is_said_to_be_unknown() {
    let ehr = Memory::new();
    let nobody = PatientId("nobody".to_owned());

    assert_eq!(show(&ehr, &frontdesk(), &nobody).err(), Some(Refusal::NoSuchPatient));
    assert_eq!(open(&ehr, &frontdesk(), &nobody, "instructions").err(), Some(Refusal::NoSuchPatient));
}

#[test]
fn each_state_shows_what_it_is_and_offers_what_fits() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();

    let before = view(&ehr, &maria_garcia);
    assert_eq!(status(&before), "Not invited");
    assert_eq!((actions(&before), documents(&before)), (vec!["create"], vec![]));

    let id = invite(&ehr, &maria_garcia);
    let invited = view(&ehr, &maria_garcia);
    assert_eq!(status(&invited), "Invited until 11/29/2026 3:00 PM");
    assert_eq!(invited.facts[1].label, "Patient Portal ID");
    assert_eq!(invited.facts[1].value, Value::Code(format!("{} {}", id.split_at(3).0, id.split_at(3).1)));
    assert_eq!(invited.facts[2].value, Value::Text("11/29/2026 3:00 PM".to_owned()));
    assert_eq!((actions(&invited), documents(&invited)), (vec!["reissue", "turn-off"], vec!["instructions"]));
    assert_eq!(invited.actions[0].weight, Weight::Normal);
    assert!(
        invited.actions[0]
            .confirm
            .as_ref()
            .is_some_and(|question| question.contains("stops working at once"))
    );

    ehr.pass(7 * DAY);
    let expired = view(&ehr, &maria_garcia);
    assert_eq!(status(&expired), "Invitation expired");
    assert_eq!((actions(&expired), documents(&expired)), (vec!["reissue", "turn-off"], vec![]));
    assert_eq!((expired.actions[0].weight, &expired.actions[0].confirm), (Weight::Primary, &None));

    let notice = perform(&ehr, &maria_garcia, "reissue").unwrap();
    assert_eq!(notice.tone, Tone::Success);
    assert_eq!(status(&view(&ehr, &maria_garcia)), "Invited until 12/06/2026 3:00 PM");

    let browser = Browser::new(&ehr);
    browser.confirm(&maria(&portal_id(&ehr, &maria_garcia)));
    browser.save("maria84");
    let active = view(&ehr, &maria_garcia);
    assert_eq!(status(&active), "Active since 11/29/2026 3:00 PM");
    assert_eq!((actions(&active), documents(&active)), (vec!["reset", "turn-off"], vec![]));
}

#[test]
fn creating_a_user_twice_changes_nothing_a_second_time() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    let first = perform(&ehr, &maria, "create").unwrap();
    let id = portal_id(&ehr, &maria);

    let second = perform(&ehr, &maria, "create").unwrap();

    assert_eq!((first.tone, second.tone), (Tone::Success, Tone::Info));
    assert_eq!(first.text, "The user was created. Print the instructions and hand them to the patient.");
    assert_eq!(portal_id(&ehr, &maria), id);
    assert_eq!(ehr.deeds(), ["invitation.issued"]);
}

#[test]
fn of_two_who_create_a_user_at_once_one_is_told_that_it_is_done() {
    let ehr = Memory::new();
    ehr.refused_saves.borrow_mut().push(SaveError::Stale);

    let notice = perform(&ehr, &people::maria_garcia(), "create").unwrap();

    assert_eq!(notice.tone, Tone::Info);
    assert!(notice.text.starts_with("Someone else has just created this user"));
    assert!(ehr.account(&people::maria_garcia()).is_none());
}

#[test]
fn a_portal_id_that_is_taken_is_drawn_again() {
    let ehr = Memory::new();
    ehr.refused_saves.borrow_mut().extend([SaveError::PortalIdTaken, SaveError::PortalIdTaken]);

    assert_eq!(perform(&ehr, &people::maria_garcia(), "create").unwrap().tone, Tone::Success);
}

#[test]
fn drawing_ends_even_if_every_portal_id_is_taken() {
    let ehr = Memory::new();
    ehr.refused_saves.borrow_mut().extend([SaveError::PortalIdTaken; PORTAL_ID_DRAWS]);

    let refusal = perform(&ehr, &people::maria_garcia(), "create").err();

    assert_eq!(refusal, Some(Refusal::Unavailable(Unavailable { retry_after_seconds: 60 })));
    assert_eq!(ehr.log.borrow().len(), 1);
}

#[test]
fn a_new_portal_id_is_issued_in_place_of_the_old_one_once_a_click() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();

    assert_eq!(perform(&ehr, &maria, "reissue").err(), Some(Refusal::NotOffered));
    let first = invite(&ehr, &maria);
    assert_eq!(perform(&ehr, &maria, "reissue").unwrap().tone, Tone::Success);
    let second = portal_id(&ehr, &maria);
    assert_ne!(first, second);
    assert_eq!(perform(&ehr, &maria, "reissue").unwrap().tone, Tone::Info);
    assert_eq!(perform(&ehr, &maria, "create").unwrap().tone, Tone::Info);
    assert_eq!(portal_id(&ehr, &maria), second);
    ehr.pass(7 * DAY);
    assert_eq!(perform(&ehr, &maria, "create").unwrap().tone, Tone::Info);
    perform(&ehr, &maria, "reissue").unwrap();
    let third = portal_id(&ehr, &maria);
    assert_ne!(second, third);
    perform(&ehr, &maria, "reissue").unwrap();
    assert_eq!(portal_id(&ehr, &maria), third);
    assert_eq!(ehr.deeds(), ["invitation.issued", "invitation.reissued", "invitation.reissued"]);
}

#[test]
fn an_action_that_does_not_exist_is_not_offered() {
    assert_eq!(perform(&Memory::new(), &people::maria_garcia(), "destroy").err(), Some(Refusal::NotOffered));
}

#[test]
fn a_patient_who_could_never_be_confirmed_is_not_invited() {
    for (patient, word) in
        [(people::without_birth_date(), "date of birth"), (people::without_letters(), "initials")]
    {
        let ehr = Memory::new();

        let view = view(&ehr, &patient);
        let notice = perform(&ehr, &patient, "create").unwrap();

        assert_eq!((view.notices[0].tone, notice.tone), (Tone::Warning, Tone::Warning));
        assert!(view.notices[0].text.contains(word) && view.notices[0].text.contains("Demographics"));
        assert!(view.actions.is_empty());
        assert!(ehr.account(&patient).is_none());
    }
}

#[test]
fn the_instructions_can_be_printed_while_the_portal_id_works() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    let print = || open(&ehr, &frontdesk(), &maria.id, "instructions");

    assert_eq!(print().err(), Some(Refusal::NotOffered));
    invite(&ehr, &maria);
    assert!(print().is_ok());
    assert_eq!(ehr.deeds().last(), Some(&"instructions.printed"));
    assert_eq!(open(&ehr, &frontdesk(), &maria.id, "other").err(), Some(Refusal::NotOffered));
    ehr.pass(7 * DAY);
    assert_eq!(print().err(), Some(Refusal::NotOffered));
    assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "instructions.printed").count(), 1);
}

#[test]
fn the_date_of_birth_is_not_on_the_sheet() {
    let ehr = Memory::new();
    for patient in people::everyone().into_iter().filter(|patient| patient.birth_date.is_some()) {
        if perform(&ehr, &patient, "create").unwrap().tone != Tone::Success {
            continue;
        }
        let sheet = format!("{:?}", open(&ehr, &frontdesk(), &patient.id, "instructions").unwrap());
        let date = patient.birth_date.unwrap();
        assert!(!sheet.contains(&date.year().to_string()));
    }
}

#[test]
fn someone_with_one_name_is_told_which_box_to_leave_empty() {
    let ehr = Memory::new();
    let madonna = people::madonna();
    invite(&ehr, &madonna);
    let told = || {
        let sheet = open(&ehr, &frontdesk(), &madonna.id, "instructions").unwrap();
        let steps = sheet
            .blocks
            .into_iter()
            .find_map(|block| if let Block::Steps(steps) = block { Some(steps) } else { None });
        steps.unwrap().iter().any(|step| step.starts_with("Leave “First initial of your last name” empty."))
    };

    assert!(told());
    for (given, family, has_one) in [("Madonna", ".", true), ("-", "Madonna", true), ("Madonna", "C.", false)]
    {
        for patient in ehr.patients.borrow_mut().iter_mut().filter(|patient| patient.id == madonna.id) {
            patient.name = PersonName::Full { given: given.to_owned(), family: family.to_owned() };
        }
        assert_eq!(told(), has_one, "{given} {family}");
    }
}

#[test]
fn many_views_by_one_person_are_one_line_of_history() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    for _ in 0..30 {
        view(&ehr, &maria);
    }
    invite(&ehr, &maria);
    ehr.pass(60);

    let history = view(&ehr, &maria).history;

    let lines: Vec<_> =
        history.rows.iter().map(|row| (row.at.as_str(), row.who.as_str(), row.what.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("11/22/2026 3:01 PM", "Staff frontdesk", "Viewed this tab"),
            ("11/22/2026 3:00 PM", "Staff frontdesk", "Created this user and issued a Portal ID"),
            ("11/22/2026 3:00 PM", "Staff frontdesk", "Viewed this tab (30 times)"),
        ]
    );
}

#[test]
fn a_host_that_cannot_answer_is_passed_on() {
    for down in ["patients.get", "accounts.note", "accounts.find-by-patient", "accounts.history"] {
        let ehr = Memory::new();
        ehr.down.set(Some(down));
        let refusal = show(&ehr, &frontdesk(), &people::maria_garcia().id).err();
        assert_eq!(refusal, Some(Refusal::Unavailable(Unavailable { retry_after_seconds: 7 })), "{down}");
    }
}
