//! Second factors and the logins that wait for one: stored with their revision, used once, gone with
//! the credentials.

use super::bed::{Bed, NOW, active, by_front_desk, elodie, invited, keys, maria, session};
use portal_host::SystemEntropy;
use portal_host::identity::{PatientId, Timestamp};
use portal_host::lent::{
    Accounts, Event, Factor, FactorKind, FactorsError, SecondFactors, Sessions, State, Step, TokenHash,
};

pub(super) fn app(patient: &PatientId, id: &str) -> Factor {
    let (practice, _) = crate::lakeside();
    Factor {
        id: id.to_owned(),
        kind: FactorKind::Authenticator,
        label: "My phone".to_owned(),
        since: NOW,
        secret: keys().seal_factor(&practice, patient, id, b"secret", &SystemEntropy).unwrap(),
        used: 0,
    }
}

fn because(action: &str) -> Event {
    by_front_desk(&maria(), action)
}

pub(super) async fn stored(
    bed: &Bed,
    patient: &PatientId,
    revision: u64,
    factors: &[Factor],
) -> Result<u64, FactorsError> {
    let because = by_front_desk(patient, "factor.added");
    bed.database.replace_factors(&bed.practice, patient, revision, factors, &because, NOW).await
}

/// Maria with a login, at revision 1.
async fn with_a_login(bed: &Bed) {
    let account = active(&maria(), "maria", 0);
    bed.database.save(&bed.practice, &account, &because("credentials.set"), &[], NOW).await.unwrap();
}

async fn factors(bed: &Bed) -> Vec<Factor> {
    bed.database.factors_of(&bed.practice, &maria()).await.unwrap()
}

async fn advanced(bed: &Bed, id: &str, to: u64) -> bool {
    let because = because("signin.second");
    bed.database.advance_factor(&bed.practice, &maria(), id, to, &because, NOW).await.unwrap()
}

pub(super) async fn factors_are_found_as_they_were_stored(bed: Bed) {
    with_a_login(&bed).await;
    let passkey = Factor { kind: FactorKind::Passkey, used: 7, ..app(&maria(), "key") };
    let code = Factor { kind: FactorKind::RecoveryCode, ..app(&maria(), "code") };
    let all = [passkey, app(&maria(), "app"), code];

    assert_eq!(stored(&bed, &maria(), 1, &all).await.unwrap(), 2);

    assert_eq!(factors(&bed).await, all);
    let account = bed.database.account_of_patient(&bed.practice, &maria()).await.unwrap().unwrap();
    assert_eq!(account.revision, 2);
    assert_eq!(bed.entries(Some(&maria())).await, 2);
    assert_eq!(bed.database.factors_of(&bed.practice, &elodie()).await.unwrap(), []);
}

pub(super) async fn replacing_factors_takes_the_revision_that_was_read(bed: Bed) {
    let unknown = stored(&bed, &maria(), 0, &[app(&maria(), "app")]).await;
    assert!(matches!(unknown, Err(FactorsError::Stale)), "{unknown:?}");
    with_a_login(&bed).await;

    for revision in [0, 2] {
        let stale = stored(&bed, &maria(), revision, &[app(&maria(), "app")]).await;
        assert!(matches!(stale, Err(FactorsError::Stale)), "{stale:?}");
    }

    assert_eq!(factors(&bed).await, []);
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

pub(super) async fn of_many_concurrent_replacements_one_wins(bed: Bed) {
    with_a_login(&bed).await;

    let all = (0..20).map(|index| {
        let bed = bed.clone();
        tokio::spawn(async move {
            stored(&bed, &maria(), 1, &[app(&maria(), &format!("app{index}"))]).await.is_ok()
        })
    });
    let mut won = 0;
    for one in all.collect::<Vec<_>>() {
        won += usize::from(one.await.unwrap());
    }

    assert_eq!((won, factors(&bed).await.len()), (1, 1));
    assert_eq!(bed.entries(Some(&maria())).await, 2);
}

pub(super) async fn a_factor_moves_forward_once(bed: Bed) {
    with_a_login(&bed).await;
    stored(&bed, &maria(), 1, &[app(&maria(), "app")]).await.unwrap();

    assert!(advanced(&bed, "app", 5).await);
    for (id, to) in [("app", 5), ("app", 4), ("other", 9)] {
        assert!(!advanced(&bed, id, to).await, "{id} {to}");
    }
    assert!(advanced(&bed, "app", 6).await);

    assert_eq!(bed.entries(Some(&maria())).await, 4);
    // What was stored before keeps how far it was used.
    stored(&bed, &maria(), 2, &[app(&maria(), "app"), app(&maria(), "new")]).await.unwrap();
    let used: Vec<u64> = factors(&bed).await.iter().map(|factor| factor.used).collect();
    assert_eq!(used, [6, 0]);
}

pub(super) async fn of_many_concurrent_uses_of_a_code_one_passes(bed: Bed) {
    with_a_login(&bed).await;
    stored(&bed, &maria(), 1, &[app(&maria(), "code")]).await.unwrap();

    let all = (0..20).map(|_| {
        let bed = bed.clone();
        tokio::spawn(async move { advanced(&bed, "code", 1).await })
    });
    let mut passed = 0;
    for one in all.collect::<Vec<_>>() {
        passed += usize::from(one.await.unwrap());
    }

    assert_eq!(passed, 1);
}

pub(super) async fn factors_go_with_the_credentials(bed: Bed) {
    with_a_login(&bed).await;
    stored(&bed, &maria(), 1, &[app(&maria(), "app")]).await.unwrap();
    let (db, practice) = (&bed.database, &bed.practice);
    let held = db.account_of_patient(practice, &maria()).await.unwrap().unwrap();
    let State::Active(credentials) = held.state.clone() else { panic!("not active") };

    let mut account = held;
    account.state = State::Off(Some(credentials));
    account.revision = db.save(practice, &account, &because("access.off"), &[], NOW).await.unwrap();
    assert_eq!(factors(&bed).await.len(), 1);

    db.save(practice, &invited(&maria(), "111111", account.revision), &because("login.reset"), &[], NOW)
        .await
        .unwrap();
    assert_eq!(factors(&bed).await, []);
}

fn token(key: u8) -> TokenHash {
    TokenHash([key; 32])
}

fn step(ends: Timestamp) -> Step {
    Step { patient: maria(), opened: NOW, ends, account_revision: 3 }
}

async fn opened(bed: &Bed, key: u8, ends: Timestamp, at: Timestamp) {
    let because = because("signin.password");
    bed.database.open_step(&bed.practice, &token(key), &step(ends), &because, at).await.unwrap();
}

async fn found(bed: &Bed, key: u8) -> Option<Step> {
    bed.database.find_step(&bed.practice, &token(key)).await.unwrap()
}

pub(super) async fn a_step_is_found_as_it_was_opened_and_swept_when_over(bed: Bed) {
    let soon = NOW.plus_seconds(600);
    opened(&bed, 1, soon, NOW).await;

    assert_eq!(found(&bed, 1).await, Some(step(soon)));
    assert_eq!(found(&bed, 2).await, None);
    // No session is found by the token of a step, nor a step by that of a session.
    assert_eq!(bed.database.find_session(&bed.practice, &token(1)).await.unwrap(), None);
    assert_eq!(bed.entries(Some(&maria())).await, 1);

    opened(&bed, 2, NOW.plus_seconds(1_300), soon).await;
    assert_eq!(found(&bed, 1).await, None);
}

pub(super) async fn of_many_that_pass_a_step_one_gets_a_session(bed: Bed) {
    opened(&bed, 1, NOW.plus_seconds(600), NOW).await;

    let all = (0..20_u8).map(|index| {
        let bed = bed.clone();
        tokio::spawn(async move {
            let (because, session) = (because("signin.succeeded"), session(&maria(), NOW.plus_seconds(60)));
            let db = &bed.database;
            db.pass_step(&bed.practice, &token(1), &token(100 + index), &session, &because, NOW)
                .await
                .unwrap()
        })
    });
    let mut passed = Vec::new();
    for one in all.collect::<Vec<_>>() {
        passed.push(one.await.unwrap());
    }

    assert_eq!(passed.iter().filter(|it| **it).count(), 1);
    assert_eq!(found(&bed, 1).await, None);
    for (index, passed) in (0..20_u8).zip(passed) {
        let session = bed.database.find_session(&bed.practice, &token(100 + index)).await.unwrap();
        assert_eq!(session.is_some(), passed);
    }
    assert_eq!(bed.entries(Some(&maria())).await, 2);
}

pub(super) async fn another_practice_sees_no_factor_and_no_step(bed: Bed) {
    with_a_login(&bed).await;
    stored(&bed, &maria(), 1, &[app(&maria(), "app")]).await.unwrap();
    opened(&bed, 1, NOW.plus_seconds(600), NOW).await;
    let (db, other) = (&bed.database, &bed.other);

    assert_eq!(db.factors_of(other, &maria()).await.unwrap(), []);
    assert_eq!(db.find_step(other, &token(1)).await.unwrap(), None);
    assert!(!db.advance_factor(other, &maria(), "app", 9, &because("signin.second"), NOW).await.unwrap());
    let stolen = session(&maria(), NOW.plus_seconds(60));
    let passed = db.pass_step(other, &token(1), &token(2), &stolen, &because("signin.succeeded"), NOW).await;
    assert!(!passed.unwrap());
    let replaced = db.replace_factors(other, &maria(), 2, &[], &because("factor.removed"), NOW).await;
    assert!(matches!(replaced, Err(FactorsError::Stale)), "{replaced:?}");
    assert_eq!(factors(&bed).await.len(), 1);
}
