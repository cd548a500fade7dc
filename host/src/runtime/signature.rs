//! The signature beside a component's file: read, and held against the bytes that are about to be compiled.

use super::signer::{SignerKey, SignerKeyId};
use minisign_verify::{Error, Signature};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// What minisign adds to the name of a file for that of its signature.
const ENDING: &str = ".minisig";

/// No signature is longer, in bytes: minisign bounds a comment at 8 KiB.
const LONGEST: u64 = 16 << 10;

/// Where the signature of a component's file is looked for: beside it, such as `patient-portal.wasm.minisig`.
pub fn signature_beside(component: &Path) -> PathBuf {
    let mut name = OsString::from(component);
    name.push(ENDING);
    name.into()
}

/// What is wrong with a component's signature, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// There is no such file.
    #[error("there is none; put the one there that came with the component, or ask its vendor for it")]
    Missing,
    /// There is one that cannot be read.
    #[error("it cannot be read")]
    Unreadable(#[source] io::Error),
    /// The file holds something else, or only a part.
    #[error("it is no signature of minisign, or only a part of one; copy it anew")]
    NotASignature,
    /// It is of the kind that minisign made before it hashed what it signs.
    #[error(
        "it is of minisign's legacy kind; its vendor is to sign anew, without -l, or with -H where minisign is an old one"
    )]
    Legacy,
    /// It was made with a key that is not among those asked for.
    #[error(
        "it was made with the key {made_with}, and asked for is {}; name that key too if the vendor has announced it",
        listed(.wanted)
    )]
    ByAnother {
        /// The key that it says it was made with.
        made_with: SignerKeyId,
        /// The keys of which each would do.
        wanted: Vec<SignerKeyId>,
    },
    /// It names a key that would do, and was not made with it over these bytes and its own comment.
    #[error(
        "it was not made with the key {0} over these bytes: one of both files is of another version, or was altered; \
         copy both anew"
    )]
    NotOfThese(SignerKeyId),
}

fn listed(keys: &[SignerKeyId]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// A signature as its file says. Whether it is good, only [`Self::check`] knows.
pub(super) struct ComponentSignature {
    made_with: SignerKeyId,
    signature: Signature,
}

impl ComponentSignature {
    /// Reads the signature of the component's file.
    pub(super) fn beside(component: &Path) -> Result<Self, SignatureError> {
        let file = File::open(signature_beside(component)).map_err(|cause| {
            let is_missing = cause.kind() == ErrorKind::NotFound;
            if is_missing { SignatureError::Missing } else { SignatureError::Unreadable(cause) }
        })?;
        let mut bytes = Vec::new();
        file.take(LONGEST).read_to_end(&mut bytes).map_err(SignatureError::Unreadable)?;
        String::from_utf8(bytes).ok().and_then(|text| Self::read(&text)).ok_or(SignatureError::NotASignature)
    }

    fn read(text: &str) -> Option<Self> {
        let signature = Signature::decode(text).ok()?;
        Some(Self { made_with: SignerKeyId::of(text.lines().nth(1)?)?, signature })
    }

    /// The key that it says it was made with.
    pub(super) fn made_with(&self) -> SignerKeyId {
        self.made_with
    }

    /// What it says was written by whoever signed.
    pub(super) fn comment(&self) -> &str {
        self.signature.trusted_comment()
    }

    /// Whether it was made with one of these keys over exactly these bytes, and over its comment.
    pub(super) fn check(&self, bytes: &[u8], wanted: &[SignerKey]) -> Result<(), SignatureError> {
        let made_with = self.made_with;
        let mut found =
            SignatureError::ByAnother { made_with, wanted: wanted.iter().map(SignerKey::id).collect() };
        // Nothing keeps two keys from being called the same.
        for key in wanted.iter().filter(|key| key.id() == made_with) {
            found = match key.verify(bytes, &self.signature) {
                Ok(()) => return Ok(()),
                Err(Error::UnexpectedAlgorithm) => SignatureError::Legacy,
                Err(_) => SignatureError::NotOfThese(made_with),
            };
        }
        Err(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64, Encoding};

    /// What was signed.
    const BYTES: &[u8] = b"a component";

    // Keys and signatures that minisign 0.11 made.
    const ONE: &str = "RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3";
    const TWO: &str = "RWS8x9Nj9y6eQXJmjT5Zj1akvSrWyY5ZQhN/Kg1EGeeV3jdHmUzIUyvg";
    const BY_ONE: &str = "untrusted comment: signature from minisign secret key\n\
        RURzyp8nblO3/BlUN82R2YYW0EtNfO/T40nyrzWDG2Dgymkb1OtFe/yKuKB8vaQvgmkAtQGU3ywBcy5FeP8muNZaMQwLl2c5PQA=\n\
        trusted comment: patient-portal 1.2.0\n\
        LeC9XyJFwlchqMQ/WsdGZxT13WERZoBJ49wl0GMos9Edc/Q3MBxPLmpYPkwuwJDlIvRNWuC8XsnLxEhOYWnQDw==\n";
    const BY_TWO: &str = "untrusted comment: signature from minisign secret key\n\
        RUS8x9Nj9y6eQVdnrOu7Ee7YbvNY0Q5JrJ8H4lzrUW/b67z/EIzJSbbTEHMUQ9G8PqielOKEfKEaLnsRSJdQmHC7PHvHezQmiAI=\n\
        trusted comment: patient-portal 1.2.0\n\
        2J1C5eUg6R3vPEkSyorSLEVDXjue6+722eIFBMKNFDx1EEZ0fBWXkVFtAHZbaJeuqqMuHawC8w4i+5jy50FpCg==\n";
    const LEGACY_BY_ONE: &str = "untrusted comment: signature from minisign secret key\n\
        RWRzyp8nblO3/DzQMplRxzssuHO9DqS3Qj8JAaXPKntEYOUDSLB6nx9yNHwOkyi6JmRlD7lDteFJJkptNt7xDKqheHFriu+5dgM=\n\
        trusted comment: patient-portal 1.2.0\n\
        96GilJSggJZy6nQ4GMgZJ1HDNqYUdNLjAL9LLwHGRld0x3hrA07xF9Y8VUdTh06PNtd8vKIUH8krz12oVOxTCg==\n";

    fn checked(text: &str, bytes: &[u8], wanted: &[&str]) -> Result<(), SignatureError> {
        let wanted: Vec<SignerKey> = wanted.iter().map(|key| key.parse().unwrap()).collect();
        ComponentSignature::read(text).ok_or(SignatureError::NotASignature)?.check(bytes, &wanted)
    }

    #[test]
    fn a_signature_of_these_bytes_with_any_of_the_keys_is_good() {
        checked(BY_ONE, BYTES, &[ONE]).unwrap();
        checked(BY_ONE, BYTES, &[TWO, ONE]).unwrap();
        checked(BY_TWO, BYTES, &[TWO, ONE]).unwrap();
        let signature = ComponentSignature::read(BY_ONE).unwrap();
        assert_eq!(
            (signature.made_with().to_string().as_str(), signature.comment()),
            ("FCB7536E279FCA73", "patient-portal 1.2.0")
        );
    }

    #[test]
    fn a_signature_with_another_key_is_refused_and_both_are_named() {
        let error = checked(BY_TWO, BYTES, &[ONE]).unwrap_err();

        assert!(matches!(error, SignatureError::ByAnother { .. }), "{error}");
        let said = error.to_string();
        assert!(said.contains("FCB7536E279FCA73") && said.contains("419E2EF763D3C7BC"), "{said}");
        assert!(matches!(checked(BY_ONE, BYTES, &[]), Err(SignatureError::ByAnother { .. })));
    }

    #[test]
    fn a_key_that_is_only_called_the_same_makes_no_good_signature() {
        // The second key's signature under the first one's name, and the first one's name on the second key.
        let named = |of: &str| Base64::decode_vec(of).unwrap().get(2..10).unwrap().to_vec();
        let renamed = |line: &str, name: &str| {
            let mut bytes = Base64::decode_vec(line).unwrap();
            bytes.get_mut(2..10).unwrap().copy_from_slice(&named(name));
            Base64::encode_string(&bytes)
        };
        let line = BY_TWO.lines().nth(1).unwrap();
        let forged = BY_TWO.replacen(line, &renamed(line, ONE), 1);
        let alike = renamed(TWO, ONE);

        assert!(matches!(checked(&forged, BYTES, &[ONE]), Err(SignatureError::NotOfThese(_))));
        // Whichever key is asked first.
        checked(&forged, BYTES, &[ONE, &alike]).unwrap();
        checked(BY_ONE, BYTES, &[&alike, ONE]).unwrap();
    }

    #[test]
    fn bytes_or_a_comment_altered_after_signing_are_refused() {
        for bytes in [&b"a component "[..], b"a Component", b"a componen", b""] {
            assert!(matches!(checked(BY_ONE, bytes, &[ONE]), Err(SignatureError::NotOfThese(_))));
        }
        let praised = BY_ONE.replace("1.2.0", "1.3.0");
        assert!(matches!(checked(&praised, BYTES, &[ONE]), Err(SignatureError::NotOfThese(_))));
    }

    #[test]
    fn a_signature_of_the_legacy_kind_is_refused() {
        assert!(matches!(checked(LEGACY_BY_ONE, BYTES, &[ONE]), Err(SignatureError::Legacy)));
    }

    #[test]
    fn no_part_of_a_signature_will_do() {
        let all = BY_ONE.trim_end();
        for end in 0..all.len() {
            let part = all.get(..end).unwrap();
            assert!(matches!(checked(part, BYTES, &[ONE]), Err(SignatureError::NotASignature)), "{part}");
        }
        checked(all, BYTES, &[ONE]).unwrap();
    }

    #[test]
    fn what_is_beside_a_component_and_no_signature_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let component = folder.path().join("portal.wasm");
        let beside = signature_beside(&component);
        assert_eq!(beside, folder.path().join("portal.wasm.minisig"));
        let found = || ComponentSignature::beside(&component).map(drop);

        assert!(matches!(found(), Err(SignatureError::Missing)));
        for other in [&b""[..], b"\0asm\x0d\0\x01\0", b"\xff\xfe", "a line\n".repeat(100_000).as_bytes()] {
            std::fs::write(&beside, other).unwrap();
            assert!(matches!(found(), Err(SignatureError::NotASignature)));
        }
        std::fs::write(&beside, BY_ONE).unwrap();
        found().unwrap();
        std::fs::remove_file(&beside).unwrap();
        std::fs::create_dir(&beside).unwrap();
        assert!(matches!(found(), Err(SignatureError::Unreadable(_))));
    }
}
