//! Seeding: once, and the same every time.

use super::bed::{Bed, NOW, acting, admin, passwords};
use crate::seed::synthetic::made_up;
use crate::{AddOn, SeedError, seed_patients, seed_sandbox};
use portal_host::lent::{Patients, Sites};

const PATIENTS: &str = "SELECT COUNT(*) FROM patient WHERE practice = $1";

pub(super) async fn the_sandbox_is_seeded_once(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    assert_eq!(db.practices().await.unwrap(), [practice.clone(), bed.other.clone()]);
    db.switch_add_on(practice, AddOn::PatientPortal, false, &acting(admin()), NOW).await.unwrap();

    assert_eq!(&seed_sandbox(db, &passwords()).await.unwrap(), practice);

    assert!(!db.portal_is_enabled(practice).await.unwrap(), "what was changed stays changed");
    assert_eq!(bed.rows_in(PATIENTS).await, 50);
}

pub(super) async fn made_up_patients_are_the_same_every_time(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let mut told = Vec::new();
    assert_eq!(seed_patients(db, practice, 300, 5, |done| told.push(done)).await.unwrap(), 300);
    assert_eq!(told, [300]);
    assert_eq!(seed_patients(db, practice, 300, 5, |_| {}).await.unwrap(), 0);
    assert_eq!(seed_patients(db, practice, 300, 6, |_| {}).await.unwrap(), 300);
    assert_eq!(bed.rows_in(PATIENTS).await, 650);

    let expected = made_up(5, 123);
    assert_eq!(db.patient_details(practice, &expected.id).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(made_up(5, 123), expected);
    let with_birth_date = (0..2_000).filter(|index| made_up(5, *index).birth_date.is_some()).count();
    assert!((1_970..2_000).contains(&with_birth_date), "{with_birth_date}");
}

pub(super) async fn seeding_goes_on_where_it_stopped(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    seed_patients(db, practice, 100, 5, |_| {}).await.unwrap();

    assert_eq!(seed_patients(db, practice, 250, 5, |_| {}).await.unwrap(), 150);

    assert_eq!(bed.rows_in(PATIENTS).await, 300);
    assert!(db.patient(practice, &made_up(5, 249).id).await.unwrap().is_some());
    let refused = seed_patients(db, practice, 10_000_001, 5, |_| {}).await;
    assert!(matches!(refused, Err(SeedError::TooMany)), "{refused:?}");
}
