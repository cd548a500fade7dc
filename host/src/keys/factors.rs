//! What second factors are checked with, at rest: without the keys the database tells no code, and
//! what was moved to another patient or another factor does not open.

use super::HostKeys;
use super::sealed::{self, SealError};
use crate::ambient::Entropy;
use crate::identity::{PatientId, PracticeId};
use crate::lent::SealedSecret;
use zeroize::Zeroizing;

impl HostKeys {
    /// Seals the secret of a patient's second factor under the current key.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn seal_factor(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        factor: &str,
        secret: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<SealedSecret, SealError> {
        let bound_to = bound_to(practice, patient, factor);
        let ciphertext = sealed::seal(&self.current.factors, &bound_to, secret, entropy)?;
        Ok(SealedSecret { key: self.current.id, ciphertext })
    }

    /// Opens the sealed secret of a patient's second factor.
    ///
    /// # Errors
    /// Where the key is not held, or the ciphertext is not this factor's.
    pub fn open_factor(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        factor: &str,
        secret: &SealedSecret,
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let key = self.held(secret.key).ok_or(SealError::UnknownKey(secret.key))?;
        sealed::open(&key.factors, &bound_to(practice, patient, factor), &secret.ciphertext)
    }
}

fn bound_to<'a>(practice: &'a PracticeId, patient: &'a PatientId, factor: &'a str) -> [&'a [u8]; 3] {
    [practice.as_str().as_bytes(), patient.as_str().as_bytes(), factor.as_bytes()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;
    use crate::keys::KeyId;

    const SECRET: &[u8] = b"twenty bytes of it..";

    fn sealed(keys: &HostKeys) -> SealedSecret {
        let (practice, maria) = (PracticeId::new("riverside"), PatientId::new("p-1"));
        keys.seal_factor(&practice, &maria, "app", SECRET, &SystemEntropy).unwrap()
    }

    #[test]
    fn a_secret_is_opened_for_its_own_factor_only() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let sealed = sealed(&keys);
        let open = |practice: &str, patient: &str, factor: &str| {
            keys.open_factor(&PracticeId::new(practice), &PatientId::new(patient), factor, &sealed)
        };

        assert_eq!(open("riverside", "p-1", "app").unwrap().as_slice(), SECRET);
        for (practice, patient, factor) in [
            ("lakeside", "p-1", "app"),
            ("riverside", "p-2", "app"),
            ("riverside", "p-1", "key"),
            ("riverside", "p-1a", "pp"),
        ] {
            assert!(matches!(open(practice, patient, factor), Err(SealError::Altered)));
        }
    }

    #[test]
    fn the_stored_form_says_nothing_and_an_altered_byte_is_noticed() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let stored = sealed(&keys);
        assert!(!stored.ciphertext.windows(SECRET.len()).any(|bytes| bytes == SECRET));

        for place in 0..stored.ciphertext.len() {
            let mut altered = stored.clone();
            altered.ciphertext[place] ^= 1;
            let (practice, maria) = (PracticeId::new("riverside"), PatientId::new("p-1"));
            assert!(matches!(keys.open_factor(&practice, &maria, "app", &altered), Err(SealError::Altered)));
        }
    }

    #[test]
    fn after_rotation_old_secrets_open() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let rotated = keys.rotated(&SystemEntropy).unwrap();
        let (practice, maria) = (PracticeId::new("riverside"), PatientId::new("p-1"));

        assert_eq!(rotated.open_factor(&practice, &maria, "app", &sealed(&keys)).unwrap().as_slice(), SECRET);
        assert!(matches!(
            keys.open_factor(&practice, &maria, "app", &sealed(&rotated)),
            Err(SealError::UnknownKey(KeyId(2)))
        ));
    }
}
