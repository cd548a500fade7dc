//! Portal accounts: found as saved, saved once, and never two of what must be unique.

use super::bed::{Bed, NOW, active, by_front_desk, credentials, elodie, invited, maria};
use portal_host::identity::PatientId;
use portal_host::lent::{Account, Accounts, PortalId, SaveError, State};

async fn save(bed: &Bed, account: &Account) -> Result<u64, SaveError> {
    let because = by_front_desk(&account.patient, "test.saved");
    bed.database.save(&bed.practice, account, &because, NOW).await
}

/// Runs `task` fifty times at once and counts the successes.
async fn fifty<F, R>(task: F) -> Vec<Result<u64, SaveError>>
where
    F: Fn(u32) -> R,
    R: Future<Output = Result<u64, SaveError>> + Send + 'static,
{
    let running: Vec<_> = (0..50).map(|index| tokio::spawn(task(index))).collect();
    let mut results = Vec::new();
    for each in running {
        results.push(each.await.unwrap());
    }
    results
}

fn winners(results: &[Result<u64, SaveError>]) -> usize {
    results.iter().filter(|result| result.is_ok()).count()
}

pub(super) async fn an_account_is_found_as_it_was_saved(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    assert!(db.account_of_patient(practice, &maria()).await.unwrap().is_none());

    assert_eq!(save(&bed, &invited(&maria(), "048291", 0)).await.unwrap(), 1);

    let by_patient = db.account_of_patient(practice, &maria()).await.unwrap().unwrap();
    let by_id = db.account_of_portal_id(practice, &PortalId::new("048291")).await.unwrap().unwrap();
    for found in [by_patient, by_id] {
        assert_eq!((found.patient, found.revision), (maria(), 1));
        let State::Invited(invitation) = found.state else { panic!("not invited") };
        assert_eq!(invitation.portal_id.expose(), "048291");
        assert_eq!(invitation.expires, NOW.plus_seconds(7 * 86_400));
    }

    assert_eq!(save(&bed, &active(&maria(), "maria84", 1)).await.unwrap(), 2);
    let found = db.account_of_username(practice, "maria84").await.unwrap().unwrap();
    let State::Active(held) = found.state else { panic!("not active") };
    assert_eq!((held.username.as_str(), held.since), ("maria84", NOW));
    assert_eq!(held.password_hash.expose(), "$argon2id$x");
}

pub(super) async fn a_stale_save_changes_nothing(bed: Bed) {
    save(&bed, &invited(&maria(), "111111", 0)).await.unwrap();

    for revision in [0, 2] {
        let refused = save(&bed, &invited(&maria(), "222222", revision)).await;
        assert!(matches!(refused, Err(SaveError::Stale)), "{refused:?}");
    }

    let id = PortalId::new("222222");
    assert!(bed.database.account_of_portal_id(&bed.practice, &id).await.unwrap().is_none());
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

pub(super) async fn of_fifty_first_saves_one_wins(bed: Bed) {
    let results = fifty(|index| {
        let bed = bed.clone();
        async move { save(&bed, &invited(&maria(), &format!("{index:06}"), 0)).await }
    })
    .await;

    assert_eq!(winners(&results), 1);
    assert!(results.iter().all(|result| matches!(result, Ok(1) | Err(SaveError::Stale))), "{results:?}");
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

pub(super) async fn of_fifty_later_saves_one_wins(bed: Bed) {
    save(&bed, &invited(&maria(), "999999", 0)).await.unwrap();

    let results = fifty(|index| {
        let bed = bed.clone();
        async move { save(&bed, &active(&maria(), &format!("maria{index}"), 1)).await }
    })
    .await;

    assert_eq!(winners(&results), 1);
    assert_eq!(bed.entries(Some(&maria())).await, 2);
}

pub(super) async fn a_portal_id_belongs_to_one_invitation(bed: Bed) {
    save(&bed, &invited(&maria(), "555555", 0)).await.unwrap();

    let first = save(&bed, &invited(&elodie(), "555555", 0)).await;
    assert!(matches!(first, Err(SaveError::PortalIdTaken)), "{first:?}");
    assert_eq!(bed.entries(Some(&elodie())).await, 0);

    save(&bed, &invited(&elodie(), "666666", 0)).await.unwrap();
    let again = save(&bed, &invited(&elodie(), "555555", 1)).await;
    assert!(matches!(again, Err(SaveError::PortalIdTaken)), "{again:?}");
}

pub(super) async fn a_username_belongs_to_one_account(bed: Bed) {
    save(&bed, &active(&maria(), "sunflower", 0)).await.unwrap();

    let first = save(&bed, &active(&elodie(), "sunflower", 0)).await;
    assert!(matches!(first, Err(SaveError::UsernameTaken)), "{first:?}");

    // Compared byte for byte: which names are the same is the portal's rule.
    save(&bed, &active(&elodie(), "Sunflower", 0)).await.unwrap();
    let again = save(&bed, &active(&elodie(), "sunflower", 1)).await;
    assert!(matches!(again, Err(SaveError::UsernameTaken)), "{again:?}");
}

pub(super) async fn of_many_accounts_racing_for_a_username_one_gets_it(bed: Bed) {
    let results = fifty(|index| {
        let bed = bed.clone();
        let patient = PatientId::new((100_101 + index % 40).to_string());
        async move { save(&bed, &active(&patient, "wanted", 0)).await }
    })
    .await;

    assert_eq!(winners(&results), 1);
    let others = |result: &Result<u64, SaveError>| {
        matches!(result, Ok(1) | Err(SaveError::UsernameTaken | SaveError::Stale))
    };
    assert!(results.iter().all(others), "{results:?}");
}

pub(super) async fn a_portal_id_is_wiped_when_the_invitation_is_over(bed: Bed) {
    let id = PortalId::new("123456");
    save(&bed, &invited(&maria(), "123456", 0)).await.unwrap();

    save(&bed, &active(&maria(), "maria84", 1)).await.unwrap();

    assert!(bed.database.account_of_portal_id(&bed.practice, &id).await.unwrap().is_none());
    let kept = "SELECT COUNT(*) FROM portal_account WHERE practice = $1 AND portal_id IS NOT NULL";
    assert_eq!(bed.rows_in(kept).await, 0);
    save(&bed, &invited(&elodie(), "123456", 0)).await.unwrap();
}

pub(super) async fn access_turned_off_keeps_the_credentials(bed: Bed) {
    save(&bed, &active(&maria(), "maria84", 0)).await.unwrap();
    let off = Account { patient: maria(), state: State::Off(Some(credentials("maria84"))), revision: 1 };

    save(&bed, &off).await.unwrap();

    let found = bed.database.account_of_username(&bed.practice, "maria84").await.unwrap().unwrap();
    assert!(matches!(found.state, State::Off(Some(_))));
    let taken = save(&bed, &active(&elodie(), "maria84", 0)).await;
    assert!(matches!(taken, Err(SaveError::UsernameTaken)), "{taken:?}");

    let never_active = Account { patient: elodie(), state: State::Off(None), revision: 0 };
    save(&bed, &never_active).await.unwrap();
    let found = bed.database.account_of_patient(&bed.practice, &elodie()).await.unwrap().unwrap();
    assert!(matches!(found.state, State::Off(None)));
}
