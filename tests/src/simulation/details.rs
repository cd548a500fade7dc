//! What is typed under User Confirmation: right, or guessed.

use super::arithmetic::YEARS_OF_BIRTH;
use jiff::civil::Date;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;

/// The last year in which a guesser expects someone to be born.
const LAST_YEAR: i16 = 2025;

/// Initials and a date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Details {
    /// Of the first name.
    pub first: char,
    /// Of the last name.
    pub last: char,
    /// The day of birth.
    pub born: Date,
}

impl Details {
    /// Anybody's.
    pub fn guessed(random: &mut ChaCha8Rng) -> Self {
        Self { first: letter(random), last: letter(random), born: birth_date(random) }
    }

    /// These, but another date of birth.
    pub fn of_unknown_age(self, random: &mut ChaCha8Rng) -> Self {
        loop {
            let born = birth_date(random);
            if born != self.born {
                return Self { born, ..self };
            }
        }
    }

    /// The date of birth as it is typed.
    pub fn typed_birth_date(&self) -> String {
        self.born.strftime("%m/%d/%Y").to_string()
    }
}

/// What stands for the invitation.
#[derive(Clone, Debug)]
pub enum Ticket {
    /// The six digits.
    Typed(String),
    /// The token in the sheet's QR code.
    Scanned(String),
}

/// Six digits other than these.
pub fn another_portal_id(than: &str, random: &mut ChaCha8Rng) -> String {
    loop {
        let digits = format!("{:06}", random.random_range(0..1_000_000));
        if digits != than {
            return digits;
        }
    }
}

fn letter(random: &mut ChaCha8Rng) -> char {
    char::from(random.random_range(b'A'..=b'Z'))
}

fn birth_date(random: &mut ChaCha8Rng) -> Date {
    let year = LAST_YEAR - random.random_range(0..YEARS_OF_BIRTH);
    let first = Date::new(year, 1, 1).expect("a year");
    let day = random.random_range(1..=first.days_in_year());
    first.with().day_of_year(day).build().expect("a day of this year")
}
