//! After the host's keys were rotated: everything sealed opens under the new one.

use super::bed::{Bed, NOW, active, by_front_desk, elodie, invited, keys, maria};
use super::second_factors::{app, stored};
use crate::{Reseal, Resealed};
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::{Accounts, SealedPortalId, SealedSecret, SecondFactors, State};
use portal_host::{HostKeys, SealError, SystemEntropy};

struct Under<'a>(&'a PracticeId, &'a HostKeys);

impl Reseal for Under<'_> {
    type Error = SealError;

    fn portal_id(&self, patient: &PatientId, sealed: &SealedPortalId) -> Result<SealedPortalId, SealError> {
        self.1.seal(self.0, patient, &self.1.open(self.0, patient, sealed)?, &SystemEntropy)
    }

    fn factor(
        &self,
        patient: &PatientId,
        id: &str,
        sealed: &SealedSecret,
    ) -> Result<SealedSecret, SealError> {
        let opened = self.1.open_factor(self.0, patient, id, sealed)?;
        self.1.seal_factor(self.0, patient, id, &opened, &SystemEntropy)
    }
}

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

    let resealed = db.reseal(practice, NOW, &Under(practice, &rotated)).await.unwrap();

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
    assert_eq!(detail.as_deref(), Some("1 open Portal IDs and 1 second factors sealed anew"));
}

pub(super) async fn what_cannot_be_sealed_anew_stays_as_it_is(bed: Bed) {
    sealed(&bed).await;
    let (db, practice) = (&bed.database, &bed.practice);
    let before = db.factors_of(practice, &elodie()).await.unwrap();
    let strange = HostKeys::from_bytes([9; 64]);

    db.reseal(practice, NOW, &Under(practice, &strange)).await.unwrap_err();

    assert_eq!(db.factors_of(practice, &elodie()).await.unwrap(), before);
    assert_eq!(bed.entries(None).await, 0);
}
