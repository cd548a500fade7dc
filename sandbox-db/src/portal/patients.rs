//! Demographics for the portal: one patient at a time, by key.

use crate::columns::{birth_date, person_name};
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::{Patient, Patients, PersonName, Unavailable};

statements! {
    // The name of record comes first, the other names after it.
    FIND = "SELECT patient.birth_date, patient.language, name.given_name, name.family_name \
        FROM patient JOIN patient_name AS name \
        ON name.practice = patient.practice AND name.patient = patient.id \
        WHERE patient.practice = $1 AND patient.id = $2 ORDER BY name.position";
}

#[async_trait::async_trait]
impl Patients for Database {
    async fn patient(&self, practice: &PracticeId, id: &PatientId) -> Result<Option<Patient>, Unavailable> {
        Ok(patient(self, practice, id).await?)
    }
}

/// The patient as the portal may know them.
pub(crate) async fn patient(
    database: &Database,
    practice: &PracticeId,
    id: &PatientId,
) -> Result<Option<Patient>, StoreError> {
    let names: Vec<NameRow> =
        rows(FIND).bind(practice.as_str()).bind(id.as_str()).fetch_all(database.reader()).await?;
    let mut names = names.into_iter();
    let Some(of_record) = names.next() else { return Ok(None) };
    Ok(Some(Patient {
        id: id.clone(),
        birth_date: birth_date(of_record.birth_date.as_deref())?,
        language: of_record.language.clone(),
        name: of_record.name(),
        other_names: names.map(NameRow::name).collect(),
    }))
}

#[derive(sqlx::FromRow)]
struct NameRow {
    birth_date: Option<String>,
    language: Option<String>,
    given_name: Option<String>,
    family_name: String,
}

impl NameRow {
    fn name(self) -> PersonName {
        person_name(self.given_name, self.family_name)
    }
}
