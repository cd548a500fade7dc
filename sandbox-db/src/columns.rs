//! How keys, moments, dates and names stand in columns both databases have.

use crate::store_error::StoreError;
use portal_host::identity::{Date, Timestamp};
use portal_host::lent::PersonName;

/// A moment as it is stored. Beyond the year 292 billion it stays there.
pub(crate) fn seconds(at: Timestamp) -> i64 {
    whole(at.0)
}

/// A moment as it was stored.
pub(crate) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp(count(seconds))
}

/// A count as it is stored.
pub(crate) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as it was stored; none is negative.
pub(crate) fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// Yes or no as it is stored: a number, which both databases write and read alike.
pub(crate) fn flag(yes: bool) -> i64 {
    i64::from(yes)
}

/// Yes or no as it was stored.
pub(crate) fn is_so(stored: i64) -> bool {
    stored != 0
}

/// `YYYY-MM-DD`, which compares like the date itself.
pub(crate) fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// Reads `YYYY-MM-DD`; none unless the date exists.
pub(crate) fn date(iso: &str) -> Option<Date> {
    let date: jiff::civil::Date = iso.parse().ok()?;
    existing_date(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
}

/// The date, if there is such a day from the year 1 on.
pub(crate) fn existing_date(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let civil =
        jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    (year > 0 && civil.is_ok()).then_some(Date { year, month, day })
}

/// A stored birth date, where there is one.
pub(crate) fn birth_date(stored: Option<&str>) -> Result<Option<Date>, StoreError> {
    stored
        .map(|text| date(text).ok_or(StoreError::Unreadable { table: "patient", column: "birth_date" }))
        .transpose()
}

/// A stored name. A single name stands where the family name does.
pub(crate) fn person_name(given: Option<String>, family: String) -> PersonName {
    match given {
        Some(given) => PersonName::Full { given, family },
        None => PersonName::Single(family),
    }
}

/// A name as it is stored: given and family name.
pub(crate) fn name_columns(name: &PersonName) -> (Option<&str>, &str) {
    match name {
        PersonName::Full { given, family } => (Some(given), family),
        PersonName::Single(only) => (None, only),
    }
}
