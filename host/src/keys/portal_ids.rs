//! Portal IDs at rest: a keyed hash to look one up by, and an authenticated ciphertext to show it to
//! staff again. Without the keys the database tells neither which ID it is nor, if its ciphertext was
//! moved to another patient, a wrong one.

use super::sealed::{self, SealError};
use super::{HostKeys, mac};
use crate::ambient::Entropy;
use crate::identity::{PatientId, PracticeId};
use crate::lent::{PortalId, PortalIdLookUp, SealedPortalId};

impl HostKeys {
    /// Seals a patient's Portal ID under the current key.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn seal(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        portal_id: &PortalId,
        entropy: &dyn Entropy,
    ) -> Result<SealedPortalId, SealError> {
        let (bound_to, digits) = (bound_to(practice, patient), portal_id.expose().as_bytes());
        let ciphertext = sealed::seal(&self.current.sealing, &bound_to, digits, entropy)?;
        Ok(SealedPortalId {
            look_up: look_up(&self.current.look_up, practice, portal_id),
            key: self.current.id,
            ciphertext,
        })
    }

    /// Opens a patient's sealed Portal ID.
    ///
    /// # Errors
    /// Where the key is not held, or the ciphertext is not this patient's.
    pub fn open(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        sealed: &SealedPortalId,
    ) -> Result<PortalId, SealError> {
        let key = self.held(sealed.key).ok_or(SealError::UnknownKey(sealed.key))?;
        let digits = sealed::open(&key.sealing, &bound_to(practice, patient), &sealed.ciphertext)?;
        std::str::from_utf8(&digits).map(PortalId::new).map_err(|_| SealError::Altered)
    }

    /// What a Portal ID may be stored under: one for each key held, the current one's first.
    pub(crate) fn look_ups(&self, practice: &PracticeId, portal_id: &PortalId) -> Vec<PortalIdLookUp> {
        self.newest_first().map(|key| look_up(&key.look_up, practice, portal_id)).collect()
    }
}

fn look_up(key: &[u8; 32], practice: &PracticeId, portal_id: &PortalId) -> PortalIdLookUp {
    PortalIdLookUp(mac(key, &[practice.as_str().as_bytes(), portal_id.expose().as_bytes()]))
}

/// Whose it is, so that a ciphertext moved to another patient does not open.
fn bound_to<'a>(practice: &'a PracticeId, patient: &'a PatientId) -> [&'a [u8]; 2] {
    [practice.as_str().as_bytes(), patient.as_str().as_bytes()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;
    use crate::keys::KeyId;

    fn practice() -> PracticeId {
        PracticeId::new("riverside")
    }

    fn maria() -> PatientId {
        PatientId::new("p-1")
    }

    fn sealed(keys: &HostKeys) -> SealedPortalId {
        keys.seal(&practice(), &maria(), &PortalId::new("482913"), &SystemEntropy).unwrap()
    }

    #[test]
    fn a_sealed_id_is_opened_for_its_patient_only() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let sealed = sealed(&keys);

        assert_eq!(keys.open(&practice(), &maria(), &sealed).unwrap().expose(), "482913");
        for (practice, patient) in [
            (practice(), PatientId::new("p-2")),
            (PracticeId::new("lakeside"), maria()),
            (PracticeId::new("riversidep"), PatientId::new("-1")),
        ] {
            assert!(matches!(keys.open(&practice, &patient, &sealed), Err(SealError::Altered)));
        }
    }

    #[test]
    fn any_altered_byte_is_noticed() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let sealed = sealed(&keys);
        for place in 0..sealed.ciphertext.len() {
            let mut altered = sealed.clone();
            altered.ciphertext[place] ^= 1;
            assert!(matches!(keys.open(&practice(), &maria(), &altered), Err(SealError::Altered)), "{place}");
        }
        let cut = SealedPortalId { ciphertext: sealed.ciphertext[..23].to_vec(), ..sealed };
        assert!(matches!(keys.open(&practice(), &maria(), &cut), Err(SealError::Altered)));
    }

    #[test]
    fn the_stored_form_says_nothing_of_the_digits() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let (one, other) = (sealed(&keys), sealed(&keys));

        assert_eq!(one.look_up, other.look_up);
        assert_ne!(one.ciphertext, other.ciphertext);
        assert!(!one.ciphertext.windows(6).any(|bytes| bytes == b"482913"));
        assert!(!format!("{one:?}").contains("482913"));
    }

    #[test]
    fn after_rotation_old_seals_open_and_old_look_ups_find() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let old = sealed(&keys);
        let rotated = keys.rotated(&SystemEntropy).unwrap();

        assert_eq!(rotated.open(&practice(), &maria(), &old).unwrap().expose(), "482913");
        let look_ups = rotated.look_ups(&practice(), &PortalId::new("482913"));
        assert_eq!(look_ups.len(), 2);
        assert_eq!(look_ups[1], old.look_up);
        assert_eq!(look_ups[0], sealed(&rotated).look_up);
        assert!(matches!(
            keys.open(&practice(), &maria(), &sealed(&rotated)),
            Err(SealError::UnknownKey(KeyId(2)))
        ));
    }
}
