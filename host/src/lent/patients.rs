//! Demographics, one patient at a time.

use super::Unavailable;
use crate::identity::{Date, PatientId, PracticeId};

/// A name of one or two parts. No part is blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonName {
    /// A given and a family name.
    Full {
        /// The first name.
        given: String,
        /// The last name.
        family: String,
    },
    /// The only name the person has.
    Single(String),
}

impl PersonName {
    /// The name in one line, as its own script orders it: 王 秀英, Maria Garcia.
    pub fn written(&self) -> String {
        match self {
            Self::Full { given, family } if is_east_asian(family) && is_east_asian(given) => {
                format!("{family} {given}")
            }
            Self::Full { given, family } => format!("{given} {family}"),
            Self::Single(only) => only.clone(),
        }
    }
}

/// Whether a name is written in Chinese characters, kana or Hangul, where the family name goes first.
fn is_east_asian(name: &str) -> bool {
    name.chars().all(|letter| {
        matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

/// What the portal may know of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// The EHR's key.
    pub id: PatientId,
    /// The name to greet and print.
    pub name: PersonName,
    /// Other names on file that the patient may go by, such as a romanised spelling.
    pub other_names: Vec<PersonName>,
    /// Absent where none is on file.
    pub birth_date: Option<Date>,
    /// The language the patient prefers, BCP 47.
    pub language: Option<String>,
}

/// The EHR's demographics. There is no way to list or search.
#[async_trait::async_trait]
pub trait Patients: Send + Sync + 'static {
    /// The patient with this key, or none where the practice has no such patient.
    async fn patient(&self, practice: &PracticeId, id: &PatientId) -> Result<Option<Patient>, Unavailable>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_ordered_as_its_own_script_does() {
        let full = |given: &str, family: &str| {
            PersonName::Full { given: given.into(), family: family.into() }.written()
        };

        assert_eq!(full("秀英", "王"), "王 秀英");
        assert_eq!(full("Xiuying", "Wang"), "Xiuying Wang");
        assert_eq!(full("Élodie", "Dubois-Lefèvre"), "Élodie Dubois-Lefèvre");
    }

    #[test]
    fn one_name_is_enough() {
        assert_eq!(PersonName::Single("Madonna".into()).written(), "Madonna");
    }
}
