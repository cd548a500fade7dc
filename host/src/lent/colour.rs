//! A colour of a practice's own, and how well it can be told from another.

use std::fmt;
use std::str::FromStr;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

/// What is not written as a colour.
#[derive(Debug, thiserror::Error)]
#[error("a colour is # and six hexadecimal digits, such as #0b5d66")]
pub struct NotAColour;

impl Colour {
    /// What paper is, and a light page.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// The least contrast with white of a practice's own colour: words in it then have 4.5:1 (WCAG 2.2, 1.4.3) on
    /// white and on the portal's tinted grounds.
    pub const LEAST_CONTRAST: f64 = 5.4;

    /// Whether it will do for a practice's own.
    pub fn is_readable(self) -> bool {
        self.contrast_with(Self::WHITE) >= Self::LEAST_CONTRAST
    }

    /// The contrast of text in one of them on the other, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast_with(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NotAColour)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_written_as_it_was_read() {
        assert_eq!("#0B5d66".parse::<Colour>().unwrap().to_string(), "#0b5d66");
        for text in ["", "#", "0b5d66", "#0b5d6", "#0b5d667", "#0b5d6g", "#+b5d66", "teal", "#é5d66"] {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
    }

    #[test]
    fn contrast_is_what_wcag_says() {
        let black = Colour { red: 0, green: 0, blue: 0 };
        assert!((Colour::WHITE.contrast_with(black) - 21.0).abs() < 1e-9);
        assert!((black.contrast_with(black) - 1.0).abs() < 1e-9);
        // The well-known grey that just passes on white.
        let grey: Colour = "#767676".parse().unwrap();
        assert!((4.54 - grey.contrast_with(Colour::WHITE)).abs() < 0.005);
    }
}
