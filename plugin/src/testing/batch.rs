//! Many at once: what comes of each patient on a list, and that a list asked for again invites nobody twice.

use super::bounds::MOST_CALLS;
use super::browser::{Browser, frontdesk, invite, perform, portal_id};
use super::memory::Memory;
use super::people;
use crate::audit::Deed;
use crate::ehr::{SaveError, Unavailable};
use crate::people::{Patient, PatientId};
use crate::settings::MOST_AT_ONCE;
use crate::staff::batch::{self, Outcome, Reason};
use crate::staff::viewer::{Access, Refusal, Right, Viewer};
use crate::staff::{self, show};

const LIST: &str = "list 7";
const DAY: u64 = 86_400;

fn asked(ehr: &Memory, viewer: &Viewer, patients: &[Patient]) -> Result<Vec<Outcome>, Refusal> {
    let patients: Vec<PatientId> = patients.iter().map(|patient| patient.id.clone()).collect();
    batch::invite(ehr, viewer, LIST, &patients)
}

fn invited(ehr: &Memory, patients: &[Patient]) -> Vec<Outcome> {
    asked(ehr, &frontdesk(), patients).unwrap()
}

/// How many Portal IDs were handed out.
fn handed_out(ehr: &Memory) -> usize {
    let names = Deed::OF_INVITATIONS.iter().map(|deed| deed.name());
    let names: Vec<_> = names.collect();
    ehr.deeds().iter().filter(|deed| names.contains(deed)).count()
}

#[test]
fn everyone_who_can_be_is_invited_and_the_others_are_left_out_for_their_reason() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    invite(&ehr, &people::elodie_dubois_lefevre());
    invite(&ehr, &people::sean_o_brien());
    let why = [("reason".to_owned(), "moved away".to_owned())];
    staff::perform(&ehr, &frontdesk(), &people::sean_o_brien().id, "turn-off", &why).unwrap();
    let nobody = Patient { id: PatientId("nobody".to_owned()), ..people::madonna() };

    let outcomes = invited(
        &ehr,
        &[
            people::maria_garcia(),
            people::elodie_dubois_lefevre(),
            people::sean_o_brien(),
            people::without_birth_date(),
            people::without_letters(),
            nobody,
            people::madonna(),
            people::ana_silva(),
        ],
    );

    let ids: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::Invited => "invited",
            Outcome::LeftOut(reason) => reason.id(),
        })
        .collect();
    assert_eq!(
        ids,
        [
            "has-access",
            "invited-before",
            "access-off",
            "no-birth-date",
            "no-initials",
            "no-such-patient",
            "invited",
            "invited",
        ]
    );
    assert_ne!(portal_id(&ehr, &people::madonna()), portal_id(&ehr, &people::ana_silva()));
}

#[test]
fn an_invitation_from_a_list_says_so_in_the_history() {
    let ehr = Memory::new();

    invited(&ehr, &[people::maria_garcia()]);

    let view = show(&ehr, &frontdesk(), &people::maria_garcia().id).unwrap();
    let what: Vec<_> = view.history.rows.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(what, ["Viewed this tab", "Created this user and issued a Portal ID: many at once, list 7"]);
}

#[test]
fn a_list_asked_for_again_answers_the_same_and_invites_nobody_twice() {
    let ehr = Memory::new();
    let everyone = [people::maria_garcia(), people::madonna(), people::maria_garcia()];
    assert_eq!(invited(&ehr, &everyone), [Outcome::Invited; 3]);
    let id = portal_id(&ehr, &people::maria_garcia());

    assert_eq!(invited(&ehr, &everyone), [Outcome::Invited; 3]);

    assert_eq!(portal_id(&ehr, &people::maria_garcia()), id);
    assert_eq!(ehr.deeds(), ["invitation.issued", "invitation.issued"]);
}

#[test]
fn who_used_the_invitation_of_the_list_meanwhile_counts_as_invited_by_it() {
    let ehr = Memory::new();
    invited(&ehr, &[people::maria_garcia()]);
    let browser = Browser::new(&ehr);
    browser.confirm(&super::browser::maria(&portal_id(&ehr, &people::maria_garcia())));
    browser.save("maria84");

    assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::Invited]);
    let other = batch::invite(&ehr, &frontdesk(), "list 8", &[people::maria_garcia().id]).unwrap();
    assert_eq!(other, [Outcome::LeftOut(Reason::HasAccess)]);
}

#[test]
fn an_invitation_of_the_list_that_ran_out_is_not_issued_again_by_the_same_list() {
    let ehr = Memory::new();
    invited(&ehr, &[people::maria_garcia()]);
    ehr.pass(8 * DAY);
    ehr.lapse_expired();

    assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::Invited]);
    assert_eq!(handed_out(&ehr), 1);

    let other = batch::invite(&ehr, &frontdesk(), "list 8", &[people::maria_garcia().id]).unwrap();
    assert_eq!(other, [Outcome::Invited]);
    assert_eq!(ehr.deeds(), ["invitation.issued", "invitation.reissued"]);
}

#[test]
fn a_portal_id_that_staff_issued_after_the_list_is_theirs() {
    let ehr = Memory::new();
    invited(&ehr, &[people::maria_garcia()]);
    perform(&ehr, &people::maria_garcia(), "reissue").unwrap();

    assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::LeftOut(Reason::InvitedBefore)]);
}

#[test]
fn of_two_hosts_with_the_same_list_both_say_invited_and_one_does_it() {
    let ehr = Memory::new();
    ehr.overtaken_by_itself.set(Some(SaveError::Stale));

    assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::Invited]);
    assert_eq!(handed_out(&ehr), 1);
}

#[test]
fn an_account_that_others_keep_changing_is_left_alone() {
    let ehr = Memory::new();
    ehr.refused_saves.borrow_mut().extend([SaveError::Stale, SaveError::Stale]);

    assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::LeftOut(Reason::ChangedMeanwhile)]);
    assert!(ehr.account(&people::maria_garcia()).is_none());
}

#[test]
fn when_the_answer_is_lost_asking_again_completes_the_list() {
    let ehr = Memory::new();
    let both = [people::maria_garcia(), people::madonna()];
    ehr.loses_answers.set(true);
    let lost = Refusal::Unavailable(Unavailable { retry_after_seconds: 7 });
    assert_eq!(asked(&ehr, &frontdesk(), &both).err(), Some(lost));
    ehr.loses_answers.set(false);

    assert_eq!(invited(&ehr, &both), [Outcome::Invited; 2]);
    assert_eq!(handed_out(&ehr), 2);
}

#[test]
fn an_ehr_that_does_not_answer_leaves_the_list_to_be_asked_for_again() {
    for down in ["patients.get", "accounts.find-by-patient", "accounts.save"] {
        let ehr = Memory::new();
        ehr.down.set(Some(down));
        let refusal = asked(&ehr, &frontdesk(), &[people::maria_garcia()]).err();
        assert_eq!(refusal, Some(Refusal::Unavailable(Unavailable { retry_after_seconds: 7 })), "{down}");

        ehr.down.set(None);
        assert_eq!(invited(&ehr, &[people::maria_garcia()]), [Outcome::Invited]);
    }
}

#[test]
fn without_the_right_nobody_is_invited() {
    let ehr = Memory::new();
    let edit = Right { module: "Connect EHR".to_owned(), access: Access::Edit };
    let nothing = Viewer { rights: vec![], ..frontdesk() };
    assert_eq!(asked(&ehr, &nothing, &[people::maria_garcia()]).err(), Some(Refusal::Forbidden));

    ehr.practice.borrow_mut().policy.require_edit_right = true;
    for patients in [[].as_slice(), &[people::maria_garcia()]] {
        assert_eq!(asked(&ehr, &frontdesk(), patients).err(), Some(Refusal::Forbidden));
    }
    assert!(ehr.accounts.borrow().is_empty());
    let mut editor = frontdesk();
    editor.rights.push(edit);
    assert_eq!(asked(&ehr, &editor, &[people::maria_garcia()]), Ok(vec![Outcome::Invited]));
}

#[test]
fn an_empty_list_only_says_whether_the_viewer_may() {
    let ehr = Memory::new();

    assert_eq!(invited(&ehr, &[]), []);
    assert!(ehr.deeds().is_empty());
}

#[test]
fn more_than_the_contract_takes_and_a_name_that_is_none_are_refused() {
    let ehr = Memory::new();
    let many = vec![people::maria_garcia().id; MOST_AT_ONCE + 1];
    let refused =
        |list: &str, patients: &[PatientId]| batch::invite(&ehr, &frontdesk(), list, patients).err();

    assert!(matches!(refused(LIST, &many), Some(Refusal::Invalid { field: "patients", .. })));
    for name in ["", "  ", "list\n7", &"7".repeat(65)] {
        assert!(matches!(refused(name, &[]), Some(Refusal::Invalid { field: "batch", .. })), "{name:?}");
    }
    assert!(ehr.accounts.borrow().is_empty());
}

#[test]
fn a_whole_call_stays_within_what_a_host_answers() {
    let ehr = Memory::new();
    let patients: Vec<Patient> =
        people::everyone().into_iter().take(7).chain([people::maria_garcia()]).collect();
    assert_eq!(patients.len(), MOST_AT_ONCE);
    for _ in 0..2 {
        ehr.spent.set(0);
        invited(&ehr, &patients);
        assert!(ehr.spent.get() <= MOST_CALLS, "{:?}", ehr.calls.borrow());
    }
}

#[test]
fn a_whole_call_about_lapsed_patients_whom_others_keep_changing_does_too() {
    let ehr = Memory::new();
    let patients = vec![people::maria_garcia(); MOST_AT_ONCE];
    perform(&ehr, &people::maria_garcia(), "create").unwrap();
    ehr.pass(8 * DAY);
    ehr.lapse_expired();
    ehr.refused_saves.borrow_mut().extend(std::iter::repeat_n(SaveError::Stale, 2 * MOST_AT_ONCE));
    ehr.spent.set(0);

    let outcomes = invited(&ehr, &patients);

    assert_eq!(outcomes, [Outcome::LeftOut(Reason::ChangedMeanwhile); MOST_AT_ONCE]);
    assert!(ehr.spent.get() <= MOST_CALLS, "{}", ehr.spent.get());
}

#[test]
fn every_reason_has_a_key_of_its_own_that_fits_the_contract() {
    use crate::rules::confirmation::MissingDetail;
    let all = [
        Reason::HasAccess,
        Reason::InvitedBefore,
        Reason::AccessOff,
        Reason::Missing(MissingDetail::BirthDate),
        Reason::Missing(MissingDetail::Initials),
        Reason::NoSuchPatient,
        Reason::ChangedMeanwhile,
    ];
    let ids: std::collections::BTreeSet<_> = all.iter().map(|reason| reason.id()).collect();
    assert_eq!(ids.len(), all.len());
    for reason in all {
        assert!(reason.id().len() <= 32 && reason.id().chars().all(|c| c == '-' || c.is_ascii_lowercase()));
        assert!((1..=256).contains(&reason.label().len()));
    }
}

#[test]
fn the_sheets_of_a_list_are_those_of_the_tab_one_for_each_who_needs_one() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    let nobody = PatientId("nobody".to_owned());
    let (elodie, madonna) = (people::elodie_dubois_lefevre(), people::madonna());
    invited(&ehr, &[elodie.clone(), madonna.clone()]);
    let asked = [elodie.id, people::maria_garcia().id, nobody, people::ana_silva().id, madonna.id.clone()];

    let sheets = batch::sheets(&ehr, &frontdesk(), &asked).unwrap();

    let there: Vec<_> = sheets.iter().map(Option::is_some).collect();
    assert_eq!(there, [true, false, false, false, true]);
    let alone = staff::open(&ehr, &frontdesk(), &madonna.id, "instructions").unwrap();
    let last = sheets.into_iter().flatten().last().unwrap();
    assert_eq!(last.blocks.len(), alone.blocks.len());
    assert_eq!(last.blocks[..4], alone.blocks[..4], "all but the code, which is another on each print");
    let printed = ehr.deeds().into_iter().filter(|deed| *deed == "instructions.printed").count();
    assert_eq!(printed, 3);
}

#[test]
fn the_sheets_of_a_whole_call_stay_within_what_a_host_answers() {
    let ehr = Memory::new();
    ehr.requires_second_factor.set(true);
    invited(&ehr, &[people::maria_garcia()]);
    ehr.spent.set(0);

    let sheets = batch::sheets(&ehr, &frontdesk(), &vec![people::maria_garcia().id; MOST_AT_ONCE]).unwrap();

    assert!(sheets.iter().all(Option::is_some));
    assert!(ehr.spent.get() <= MOST_CALLS, "{}", ehr.spent.get());
}

#[test]
fn without_the_right_no_sheet_is_printed() {
    let ehr = Memory::new();
    invited(&ehr, &[people::maria_garcia()]);
    let nothing = Viewer { rights: vec![], ..frontdesk() };
    let many = vec![people::maria_garcia().id; MOST_AT_ONCE + 1];

    assert_eq!(batch::sheets(&ehr, &nothing, &many[..1]).err(), Some(Refusal::Forbidden));
    assert!(matches!(
        batch::sheets(&ehr, &frontdesk(), &many).err(),
        Some(Refusal::Invalid { field: "patients", .. })
    ));
    assert_eq!(ehr.deeds(), ["invitation.issued"]);
}
