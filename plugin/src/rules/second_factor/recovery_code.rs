//! Recovery codes: long codes on paper for whoever has lost the phone, each good once. NIST SP
//! 800-63B-4 section 3.1.2 calls them look-up secrets; of 112 bits and more, a plain hash keeps them.

use rand::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::rules::typed::ungrouped;

/// Crockford's base 32: no letters that are taken for digits, or for one another, on paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code, of 5 bits each.
const LETTERS: usize = 24;
/// Letters in a group.
const GROUP: usize = 4;

/// A code as it is shown once. It has neither `Debug` nor `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; LETTERS]);

/// What is stored of a code. It has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeHash([u8; 32]);

impl RecoveryCode {
    /// Draws a code that no one else has.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut letters = [0; LETTERS];
        rng.fill_bytes(&mut letters);
        for letter in &mut letters {
            // Five of eight bits, so that every letter is drawn alike.
            *letter = ALPHABET.get(usize::from(*letter & 31)).copied().unwrap_or_default();
        }
        Self(letters)
    }

    /// The code that was typed, in any case and any groups, if it can be one.
    pub fn typed(text: &str) -> Option<Self> {
        let mut letters = [0; LETTERS];
        let text = ungrouped(text);
        let mut typed = text.chars();
        for letter in &mut letters {
            *letter = match u8::try_from(typed.next()?.to_ascii_uppercase()).ok()? {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => ALPHABET.contains(&other).then_some(other)?,
            };
        }
        typed.next().is_none().then_some(Self(letters))
    }

    /// In groups, to be printed and typed.
    pub fn text(&self) -> String {
        let groups = self.0.chunks(GROUP).map(|group| group.iter().map(|byte| char::from(*byte)).collect());
        groups.collect::<Vec<String>>().join("-")
    }

    /// What is stored in its place.
    pub fn hash(&self) -> CodeHash {
        CodeHash(
            Sha256::new_with_prefix("patient-portal recovery code 1").chain_update(self.0).finalize().into(),
        )
    }
}

impl CodeHash {
    /// The hash in these bytes, if it is one.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is the same. It takes the same time wherever they differ.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    fn code(seed: u64) -> RecoveryCode {
        RecoveryCode::draw(&mut ChaCha20Rng::seed_from_u64(seed))
    }

    #[test]
    fn a_code_has_more_bits_than_a_guesser_has_guesses() {
        let bits = ALPHABET.len().ilog2() * u32::try_from(LETTERS).unwrap();

        assert_eq!(bits, 120);
        assert!(bits >= 112, "what section 3.1.2 asks for");
    }

    #[test]
    fn a_code_is_read_back_in_any_case_and_any_groups() {
        let text = code(1).text();

        assert_eq!(text.len(), LETTERS + 5);
        for typed in [
            text.clone(),
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('-', ""),
            text.replace('-', "–"),
            format!(" {text} "),
        ] {
            assert!(RecoveryCode::typed(&typed) == Some(code(1)), "{typed}");
        }
    }

    #[test]
    fn letters_taken_for_digits_are_read_as_those() {
        let zeros_and_ones = RecoveryCode([b'0', b'1'].repeat(12).try_into().unwrap());

        for typed in ["OI".repeat(12), "ol".repeat(12), "01".repeat(12)] {
            assert!(RecoveryCode::typed(&typed) == Some(zeros_and_ones.clone()), "{typed}");
        }
    }

    #[test]
    fn what_has_other_letters_or_another_length_is_no_code() {
        let text = code(1).text();
        let (_, rest) = text.split_at(1);

        for typed in [
            String::new(),
            rest.to_owned(),
            format!("{text}A"),
            format!("U{rest}"),
            format!("#{rest}"),
            format!("É{rest}"),
        ] {
            assert!(RecoveryCode::typed(&typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn every_letter_is_drawn_alike() {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 0..1_000 {
            for letter in code(seed).0 {
                *seen.entry(letter).or_insert(0_u32) += 1;
            }
        }

        assert_eq!(seen.len(), ALPHABET.len());
        // 750 each on average; five standard deviations are 135.
        assert!(seen.values().all(|count| (615..885).contains(count)), "{seen:?}");
    }

    #[test]
    fn only_the_same_code_has_its_hash() {
        assert!(code(1).hash().is(&code(1).hash()));
        assert!(!code(1).hash().is(&code(2).hash()));
        assert!(CodeHash::stored(code(1).hash().bytes()).unwrap().is(&code(1).hash()));
    }

    proptest! {
        #[test]
        fn anything_typed_is_a_code_or_none(text in "\\PC*") {
            let _ = RecoveryCode::typed(&text);
        }
    }
}
