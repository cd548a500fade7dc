//! What tells one component's file from every other: the SHA-256 digest of its bytes.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The SHA-256 digest of a component's file, as `sha256sum` writes it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ComponentDigest([u8; 32]);

/// What was given as a digest is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 digest has 64 hexadecimal digits, as sha256sum writes them")]
pub struct NotADigest;

impl ComponentDigest {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for ComponentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base16ct::lower::encode_string(&self.0))
    }
}

impl fmt::Debug for ComponentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ComponentDigest({self})")
    }
}

impl FromStr for ComponentDigest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let mut digest = [0; 32];
        let decoded = base16ct::mixed::decode(text, &mut digest).map_err(|_| NotADigest)?;
        if decoded.len() == 32 { Ok(Self(digest)) } else { Err(NotADigest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_written_as_sha256sum_does_and_read_back() {
        let digest = ComponentDigest::of(b"abc");

        let written = digest.to_string();

        assert_eq!(written, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(written.parse(), Ok(digest));
        assert_eq!(written.to_uppercase().parse(), Ok(digest));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let short = "0".repeat(62);
        for text in ["", "abc", &short, &format!("{short}0"), &format!("{short}0g"), &format!("{short}0000")]
        {
            assert_eq!(text.parse::<ComponentDigest>(), Err(NotADigest), "{text}");
        }
    }
}
