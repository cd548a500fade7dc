//! `patients`: demographics, one patient at a time.

use super::bindings::ehr::patient_portal::{patients, types};
use super::bounds::key;
use crate::identity::PatientId;
use crate::lent::{Patient, PersonName};
use crate::runtime::Call;
use std::sync::Arc;

impl patients::Host for Call {
    async fn get(
        &mut self,
        id: String,
    ) -> wasmtime::Result<Result<Option<patients::Patient>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let id = PatientId::new(key(id)?);
        let found = self.ask_ehr("a patient", lent.ehr.patient(&practice, &id)).await?;
        Ok(found.map(|patient| patient.map(patients::Patient::from)).map_err(Into::into))
    }
}

impl From<Patient> for patients::Patient {
    fn from(patient: Patient) -> Self {
        Self {
            id: patient.id.as_str().to_owned(),
            name: patient.name.into(),
            other_names: patient.other_names.into_iter().map(Into::into).collect(),
            birth_date: patient.birth_date.map(Into::into),
            language: patient.language,
        }
    }
}

impl From<PersonName> for patients::PersonName {
    fn from(name: PersonName) -> Self {
        match name {
            PersonName::Full { given, family } => Self::Full(patients::FullName { given, family }),
            PersonName::Single(name) => Self::Single(name),
        }
    }
}
