//! Patients into the database, many in one statement.

use crate::columns::{iso, name_columns, whole};
use crate::driver::{Connection, Driver};
use crate::ehr::PatientDetails;
use crate::folding::fold;
use portal_host::identity::PracticeId;
use portal_host::lent::PersonName;
use sqlx::QueryBuilder;

/// With 17 columns a row, 8,500 parameters: SQLite takes 32,766, PostgreSQL 65,535.
const ROWS_AT_ONCE: usize = 500;

/// Stores patients and their names. One who is there already is left as is; returns how many were
/// not.
pub(crate) async fn insert_patients(
    connection: &mut Connection,
    practice: &PracticeId,
    patients: &[PatientDetails],
) -> Result<u64, sqlx::Error> {
    let mut inserted = 0_u64;
    for some in patients.chunks(ROWS_AT_ONCE) {
        let mut into_patient: QueryBuilder<Driver> = QueryBuilder::new(
            "INSERT INTO patient (practice, id, birth_date, language, sex, marital_status, \
             preferred_name, phone, email, street, city, state, postal_code, occupation, \
             emergency_name, emergency_relationship, emergency_phone) ",
        );
        into_patient.push_values(some, |mut row, patient| {
            row.push_bind(practice.as_str())
                .push_bind(patient.id.as_str())
                .push_bind(patient.birth_date.map(iso))
                .push_bind(patient.language.as_deref())
                .push_bind(patient.sex.key())
                .push_bind(patient.marital_status.key())
                .push_bind(patient.preferred_name.as_str())
                .push_bind(patient.phone.as_str())
                .push_bind(patient.email.as_str())
                .push_bind(patient.address.street.as_str())
                .push_bind(patient.address.city.as_str())
                .push_bind(patient.address.state.as_str())
                .push_bind(patient.address.postal_code.as_str())
                .push_bind(patient.occupation.as_str())
                .push_bind(patient.emergency_contact.name.as_str())
                .push_bind(patient.emergency_contact.relationship.as_str())
                .push_bind(patient.emergency_contact.phone.as_str());
        });
        into_patient.push(" ON CONFLICT (practice, id) DO NOTHING");
        let stored = into_patient.build().execute(&mut *connection).await?;
        inserted = inserted.saturating_add(stored.rows_affected());
        insert_names(connection, practice, some).await?;
    }
    Ok(inserted)
}

async fn insert_names(
    connection: &mut Connection,
    practice: &PracticeId,
    patients: &[PatientDetails],
) -> Result<(), sqlx::Error> {
    let names: Vec<(&str, i64, &PersonName)> = patients
        .iter()
        .flat_map(|patient| {
            let all = std::iter::once(&patient.name).chain(&patient.other_names);
            (0_u64..).zip(all).map(|(position, name)| (patient.id.as_str(), whole(position), name))
        })
        .collect();
    for some in names.chunks(ROWS_AT_ONCE) {
        let mut into_name: QueryBuilder<Driver> = QueryBuilder::new(
            "INSERT INTO patient_name \
             (practice, patient, position, given_name, family_name, given_folded, family_folded) ",
        );
        into_name.push_values(some, |mut row, (patient, position, name)| {
            let (given, family) = name_columns(name);
            row.push_bind(practice.as_str())
                .push_bind(*patient)
                .push_bind(*position)
                .push_bind(given)
                .push_bind(family)
                .push_bind(given.map_or_else(String::new, fold))
                .push_bind(fold(family));
        });
        into_name.push(" ON CONFLICT (practice, patient, position) DO NOTHING");
        into_name.build().execute(&mut *connection).await?;
    }
    Ok(())
}
