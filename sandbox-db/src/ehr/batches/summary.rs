//! What came of a list: how many of each outcome, and who they are.

use super::{BatchNumber, BatchOutcome};
use crate::columns::{count, person_name, whole};
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::PersonName;

statements! {
    COUNTS = "SELECT outcome, reason, MAX(label) AS label, COUNT(*) AS patients FROM batch_patient \
        WHERE practice = $1 AND batch = $2 GROUP BY outcome, reason ORDER BY outcome, reason";
    OF_OUTCOME = "SELECT listed.position, listed.patient, name.given_name, name.family_name \
        FROM batch_patient AS listed JOIN patient_name AS name ON name.practice = listed.practice \
            AND name.patient = listed.patient AND name.position = 0 \
        WHERE listed.practice = $1 AND listed.batch = $2 AND listed.outcome = $3 AND listed.reason = $4 \
            AND listed.position > $5 ORDER BY listed.position LIMIT $6";
}

/// A patient on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPatient {
    /// The place on the list, from 0.
    pub position: u64,
    /// The chart number.
    pub patient: PatientId,
    /// The name of record.
    pub name: PersonName,
}

impl Database {
    /// How many patients of a list there are of each outcome: those not looked at first, then those
    /// invited, then those left out by reason.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn batch_outcomes(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
    ) -> Result<Vec<(BatchOutcome, u64)>, StoreError> {
        let stored: Vec<(String, String, String, i64)> =
            rows(COUNTS).bind(practice.as_str()).bind(whole(number.0)).fetch_all(self.reader()).await?;
        let counts = stored.into_iter().map(|(outcome, reason, label, patients)| {
            Some((BatchOutcome::of(&outcome, reason, label)?, count(patients)))
        });
        let counts: Option<Vec<_>> = counts.collect();
        let mut counts =
            counts.ok_or(StoreError::Unreadable { table: "batch_patient", column: "outcome" })?;
        counts.sort_by_key(|(outcome, _)| match outcome {
            BatchOutcome::Open => 0,
            BatchOutcome::Invited => 1,
            BatchOutcome::LeftOut { .. } => 2,
        });
        Ok(counts)
    }

    /// The patients of a list with this outcome after the place `after`, in their order, `limit` at the
    /// most. Those left out are told by the reason's key alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn batch_patients(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
        outcome: &BatchOutcome,
        after: Option<u64>,
        limit: u16,
    ) -> Result<Vec<ListedPatient>, StoreError> {
        let (outcome, reason, _) = outcome.columns();
        let stored: Vec<(i64, String, Option<String>, String)> = rows(OF_OUTCOME)
            .bind(practice.as_str())
            .bind(whole(number.0))
            .bind(outcome)
            .bind(reason.to_owned())
            .bind(after.map_or(-1, whole))
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        let listed = stored.into_iter().map(|(position, patient, given, family)| ListedPatient {
            position: count(position),
            patient: PatientId::new(patient),
            name: person_name(given, family),
        });
        Ok(listed.collect())
    }
}
