//! The history in the tab: what matters stays in sight, however often someone looks or guesses.

use super::browser::{Browser, Typed, frontdesk, invite, maria};
use super::memory::Memory;
use super::people;
use crate::audit::{Deed, Event};
use crate::people::{PatientId, StaffId};
use crate::staff::show;
use crate::staff::viewer::Viewer;

/// The rows of Maria's history, newest first, after this last look at it.
fn history(ehr: &Memory) -> Vec<(String, String)> {
    let view = show(ehr, &frontdesk(), &people::maria_garcia().id).unwrap();
    view.history.rows.into_iter().map(|row| (row.who, row.what)).collect()
}

fn row(who: &str, what: &str) -> (String, String) {
    (who.to_owned(), what.to_owned())
}

#[test]
fn many_attempts_by_one_visitor_are_one_line_each_kind() {
    let ehr = Memory::new();
    let typed = Typed { birth_date: "02/28/1984", ..maria(&invite(&ehr, &people::maria_garcia())) };
    for _ in 0..30 {
        Browser::new(&ehr).confirm(&typed);
    }

    let refused =
        "Tried to activate the account and was refused: the initials or the date of birth do not match";
    let expected = [
        row("Staff frontdesk", "Viewed this tab"),
        row("192.0.2.7", "Gave too many wrong answers: the Portal ID stopped working"),
        row("192.0.2.7", &format!("{refused} (4 times)")),
        row("Staff frontdesk", "Created this user and issued a Portal ID"),
    ];
    assert_eq!(history(&ehr), expected);
}

#[test]
fn two_colleagues_who_look_in_turn_are_one_line_each() {
    let ehr = Memory::new();
    let maria = people::maria_garcia();
    invite(&ehr, &maria);
    let colleague = Viewer { id: StaffId("nurse".to_owned()), ..frontdesk() };
    for _ in 0..30 {
        show(&ehr, &frontdesk(), &maria.id).unwrap();
        show(&ehr, &colleague, &maria.id).unwrap();
    }

    let expected = [
        row("Staff frontdesk", "Viewed this tab (31 times)"),
        row("Staff nurse", "Viewed this tab (30 times)"),
        row("Staff frontdesk", "Created this user and issued a Portal ID"),
    ];
    assert_eq!(history(&ehr), expected);
}

#[test]
fn what_changed_something_is_gathered_only_where_nothing_came_between() {
    let ehr = Memory::new();
    let maria = PatientId("maria".to_owned());
    for deed in [Deed::SessionClosed, Deed::SignInSucceeded, Deed::SessionClosed, Deed::SessionClosed] {
        ehr.events
            .borrow_mut()
            .push((crate::calendar::Timestamp(ehr.now.get()), Event::by_patient(&maria, deed)));
    }

    let expected = [
        row("Staff frontdesk", "Viewed this tab"),
        row("Patient maria", "Logged out (2 times)"),
        row("Patient maria", "Logged in"),
        row("Patient maria", "Logged out"),
    ];
    assert_eq!(history(&ehr), expected);
}
