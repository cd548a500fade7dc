//! The keys that make the audit trail tamper-evident: who writes the database without them cannot
//! write an entry that passes for one.

use super::{HostKeys, KeyId, keyed, mac};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;

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
