//! Patient Details: what the tabs Demographics and Additional Demographic Info show.

use super::person::{MaritalStatus, Sex};
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::portal::patients::patient;
use crate::store_error::StoreError;
use portal_host::identity::{Date, PatientId, PracticeId};
use portal_host::lent::PersonName;

statements! {
    FIND = "SELECT sex, marital_status, preferred_name, phone, email, street, city, state, postal_code, \
        occupation, emergency_name, emergency_relationship, emergency_phone \
        FROM patient WHERE practice = $1 AND id = $2";
}

/// Everything on file about a patient. Empty text means nothing on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientDetails {
    /// The chart number.
    pub id: PatientId,
    /// The name of record.
    pub name: PersonName,
    /// Other names on file, such as a romanised spelling.
    pub other_names: Vec<PersonName>,
    /// Absent where none is on file.
    pub birth_date: Option<Date>,
    /// The preferred language, BCP 47.
    pub language: Option<String>,
    /// The sex on file.
    pub sex: Sex,
    /// The telephone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
    /// Where the patient lives.
    pub address: Address,
    /// What the patient likes to be called.
    pub preferred_name: String,
    /// The marital status on file.
    pub marital_status: MaritalStatus,
    /// What the patient does.
    pub occupation: String,
    /// Whom to call in an emergency.
    pub emergency_contact: Contact,
}

/// A postal address in the United States.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// House number and street.
    pub street: String,
    /// The city.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// The ZIP code.
    pub postal_code: String,
}

/// Someone to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// What they are to the patient.
    pub relationship: String,
    /// Their telephone number.
    pub phone: String,
}

impl Database {
    /// Everything on file about one patient, or none where the practice has no such patient.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn patient_details(
        &self,
        practice: &PracticeId,
        id: &PatientId,
    ) -> Result<Option<PatientDetails>, StoreError> {
        let row: Option<DetailsRow> =
            rows(FIND).bind(practice.as_str()).bind(id.as_str()).fetch_optional(self.reader()).await?;
        let Some(row) = row else { return Ok(None) };
        let Some(known) = patient(self, practice, id).await? else { return Ok(None) };
        Ok(Some(PatientDetails {
            id: known.id,
            name: known.name,
            other_names: known.other_names,
            birth_date: known.birth_date,
            language: known.language,
            sex: sex(&row.sex)?,
            phone: row.phone,
            email: row.email,
            address: Address {
                street: row.street,
                city: row.city,
                state: row.state,
                postal_code: row.postal_code,
            },
            preferred_name: row.preferred_name,
            marital_status: MaritalStatus::from_key(&row.marital_status)
                .ok_or(StoreError::Unreadable { table: "patient", column: "marital_status" })?,
            occupation: row.occupation,
            emergency_contact: Contact {
                name: row.emergency_name,
                relationship: row.emergency_relationship,
                phone: row.emergency_phone,
            },
        }))
    }
}

/// The sex stored as this word.
pub(crate) fn sex(key: &str) -> Result<Sex, StoreError> {
    Sex::from_key(key).ok_or(StoreError::Unreadable { table: "patient", column: "sex" })
}

#[derive(sqlx::FromRow)]
struct DetailsRow {
    sex: String,
    marital_status: String,
    preferred_name: String,
    phone: String,
    email: String,
    street: String,
    city: String,
    state: String,
    postal_code: String,
    occupation: String,
    emergency_name: String,
    emergency_relationship: String,
    emergency_phone: String,
}
