//! Lists as staff make, start and cancel them. Each of it is on record in the same transaction.

use super::state::Columns;
use super::{Batch, BatchNumber, FaultyLine, LineFault, Wanted};
use crate::audit::{By, write_staff_event};
use crate::columns::{count, is_so, seconds, timestamp, whole};
use crate::database::{Database, Writing};
use crate::driver::{Connection, Into, ROWS_AT_ONCE, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, Timestamp};

/// The number of a practice's first list.
const FIRST: i64 = 1;

statements! {
    NEXT = "SELECT COALESCE(MAX(number), 0) + 1 FROM batch WHERE practice = $1 AND number > 0";
    CREATE = "INSERT INTO batch (practice, number, state, staff, address, created, total, done, taken, \
        lease_until) VALUES ($1, $2, 'proposed', $3, $4, $5, $6, 0, 0, 0)";
    IS_KNOWN = "SELECT id FROM patient WHERE practice = $1 AND id = $2";
    START = "UPDATE batch SET state = 'running', staff = $3, address = $4, started = $5 \
        WHERE practice = $1 AND number = $2 AND state = 'proposed' AND total > 0";
    CANCEL = "UPDATE batch SET state = 'cancelled', ended = $3 \
        WHERE practice = $1 AND number = $2 AND state IN ('proposed', 'running')";
    BETWEEN = "SELECT batch.number, batch.state, batch.why, staff.name AS staff_name, batch.created, \
        batch.started, batch.ended, batch.total, batch.done, batch.has_work \
        FROM batch JOIN staff ON staff.practice = batch.practice AND staff.id = batch.staff \
        WHERE batch.practice = $1 AND batch.number >= $2 AND batch.number <= $3 \
        ORDER BY batch.number DESC LIMIT $4";
    FAULTS = "SELECT line, cell, fault FROM batch_fault \
        WHERE practice = $1 AND batch = $2 ORDER BY line LIMIT $3";
    COUNT_FAULTS = "SELECT COUNT(*) FROM batch_fault WHERE practice = $1 AND batch = $2";
}

impl Database {
    /// Makes a list of these patients, not started yet. A chart number that the practice has not got
    /// becomes a faulty line; where it stood in no line, it is left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn propose_batch(
        &self,
        practice: &PracticeId,
        wanted: Wanted,
        by: &By,
        at: Timestamp,
    ) -> Result<BatchNumber, StoreError> {
        // Looked up first, so that nobody waits to write meanwhile. Patients are never removed.
        let (patients, faults) = self.tell_apart(practice, wanted).await?;
        let mut writing = self.write_alone(practice).await?;
        let number: i64 = scalar(NEXT).bind(practice.as_str()).fetch_one(&mut *writing).await?;
        statement(CREATE)
            .bind(practice.as_str())
            .bind(number)
            .bind(by.staff.as_str())
            .bind(by.address.as_deref())
            .bind(seconds(at))
            .bind(whole(patients.len() as u64))
            .execute(&mut *writing)
            .await?;
        add(&mut writing, practice, number, &patients, &faults).await?;
        let number = BatchNumber(count(number));
        let detail = format!("{number}: {} patients, {} lines left out", patients.len(), faults.len());
        write_staff_event(&mut writing, practice, by, "batch.created", Some(detail), at).await?;
        writing.commit().await?;
        Ok(number)
    }

    /// Tells the patients of the practice from chart numbers of nobody.
    async fn tell_apart(
        &self,
        practice: &PracticeId,
        wanted: Wanted,
    ) -> Result<(Vec<PatientId>, Vec<FaultyLine>), StoreError> {
        let Wanted { patients, mut faults } = wanted;
        let mut known = Vec::with_capacity(patients.len());
        let mut snapshot = self.snapshot().await?;
        for (line, patient) in patients {
            let found: Option<String> = scalar(IS_KNOWN)
                .bind(practice.as_str())
                .bind(patient.as_str())
                .fetch_optional(&mut *snapshot)
                .await?;
            match (found, line) {
                (Some(_), _) => known.push(patient),
                (None, Some(line)) => {
                    let cell = patient.as_str().to_owned();
                    faults.push(FaultyLine { line, cell, fault: LineFault::Unknown });
                }
                (None, None) => {}
            }
        }
        Ok((known, faults))
    }

    /// Starts a list in the name of `by`. False where it is not one that waits to be started.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn start_batch(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
        by: &By,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut writing = self.write_alone(practice).await?;
        let started = statement(START)
            .bind(practice.as_str())
            .bind(whole(number.0))
            .bind(by.staff.as_str())
            .bind(by.address.as_deref())
            .bind(seconds(at))
            .execute(&mut *writing)
            .await?;
        settle(writing, practice, number, started.rows_affected(), by, "batch.started", at).await
    }

    /// Cancels a list, whoever started it: a host stops after the few patients it is at. False where there
    /// is nothing to cancel.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancel_batch(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
        by: &By,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut writing = self.write_alone(practice).await?;
        let cancelled = statement(CANCEL)
            .bind(practice.as_str())
            .bind(whole(number.0))
            .bind(seconds(at))
            .execute(&mut *writing)
            .await?;
        settle(writing, practice, number, cancelled.rows_affected(), by, "batch.cancelled", at).await
    }

    /// A list, or none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn batch(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
    ) -> Result<Option<Batch>, StoreError> {
        let number = whole(number.0);
        Ok(self.batches_between(practice, number, number, 1).await?.pop())
    }

    /// The newest lists, newest first, `limit` at the most; with `before`, the newest of those with a
    /// smaller number.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn batches(
        &self,
        practice: &PracticeId,
        before: Option<BatchNumber>,
        limit: u16,
    ) -> Result<Vec<Batch>, StoreError> {
        let last = before.map_or(i64::MAX, |before| whole(before.0).saturating_sub(1));
        self.batches_between(practice, FIRST, last, limit).await
    }

    /// The lists with a number from `first` to `last`, newest first.
    async fn batches_between(
        &self,
        practice: &PracticeId,
        first: i64,
        last: i64,
        limit: u16,
    ) -> Result<Vec<Batch>, StoreError> {
        let stored: Vec<BatchRow> = rows(BETWEEN)
            .bind(practice.as_str())
            .bind(first)
            .bind(last)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        stored.into_iter().map(BatchRow::batch).collect()
    }

    /// The first faulty lines of a list, in order, `limit` at the most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn faulty_lines(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
        limit: u16,
    ) -> Result<Vec<FaultyLine>, StoreError> {
        let stored: Vec<(i64, String, String)> = rows(FAULTS)
            .bind(practice.as_str())
            .bind(whole(number.0))
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        let unreadable = StoreError::Unreadable { table: "batch_fault", column: "fault" };
        let faults = stored.into_iter().map(|(line, cell, fault)| {
            Some(FaultyLine { line: count(line), cell, fault: LineFault::from_key(&fault)? })
        });
        faults.collect::<Option<_>>().ok_or(unreadable)
    }

    /// How many faulty lines a list had.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_faulty_lines(
        &self,
        practice: &PracticeId,
        number: BatchNumber,
    ) -> Result<u64, StoreError> {
        let faults: i64 = scalar(COUNT_FAULTS)
            .bind(practice.as_str())
            .bind(whole(number.0))
            .fetch_one(self.reader())
            .await?;
        Ok(count(faults))
    }
}

const INTO_PATIENT: Into = Into {
    columns: 4,
    before: "INSERT INTO batch_patient (practice, batch, position, patient) VALUES ",
    after: "",
};

const INTO_FAULT: Into = Into {
    columns: 5,
    before: "INSERT INTO batch_fault (practice, batch, line, cell, fault) VALUES ",
    after: "",
};

/// Stores what is on a list, many rows at a time: everybody else who writes to the practice waits meanwhile.
async fn add(
    connection: &mut Connection,
    practice: &PracticeId,
    number: i64,
    patients: &[PatientId],
    faults: &[FaultyLine],
) -> Result<(), sqlx::Error> {
    let mut position = 0_i64;
    for some in patients.chunks(ROWS_AT_ONCE) {
        let mut query = INTO_PATIENT.rows(some.len());
        for patient in some {
            query = query
                .bind(practice.as_str().to_owned())
                .bind(number)
                .bind(position)
                .bind(patient.as_str().to_owned());
            position = position.saturating_add(1);
        }
        query.execute(&mut *connection).await?;
    }
    for some in faults.chunks(ROWS_AT_ONCE) {
        let mut query = INTO_FAULT.rows(some.len());
        for fault in some {
            query = query
                .bind(practice.as_str().to_owned())
                .bind(number)
                .bind(whole(fault.line))
                .bind(fault.cell.clone())
                .bind(fault.fault.key());
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts a change on record and commits, where there was one.
async fn settle(
    mut writing: Writing,
    practice: &PracticeId,
    number: BatchNumber,
    changed: u64,
    by: &By,
    action: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    if changed == 0 {
        return Ok(false);
    }
    write_staff_event(&mut writing, practice, by, action, Some(number.to_string()), at).await?;
    writing.commit().await?;
    Ok(true)
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    number: i64,
    state: String,
    why: Option<String>,
    staff_name: String,
    created: i64,
    started: Option<i64>,
    ended: Option<i64>,
    total: i64,
    done: i64,
    has_work: i64,
}

impl BatchRow {
    fn batch(self) -> Result<Batch, StoreError> {
        let state = Columns {
            state: self.state,
            started: self.started.map(timestamp),
            ended: self.ended.map(timestamp),
            why: self.why,
            has_work: is_so(self.has_work),
        };
        Ok(Batch {
            number: BatchNumber(count(self.number)),
            state: state.state().ok_or(StoreError::Unreadable { table: "batch", column: "state" })?,
            staff_name: self.staff_name,
            created: timestamp(self.created),
            total: count(self.total),
            done: count(self.done),
        })
    }
}
