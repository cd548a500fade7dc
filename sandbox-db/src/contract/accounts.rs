//! Portal accounts: found as saved, saved once, and never two of what must be unique.

use super::bed::{Bed, NOW, active, by_front_desk, credentials, elodie, invited, keys, maria};
use portal_host::identity::PatientId;
use portal_host::identity::Timestamp;
use portal_host::lent::{Account, Accounts, Attempts, Counter, Lapse, Lapsed, SaveError, State, Verdict};
use std::time::Duration;

async fn save(bed: &Bed, account: &Account) -> Result<u64, SaveError> {
    let because = by_front_desk(&account.patient, "test.saved");
    bed.database.save(&bed.practice, account, &because, &[], NOW).await
}

/// What the host looks for where somebody types these digits.
async fn found_by_id(bed: &Bed, digits: &str) -> Option<Account> {
    let State::Invited(sought) = invited(&maria(), digits, 0).state else { panic!("not invited") };
    let unknown = portal_host::lent::PortalIdLookUp([0; 32]);
    let look_ups = [unknown, sought.portal_id.look_up];
    bed.database.account_of_portal_id(&bed.practice, &look_ups).await.unwrap()
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
    let by_id = found_by_id(&bed, "048291").await.unwrap();
    for found in [by_patient, by_id] {
        assert_eq!((found.patient, found.revision), (maria(), 1));
        let State::Invited(invitation) = found.state else { panic!("not invited") };
        let opened = keys().open(practice, &maria(), &invitation.portal_id).unwrap();
        assert_eq!(opened.expose(), "048291");
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

    assert!(found_by_id(&bed, "222222").await.is_none());
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
    save(&bed, &invited(&maria(), "123456", 0)).await.unwrap();

    save(&bed, &active(&maria(), "maria84", 1)).await.unwrap();

    assert!(found_by_id(&bed, "123456").await.is_none());
    let kept = "SELECT COUNT(*) FROM portal_account WHERE practice = $1 AND portal_id_sealed IS NOT NULL";
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

pub(super) async fn an_invitation_that_lapsed_keeps_how_and_when(bed: Bed) {
    save(&bed, &invited(&maria(), "123456", 0)).await.unwrap();
    let lapsed = Lapsed { issued: NOW, over: NOW.plus_seconds(9), how: Lapse::Burnt };
    let burnt = Account { patient: maria(), state: State::Lapsed(lapsed), revision: 1 };

    save(&bed, &burnt).await.unwrap();

    let found = bed.database.account_of_patient(&bed.practice, &maria()).await.unwrap().unwrap();
    assert!(matches!(found.state, State::Lapsed(it) if it == lapsed));
    assert!(found_by_id(&bed, "123456").await.is_none());
    save(&bed, &invited(&maria(), "654321", 2)).await.unwrap();
}

pub(super) async fn a_save_forgets_the_counters_it_names(bed: Bed) {
    let counter = |key: u8| Counter { key_hash: [key; 32], window: Duration::from_secs(60), limit: 1 };
    let both = [counter(1), counter(2)];
    bed.database.take(&bed.practice, &both, NOW).await.unwrap();
    let because = by_front_desk(&maria(), "test.saved");

    let stale = invited(&maria(), "111111", 9);
    bed.database.save(&bed.practice, &stale, &because, &[[1; 32]], NOW).await.unwrap_err();
    let seen = bed.database.look(&bed.practice, &both[..1], NOW).await.unwrap();
    assert!(matches!(seen, Verdict::Blocked(_)), "{seen:?}");

    let first = invited(&maria(), "111111", 0);
    bed.database.save(&bed.practice, &first, &because, &[[1; 32], [9; 32]], NOW).await.unwrap();
    let seen = bed.database.look(&bed.practice, &both, NOW).await.unwrap();
    assert_eq!(seen, Verdict::Blocked(vec![Duration::ZERO, Duration::from_secs(60)]));
}

pub(super) async fn an_invitation_that_ran_out_lapses_a_while_later(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    save(&bed, &invited(&maria(), "111111", 0)).await.unwrap();
    save(&bed, &active(&elodie(), "elodie", 0)).await.unwrap();
    let over = NOW.plus_seconds(7 * 86_400);

    // Who was confirmed in the last minute has time to finish.
    assert_eq!(db.lapse_expired(practice, over.plus_seconds(600)).await.unwrap(), 0);
    assert_eq!(db.lapse_expired(practice, over.plus_seconds(900)).await.unwrap(), 1);
    assert_eq!(db.lapse_expired(practice, over.plus_seconds(900)).await.unwrap(), 0);

    let found = db.account_of_patient(practice, &maria()).await.unwrap().unwrap();
    let expected = Lapsed { issued: NOW, over, how: Lapse::Expired };
    assert!(matches!(found.state, State::Lapsed(it) if it == expected));
    assert_eq!(found.revision, 2);
    let entry = db.history(practice, &maria(), None, 1).await.unwrap().remove(0);
    assert_eq!((entry.who.as_str(), entry.event.action.as_str()), ("System", "invitation.expired"));
    assert_eq!(bed.entries(Some(&elodie())).await, 1);
}

pub(super) async fn many_invitations_that_ran_out_all_lapse(bed: Bed) {
    for n in 0..250_u32 {
        let patient = PatientId::new((100_101 + n % 40).to_string());
        let account = bed.database.account_of_patient(&bed.practice, &patient).await.unwrap();
        let revision = account.map_or(0, |account| account.revision);
        save(&bed, &invited(&patient, &format!("{n:06}"), revision)).await.unwrap();
    }
    let later = Timestamp(NOW.0 + 30 * 86_400);

    assert_eq!(bed.database.lapse_expired(&bed.practice, later).await.unwrap(), 40);
}
