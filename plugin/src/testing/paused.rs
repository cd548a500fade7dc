//! What failed attempts have paused, as the tab tells it, and what ends it.

use super::bounds::MOST_CALLS;
use super::browser::{Browser, PASSWORD, frontdesk, invite, location, maria, perform, portal_id, typed};
use super::memory::Memory;
use super::people;
use super::sheet_code::{confirm, scan};
use crate::audit::{Deed, Event};
use crate::calendar::Timestamp;
use crate::ehr::Unavailable;
use crate::people::{Patient, PersonName};
use crate::settings::{DEFAULT_THROTTLES, SIGN_IN_PER_USERNAME};
use crate::staff::show;
use crate::staff::view::{Tone, Value, View};
use crate::staff::viewer::Refusal;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

fn view(ehr: &Memory, patient: &Patient) -> View {
    show(ehr, &frontdesk(), &patient.id).unwrap()
}

fn status(view: &View) -> &str {
    match &view.facts[0].value {
        Value::Text(text) | Value::Code(text) => text,
    }
}

fn offers(view: &View, label: &str) -> bool {
    view.actions.iter().any(|action| action.label == label)
}

/// Somebody who knows Maria tries Portal IDs, from one network after another.
fn sweep(ehr: &Memory, guesses: u16, from: u16) {
    for n in from..from + guesses {
        let client = Box::leak(format!("198.51.{n}.1").into_boxed_str());
        Browser::at(ehr, client).confirm(&maria(&format!("{n:06}")));
    }
}

/// Somebody tries passwords from many networks, fewer from each than would stop it there.
fn guess_passwords(ehr: &Memory) {
    for n in 0..SIGN_IN_PER_USERNAME.attempts {
        let client = Box::leak(format!("198.51.100.{n}").into_boxed_str());
        assert_eq!(Browser::at(ehr, client).log_in("maria84", "wrong").status, 422, "{n}");
    }
}

#[test]
fn guesses_at_the_person_pause_typing_until_a_day_later_and_the_tab_says_so() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let id = invite(&ehr, &maria_garcia);
    let code = scan(&ehr);
    ehr.pass(HOUR);
    sweep(&ehr, DEFAULT_THROTTLES.per_person_a_day, 0);

    let paused = view(&ehr, &maria_garcia);

    let expected = "Invited until 11/29/2026 3:00 PM, paused by failed attempts until 11/23/2026 4:00 PM";
    assert_eq!(status(&paused), expected);
    let notice = &paused.notices[0];
    assert_eq!(notice.tone, Tone::Warning);
    assert!(notice.text.contains("until 11/23/2026 4:00 PM. The QR code on the sheet still works."));
    assert!(
        notice.text.contains("Issuing a new Portal ID clears it") && offers(&paused, "Issue a new Portal ID")
    );
    assert!(!offers(&paused, "Unlock login"));
    assert_eq!(Browser::new(&ehr).confirm(&maria(&id)).status, 422, "it is as the tab says");
    assert_eq!(location(&confirm(&Browser::new(&ehr), &code, "02/29/1984")), Some("/credentials"));
    ehr.pass(DAY);
    assert_eq!(status(&view(&ehr, &maria_garcia)), "Invited until 11/29/2026 3:00 PM");
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&id))), Some("/credentials"));
}

#[test]
fn a_new_portal_id_ends_the_pause() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    invite(&ehr, &maria_garcia);
    sweep(&ehr, DEFAULT_THROTTLES.per_person_a_day, 0);

    perform(&ehr, &maria_garcia, "reissue").unwrap();

    let after = view(&ehr, &maria_garcia);
    assert_eq!((status(&after), after.notices.len()), ("Invited until 11/29/2026 3:00 PM", 0));
    let id = portal_id(&ehr, &maria_garcia);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&id))), Some("/credentials"));
}

#[test]
fn guesses_day_after_day_pause_typing_for_as_long_as_they_are_counted() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().policy.invitation_days = 21;
    let maria_garcia = people::maria_garcia();
    invite(&ehr, &maria_garcia);
    for day in 0..DEFAULT_THROTTLES.per_person / DEFAULT_THROTTLES.per_person_a_day {
        sweep(&ehr, DEFAULT_THROTTLES.per_person_a_day, 10 * day);
        ehr.pass(DAY);
    }

    let paused = view(&ehr, &maria_garcia);

    assert!(
        status(&paused).ends_with("paused by failed attempts until 12/13/2026 3:00 PM"),
        "{}",
        status(&paused)
    );
}

#[test]
fn a_pause_for_any_name_on_file_is_told() {
    let ehr = Memory::new();
    let xiuying = people::wang_xiuying();
    invite(&ehr, &xiuying);
    for n in 0..DEFAULT_THROTTLES.per_person_a_day {
        Browser::at(&ehr, "198.51.100.1").confirm(&typed(&format!("{n:06}"), "X", "W", "01/05/1948"));
    }

    assert!(status(&view(&ehr, &xiuying)).contains("paused by failed attempts until 11/23/2026 3:00 PM"));
}

#[test]
fn a_pause_that_twins_share_is_told_of_both_and_of_nobody_else() {
    let ehr = Memory::new();
    for patient in [people::ana_silva(), people::alma_silva(), people::sean_o_brien()] {
        invite(&ehr, &patient);
    }
    for n in 0..DEFAULT_THROTTLES.per_person_a_day {
        Browser::at(&ehr, "198.51.100.1").confirm(&typed(&format!("{n:06}"), "A", "S", "03/03/2010"));
    }

    let is_paused = |patient: &Patient| status(&view(&ehr, patient)).contains("paused");
    assert!(is_paused(&people::ana_silva()) && is_paused(&people::alma_silva()));
    assert!(!is_paused(&people::sean_o_brien()));
}

#[test]
fn a_portal_id_that_takes_no_more_answers_is_told_apart_since_its_code_takes_none_either() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let id = invite(&ehr, &maria_garcia);
    let code = scan(&ehr);
    Browser::new(&ehr).confirm(&typed(&id, "M", "X", "02/29/1984"));
    // The administrator asks for more than was asked for when the wrong answer was given.
    ehr.practice.borrow_mut().policy.throttles.per_portal_id = 1;

    let paused = view(&ehr, &maria_garcia);

    assert!(status(&paused).ends_with("paused by failed attempts until 12/13/2026 3:00 PM"));
    assert!(paused.notices[0].text.contains("refuses this Portal ID and its QR code"));
    assert_eq!(confirm(&Browser::new(&ehr), &code, "02/29/1984").status, 422, "it is as the tab says");
    perform(&ehr, &maria_garcia, "reissue").unwrap();
    assert!(view(&ehr, &maria_garcia).notices.is_empty());
}

#[test]
fn guesses_at_a_password_from_everywhere_slow_the_login_and_unlocking_it_helps() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let known = Browser::signed_in(&ehr);
    known.post("/logout", &[]);
    guess_passwords(&ehr);
    let patient = Browser::at(&ehr, "203.0.113.1");
    assert_eq!(patient.log_in("maria84", PASSWORD).status, 429);

    let paused = view(&ehr, &maria_garcia);

    let expected = "Active since 11/22/2026 3:00 PM, paused by failed attempts until 11/22/2026 4:00 PM";
    assert_eq!(status(&paused), expected);
    assert!(paused.notices[0].text.contains(
        "until 11/22/2026 4:00 PM, at least not from where they came. Another browser, such as one that the \
         patient logged in with before, may still work."
    ));
    assert!(offers(&paused, "Unlock login"));
    assert_eq!(location(&known.log_in("maria84", PASSWORD)), Some("/home"), "it is as the tab says");
    let notice = perform(&ehr, &maria_garcia, "unlock").unwrap();
    assert_eq!((notice.tone, ehr.deeds().last()), (Tone::Success, Some(&"signin.unlocked")));
    assert_eq!(location(&patient.log_in("maria84", PASSWORD)), Some("/home"));
    assert_eq!(perform(&ehr, &maria_garcia, "unlock").unwrap().tone, Tone::Info);
    assert!(view(&ehr, &maria_garcia).notices.is_empty());
}

#[test]
fn a_patient_who_mistypes_and_is_told_to_wait_or_call_can_be_helped_by_who_takes_the_call() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    Browser::new(&ehr).activate_maria();
    let patient = Browser::at(&ehr, "203.0.113.1");
    while patient.log_in("maria84", "wrong").status == 422 {}
    assert_eq!(patient.log_in("maria84", PASSWORD).status, 429);

    let paused = view(&ehr, &maria_garcia);

    assert!(status(&paused).contains("paused by failed attempts until"), "{}", status(&paused));
    assert!(offers(&paused, "Unlock login"));
    assert_eq!(perform(&ehr, &maria_garcia, "unlock").unwrap().tone, Tone::Success);
    assert!(!status(&view(&ehr, &maria_garcia)).contains("paused"));
    assert_eq!(location(&patient.log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn a_browser_that_is_known_and_has_to_wait_is_let_go_on_too() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let known = Browser::signed_in(&ehr);
    known.post("/logout", &[]);
    while known.log_in("maria84", "wrong").status == 422 {}
    assert_eq!(known.log_in("maria84", PASSWORD).status, 429);

    assert!(offers(&view(&ehr, &maria_garcia), "Unlock login"));
    assert_eq!(perform(&ehr, &maria_garcia, "unlock").unwrap().tone, Tone::Success);

    assert_eq!(location(&known.log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn a_slowed_login_goes_on_by_itself() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    Browser::new(&ehr).activate_maria();
    guess_passwords(&ehr);
    ehr.pass(HOUR);

    let after = view(&ehr, &maria_garcia);

    assert_eq!((status(&after), after.notices.len()), ("Active since 11/22/2026 3:00 PM", 0));
    assert!(!offers(&after, "Unlock login"));
    assert_eq!(location(&Browser::at(&ehr, "203.0.113.1").log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn who_may_not_change_anything_is_told_of_the_pause_too() {
    let ehr = Memory::new();
    Browser::new(&ehr).activate_maria();
    ehr.practice.borrow_mut().policy.require_edit_right = true;
    guess_passwords(&ehr);

    let paused = view(&ehr, &people::maria_garcia());

    assert!(status(&paused).contains("paused by failed attempts") && paused.actions.is_empty());
}

#[test]
fn nothing_is_looked_at_where_nothing_can_be_paused() {
    let ehr = Memory::new();

    view(&ehr, &people::maria_garcia());

    assert!(!ehr.calls.borrow().contains(&"attempts.look"));
}

#[test]
fn a_host_that_cannot_look_is_passed_on() {
    let ehr = Memory::new();
    invite(&ehr, &people::maria_garcia());
    ehr.down.set(Some("attempts.look"));

    let refusal = show(&ehr, &frontdesk(), &people::maria_garcia().id).err();

    assert_eq!(refusal, Some(Refusal::Unavailable(Unavailable { retry_after_seconds: 7 })));
}

#[test]
fn the_fullest_tab_stays_within_what_a_host_answers() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    for patient in ehr.patients.borrow_mut().iter_mut() {
        let letters = ('A'..='Z').map(|letter| letter.to_string());
        patient.other_names =
            letters.map(|letter| PersonName::Full { given: letter.clone(), family: letter }).collect();
    }
    invite(&ehr, &maria_garcia);
    sweep(&ehr, DEFAULT_THROTTLES.per_person_a_day, 0);
    for n in 0..300 {
        let deed = if n % 2 == 0 { Deed::SignInSucceeded } else { Deed::SessionClosed };
        let event = Event::by_patient(&maria_garcia.id, deed);
        ehr.events.borrow_mut().push((Timestamp(ehr.now.get()), event));
    }
    ehr.spent.set(0);

    let full = view(&ehr, &maria_garcia);

    assert!(status(&full).contains("paused") && full.history.earlier.is_some());
    assert!(ehr.spent.get() <= MOST_CALLS, "{}", ehr.spent.get());
}
