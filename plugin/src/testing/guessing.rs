//! Guessing at User Confirmation: what pauses, what burns, and what a new Portal ID starts afresh.

use proptest::prelude::*;

use super::browser::{Browser, frontdesk, header, invite, location, maria, perform, portal_id, text, typed};
use super::memory::Memory;
use super::people;
use crate::practice::Policy;
use crate::settings::DEFAULT_THROTTLES;
use crate::staff::{self, view::View};

const HOUR: u64 = 3_600;
const PAUSED: &str = "typing a Portal ID is paused right now";

/// Guesses blindly from network after network until typing pauses.
pub(super) fn pause(ehr: &Memory) {
    guess_blindly(ehr, DEFAULT_THROTTLES.per_website_an_hour);
}

/// So many guesses at nobody, each from a network of its own and few enough at each person to count.
fn guess_blindly(ehr: &Memory, guesses: u16) {
    for n in 0..guesses {
        let client = Box::leak(format!("198.51.100.{n}").into_boxed_str());
        let first = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"][usize::from(n / 5)];
        let refused = Browser::at(ehr, client).confirm(&typed(&format!("{n:06}"), first, "Z", "1/1/1980"));
        assert_eq!(refused.status, 422, "{n}");
    }
}

#[test]
fn many_wrong_answers_from_everywhere_pause_typing_for_everybody() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    assert!(!text(&Browser::new(&ehr).get("/activate")).contains(PAUSED));
    pause(&ehr);

    assert_eq!(ehr.deeds().last(), Some(&"activation.paused"));
    let shown = Browser::new(&ehr).get("/activate");
    assert_eq!(shown.status, 200);
    assert!(text(&shown).contains(PAUSED) && text(&shown).contains("(555) 010-0199"));
    let refused = Browser::new(&ehr).confirm(&maria(&portal_id));
    assert_eq!(refused.status, 429);
    assert!(text(&refused).contains(PAUSED));
    assert_eq!(ehr.deeds().iter().filter(|deed| **deed == "activation.paused").count(), 1);
    ehr.pass(HOUR);
    assert!(!text(&Browser::new(&ehr).get("/activate")).contains(PAUSED));
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&portal_id))), Some("/credentials"));
}

#[test]
fn the_practices_own_kiosk_is_never_paused() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().never_paused = vec!["192.0.2.0/24".to_owned()];
    let portal_id = invite(&ehr, &people::maria_garcia());
    pause(&ehr);

    let kiosk = Browser::at(&ehr, "192.0.2.99");
    assert!(!text(&kiosk.get("/activate")).contains(PAUSED));
    assert_eq!(location(&kiosk.confirm(&maria(&portal_id))), Some("/credentials"));
}

#[test]
fn whether_typing_is_paused_depends_on_nothing_that_was_typed() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    for _ in 0..DEFAULT_THROTTLES.per_portal_id {
        Browser::new(&ehr).confirm(&typed(&portal_id, "M", "X", "02/29/1984"));
    }
    ehr.pass(1);
    // The five above count as well.
    guess_blindly(&ehr, DEFAULT_THROTTLES.per_website_an_hour - DEFAULT_THROTTLES.per_portal_id);
    ehr.pass(HOUR - 2);
    let statuses = ["482913", portal_id.as_str()]
        .map(|id| Browser::at(&ehr, "203.0.113.9").confirm(&typed(id, "M", "X", "02/29/1984")).status);

    assert_eq!(statuses, [429, 429]);
}

#[test]
fn a_new_portal_id_starts_the_patient_afresh() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    invite(&ehr, &maria_garcia);
    for n in 0..DEFAULT_THROTTLES.per_person_a_day {
        Browser::at(&ehr, "198.51.100.1").confirm(&maria(&format!("{n:06}")));
    }
    let stuck = portal_id(&ehr, &maria_garcia);
    assert_eq!(Browser::new(&ehr).confirm(&maria(&stuck)).status, 422);

    perform(&ehr, &maria_garcia, "reissue").unwrap();

    let fresh = portal_id(&ehr, &maria_garcia);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&fresh))), Some("/credentials"));
}

#[test]
fn a_burnt_id_shows_in_the_tab_and_staff_issue_a_new_one() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    let burnt = invite(&ehr, &maria_garcia);
    for _ in 0..DEFAULT_THROTTLES.per_portal_id {
        Browser::new(&ehr).confirm(&typed(&burnt, "M", "X", "02/29/1984"));
    }

    let view = staff::show(&ehr, &frontdesk(), &maria_garcia.id).unwrap();
    insta::assert_debug_snapshot!(view);
    staff::open(&ehr, &frontdesk(), &maria_garcia.id, "instructions").unwrap_err();
    perform(&ehr, &maria_garcia, "reissue").unwrap();
    let fresh = portal_id(&ehr, &maria_garcia);
    assert_eq!(location(&Browser::new(&ehr).confirm(&maria(&fresh))), Some("/credentials"));
}

#[test]
fn a_lapsed_invitation_is_shown_as_an_expired_one() {
    let ehr = Memory::new();
    let maria_garcia = people::maria_garcia();
    invite(&ehr, &maria_garcia);
    ehr.pass(8 * 24 * HOUR);
    let before = staff::show(&ehr, &frontdesk(), &maria_garcia.id).unwrap();
    ehr.lapse_expired();

    let after = staff::show(&ehr, &frontdesk(), &maria_garcia.id).unwrap();

    let labels = |view: &View| view.actions.iter().map(|action| action.label).collect::<Vec<_>>();
    assert_eq!((&before.facts, labels(&before)), (&after.facts, labels(&after)));
}

#[test]
fn a_stricter_administrator_is_obeyed() {
    let ehr = Memory::new();
    let throttles = crate::practice::Throttles { per_portal_id: 1, ..DEFAULT_THROTTLES };
    ehr.practice.borrow_mut().policy = Policy { throttles, ..crate::testing::practice().policy };
    let portal_id = invite(&ehr, &people::maria_garcia());

    Browser::new(&ehr).confirm(&typed(&portal_id, "M", "X", "02/29/1984"));

    assert_eq!(ehr.deeds().last(), Some(&"invitation.burnt"));
}

#[test]
fn a_throttled_visitor_is_not_told_when_to_come_back() {
    let ehr = Memory::new();
    let portal_id = invite(&ehr, &people::maria_garcia());
    for _ in 0..10 {
        let refused = Browser::new(&ehr).confirm(&typed(&portal_id, "M", "X", "02/29/1984"));
        assert_eq!((refused.status, header(&refused, "retry-after")), (422, None));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever the order of right and wrong guesses, waits and networks, no more wrong answers are
    /// looked at for one Portal ID than its limit.
    #[test]
    fn no_more_wrong_answers_pass_for_an_id_than_its_limit(steps in prop::collection::vec(0..6_u8, 1..60)) {
        let ehr = Memory::new();
        let portal_id = invite(&ehr, &people::maria_garcia());
        let clients = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"];
        for (n, step) in steps.into_iter().enumerate() {
            let browser = Browser::at(&ehr, clients[n % clients.len()]);
            match step {
                0 => ehr.pass(12 * HOUR),
                1 => drop(browser.confirm(&maria(&portal_id))),
                _ => drop(browser.confirm(&typed(&portal_id, "M", "G", ["1/1/1980", "1/2/1980"][n % 2]))),
            }
        }
        let deeds = ehr.deeds();
        let mut until_burnt = deeds.split_inclusive(|deed| *deed == "invitation.burnt");
        let wrong = |deed: &&&str| ["activation.refused", "invitation.burnt"].contains(*deed);
        let passed = until_burnt.next().map_or(0, |deeds| deeds.iter().filter(wrong).count());
        prop_assert!(passed <= usize::from(DEFAULT_THROTTLES.per_portal_id), "{passed}");
        prop_assert!(until_burnt.flatten().all(|deed| *deed != "activation.confirmed"));
    }
}
