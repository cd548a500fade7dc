//! Moments in words, as each language writes them.

use super::Language;
use crate::calendar::LocalTime;

impl Language {
    /// For a screen, such as `11/29/2026 3:05 PM`.
    pub(crate) fn short_moment(self, at: LocalTime) -> String {
        let (month, day, year) = (at.date.month(), at.date.day(), at.date.year());
        let (month2, day2) = (format!("{month:02}"), format!("{day:02}"));
        self.dates().short(day, day2, month, month2, self.clock(at), year)
    }

    /// For paper, such as `November 29, 2026, 3:05 PM`.
    pub(crate) fn long_moment(self, at: LocalTime) -> String {
        self.dates().long(at.date.day(), at.date.month(), self.clock(at), at.date.year())
    }

    fn clock(self, at: LocalTime) -> String {
        let hour = match at.hour % 12 {
            0 => 12,
            hour => hour,
        };
        let minute = format!("{:02}", at.minute);
        if at.hour < 12 { self.dates().time_am(hour, minute) } else { self.dates().time_pm(hour, minute) }
    }
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
        let short = |hour, minute| Language::En.short_moment(at(hour, minute));
        assert_eq!(short(0, 5), "01/09/2026 12:05 AM");
        assert_eq!(short(12, 0), "01/09/2026 12:00 PM");
        assert_eq!(short(23, 59), "01/09/2026 11:59 PM");
    }

    #[test]
    fn paper_names_the_month() {
        assert_eq!(Language::En.long_moment(at(15, 5)), "January 9, 2026, 3:05 PM");
    }

    #[test]
    fn no_other_language_lets_a_day_be_taken_for_a_month() {
        assert_eq!(Language::Es.short_moment(at(15, 5)), "9 ene. 2026, 3:05 p. m.");
        assert_eq!(Language::Es.long_moment(at(0, 5)), "9 de enero de 2026, 12:05 a. m.");
    }
}
