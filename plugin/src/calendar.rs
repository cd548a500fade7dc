//! Moments and dates as the portal reckons them; what time it is comes from outside.

use std::fmt;

/// A moment: seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// The moment this much later. The end of time is as far as it goes.
    pub fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.seconds()))
    }
}

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(u32);

impl Span {
    /// So many minutes.
    pub const fn minutes(minutes: u16) -> Self {
        Self(minutes as u32 * 60)
    }

    /// So many hours.
    pub const fn hours(hours: u16) -> Self {
        Self(hours as u32 * 3_600)
    }

    /// So many days; at most 49,710, where a `u32` of seconds ends.
    pub const fn days(days: u16) -> Self {
        Self((days as u32).saturating_mul(86_400))
    }

    /// The same length in seconds.
    pub fn seconds(self) -> u64 {
        u64::from(self.0)
    }

    /// The same length in seconds, as the counters of the contract want it.
    pub fn whole_seconds(self) -> u32 {
        self.0
    }
}

/// A date that exists in the Gregorian calendar, without a time zone.
///
/// `Debug` says nothing: most dates here are dates of birth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date with these numbers, if there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=days_in_month(year, month)?).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// A date from the EHR, which promises by contract that it exists.
    pub fn promised(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The year, such as 1984.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1-12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1-31.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Date(..)")
    }
}

/// How many days the month has; none where there is no such month.
pub fn days_in_month(year: u16, month: u8) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// A moment as the practice's wall clock and calendar show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day at the practice.
    pub date: Date,
    /// 0-23.
    pub hour: u8,
    /// 0-59.
    pub minute: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_ninth_of_february_exists_in_leap_years_only() {
        assert!(Date::new(1984, 2, 29).is_some());
        assert!(Date::new(2000, 2, 29).is_some());
        assert!(Date::new(1900, 2, 29).is_none());
        assert!(Date::new(2023, 2, 29).is_none());
    }

    #[test]
    fn months_and_days_count_from_one() {
        assert!(Date::new(1990, 0, 1).is_none());
        assert!(Date::new(1990, 13, 1).is_none());
        assert!(Date::new(1990, 1, 0).is_none());
        assert!(Date::new(1990, 4, 31).is_none());
    }

    #[test]
    fn dates_order_by_year_then_month_then_day() {
        let dates = [(1959, 12, 31), (1984, 2, 29), (1984, 3, 1), (1984, 3, 2)];
        let dates = dates.map(|(year, month, day)| Date::new(year, month, day).unwrap());

        assert!(dates.is_sorted());
    }

    #[test]
    fn a_date_of_birth_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", Date::new(1984, 2, 29).unwrap()), "Date(..)");
    }
}
