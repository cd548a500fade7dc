//! Patients and staff as the EHR knows them.

use crate::calendar::Date;

/// The EHR's own key for a patient, opaque to the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientId(pub String);

/// The EHR's own key for a member of staff, opaque to the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffId(pub String);

/// The EHR's demographics about one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// The key.
    pub id: PatientId,
    /// The name to greet and print.
    pub name: PersonName,
    /// Other names on file that the patient may go by, such as a romanised spelling.
    pub other_names: Vec<PersonName>,
    /// Absent where the EHR has none on file.
    pub birth_date: Option<Date>,
    /// The language the patient prefers, BCP 47, where it is known.
    pub language: Option<String>,
}

impl Patient {
    /// Every name on file, the one to greet with first.
    pub fn names(&self) -> impl Iterator<Item = &PersonName> {
        std::iter::once(&self.name).chain(&self.other_names)
    }
}

/// One or two parts, never none; no part is blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonName {
    /// A given and a family name.
    Full {
        /// What comes first in English.
        given: String,
        /// What comes last in English.
        family: String,
    },
    /// Some people have one name only.
    Single(String),
}

impl PersonName {
    /// The name as it is greeted and printed, as its own script orders it: 王 秀英, Maria Garcia.
    pub fn written(&self) -> String {
        match self {
            Self::Full { given, family } if is_east_asian(family) && is_east_asian(given) => {
                format!("{family} {given}")
            }
            Self::Full { given, family } => format!("{given} {family}"),
            Self::Single(name) => name.clone(),
        }
    }

    /// The parts of the name, in order.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Full { given, family } => (given, Some(family)),
            Self::Single(name) => (name, None),
        };
        std::iter::once(first).chain(second).map(String::as_str)
    }
}

/// Whether a name is written in Chinese characters, kana or Hangul, where the family name goes first.
fn is_east_asian(name: &str) -> bool {
    name.chars().all(|letter| {
        matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
    })
}
