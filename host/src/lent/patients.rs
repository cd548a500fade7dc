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
