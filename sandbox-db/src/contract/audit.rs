//! The audit trail: numbered without gaps, true to its time, and never apart from the change it
//! explains.

use super::bed::{Bed, NOW, acting, active, admin, by_front_desk, frontdesk, invited, maria, session};
use crate::{AccessLevelError, AddOn, AssignError, Grant, Menu};
use portal_host::identity::{PatientId, StaffId, Timestamp};
use portal_host::lent::{Accounts, Actor, Event, Policy, SaveError, Sessions, TokenHash};
use std::collections::BTreeSet;

pub(super) async fn entries_are_newest_first_and_limited(bed: Bed) {
    for action in ["one", "two", "three"] {
        bed.database.note(&bed.practice, &by_front_desk(&maria(), action), NOW).await.unwrap();
    }

    let history = bed.database.history(&bed.practice, &maria(), None, 2).await.unwrap();

    let actions: Vec<&str> = history.iter().map(|entry| entry.event.action.as_str()).collect();
    assert_eq!(actions, ["three", "two"]);
    assert_eq!((history[0].at, history[0].who.as_str()), (NOW, "Fran Desk"));
    assert_eq!(history[0].event, by_front_desk(&maria(), "three"));
}

pub(super) async fn history_goes_on_where_a_page_ended(bed: Bed) {
    for action in ["one", "two", "three", "four"] {
        bed.database.note(&bed.practice, &by_front_desk(&maria(), action), NOW).await.unwrap();
    }

    let newest = bed.database.history(&bed.practice, &maria(), None, 2).await.unwrap();
    let before = newest.last().map(|entry| entry.number);
    let older = bed.database.history(&bed.practice, &maria(), before, 9).await.unwrap();

    let actions: Vec<&str> = older.iter().map(|entry| entry.event.action.as_str()).collect();
    assert_eq!(actions, ["two", "one"]);
    assert_eq!(bed.database.history(&bed.practice, &maria(), Some(1), 9).await.unwrap(), []);
}

pub(super) async fn the_latest_of_some_actions_is_found(bed: Bed) {
    for action in ["off", "on", "off", "viewed", "viewed"] {
        bed.database.note(&bed.practice, &by_front_desk(&maria(), action), NOW).await.unwrap();
    }
    let latest_before = async |before: Option<u64>, actions: &[&str]| {
        let actions: Vec<String> = actions.iter().map(|action| (*action).to_owned()).collect();
        let entry = bed.database.latest(&bed.practice, &maria(), &actions, before).await.unwrap();
        entry.map(|entry| (entry.number, entry.event.action))
    };
    let latest = async |actions: &[&str]| latest_before(None, actions).await;

    assert_eq!(latest(&["on", "off"]).await, Some((3, "off".to_owned())));
    assert_eq!(latest(&["on"]).await, Some((2, "on".to_owned())));
    assert_eq!(latest_before(Some(3), &["off"]).await, Some((1, "off".to_owned())));
    assert_eq!(latest_before(Some(1), &["off"]).await, None);
    assert_eq!(latest(&["never"]).await, None);
    assert_eq!(latest(&[]).await, None);
    let theirs = bed.database.latest(&bed.other, &maria(), &["off".to_owned()], None).await.unwrap();
    assert_eq!(theirs, None);
}

pub(super) async fn an_entry_keeps_the_name_of_its_time(bed: Bed) {
    let by_patient = Event { actor: Actor::Patient(maria()), ..by_front_desk(&maria(), "test.by-patient") };
    for event in [by_front_desk(&maria(), "test.by-staff"), by_patient] {
        bed.database.note(&bed.practice, &event, NOW).await.unwrap();
    }
    for sql in ["UPDATE staff SET name = 'Married Now'", "UPDATE patient_name SET family_name = 'Married'"] {
        bed.as_owner(sql).await;
    }

    let history = bed.database.history(&bed.practice, &maria(), None, 9).await.unwrap();

    let names: Vec<&str> = history.iter().map(|entry| entry.who.as_str()).collect();
    assert_eq!(names, ["Maria Garcia", "Fran Desk"]);
}

pub(super) async fn an_actor_is_named_as_on_file_or_else_by_key(bed: Bed) {
    let actors = [
        (Actor::Visitor("192.0.2.7".to_owned()), "192.0.2.7"),
        (Actor::Staff(StaffId::new("ghost")), "ghost"),
        (Actor::Patient(PatientId::new("555")), "555"),
        (Actor::Patient(PatientId::new("100005")), "Madonna"),
        (Actor::System, "System"),
        (Actor::Patient(PatientId::new("100004")), "王 秀英"),
    ];
    for (actor, who) in actors {
        let (action, address) = ("test.noted".to_owned(), None);
        let event = Event { actor, patient: None, action, detail: None, address };
        bed.database.note(&bed.practice, &event, NOW).await.unwrap();
        let entry = bed.database.audit_trail(&bed.practice, None, None, 1).await.unwrap().remove(0);
        assert_eq!((entry.who.as_str(), entry.event), (who, event));
    }
}

pub(super) async fn concurrent_entries_are_numbered_without_a_gap(bed: Bed) {
    let tasks: Vec<_> = (0..40_u64)
        .map(|second| {
            let bed = bed.clone();
            tokio::spawn(async move {
                let event = by_front_desk(&maria(), "test.noted");
                bed.database.note(&bed.practice, &event, Timestamp(second)).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    let spread = "SELECT MAX(sequence) * 1000 + COUNT(DISTINCT sequence) FROM audit_entry \
                  WHERE practice = $1 AND chain = '100001'";
    assert_eq!(bed.rows_in(spread).await, 40_040);
}

pub(super) async fn a_change_of_the_portal_and_its_event_commit_together(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let because = by_front_desk(&maria(), "test.saved");
    let (open, new) = (TokenHash([1; 32]), TokenHash([2; 32]));
    let lasting = session(&maria(), NOW.plus_seconds(60));
    db.save(practice, &invited(&maria(), "111111", 0), &because, &[], NOW).await.unwrap();
    db.open_session(practice, &open, &lasting, &because, NOW).await.unwrap();
    bed.sabotage("100001").await;

    let saved = db.save(practice, &active(&maria(), "maria84", 1), &because, &[], NOW).await;
    assert!(matches!(saved, Err(SaveError::Unavailable(_))), "{saved:?}");
    db.open_session(practice, &new, &lasting, &because, NOW).await.unwrap_err();
    db.close_session(practice, &open, &because, NOW).await.unwrap_err();
    db.note(practice, &because, NOW).await.unwrap_err();

    assert_eq!(db.account_of_patient(practice, &maria()).await.unwrap().unwrap().revision, 1);
    assert!(db.account_of_username(practice, "maria84").await.unwrap().is_none());
    assert!(db.find_session(practice, &new).await.unwrap().is_none());
    assert!(db.find_session(practice, &open).await.unwrap().is_some());
    assert_eq!(bed.entries(Some(&maria())).await, 3);
}

pub(super) async fn a_change_by_staff_and_its_event_commit_together(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let level = db.create_access_level(practice, "Nurses", "", by, NOW).await.unwrap();
    let (open, new) = ([1; 32], [2; 32]);
    let ends = NOW.plus_seconds(60);
    db.open_staff_session(practice, &open, by, NOW, ends).await.unwrap();
    let before = db.access_level(practice, level).await.unwrap();
    let settings = db.practice_settings(practice).await.unwrap();
    let trail = bed.entries(None).await;
    bed.sabotage("").await;

    let failed = |result: Result<u64, AccessLevelError>| {
        assert!(matches!(result, Err(AccessLevelError::Store(_))), "{result:?}");
    };
    let menus = BTreeSet::from([Menu::Patients]);
    failed(db.update_general(practice, level, 1, "Nurse", "", by, NOW).await);
    failed(db.set_menus(practice, level, 1, &menus, by, NOW).await);
    failed(db.set_rights(practice, level, 1, &Grant::all().collect(), by, NOW).await);
    db.create_access_level(practice, "Doctors", "", by, NOW).await.unwrap_err();
    let was = db.staff(practice, &frontdesk()).await.unwrap().unwrap().access_level;
    let failed = db.assign_access_level(practice, &frontdesk(), was, level, by, NOW).await;
    assert!(matches!(failed, Err(AssignError::Store(_))), "{failed:?}");
    db.switch_add_on(practice, AddOn::PatientPortal, false, by, NOW).await.unwrap_err();
    db.open_staff_session(practice, &new, by, NOW, ends).await.unwrap_err();
    db.close_staff_session(practice, &open, Some("192.0.2.7"), NOW).await.unwrap_err();
    db.note_refused_sign_in(practice, None, "192.0.2.7", NOW).await.unwrap_err();
    let policy = Policy { idle_minutes: 5, ..Policy::default() };
    db.set_policy(practice, &policy, &[], Some(by), NOW).await.unwrap_err();

    assert_eq!(db.access_level(practice, level).await.unwrap(), before);
    assert_eq!(db.access_levels(practice).await.unwrap().len(), 4);
    assert_eq!(db.staff(practice, &frontdesk()).await.unwrap().unwrap().access_level_name, "Front Desk");
    assert!(db.add_ons(practice).await.unwrap()[0].is_on);
    assert!(db.staff_session(practice, &open, NOW).await.unwrap().is_some());
    assert!(db.staff_session(practice, &new, NOW).await.unwrap().is_none());
    assert_eq!(db.practice_settings(practice).await.unwrap(), settings);
    assert_eq!(bed.entries(None).await, trail + 1);
}
