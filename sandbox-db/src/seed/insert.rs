//! Patients into the database, many in one statement.

use crate::columns::{iso, name_columns, whole};
use crate::driver::{Connection, Into, ROWS_AT_ONCE};
use crate::ehr::PatientDetails;
use crate::folding::fold;
use portal_host::identity::PracticeId;
use portal_host::lent::PersonName;

const INTO_PATIENT: Into = Into {
    columns: 17,
    before: "INSERT INTO patient (practice, id, birth_date, language, sex, marital_status, preferred_name, \
        phone, email, street, city, state, postal_code, occupation, emergency_name, emergency_relationship, \
        emergency_phone) VALUES ",
    after: " ON CONFLICT (practice, id) DO NOTHING",
};

const INTO_NAME: Into = Into {
    columns: 7,
    before: "INSERT INTO patient_name (practice, patient, position, given_name, family_name, given_folded, \
        family_folded) VALUES ",
    after: " ON CONFLICT (practice, patient, position) DO NOTHING",
};

/// Stores patients and their names. One who is there already is left as is; returns how many were
/// not.
pub(crate) async fn insert_patients(
    connection: &mut Connection,
    practice: &PracticeId,
    patients: &[PatientDetails],
) -> Result<u64, sqlx::Error> {
    let mut inserted = 0_u64;
    for some in patients.chunks(ROWS_AT_ONCE) {
        let mut query = INTO_PATIENT.rows(some.len());
        for patient in some {
            query = query
                .bind(practice.as_str().to_owned())
                .bind(patient.id.as_str().to_owned())
                .bind(patient.birth_date.map(iso))
                .bind(patient.language.clone())
                .bind(patient.sex.key())
                .bind(patient.marital_status.key())
                .bind(patient.preferred_name.clone())
                .bind(patient.phone.clone())
                .bind(patient.email.clone())
                .bind(patient.address.street.clone())
                .bind(patient.address.city.clone())
                .bind(patient.address.state.clone())
                .bind(patient.address.postal_code.clone())
                .bind(patient.occupation.clone())
                .bind(patient.emergency_contact.name.clone())
                .bind(patient.emergency_contact.relationship.clone())
                .bind(patient.emergency_contact.phone.clone());
        }
        let stored = query.execute(&mut *connection).await?;
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
        let mut query = INTO_NAME.rows(some.len());
        for (patient, position, name) in some {
            let (given, family) = name_columns(name);
            query = query
                .bind(practice.as_str().to_owned())
                .bind((*patient).to_owned())
                .bind(*position)
                .bind(given.map(str::to_owned))
                .bind(family.to_owned())
                .bind(given.map_or_else(String::new, fold))
                .bind(fold(family));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
