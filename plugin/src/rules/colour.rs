//! Colours, and what lies between two of them.

use std::fmt;

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

impl Colour {
    /// All of it.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// Nothing of it.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };

    /// So many hundredths of the other colour in this one, at most 100.
    #[must_use]
    pub fn with(self, hundredths: u8, other: Self) -> Self {
        let mix = |own: u8, other: u8| {
            let share = u32::from(hundredths.min(100));
            let sum = u32::from(own) * (100 - share) + u32::from(other) * share;
            u8::try_from(sum / 100).unwrap_or(u8::MAX)
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// Six hexadecimal digits.
    pub fn digits(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// As a style sheet has it.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.digits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_lies_between_its_colours() {
        let teal = Colour { red: 11, green: 93, blue: 102 };
        assert_eq!(teal.to_string(), "#0b5d66");
        assert_eq!(teal.with(0, Colour::WHITE), teal);
        assert_eq!(teal.with(100, Colour::WHITE), Colour::WHITE);
        assert_eq!(teal.with(60, Colour::WHITE).to_string(), "#9dbec1");
        assert_eq!(teal.with(22, Colour::BLACK).to_string(), "#08484f");
    }
}
