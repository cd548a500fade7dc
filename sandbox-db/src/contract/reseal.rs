//! After the host's keys were rotated: everything sealed opens under the new one.

use super::bed::{Bed, NOW, active, by_front_desk, elodie, invited, keys, maria};
use super::second_factors::{app, stored};
use crate::{ResealError, Resealed};
use portal_host::lent::{Accounts, Factor, SecondFactors, State};
use portal_host::{HostKeys, SystemEntropy};

/// An invited patient and one with a second factor.
async fn sealed(bed: &Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let because = by_front_desk(&maria(), "invitation.issued");
    db.save(practice, &invited(&maria(), "111111", 0), &because, &[], NOW).await.unwrap();
    let because = by_front_desk(&elodie(), "credentials.set");
    db.save(practice, &active(&elodie(), "elodie", 0), &because, &[], NOW).await.unwrap();
    stored(bed, &elodie(), 1, &[app(&elodie(), "app")]).await.unwrap();
}

pub(super) async fn rotated_keys_seal_every_portal_id_and_factor_anew(bed: Bed) {
    sealed(&bed).await;
    let (db, practice) = (&bed.database, &bed.practice);
    let rotated = keys().rotated(&SystemEntropy).unwrap();

    let resealed = db.reseal(practice, NOW, &rotated, &SystemEntropy).await.unwrap();

    assert_eq!(resealed, Resealed { portal_ids: 1, factors: 1 });
    let found = db.account_of_patient(practice, &maria()).await.unwrap().unwrap();
    let State::Invited(invitation) = found.state else { panic!("not invited") };
    assert_eq!((found.revision, invitation.portal_id.key), (1, rotated.current()));
    assert_eq!(rotated.open(practice, &maria(), &invitation.portal_id).unwrap().expose(), "111111");
    let factor = db.factors_of(practice, &elodie()).await.unwrap().remove(0);
    assert_eq!(factor.secret.key, rotated.current());
    let opened = rotated.open_factor(practice, &elodie(), "app", &factor.secret).unwrap();
    assert_eq!(opened.as_slice(), b"secret");
    let (action, detail) = bed.newest().await;
    assert_eq!(action, "keys.rotated");
    assert_eq!(
        detail.as_deref(),
        Some("1 open Portal IDs and 1 second factors and recovery codes sealed anew")
    );
}

pub(super) async fn what_cannot_be_sealed_anew_stays_as_it_is(bed: Bed) {
    sealed(&bed).await;
    let (db, practice) = (&bed.database, &bed.practice);
    let portal_id = async || {
        let account = db.account_of_patient(practice, &maria()).await.unwrap().unwrap();
        let State::Invited(invitation) = account.state else { panic!("not invited") };
        invitation.portal_id
    };
    let strange = HostKeys::from_bytes([9; 64]);
    let secret = strange.seal_factor(practice, &elodie(), "strange", b"secret", &SystemEntropy).unwrap();
    let foreign = Factor { secret, ..app(&elodie(), "strange") };
    stored(&bed, &elodie(), 2, &[app(&elodie(), "app"), foreign]).await.unwrap();
    let (id_before, before) = (portal_id().await, db.factors_of(practice, &elodie()).await.unwrap());
    let rotated = keys().rotated(&SystemEntropy).unwrap();

    // The Portal ID and the first factor were sealed anew by then.
    let error = db.reseal(practice, NOW, &rotated, &SystemEntropy).await.unwrap_err();

    assert!(matches!(error, ResealError::Sealing(_)), "{error:?}");
    assert_eq!(portal_id().await, id_before);
    assert_eq!(db.factors_of(practice, &elodie()).await.unwrap(), before);
    assert_eq!(bed.entries(None).await, 0);
}
