//! Access levels: each change against the version it was made from.

use super::bed::{Bed, NOW, acting, admin, frontdesk};
use crate::{AccessLevelError, Grant, Menu, Module};
use portal_host::identity::StaffId;
use portal_host::rights::Access;
use std::collections::BTreeSet;

fn grant(module: Module, access: Access) -> Grant {
    Grant { module, access }
}

pub(super) async fn an_access_level_is_created_and_edited(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let id = db.create_access_level(practice, "Nurses", "Care", by, NOW).await.unwrap();
    assert_eq!(id.to_string().parse::<crate::AccessLevelId>().unwrap(), id);
    let new = db.access_level(practice, id).await.unwrap().unwrap();
    assert_eq!((new.version, new.built_in, new.menus.len(), new.grants.len()), (1, false, 0, 0));

    let menus = BTreeSet::from([Menu::Patients]);
    assert_eq!(db.set_menus(practice, id, 1, &menus, by, NOW).await.unwrap(), 2);
    let first =
        BTreeSet::from([grant(Module::Patients, Access::View), grant(Module::ConnectEhr, Access::View)]);
    assert_eq!(db.set_rights(practice, id, 2, &first, by, NOW).await.unwrap(), 3);
    let second =
        BTreeSet::from([grant(Module::Patients, Access::View), grant(Module::Patients, Access::Edit)]);
    assert_eq!(db.set_rights(practice, id, 3, &second, by, NOW).await.unwrap(), 4);
    let detail = "Nurses: + Patients > Edit, - Connect EHR > View".to_owned();
    assert_eq!(bed.newest().await, ("access-level.rights-changed".to_owned(), Some(detail)));
    assert_eq!(db.update_general(practice, id, 4, "Nursing", "Care", by, NOW).await.unwrap(), 5);
    assert_eq!(db.set_menus(practice, id, 5, &BTreeSet::new(), by, NOW).await.unwrap(), 6);

    let level = db.access_level(practice, id).await.unwrap().unwrap();
    assert_eq!((level.name.as_str(), level.version), ("Nursing", 6));
    assert_eq!((level.menus, level.grants), (BTreeSet::new(), second));
    let listed = db.access_levels(practice).await.unwrap();
    let names: Vec<_> = listed.iter().map(|level| (level.name.as_str(), level.users)).collect();
    assert_eq!(names, [("Administrator", 1), ("Billing", 1), ("Front Desk", 1), ("Nursing", 0)]);
    assert_eq!(bed.entries(None).await, 6);
}

pub(super) async fn a_name_is_taken_whatever_its_case(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let refused = db.create_access_level(practice, "front DESK", "", by, NOW).await;
    assert!(matches!(refused, Err(AccessLevelError::NameTaken)), "{refused:?}");
    let id = db.create_access_level(practice, "Nurses", "", by, NOW).await.unwrap();
    let refused = db.update_general(practice, id, 1, "Billing", "", by, NOW).await;
    assert!(matches!(refused, Err(AccessLevelError::NameTaken)), "{refused:?}");
    assert_eq!(db.update_general(practice, id, 1, "NURSES", "", by, NOW).await.unwrap(), 2);
}

pub(super) async fn an_edit_of_an_old_version_is_stale(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let id = db.create_access_level(practice, "Nurses", "", by, NOW).await.unwrap();
    db.set_menus(practice, id, 1, &BTreeSet::from([Menu::Patients]), by, NOW).await.unwrap();

    let stale = |result: Result<u64, AccessLevelError>| {
        assert!(matches!(result, Err(AccessLevelError::Stale)), "{result:?}");
    };
    stale(db.set_menus(practice, id, 1, &BTreeSet::new(), by, NOW).await);
    stale(db.set_rights(practice, id, 1, &BTreeSet::new(), by, NOW).await);
    stale(db.update_general(practice, id, 1, "Nursing", "", by, NOW).await);
    assert_eq!(db.access_level(practice, id).await.unwrap().unwrap().version, 2);
}

pub(super) async fn of_many_concurrent_edits_one_wins(bed: Bed) {
    let id =
        bed.database.create_access_level(&bed.practice, "Nurses", "", &acting(admin()), NOW).await.unwrap();
    let tasks: Vec<_> = Grant::all()
        .map(|grant| {
            let bed = bed.clone();
            tokio::spawn(async move {
                let one = BTreeSet::from([grant]);
                bed.database.set_rights(&bed.practice, id, 1, &one, &acting(admin()), NOW).await
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(version) => {
                assert_eq!(version, 2);
                won += 1;
            }
            Err(error) => assert!(matches!(error, AccessLevelError::Stale), "{error:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(bed.database.access_level(&bed.practice, id).await.unwrap().unwrap().grants.len(), 1);
}

pub(super) async fn an_edit_that_changes_nothing_leaves_no_trace(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let id = db.create_access_level(practice, "Nurses", "Care", by, NOW).await.unwrap();
    assert_eq!(db.set_menus(practice, id, 1, &BTreeSet::new(), by, NOW).await.unwrap(), 1);
    assert_eq!(db.set_rights(practice, id, 1, &BTreeSet::new(), by, NOW).await.unwrap(), 1);
    assert_eq!(db.update_general(practice, id, 1, "Nurses", "Care", by, NOW).await.unwrap(), 1);
    assert_eq!(db.access_level(practice, id).await.unwrap().unwrap().version, 1);
    assert_eq!(bed.entries(None).await, 1);
}

pub(super) async fn the_built_in_level_cannot_be_changed(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(admin()));
    let levels = db.access_levels(practice).await.unwrap();
    let id = levels.iter().find(|level| level.built_in).unwrap().id;

    let refused = |result: Result<u64, AccessLevelError>| {
        assert!(matches!(result, Err(AccessLevelError::BuiltIn)), "{result:?}");
    };
    refused(db.set_menus(practice, id, 1, &BTreeSet::new(), by, NOW).await);
    refused(db.set_rights(practice, id, 1, &BTreeSet::new(), by, NOW).await);
    refused(db.update_general(practice, id, 1, "Nobody", "", by, NOW).await);
    let level = db.access_level(practice, id).await.unwrap().unwrap();
    assert_eq!((level.name.as_str(), level.version), ("Administrator", 1));
}

pub(super) async fn nobody_ticks_more_than_they_have(bed: Bed) {
    let (db, practice, by) = (&bed.database, &bed.practice, &acting(frontdesk()));
    let own = db.staff(practice, &by.staff).await.unwrap().unwrap().access_level;
    let beyond = |result: Result<u64, AccessLevelError>| {
        assert!(matches!(result, Err(AccessLevelError::Beyond)), "{result:?}");
    };
    let (held, menus) = (grant(Module::Patients, Access::View), BTreeSet::from([Menu::Patients]));

    let id = db.create_access_level(practice, "Nurses", "", &acting(admin()), NOW).await.unwrap();
    for id in [own, id] {
        beyond(db.set_rights(practice, id, 1, &Grant::all().collect(), by, NOW).await);
        let other = BTreeSet::from([held, grant(Module::Patients, Access::Edit)]);
        beyond(db.set_rights(practice, id, 1, &other, by, NOW).await);
        beyond(db.set_menus(practice, id, 1, &Menu::ALL.iter().copied().collect(), by, NOW).await);
        let nobody = &acting(StaffId::new("nobody"));
        beyond(db.set_rights(practice, id, 1, &Grant::all().collect(), nobody, NOW).await);
        assert_eq!(db.access_level(practice, id).await.unwrap().unwrap().version, 1);
    }
    assert_eq!(bed.entries(None).await, 1);

    assert_eq!(db.set_rights(practice, id, 1, &BTreeSet::from([held]), by, NOW).await.unwrap(), 2);
    assert_eq!(db.set_menus(practice, id, 2, &menus, by, NOW).await.unwrap(), 3);
    // What someone else ticked may stay, and may be taken away.
    let more = Grant::all().collect();
    assert_eq!(db.set_rights(practice, id, 3, &more, &acting(admin()), NOW).await.unwrap(), 4);
    let fewer = Grant::all().filter(|grant| grant.access == Access::Edit).collect();
    assert_eq!(db.set_rights(practice, id, 4, &fewer, by, NOW).await.unwrap(), 5);
    assert_eq!(db.set_menus(practice, own, 1, &BTreeSet::new(), by, NOW).await.unwrap(), 2);
    beyond(db.set_menus(practice, id, 5, &Menu::ALL.iter().copied().collect(), by, NOW).await);
}

pub(super) async fn an_unknown_level_is_named_so(bed: Bed) {
    let id = "99".parse().unwrap();
    assert_eq!(bed.database.access_level(&bed.practice, id).await.unwrap(), None);
    let refused = bed.database.set_menus(&bed.practice, id, 1, &BTreeSet::new(), &acting(admin()), NOW).await;
    assert!(matches!(refused, Err(AccessLevelError::NoSuchAccessLevel)), "{refused:?}");
}
