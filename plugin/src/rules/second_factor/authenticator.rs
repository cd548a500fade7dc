//! Authenticator apps: time-based one-time passwords (RFC 6238) of six digits every half minute, which
//! is what every app understands.

use rand::CryptoRng;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::calendar::Timestamp;
use crate::rules::typed::ungrouped;
use crate::settings::APP_LABEL_LONGEST;

/// Bytes of a secret: RFC 4226 section 4 recommends 160 bits.
const BYTES: usize = 20;

/// What an app and the portal share. It has neither `Debug` nor `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticatorSecret([u8; BYTES]);

impl AuthenticatorSecret {
    /// Draws a secret that no one else has.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; BYTES];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The secret in these bytes, if it is one.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The secret that a form carried back, as [`text`](Self::text) wrote it.
    pub fn read(text: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(text).ok()?;
        Self::stored(secret.as_bytes())
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// In the letters that are typed where a QR code cannot be scanned (RFC 4648 base 32).
    pub fn text(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// The same in groups of four, to be read.
    pub fn grouped(&self) -> String {
        let text: Vec<char> = self.text().chars().collect();
        text.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// What the QR code says to the app. The names are only shown: a colon would part them, and what is
    /// long is cut to what a code has room for.
    pub fn address(&self, issuer: &str, username: &str) -> String {
        let escaped = |text: &str| -> String {
            let plain: String = text.replace(':', " ").chars().take(APP_LABEL_LONGEST).collect();
            form_urlencoded::byte_serialize(plain.as_bytes()).collect::<String>().replace('+', "%20")
        };
        let (issuer, username) = (escaped(issuer), escaped(username));
        format!("otpauth://totp/{issuer}:{username}?secret={}&issuer={issuer}", self.text())
    }

    /// The time step of which this is the code, now or half a minute ago or ahead: clocks differ.
    /// Each step is good once (RFC 6238 section 5.2), which the caller sees to.
    pub fn step_of(&self, typed: &str, now: Timestamp) -> Option<u64> {
        self.totp().check(&ungrouped(typed), now.0)
    }

    fn totp(&self) -> Totp {
        // What every app takes for granted. The library only refuses to build what these rule out.
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
        builder.with_skew(1).with_secret(Secret::new_stack(self.0)).build_noncompliant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238 appendix B.
    fn published() -> AuthenticatorSecret {
        AuthenticatorSecret::stored(b"12345678901234567890").unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // Appendix B has eight digits; six are their end.
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(published().step_of(code, Timestamp(at)), Some(at / 30), "{at}");
        }
    }

    #[test]
    fn a_code_is_taken_half_a_minute_early_or_late_and_no_more() {
        let step = 1_111_111_109 / 30;
        let at = |step: u64| Timestamp(step * 30);

        for near in [step - 1, step, step + 1] {
            assert_eq!(published().step_of("081804", at(near)), Some(step));
        }
        for far in [step - 2, step + 2] {
            assert_eq!(published().step_of("081804", at(far)), None);
        }
    }

    #[test]
    fn a_code_may_be_typed_in_groups_and_nothing_else_is_one() {
        let now = Timestamp(1_111_111_109);

        for typed in ["081 804", " 081804 ", "081-804", "081–804", "０８１８０４"] {
            assert!(published().step_of(typed, now).is_some(), "{typed}");
        }
        for typed in ["", "81804", "0081804", "+81804", "08180", "٠٨١٨٠٤", "081804x"] {
            assert_eq!(published().step_of(typed, now), None, "{typed}");
        }
    }

    #[test]
    fn the_secret_is_read_back_as_it_was_written() {
        let text = published().text();

        assert_eq!(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(AuthenticatorSecret::read(&text) == Some(published()));
        assert_eq!(published().grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        for other in ["", "GEZDGNBV", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq1", "!"] {
            assert!(AuthenticatorSecret::read(other).is_none(), "{other}");
        }
    }

    #[test]
    fn the_longest_names_in_any_script_fit_a_qr_code() {
        let long = "𠀀".repeat(300);

        let address = published().address(&long, &long);

        // What a code of the largest size holds with error correction M (ISO/IEC 18004).
        assert!(address.len() <= 2_331, "{}", address.len());
    }

    #[test]
    fn the_address_keeps_names_of_every_kind_apart() {
        let address = published().address("Dr. A & B: Clinic", "maría:84");

        assert_eq!(
            address,
            "otpauth://totp/Dr.%20A%20%26%20B%20%20Clinic:mar%C3%ADa%2084?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Dr.%20A%20%26%20B%20%20Clinic"
        );
    }
}
