//! The Patient Portal ID: six digits that staff hand to a patient on paper.

use std::fmt;

use rand::CryptoRng;

use super::typed::ungrouped;

/// How many IDs there are: 000000-999999, every digit significant.
const HOW_MANY: u32 = 1_000_000;

/// The largest multiple of [`HOW_MANY`] that a `u32` holds. A draw at or above it is
/// thrown away: otherwise the lowest 967,296 IDs would come up a little more often.
const FAIR_BELOW: u32 = u32::MAX / HOW_MANY * HOW_MANY;

/// A Patient Portal ID. `Debug` says nothing, and there is no `Display`: whoever writes one
/// out has to ask for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PortalId(u32);

impl PortalId {
    /// Draws an ID, every one of them equally likely.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        loop {
            let draw = rng.next_u32();
            if draw < FAIR_BELOW {
                return Self(draw % HOW_MANY);
            }
        }
    }

    /// The ID that someone typed. Spaces and hyphens are ignored.
    pub fn typed(text: &str) -> Result<Self, PortalIdMistake> {
        let digits = ungrouped(text);
        if digits.is_empty() {
            return Err(PortalIdMistake::Missing);
        }
        Self::stored(&digits).ok_or(PortalIdMistake::NotSixDigits)
    }

    /// The ID as the store has it: exactly six digits.
    pub fn stored(digits: &str) -> Option<Self> {
        let six_digits = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
        if six_digits { digits.parse().ok().map(Self) } else { None }
    }

    /// The six digits.
    pub fn digits(self) -> String {
        format!("{:06}", self.0)
    }

    /// The digits as they are printed and shown: `482 913`.
    pub fn grouped(self) -> String {
        format!("{:03} {:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

impl fmt::Debug for PortalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PortalId(..)")
    }
}

/// Why what was typed cannot be a Portal ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalIdMistake {
    /// Nothing was typed.
    Missing,
    /// It is not six digits.
    NotSixDigits,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::rngs::ChaCha20Rng;
    use rand::{SeedableRng, TryCryptoRng, TryRng};
    use std::convert::Infallible;

    #[test]
    fn spaces_and_hyphens_are_ignored() {
        for text in ["482913", "482 913", " 482-913 ", "4 8 2 9 1 3", "482\u{2013}913", "482\u{a0}913"] {
            assert_eq!(PortalId::typed(text).map(PortalId::digits), Ok("482913".to_owned()), "{text:?}");
        }
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(PortalId::typed("４８２９１３").map(PortalId::digits), Ok("482913".to_owned()));
    }

    #[test]
    fn leading_zeros_are_significant() {
        assert_eq!(PortalId::typed("000042").map(PortalId::digits), Ok("000042".to_owned()));
        assert_eq!(PortalId::typed("42"), Err(PortalIdMistake::NotSixDigits));
    }

    #[test]
    fn nothing_typed_is_told_from_something_wrong() {
        assert_eq!(PortalId::typed(" - "), Err(PortalIdMistake::Missing));
        for text in ["48291", "4829133", "48291a", "+48291", "٤٨٢٩١٣"] {
            assert_eq!(PortalId::typed(text), Err(PortalIdMistake::NotSixDigits), "{text:?}");
        }
    }

    #[test]
    fn an_id_is_grouped_for_reading() {
        assert_eq!(PortalId(482_913).grouped(), "482 913");
        assert_eq!(PortalId(7).grouped(), "000 007");
    }

    #[test]
    fn an_id_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", PortalId(482_913)), "PortalId(..)");
    }

    #[test]
    fn a_draw_that_would_favour_low_ids_is_thrown_away() {
        let mut rng = Scripted(vec![7, FAIR_BELOW, u32::MAX]);

        assert_eq!(PortalId::draw(&mut rng), PortalId(7));
    }

    #[test]
    fn draws_are_spread_evenly_over_the_whole_range() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut per_tenth = [0_u32; 10];
        for _ in 0..100_000 {
            let tenth = PortalId::draw(&mut rng).0 / 100_000;
            per_tenth[usize::try_from(tenth).unwrap()] += 1;
        }

        // 10,000 each; the standard deviation is 95, and six of those never happen.
        assert!(per_tenth.iter().all(|count| count.abs_diff(10_000) < 570), "{per_tenth:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_an_id_or_a_mistake(text in ".*") {
            let _ = PortalId::typed(&text);
        }

        #[test]
        fn every_id_is_read_back_from_its_grouped_form(number in 0..HOW_MANY) {
            let id = PortalId(number);
            prop_assert_eq!(PortalId::typed(&id.grouped()), Ok(id));
            prop_assert_eq!(PortalId::stored(&id.digits()), Some(id));
        }
    }

    /// A generator that says what it was told to say, last first.
    struct Scripted(Vec<u32>);

    impl TryRng for Scripted {
        type Error = Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            Ok(self.0.pop().unwrap())
        }
        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            Ok(u64::from(self.0.pop().unwrap()))
        }
        fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
            buffer.fill(0);
            Ok(())
        }
    }

    impl TryCryptoRng for Scripted {}
}
