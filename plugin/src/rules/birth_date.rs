//! The date of birth as patients type it. A date that cannot be is a mistake of form, named
//! next to the field; only one that can be is compared with the one on file.

use super::typed::{is_hyphen, small_number, tidied};
use crate::calendar::{Date, days_in_month};
use crate::settings::EARLIEST_BIRTH_YEAR;

/// Why what was typed cannot be a date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthDateMistake {
    /// Nothing was typed.
    Missing,
    /// It is not a month, a day and a year with slashes, hyphens or dots between them, nor their eight digits.
    Unreadable,
    /// The year has two digits, which could mean two centuries.
    ShortYear,
    /// Months go from 1 to 12.
    NoSuchMonth,
    /// The month has fewer days in that year, or the day is zero.
    NoSuchDay {
        /// How many days the month has.
        days: u8,
    },
    /// It is later than today at the practice.
    InTheFuture,
    /// It is before [`EARLIEST_BIRTH_YEAR`].
    TooLongAgo,
}

/// The date someone typed: `1/2/1990`, `01/02/1990`, `01-02-1990`, `01.02.1990` and `01021990` all
/// mean January 2nd: the digits of some phones come without a slash. `today` is the practice's.
pub fn typed(text: &str, today: Date) -> Result<Date, BirthDateMistake> {
    let text: String = tidied(text).chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(BirthDateMistake::Missing);
    }
    let parts = three_numbers(&text).or_else(|| eight_digits(&text));
    let (month, day, year) = parts.ok_or(BirthDateMistake::Unreadable)?;
    let month = small_number(month, 2).ok_or(BirthDateMistake::Unreadable)?;
    let day = small_number(day, 2).ok_or(BirthDateMistake::Unreadable)?;
    let year_digits = year.len();
    let year = small_number(year, 4).ok_or(BirthDateMistake::Unreadable)?;
    if year_digits != 4 {
        return Err(BirthDateMistake::ShortYear);
    }
    let date = existing(year, month, day)?;
    if date > today {
        Err(BirthDateMistake::InTheFuture)
    } else if year < EARLIEST_BIRTH_YEAR {
        Err(BirthDateMistake::TooLongAgo)
    } else {
        Ok(date)
    }
}

/// The three parts between two separators of the same kind.
fn three_numbers(text: &str) -> Option<(&str, &str, &str)> {
    let separators: [fn(char) -> bool; 3] = [|c| c == '/', is_hyphen, |c| c == '.'];
    separators.into_iter().find_map(|separator| {
        let mut parts = text.split(separator);
        let date = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(date)
    })
}

/// The parts of a date that has nothing between them. With fewer digits it could be several dates.
fn eight_digits(text: &str) -> Option<(&str, &str, &str)> {
    let (month, rest) = text.split_at_checked(2)?;
    let (day, year) = rest.split_at_checked(2)?;
    (year.len() == 4).then_some((month, day, year))
}

fn existing(year: u16, month: u16, day: u16) -> Result<Date, BirthDateMistake> {
    let month = u8::try_from(month).map_err(|_| BirthDateMistake::NoSuchMonth)?;
    let days = days_in_month(year, month).ok_or(BirthDateMistake::NoSuchMonth)?;
    let day = u8::try_from(day).map_err(|_| BirthDateMistake::NoSuchDay { days })?;
    Date::new(year, month, day).ok_or(BirthDateMistake::NoSuchDay { days })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn today() -> Date {
        date(2026, 11, 22)
    }

    fn mistake(text: &str) -> BirthDateMistake {
        typed(text, today()).unwrap_err()
    }

    #[test]
    fn all_the_usual_forms_mean_january_second() {
        for text in [
            "1/2/1990",
            "01/02/1990",
            "01-02-1990",
            "01.02.1990",
            " 1 / 2 / 1990 ",
            "１/２/１９９０",
            "01021990",
            "01 02 1990",
            "０１０２１９９０",
        ] {
            assert!(typed(text, today()) == Ok(date(1990, 1, 2)), "{text:?}");
        }
    }

    #[test]
    fn digits_alone_are_a_date_only_where_they_can_be_one() {
        assert_eq!(mistake("13011990"), BirthDateMistake::NoSuchMonth);
        assert_eq!(mistake("02301990"), BirthDateMistake::NoSuchDay { days: 28 });
        // January 2nd and December 1st, or a date with a short year.
        assert_eq!(mistake("1211990"), BirthDateMistake::Unreadable);
        assert_eq!(mistake("010290"), BirthDateMistake::Unreadable);
        assert_eq!(mistake("010219901"), BirthDateMistake::Unreadable);
        assert_eq!(mistake("0102199é"), BirthDateMistake::Unreadable);
    }

    #[test]
    fn a_leap_day_is_a_date_in_leap_years_only() {
        assert!(typed("02/29/1984", today()) == Ok(date(1984, 2, 29)));
        assert_eq!(mistake("02/29/1985"), BirthDateMistake::NoSuchDay { days: 28 });
    }

    #[test]
    fn a_date_that_does_not_exist_says_why() {
        assert_eq!(mistake("02/30/1990"), BirthDateMistake::NoSuchDay { days: 28 });
        assert_eq!(mistake("02/30/1992"), BirthDateMistake::NoSuchDay { days: 29 });
        assert_eq!(mistake("04/00/1990"), BirthDateMistake::NoSuchDay { days: 30 });
        assert_eq!(mistake("13/01/1990"), BirthDateMistake::NoSuchMonth);
        assert_eq!(mistake("29/02/1984"), BirthDateMistake::NoSuchMonth);
        assert_eq!(mistake("00/01/1990"), BirthDateMistake::NoSuchMonth);
    }

    #[test]
    fn born_today_is_possible_and_tomorrow_is_not() {
        assert!(typed("11/22/2026", today()).is_ok());
        assert_eq!(mistake("11/23/2026"), BirthDateMistake::InTheFuture);
        assert_eq!(mistake("01/01/9999"), BirthDateMistake::InTheFuture);
    }

    #[test]
    fn nobody_was_born_before_1900() {
        assert!(typed("01/01/1900", today()).is_ok());
        assert_eq!(mistake("12/31/1899"), BirthDateMistake::TooLongAgo);
        assert_eq!(mistake("01/01/0000"), BirthDateMistake::TooLongAgo);
    }

    #[test]
    fn a_year_needs_four_digits() {
        assert_eq!(mistake("01/02/90"), BirthDateMistake::ShortYear);
        assert_eq!(mistake("01/02/190"), BirthDateMistake::ShortYear);
    }

    #[test]
    fn anything_else_is_unreadable() {
        for text in [
            "1990",
            "1/2",
            "1/2/1990/3",
            "Jan 2 1990",
            "01/02-1990",
            "//",
            "+1/2/1990",
            "1/2/19900",
            "001/2/1990",
        ] {
            assert_eq!(mistake(text), BirthDateMistake::Unreadable, "{text:?}");
        }
        assert_eq!(mistake("   "), BirthDateMistake::Missing);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_date_or_a_mistake(text in ".*") {
            let _ = typed(&text, today());
        }

        #[test]
        fn digits_and_separators_in_any_order_never_break_it(text in "[0-9/.-]{0,12}") {
            let _ = typed(&text, today());
        }

        #[test]
        fn every_date_since_1900_is_read_back(year in 1900_u16..2026, month in 1_u8..=12, day in 1_u8..=28) {
            let written = format!("{month}-{day:02}-{year}");
            prop_assert!(typed(&written, today()) == Ok(date(year, month, day)));
        }
    }
}
