//! Moments in words, as practices in the United States write them.

use crate::calendar::LocalTime;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// For a screen: `11/29/2026 3:05 PM`.
pub fn short(at: LocalTime) -> String {
    let date = at.date;
    format!("{:02}/{:02}/{:04} {}", date.month(), date.day(), date.year(), clock(at))
}

/// For paper: `November 29, 2026, 3:05 PM`.
pub fn long(at: LocalTime) -> String {
    let date = at.date;
    let month = MONTHS.get(usize::from(date.month()).saturating_sub(1)).copied().unwrap_or_default();
    format!("{month} {}, {}, {}", date.day(), date.year(), clock(at))
}

fn clock(at: LocalTime) -> String {
    let half = if at.hour < 12 { "AM" } else { "PM" };
    let hour = match at.hour % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02} {half}", at.minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;

    fn at(hour: u8, minute: u8) -> LocalTime {
        LocalTime { date: Date::new(2026, 1, 9).unwrap(), hour, minute }
    }

    #[test]
    fn noon_and_midnight_are_twelve() {
        assert_eq!(short(at(0, 5)), "01/09/2026 12:05 AM");
        assert_eq!(short(at(12, 0)), "01/09/2026 12:00 PM");
        assert_eq!(short(at(23, 59)), "01/09/2026 11:59 PM");
    }

    #[test]
    fn paper_names_the_month() {
        assert_eq!(long(at(15, 5)), "January 9, 2026, 3:05 PM");
    }
}
