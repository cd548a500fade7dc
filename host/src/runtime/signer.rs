//! Whose signature lets a component be loaded: public keys as minisign writes them, and how people tell them apart.

use base64ct::{Base64, Encoding};
use minisign_verify::{Error, PublicKey, Signature};
use std::fmt;
use std::str::FromStr;

/// The public key of somebody whose components are loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerKey {
    id: SignerKeyId,
    key: PublicKey,
}

/// What minisign calls a key by: chosen at random when it is made, and written into each signature. It helps to find
/// the key, and proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignerKeyId([u8; 8]);

/// What was given as a public key is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a public key of minisign is the second line of its .pub file: 56 characters that begin with RW")]
pub struct NotASignerKey;

impl SignerKey {
    /// What minisign calls it by.
    pub fn id(&self) -> SignerKeyId {
        self.id
    }

    /// Whether the signature is of these bytes, by this key. The legacy kind is refused, as minisign makes it on demand
    /// only.
    pub(super) fn verify(&self, bytes: &[u8], signature: &Signature) -> Result<(), Error> {
        self.key.verify(bytes, signature, false)
    }
}

impl SignerKeyId {
    /// Keys and signatures both begin with two bytes for the algorithm and then this, in base 64.
    pub(super) fn of(line: &str) -> Option<Self> {
        let bytes = Base64::decode_vec(line).ok()?;
        bytes.get(2..10)?.try_into().ok().map(Self)
    }
}

impl FromStr for SignerKey {
    type Err = NotASignerKey;

    fn from_str(line: &str) -> Result<Self, NotASignerKey> {
        let key = PublicKey::from_base64(line).map_err(|_| NotASignerKey)?;
        let id = SignerKeyId::of(line).ok_or(NotASignerKey)?;
        Ok(Self { id, key })
    }
}

/// As minisign writes it in the first line of a .pub file.
impl fmt::Display for SignerKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A .pub file that minisign 0.11 made.
    const PUB: &str = "untrusted comment: minisign public key FCB7536E279FCA73\n\
                       RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3\n";

    #[test]
    fn a_key_is_called_as_minisign_calls_it() {
        let (comment, key) = PUB.trim_end().split_once('\n').unwrap();

        let key: SignerKey = key.parse().unwrap();

        assert!(comment.ends_with(&key.id().to_string()), "{}", key.id());
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        let line = PUB.lines().nth(1).unwrap();
        let part = line.trim_end_matches('3');
        let another_algorithm = line.replacen("RW", "QW", 1);
        // What begins alike: a signature, which is longer.
        let signature =
            "RUSRzyp8nblO3/BlUN82R2YYW0EtNfO/T40nyrzWDG2Dgymkb1OtFe/yKuKB8vaQvgmkAtQGU3ywBcy5FeP8muNZa";
        for text in ["", "RW", PUB, part, &format!("{line}RW=="), &another_algorithm, signature] {
            assert_eq!(text.parse::<SignerKey>(), Err(NotASignerKey), "{text}");
        }
    }
}
