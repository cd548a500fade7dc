//! The keys that make the audit trail tamper-evident: who writes the database without them cannot
//! write an entry that passes for one.

use super::{HostKey, HostKeys, KeyId, keyed, mac};
use hmac::Mac;

/// Seals entries of the audit trail. It has no `Debug`.
#[derive(Clone)]
pub struct AuditKeys(HostKeys);

impl AuditKeys {
    pub(super) fn of(keys: &HostKeys) -> Self {
        Self(keys.clone())
    }

    /// HMAC-SHA-256 of a message under the current key, and that key's number.
    pub fn mac(&self, message: &[u8]) -> (KeyId, [u8; 32]) {
        let key = &self.0.current;
        (key.id, mac(&key.audit, &[message]))
    }

    /// Whether this is the message's HMAC under that key, compared in constant time; none where the
    /// key is not held.
    pub fn verifies(&self, key: KeyId, message: &[u8], mac: &[u8; 32]) -> Option<bool> {
        let key = self.0.held(key)?;
        Some(keyed(&key.audit, &[message]).verify_slice(mac).is_ok())
    }
}

impl AuditKeys {
    /// What each key of the ring is recognised by, with its number, oldest first. It gives nothing of the
    /// key away.
    pub fn fingerprints(&self) -> Vec<(KeyId, [u8; 32])> {
        let of = |key: &HostKey| (key.id, mac(&key.audit, &[b"patient-portal fingerprint of this key"]));
        let mut fingerprints: Vec<_> = self.0.newest_first().map(|key| of(key)).collect();
        fingerprints.reverse();
        fingerprints
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;

    #[test]
    fn every_key_has_a_fingerprint_of_its_own_that_rotation_keeps() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let before = keys.audit().fingerprints();

        let after = keys.rotated(&SystemEntropy).unwrap().audit().fingerprints();

        assert_eq!(after.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [KeyId(1), KeyId(2)]);
        assert_eq!(after.first(), before.first());
        assert_ne!(HostKeys::draw(&SystemEntropy).unwrap().audit().fingerprints(), before);
    }

    #[test]
    fn a_message_verifies_under_the_key_it_was_sealed_with_even_after_rotation() {
        let keys = HostKeys::draw(&SystemEntropy).unwrap();
        let (id, mac) = keys.audit().mac(b"entry");

        let rotated = keys.rotated(&SystemEntropy).unwrap().audit();

        assert_eq!(rotated.verifies(id, b"entry", &mac), Some(true));
        assert_eq!(rotated.verifies(id, b"other", &mac), Some(false));
        assert_eq!(rotated.verifies(KeyId(2), b"entry", &mac), Some(false));
        assert_eq!(rotated.verifies(KeyId(3), b"entry", &mac), None);
        assert_eq!(rotated.mac(b"entry").0, KeyId(2));
    }
}
