//! Tokens: what a browser holds to show that it was here before.

use base16ct::lower;
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Bits enough that guessing is hopeless: OWASP ASVS 5.0 section 7.2 asks for 128, and 256 cost nothing.
const BYTES: usize = 32;

/// A secret that a browser keeps in a cookie. It has neither `Debug` nor `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; BYTES]);

impl Token {
    /// Draws a token no one else has.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; BYTES];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The token as a cookie carries it: 64 hexadecimal digits.
    pub fn text(&self) -> String {
        lower::encode_string(&self.0)
    }

    /// The token in a cookie, if it is one. Lower case only, so that one token has one spelling.
    pub fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; BYTES];
        let whole = lower::decode(text, &mut bytes).ok()?.len() == BYTES;
        whole.then_some(Self(bytes))
    }

    /// What a form carries to show that it was drawn for the browser that keeps this token in a
    /// cookie: it tells nothing of the token, and another site can neither read nor make it.
    pub fn for_form(&self) -> FormToken {
        FormToken(Sha256::new_with_prefix("patient-portal form 1").chain_update(self.0).finalize().into())
    }

    /// What is stored in the token's place, so that a stolen database opens no session.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

/// What a form carries against forgery by other sites (OWASP ASVS 5.0 section 3.5).
#[derive(Clone, Copy)]
pub struct FormToken([u8; 32]);

impl FormToken {
    /// As the form carries it: 64 hexadecimal digits.
    pub fn text(&self) -> String {
        lower::encode_string(&self.0)
    }

    /// Whether a form carried this one. It takes the same time wherever they differ.
    pub fn is(&self, sent: &str) -> bool {
        self.text().as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

/// The SHA-256 of a token.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// A name for it in a form of its holder's: enough to tell their sessions apart, and good for
    /// nothing else.
    pub fn name(&self) -> String {
        let (name, _) = self.0.split_at(8);
        lower::encode_string(name)
    }

    /// The hash in these bytes, if it is one.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    #[test]
    fn a_token_is_read_back_from_its_text() {
        let token = Token::draw(&mut ChaCha20Rng::seed_from_u64(1));

        assert!(Token::read(&token.text()) == Some(token));
    }

    #[test]
    fn a_form_token_fits_its_own_token_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (one, other) = (Token::draw(&mut rng), Token::draw(&mut rng));

        assert!(one.for_form().is(&one.for_form().text()));
        for sent in [other.for_form().text(), one.text(), String::new(), one.for_form().text().to_uppercase()]
        {
            assert!(!one.for_form().is(&sent));
        }
    }

    #[test]
    fn two_draws_differ() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);

        assert!(Token::draw(&mut rng) != Token::draw(&mut rng));
    }

    #[test]
    fn a_token_has_one_spelling() {
        let text = "ab".repeat(BYTES);

        assert!(Token::read(&text).is_some());
        for other in [
            text.to_uppercase(),
            format!("{text}0"),
            format!("{text}00"),
            text.replacen('a', "g", 1),
            "ab".repeat(BYTES - 1),
            String::new(),
        ] {
            assert!(Token::read(&other).is_none(), "{other}");
        }
    }

    #[test]
    fn the_stored_hash_is_the_sha_256_of_the_bytes() {
        // FIPS 180-4 test vectors have no 32 zero bytes; this one is widely published.
        let hash = Token([0; BYTES]).hash();

        assert_eq!(hash.0[..4], [0x66, 0x68, 0x7a, 0xad]);
    }

    proptest! {
        #[test]
        fn whatever_a_cookie_holds_is_a_token_or_none(text in ".*") {
            let _ = Token::read(&text);
        }
    }
}
