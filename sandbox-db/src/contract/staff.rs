//! Staff users, and who may do what.

use super::bed::{Bed, NOW, acting, admin, frontdesk};
use crate::{AssignError, Grant, Menu, Module};
use portal_host::identity::StaffId;
use portal_host::lent::{Actor, PasswordHash};
use portal_host::rights::{Access, Right};
use std::collections::BTreeSet;

async fn level(bed: &Bed, name: &str) -> crate::AccessLevelId {
    let levels = bed.database.access_levels(&bed.practice).await.unwrap();
    levels.iter().find(|level| level.name == name).unwrap().id
}

fn view(module: &str) -> Right {
    Right { module: module.to_owned(), access: Access::View }
}

pub(super) async fn staff_sign_in_by_name(bed: Bed) {
    for typed in ["admin", " Admin "] {
        let found = bed.database.staff_for_sign_in(&bed.practice, typed).await.unwrap().unwrap();
        assert_eq!(found.id, admin());
        assert_eq!(found.password_hash.expose(), "$argon2id$admin");
    }
    assert!(bed.database.staff_for_sign_in(&bed.practice, "nobody").await.unwrap().is_none());
    let listed = bed.database.staff_list(&bed.practice).await.unwrap();
    let names: Vec<_> = listed.iter().map(|staff| (staff.id.as_str(), &*staff.access_level_name)).collect();
    assert_eq!(names, [("admin", "Administrator"), ("billing", "Billing"), ("frontdesk", "Front Desk")]);
}

pub(super) async fn rights_are_what_the_access_level_grants(bed: Bed) {
    let of = async |id: &str| bed.database.rights_of(&bed.practice, &StaffId::new(id)).await.unwrap();

    let everything = of("admin").await.unwrap();
    assert_eq!(everything.rights, Grant::all().map(Grant::right).collect());
    assert_eq!(everything.menus, Menu::ALL.iter().copied().collect());
    let front_desk = of("frontdesk").await.unwrap();
    assert_eq!(front_desk.rights, BTreeSet::from([view("Connect EHR"), view("Patients")]));
    assert!(front_desk.may(Module::ConnectEhr, Access::View));
    assert!(!front_desk.may(Module::ConnectEhr, Access::Edit));
    assert_eq!(of("billing").await.unwrap().rights, BTreeSet::from([view("Patients")]));
    assert_eq!(of("nobody").await, None);
}

pub(super) async fn an_access_level_can_be_assigned(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let billing = StaffId::new("billing");
    let (was, to) = (level(&bed, "Billing").await, level(&bed, "Front Desk").await);

    db.assign_access_level(practice, &billing, was, to, by, NOW).await.unwrap();
    // Sent twice, it does the same as once.
    db.assign_access_level(practice, &billing, was, to, by, NOW).await.unwrap();

    let access = db.rights_of(practice, &billing).await.unwrap().unwrap();
    assert!(access.may(Module::ConnectEhr, Access::View));
    assert_eq!(bed.entries(None).await, 1);
    let detail = "Bill Ingram (billing): Billing -> Front Desk".to_owned();
    assert_eq!(bed.newest().await, ("user.access-level-assigned".to_owned(), Some(detail)));

    let refused = db.assign_access_level(practice, &StaffId::new("nobody"), was, to, by, NOW).await;
    assert!(matches!(refused, Err(AssignError::NoSuchStaff)), "{refused:?}");
    let nothing = "99".parse().unwrap();
    let refused = db.assign_access_level(practice, &billing, to, nothing, by, NOW).await;
    assert!(matches!(refused, Err(AssignError::NoSuchAccessLevel)), "{refused:?}");
}

pub(super) async fn an_assignment_over_another_is_stale(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let billing = StaffId::new("billing");
    let (was, first) = (level(&bed, "Billing").await, level(&bed, "Front Desk").await);
    let other = db.create_access_level(practice, "Nurses", "", by, NOW).await.unwrap();
    db.assign_access_level(practice, &billing, was, first, by, NOW).await.unwrap();

    let refused = db.assign_access_level(practice, &billing, was, other, by, NOW).await;

    assert!(matches!(refused, Err(AssignError::Stale)), "{refused:?}");
    assert_eq!(db.staff(practice, &billing).await.unwrap().unwrap().access_level, first);
}

pub(super) async fn nobody_assigns_more_than_they_have(bed: Bed) {
    let (db, practice, billing) = (&bed.database, &bed.practice, StaffId::new("billing"));
    let (lesser, own) = (level(&bed, "Billing").await, level(&bed, "Front Desk").await);
    let administrator = level(&bed, "Administrator").await;
    let menus = db.create_access_level(practice, "Menus", "", &acting(admin()), NOW).await.unwrap();
    let all = Menu::ALL.iter().copied().collect();
    db.set_menus(practice, menus, 1, &all, &acting(admin()), NOW).await.unwrap();
    let entries = bed.entries(None).await;

    for (staff, was) in [(frontdesk(), own), (billing.clone(), lesser)] {
        for (level, by) in [
            (administrator, frontdesk()),
            (menus, frontdesk()),
            // Someone the practice does not have has nothing to give.
            (administrator, StaffId::new("nobody")),
        ] {
            let refused =
                db.assign_access_level(practice, &staff, was, level, &acting(by.clone()), NOW).await;
            assert!(matches!(refused, Err(AssignError::Beyond)), "{staff} {level} {by}: {refused:?}");
        }
    }
    assert_eq!(bed.entries(None).await, entries);

    // What they have themselves, and less.
    db.assign_access_level(practice, &billing, lesser, own, &acting(frontdesk()), NOW).await.unwrap();
    db.assign_access_level(practice, &billing, own, lesser, &acting(frontdesk()), NOW).await.unwrap();
}

pub(super) async fn the_last_administrator_stays_one(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let (front_desk, administrator) = (level(&bed, "Front Desk").await, level(&bed, "Administrator").await);

    let refused = db.assign_access_level(practice, &admin(), administrator, front_desk, by, NOW).await;
    assert!(matches!(refused, Err(AssignError::LastAdministrator)), "{refused:?}");
    assert_eq!(bed.entries(None).await, 0);

    db.assign_access_level(practice, &frontdesk(), front_desk, administrator, by, NOW).await.unwrap();
    db.assign_access_level(practice, &admin(), administrator, front_desk, by, NOW).await.unwrap();
}

pub(super) async fn two_administrators_cannot_demote_each_other_at_once(bed: Bed) {
    let (administrator, billing) = (level(&bed, "Administrator").await, level(&bed, "Billing").await);
    let front_desk = level(&bed, "Front Desk").await;
    bed.database
        .assign_access_level(&bed.practice, &frontdesk(), front_desk, administrator, &acting(admin()), NOW)
        .await
        .unwrap();

    let demote = |staff: StaffId, by: StaffId| {
        let bed = bed.clone();
        tokio::spawn(async move {
            bed.database
                .assign_access_level(&bed.practice, &staff, administrator, billing, &acting(by), NOW)
                .await
        })
    };
    let (one, other) = (demote(admin(), frontdesk()), demote(frontdesk(), admin()));
    let results = [one.await.unwrap(), other.await.unwrap()];

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let levels = bed.database.access_levels(&bed.practice).await.unwrap();
    assert_eq!(levels.iter().find(|level| level.built_in).unwrap().users, 1);
}

pub(super) async fn a_refused_sign_in_is_on_record(bed: Bed) {
    bed.database.note_refused_sign_in(&bed.practice, None, "192.0.2.7", NOW).await.unwrap();
    assert_eq!(bed.newest().await, ("staff.sign-in-refused".to_owned(), Some("unknown user".to_owned())));
    bed.database.note_refused_sign_in(&bed.practice, Some(&admin()), "192.0.2.7", NOW).await.unwrap();
    let entry = bed.database.audit_trail(&bed.practice, None, None, 1).await.unwrap().remove(0);
    assert_eq!(entry.event.actor, Actor::Visitor("192.0.2.7".to_owned()));
    assert_eq!(entry.event.detail.as_deref(), Some("user admin"));
    assert_eq!(entry.event.address.as_deref(), Some("192.0.2.7"));
    bed.database.note_blocked_sign_in(&bed.practice, None, "192.0.2.7", NOW).await.unwrap();
    assert_eq!(bed.newest().await.0, "staff.sign-in-blocked");
}

pub(super) async fn a_stronger_hash_takes_the_place_of_the_one_it_was_made_from(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let (old, new) = (PasswordHash::new("$argon2id$frontdesk"), PasswordHash::new("$argon2id$stronger"));

    for _ in 0..2 {
        db.rehash_staff_password(practice, &old, &new, &acting(frontdesk()), NOW).await.unwrap();
    }

    let stored = db.staff_for_sign_in(practice, "frontdesk").await.unwrap().unwrap();
    assert_eq!(stored.password_hash.expose(), new.expose());
    assert_eq!(bed.newest().await.0, "staff.password-rehashed");
    assert_eq!(bed.entries(None).await, 1);
}
