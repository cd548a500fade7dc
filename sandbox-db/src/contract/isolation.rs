//! Two practices with the same keys never meet.

use super::bed::{Bed, NOW, acting, active, admin, by_front_desk, frontdesk, invited, maria, session};
use crate::{AccessLevelError, AssignError, Menu};
use portal_host::lent::{
    Accounts, Attempts, Counter, Patients, SaveError, Sessions, State, TokenHash, Verdict,
};
use std::collections::BTreeSet;
use std::time::Duration;

pub(super) async fn another_practice_sees_nothing_of_the_portal(bed: Bed) {
    let (db, ours, theirs) = (&bed.database, &bed.practice, &bed.other);
    let because = by_front_desk(&maria(), "test.saved");
    let token = TokenHash([1; 32]);
    db.save(ours, &invited(&maria(), "111111", 0), &because, &[], NOW).await.unwrap();
    db.open_session(ours, &token, &session(&maria(), NOW.plus_seconds(60)), &because, NOW).await.unwrap();

    assert!(db.account_of_patient(theirs, &maria()).await.unwrap().is_none());
    let State::Invited(sought) = invited(&maria(), "111111", 0).state else { panic!("not invited") };
    let look_ups = [sought.portal_id.look_up];
    assert!(db.account_of_portal_id(ours, &look_ups).await.unwrap().is_some());
    assert!(db.account_of_portal_id(theirs, &look_ups).await.unwrap().is_none());
    assert!(db.find_session(theirs, &token).await.unwrap().is_none());
    assert_eq!(db.history(theirs, &maria(), None, 9).await.unwrap(), []);
    let stale = db.save(theirs, &active(&maria(), "maria84", 1), &because, &[], NOW).await;
    assert!(matches!(stale, Err(SaveError::Stale)), "{stale:?}");
    db.close_session(theirs, &token, &because, NOW).await.unwrap();
    db.touch_session(theirs, &token, NOW.plus_seconds(5)).await.unwrap();
    assert_eq!(db.find_session(ours, &token).await.unwrap().unwrap().seen, NOW);

    // The same Portal ID, username, token and counter are free over there.
    db.save(theirs, &invited(&maria(), "111111", 0), &because, &[], NOW).await.unwrap();
    db.save(theirs, &active(&maria(), "maria84", 1), &because, &[], NOW).await.unwrap();
    db.save(ours, &active(&maria(), "maria84", 1), &because, &[], NOW).await.unwrap();
    db.open_session(theirs, &token, &session(&maria(), NOW.plus_seconds(60)), &because, NOW).await.unwrap();
    let once = [Counter { key_hash: [1; 32], window: Duration::from_secs(60), limit: 1 }];
    assert_eq!(db.take(ours, &once, NOW).await.unwrap(), Verdict::Allowed(vec![1]));
    assert_eq!(db.take(theirs, &once, NOW).await.unwrap(), Verdict::Allowed(vec![1]));
    db.forgive(theirs, &[[1; 32]]).await.unwrap();
    assert!(matches!(db.take(ours, &once, NOW).await.unwrap(), Verdict::Blocked(_)));
}

pub(super) async fn another_practice_sees_nothing_of_the_ehr(bed: Bed) {
    let (db, ours, theirs, by) = (&bed.database, &bed.practice, &bed.other, &acting(admin()));
    crate::seed_patients(db, ours, 20, 9, |_| {}).await.unwrap();
    let newcomer = crate::seed::synthetic::made_up(9, 3);
    assert!(db.patient(ours, &newcomer.id).await.unwrap().is_some());
    assert!(db.patient(theirs, &newcomer.id).await.unwrap().is_none());
    assert!(db.patient_details(theirs, &newcomer.id).await.unwrap().is_none());
    let chart = newcomer.id.as_str();
    assert!(db.search_patients(theirs, chart, None, 9).await.unwrap().patients.is_empty());
    assert_eq!(db.search_patients(theirs, "", None, 999).await.unwrap().patients.len(), 50);

    let level = db.create_access_level(ours, "Nurses", "", by, NOW).await.unwrap();
    assert_eq!(db.access_level(theirs, level).await.unwrap(), None);
    let menus = BTreeSet::from([Menu::Patients]);
    let refused = db.set_menus(theirs, level, 1, &menus, by, NOW).await;
    assert!(matches!(refused, Err(AccessLevelError::NoSuchAccessLevel)), "{refused:?}");
    let was = db.staff(theirs, &frontdesk()).await.unwrap().unwrap().access_level;
    let refused = db.assign_access_level(theirs, &frontdesk(), was, level, by, NOW).await;
    assert!(matches!(refused, Err(AssignError::NoSuchAccessLevel)), "{refused:?}");
    assert_eq!(db.audit_trail(theirs, None, None, 9).await.unwrap(), []);
    assert_eq!(db.access_levels(theirs).await.unwrap().len(), 3);

    let token = [1; 32];
    db.open_staff_session(ours, &token, by, NOW, NOW.plus_seconds(60)).await.unwrap();
    assert_eq!(db.staff_session(theirs, &token, NOW).await.unwrap(), None);
    db.close_staff_session(theirs, &token, Some("192.0.2.7"), NOW).await.unwrap();
    assert!(db.staff_session(ours, &token, NOW).await.unwrap().is_some());
}
