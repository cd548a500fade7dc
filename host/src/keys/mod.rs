//! The host's own keys, which never enter the database or the component: a ring of numbered
//! secrets, of which the last is used for everything new and the others for what is already there.
//!
//! From each secret one key is derived for each use (HKDF-SHA-256, RFC 5869), so that no use can
//! weaken another.

mod audit;
mod factors;
mod file;
mod portal_ids;
mod sealed;

pub use audit::AuditKeys;
pub use file::KeyFileError;
pub use sealed::SealError;

use crate::ambient::{Entropy, NoEntropy};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Bytes of a secret: SHA-256's block size.
const SECRET: usize = 64;

/// Tells the keys of a ring apart, in what is stored under them. Counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The keys of an installation, shared by all its hosts. It has no `Debug`.
#[derive(Clone)]
pub struct HostKeys {
    current: Arc<HostKey>,
    /// Newest first.
    retired: Arc<[Arc<HostKey>]>,
}

impl HostKeys {
    /// A ring of one key, made of 64 bytes of randomness.
    pub fn from_bytes(secret: [u8; SECRET]) -> Self {
        let first = HostKey::new(KeyId(1), Zeroizing::new(secret));
        Self { current: Arc::new(first), retired: Arc::new([]) }
    }

    /// A new ring of one key.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn draw(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let secret = drawn(entropy)?;
        Ok(Self { current: Arc::new(HostKey::new(KeyId(1), secret)), retired: Arc::new([]) })
    }

    /// The ring with a new key in front, which everything new is stored under. Counters of attempts
    /// start afresh under it; the older keys go on reading what was stored under them.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn rotated(&self, entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let next = KeyId(self.current.id.0.saturating_add(1));
        let current = Arc::new(HostKey::new(next, drawn(entropy)?));
        Ok(Self { current, retired: self.newest_first().cloned().collect() })
    }

    /// The number of the key that everything new is stored under.
    pub fn current(&self) -> KeyId {
        self.current.id
    }

    /// HMAC-SHA-256 of a practice and what is counted in it: it tells counters apart and names
    /// nobody.
    pub fn counter(&self, practice: &str, counted: &str) -> [u8; 32] {
        mac(&self.current.counters, &[practice.as_bytes(), counted.as_bytes()])
    }

    /// The keys of the audit trail.
    pub fn audit(&self) -> AuditKeys {
        AuditKeys::of(self)
    }

    /// The secret that passwords are hashed with, under the current key or an older one.
    pub(crate) fn password_secret(&self, id: KeyId) -> Option<&[u8; 32]> {
        self.held(id).map(|key| &*key.passwords)
    }

    fn held(&self, id: KeyId) -> Option<&Arc<HostKey>> {
        self.newest_first().find(|key| key.id == id)
    }

    fn newest_first(&self) -> impl Iterator<Item = &Arc<HostKey>> {
        std::iter::once(&self.current).chain(self.retired.iter())
    }
}

/// One secret and what is derived from it.
struct HostKey {
    id: KeyId,
    secret: Zeroizing<[u8; SECRET]>,
    counters: Zeroizing<[u8; 32]>,
    look_up: Zeroizing<[u8; 32]>,
    sealing: Zeroizing<[u8; 32]>,
    factors: Zeroizing<[u8; 32]>,
    passwords: Zeroizing<[u8; 32]>,
    audit: Zeroizing<[u8; 32]>,
}

impl HostKey {
    fn new(id: KeyId, secret: Zeroizing<[u8; SECRET]>) -> Self {
        let derive = |usage: &str| {
            let mut key = Zeroizing::new([0; 32]);
            // 32 bytes are far below what HKDF can give, so it cannot refuse.
            let _ = Hkdf::<Sha256>::new(None, &*secret).expand(usage.as_bytes(), &mut *key);
            key
        };
        Self {
            id,
            counters: derive("patient-portal counters"),
            look_up: derive("patient-portal portal-id look-up"),
            sealing: derive("patient-portal portal-id sealing"),
            factors: derive("patient-portal second-factor sealing"),
            passwords: derive("patient-portal passwords"),
            audit: derive("patient-portal audit"),
            secret,
        }
    }
}

fn drawn(entropy: &dyn Entropy) -> Result<Zeroizing<[u8; SECRET]>, NoEntropy> {
    let mut secret = Zeroizing::new([0; SECRET]);
    entropy.fill(&mut *secret)?;
    Ok(secret)
}

/// HMAC-SHA-256 of several parts, each with its length in front so that no two lists are alike.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    keyed(key, parts).finalize().into_bytes().into()
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Hmac<Sha256> {
    // A key as short as this is padded, never refused.
    let mut block = [0; SECRET];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;

    #[test]
    fn each_practice_and_each_thing_counts_apart() {
        let keys = HostKeys::from_bytes([7; 64]);

        assert_eq!(keys.counter("a", "bc"), keys.counter("a", "bc"));
        assert_ne!(keys.counter("a", "bc"), keys.counter("ab", "c"));
        assert_ne!(keys.counter("a", "bc"), HostKeys::from_bytes([8; 64]).counter("a", "bc"));
    }

    #[test]
    fn each_use_has_a_key_of_its_own() {
        let key = HostKey::new(KeyId(1), Zeroizing::new([7; 64]));
        let derived = [&key.counters, &key.look_up, &key.sealing, &key.factors, &key.passwords, &key.audit];

        for (n, one) in derived.iter().enumerate() {
            assert_eq!(derived.iter().position(|other| other == one), Some(n));
        }
    }

    #[test]
    fn a_rotated_ring_still_holds_what_it_held() {
        let first = HostKeys::draw(&SystemEntropy).unwrap();

        let third = first.rotated(&SystemEntropy).unwrap().rotated(&SystemEntropy).unwrap();

        assert_eq!(third.current(), KeyId(3));
        assert_eq!(third.password_secret(KeyId(1)), first.password_secret(KeyId(1)));
        assert_ne!(third.password_secret(KeyId(3)), third.password_secret(KeyId(1)));
        assert_eq!(third.password_secret(KeyId(4)), None);
    }

    #[test]
    fn a_keyed_hash_is_hmac_sha_256() {
        // RFC 4231, test case 2, whose key is shorter: the padding makes it the same.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mut block = [0; SECRET];
        block[..4].copy_from_slice(b"Jefe");
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"what do ya want for nothing?");
        let published = [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e];

        assert_eq!(mac.finalize().into_bytes()[..8], published);
        assert_ne!(self::mac(&key, &[b"ab", b"c"]), self::mac(&key, &[b"a", b"bc"]));
    }
}
