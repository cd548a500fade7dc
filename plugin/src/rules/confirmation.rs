//! User Confirmation: whether what a visitor typed is about the patient whose ID it is.

use subtle::{Choice, ConstantTimeEq};

use super::initials::Initials;
use crate::calendar::Date;
use crate::people::Patient;

/// Who a visitor says they are, free of mistakes of form.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Of the first and last name.
    pub initials: Initials,
    /// The day they were born.
    pub birth_date: Date,
}

impl Person {
    /// Whether this is the patient: the same date of birth, and both initials of the same
    /// name, be it the first on file or another. A patient without a date of birth on file
    /// is never matched.
    ///
    /// Every name is compared and none ends the search, so that the time taken does not
    /// tell how much of a guess was right.
    pub fn is(&self, patient: &Patient) -> bool {
        let claimed = self.initials.comparable();
        let same_initials = patient
            .names()
            .filter_map(Initials::of)
            .fold(Choice::from(0), |found, name| found | name.comparable().ct_eq(&claimed));
        let same_birth_date = patient
            .birth_date
            .map_or(Choice::from(0), |on_file| comparable(on_file).ct_eq(&comparable(self.birth_date)));
        (same_initials & same_birth_date).into()
    }
}

/// Whether the patient's own details can ever be confirmed, and if not, what is missing.
pub fn missing_for_confirmation(patient: &Patient) -> Option<MissingDetail> {
    if patient.birth_date.is_none() {
        Some(MissingDetail::BirthDate)
    } else if patient.names().all(|name| Initials::of(name).is_none()) {
        Some(MissingDetail::Initials)
    } else {
        None
    }
}

/// What the EHR has not got on file, without which no patient can pass User Confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingDetail {
    /// The date of birth.
    BirthDate,
    /// A name with a letter in it.
    Initials,
}

impl Initials {
    fn comparable(self) -> [u32; 2] {
        match self {
            Self::Both(first, last) => [first.letter().into(), last.letter().into()],
            Self::One(only) => [only.letter().into(), 0],
        }
    }
}

fn comparable(date: Date) -> [u32; 3] {
    [date.year().into(), date.month().into(), date.day().into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::initials::Initial;
    use crate::testing::people;

    fn person(first: &str, last: &str, (month, day, year): (u8, u8, u16)) -> Person {
        let initials = Initials::typed(Initial::typed(first).unwrap(), Initial::typed(last).unwrap());
        Person { initials: initials.unwrap(), birth_date: Date::new(year, month, day).unwrap() }
    }

    #[test]
    fn the_right_details_match() {
        assert!(person("m", "G", (2, 29, 1984)).is(&people::maria_garcia()));
        assert!(person("E", "D", (7, 4, 1991)).is(&people::elodie_dubois_lefevre()));
        assert!(person("S", "O", (12, 31, 1959)).is(&people::sean_o_brien()));
    }

    #[test]
    fn one_wrong_detail_is_enough_to_fail() {
        let maria = people::maria_garcia();

        assert!(!person("N", "G", (2, 29, 1984)).is(&maria));
        assert!(!person("M", "H", (2, 29, 1984)).is(&maria));
        assert!(!person("G", "M", (2, 29, 1984)).is(&maria));
        assert!(!person("M", "G", (2, 28, 1984)).is(&maria));
        assert!(!person("M", "", (2, 29, 1984)).is(&maria));
    }

    #[test]
    fn someone_with_one_name_leaves_either_field_empty() {
        let madonna = people::madonna();

        assert!(person("M", "", (8, 16, 1958)).is(&madonna));
        assert!(person("", "M", (8, 16, 1958)).is(&madonna));
        assert!(!person("M", "M", (8, 16, 1958)).is(&madonna));
    }

    #[test]
    fn another_name_on_file_matches_as_well_but_names_do_not_mix() {
        let xiuying = people::wang_xiuying();

        assert!(person("X", "W", (1, 5, 1948)).is(&xiuying));
        assert!(person("秀", "王", (1, 5, 1948)).is(&xiuying));
        assert!(!person("X", "王", (1, 5, 1948)).is(&xiuying));
    }

    #[test]
    fn no_date_of_birth_on_file_matches_nothing() {
        let patient = people::without_birth_date();

        assert!(!person("N", "D", (1, 1, 1970)).is(&patient));
        assert_eq!(missing_for_confirmation(&patient), Some(MissingDetail::BirthDate));
    }
}
