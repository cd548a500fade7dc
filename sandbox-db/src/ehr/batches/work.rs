//! What a host does on lists: a few patients at a time, noted before they are asked about and after, so that
//! a host that ends midway leaves nothing that another cannot take up. A host holds a list by a lease; one
//! that lost it records nothing more.

use super::state::RUNNING;
use super::{BatchNumber, BatchOutcome};
use crate::audit::{By, write_event};
use crate::columns::{count, seconds, whole};
use crate::database::{Database, Writing};
use crate::driver::{Driver, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, StaffId, Timestamp};
use portal_host::lent::{Actor, Event};

statements! {
    WITH_WORK = "SELECT DISTINCT practice FROM batch WHERE has_work = 1";
    WAITING = "SELECT number FROM batch WHERE practice = $1 AND has_work = 1 \
        AND (lease_holder = $2 OR lease_until <= $3) ORDER BY number LIMIT 1";
    LEASE = "UPDATE batch SET lease_holder = $3, lease_until = $4 WHERE practice = $1 AND number = $2";
    HELD = "SELECT state, staff, address, total, done, taken FROM batch \
        WHERE practice = $1 AND number = $2 AND has_work = 1 AND lease_holder = $3";
    TAKE = "UPDATE batch SET taken = $3 WHERE practice = $1 AND number = $2";
    TAKEN = "SELECT patient FROM batch_patient \
        WHERE practice = $1 AND batch = $2 AND position >= $3 AND position < $4 ORDER BY position";
    RECORD = "UPDATE batch_patient SET outcome = $4, reason = $5, label = $6 \
        WHERE practice = $1 AND batch = $2 AND position = $3";
    ADVANCE = "UPDATE batch SET done = taken WHERE practice = $1 AND number = $2";
    FINISH = "UPDATE batch SET state = 'done', ended = $3 \
        WHERE practice = $1 AND number = $2 AND state = 'running'";
    STOP = "UPDATE batch SET state = 'stopped', why = $3, ended = $4 \
        WHERE practice = $1 AND number = $2 AND state = 'running'";
    CLOSE = "UPDATE batch SET lease_holder = NULL, lease_until = 0 \
        WHERE practice = $1 AND number = $2";
    RENEW = "UPDATE batch SET lease_until = $4 \
        WHERE practice = $1 AND number = $2 AND has_work = 1 AND lease_holder = $3";
    RELEASE = "UPDATE batch SET lease_until = 0 \
        WHERE practice = $1 AND has_work = 1 AND lease_holder = $2";
    INVITED = "SELECT COUNT(*) FROM batch_patient WHERE practice = $1 AND batch = $2 AND outcome = 'invited'";
}

/// A host at work.
#[derive(Clone, Debug)]
pub struct Worker {
    /// What tells it from every other host.
    pub name: String,
    /// How long others leave what it took alone, in seconds.
    pub lease: u64,
    /// How many patients it takes at a time.
    pub most: u64,
}

/// A few patients of a list, taken by a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Which list.
    pub number: BatchNumber,
    /// In whose name, and from where.
    pub by: By,
    /// The patients, in their order. Never none.
    pub patients: Vec<PatientId>,
    /// Whether a host took them before, and what came of it is not known.
    pub was_under_way: bool,
    /// The position of the first of them.
    first: i64,
}

impl Database {
    /// The practices that have lists with something left to do, whoever is at it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn practices_with_batch_work(&self) -> Result<Vec<PracticeId>, StoreError> {
        let practices: Vec<String> = scalar(WITH_WORK).fetch_all(self.reader()).await?;
        Ok(practices.into_iter().map(PracticeId::new).collect())
    }

    /// Takes what is to be done next on the oldest list that nobody else is at, if there is any.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_batch_work(
        &self,
        practice: &PracticeId,
        worker: &Worker,
        at: Timestamp,
    ) -> Result<Option<Work>, StoreError> {
        // Most of the time there is nothing to do, and nobody should wait to write for that.
        if waiting(self.reader(), practice, worker, at).await?.is_none() {
            return Ok(None);
        }
        let mut writing = self.write_alone(practice).await?;
        let Some(number) = waiting(&mut *writing, practice, worker, at).await? else { return Ok(None) };
        let work = take(&mut writing, practice, number, worker, at).await?;
        writing.commit().await?;
        Ok(work)
    }

    /// Records what came of `work`, in the order of its patients, and takes what is next on the same list.
    /// None where the list is over, or another host has taken it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn record_batch_work(
        &self,
        practice: &PracticeId,
        worker: &Worker,
        work: &Work,
        outcomes: &[BatchOutcome],
        at: Timestamp,
    ) -> Result<Option<Work>, StoreError> {
        let mut writing = self.write_alone(practice).await?;
        let number = whole(work.number.0);
        if !is_still_at(&mut writing, practice, worker, work).await? {
            return Ok(None);
        }
        record(&mut writing, practice, work, outcomes).await?;
        let next = take(&mut writing, practice, number, worker, at).await?;
        writing.commit().await?;
        Ok(next)
    }

    /// Ends a list that cannot go on, and puts on record why; one that staff have cancelled stays
    /// cancelled. What came of its patients under way is recorded as `unclear`, where another host may
    /// have asked about them already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn stop_batch(
        &self,
        practice: &PracticeId,
        worker: &Worker,
        work: &Work,
        why: &str,
        unclear: &BatchOutcome,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writing = self.write_alone(practice).await?;
        if !is_still_at(&mut writing, practice, worker, work).await? {
            return Ok(());
        }
        if work.was_under_way {
            record(&mut writing, practice, work, &vec![unclear.clone(); work.patients.len()]).await?;
        } else {
            statement(TAKE)
                .bind(practice.as_str())
                .bind(whole(work.number.0))
                .bind(work.first)
                .execute(&mut *writing)
                .await?;
        }
        statement(STOP)
            .bind(practice.as_str())
            .bind(whole(work.number.0))
            .bind(why)
            .bind(seconds(at))
            .execute(&mut *writing)
            .await?;
        close(&mut writing, practice, whole(work.number.0)).await?;
        let event = by_itself("batch.stopped", format!("{}: {why}", work.number));
        write_event(&mut writing, practice, &event, at).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Goes on holding a list while nothing can be done about it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn hold_batch_work(
        &self,
        practice: &PracticeId,
        worker: &Worker,
        work: &Work,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writing = self.write_alone(practice).await?;
        statement(RENEW)
            .bind(practice.as_str())
            .bind(whole(work.number.0))
            .bind(worker.name.as_str())
            .bind(seconds(at.plus_seconds(worker.lease)))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(())
    }

    /// Leaves everything to other hosts, at once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_batch_work(&self, practice: &PracticeId, worker: &Worker) -> Result<(), StoreError> {
        let mut writing = self.write_alone(practice).await?;
        statement(RELEASE).bind(practice.as_str()).bind(worker.name.as_str()).execute(&mut *writing).await?;
        writing.commit().await?;
        Ok(())
    }
}

/// The oldest list with something to do that nobody else is at.
async fn waiting<'c>(
    executor: impl sqlx::Executor<'c, Database = Driver>,
    practice: &PracticeId,
    worker: &Worker,
    at: Timestamp,
) -> Result<Option<i64>, StoreError> {
    Ok(scalar(WAITING)
        .bind(practice.as_str())
        .bind(worker.name.as_str())
        .bind(seconds(at))
        .fetch_optional(executor)
        .await?)
}

/// Takes the list, then what is next on it: what is under way, or else the next few where it is running. A
/// list with nothing left is over.
async fn take(
    writing: &mut Writing,
    practice: &PracticeId,
    number: i64,
    worker: &Worker,
    at: Timestamp,
) -> Result<Option<Work>, StoreError> {
    statement(LEASE)
        .bind(practice.as_str())
        .bind(number)
        .bind(worker.name.as_str())
        .bind(seconds(at.plus_seconds(worker.lease)))
        .execute(&mut **writing)
        .await?;
    let Some(held) = held(writing, practice, number, worker).await? else { return Ok(None) };
    let (was_under_way, is_running) = (held.taken > held.done, held.state == RUNNING);
    let until = if was_under_way {
        held.taken
    } else if is_running {
        held.done.saturating_add(whole(worker.most)).min(held.total)
    } else {
        held.done
    };
    if until == held.done {
        finish(writing, practice, number, held.total, at).await?;
        return Ok(None);
    }
    statement(TAKE).bind(practice.as_str()).bind(number).bind(until).execute(&mut **writing).await?;
    let patients: Vec<String> = scalar(TAKEN)
        .bind(practice.as_str())
        .bind(number)
        .bind(held.done)
        .bind(until)
        .fetch_all(&mut **writing)
        .await?;
    Ok(Some(Work {
        number: BatchNumber(count(number)),
        by: By { staff: StaffId::new(held.staff), address: held.address },
        patients: patients.into_iter().map(PatientId::new).collect(),
        was_under_way,
        first: held.done,
    }))
}

/// Ends a list on which nothing is left to do; on record, unless staff have ended it.
async fn finish(
    writing: &mut Writing,
    practice: &PracticeId,
    number: i64,
    total: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    let finished = statement(FINISH)
        .bind(practice.as_str())
        .bind(number)
        .bind(seconds(at))
        .execute(&mut **writing)
        .await?;
    close(writing, practice, number).await?;
    if finished.rows_affected() > 0 {
        let invited: i64 =
            scalar(INVITED).bind(practice.as_str()).bind(number).fetch_one(&mut **writing).await?;
        let detail = format!("{}: {invited} of {total} invited", BatchNumber(count(number)));
        write_event(writing, practice, &by_itself("batch.finished", detail), at).await?;
    }
    Ok(())
}

async fn close(writing: &mut Writing, practice: &PracticeId, number: i64) -> Result<(), StoreError> {
    statement(CLOSE).bind(practice.as_str()).bind(number).execute(&mut **writing).await?;
    Ok(())
}

async fn record(
    writing: &mut Writing,
    practice: &PracticeId,
    work: &Work,
    outcomes: &[BatchOutcome],
) -> Result<(), StoreError> {
    for (position, outcome) in (work.first..).zip(outcomes) {
        let (outcome, reason, label) = outcome.columns();
        statement(RECORD)
            .bind(practice.as_str())
            .bind(whole(work.number.0))
            .bind(position)
            .bind(outcome)
            .bind(reason.to_owned())
            .bind(label.to_owned())
            .execute(&mut **writing)
            .await?;
    }
    statement(ADVANCE).bind(practice.as_str()).bind(whole(work.number.0)).execute(&mut **writing).await?;
    Ok(())
}

/// Whether the host still holds the list, and nobody has recorded this work.
async fn is_still_at(
    writing: &mut Writing,
    practice: &PracticeId,
    worker: &Worker,
    work: &Work,
) -> Result<bool, StoreError> {
    let held = held(writing, practice, whole(work.number.0), worker).await?;
    Ok(held.is_some_and(|held| held.done == work.first))
}

async fn held(
    writing: &mut Writing,
    practice: &PracticeId,
    number: i64,
    worker: &Worker,
) -> Result<Option<HeldRow>, StoreError> {
    Ok(rows(HELD)
        .bind(practice.as_str())
        .bind(number)
        .bind(worker.name.clone())
        .fetch_optional(&mut **writing)
        .await?)
}

/// What a host does, in nobody's name.
fn by_itself(action: &str, detail: String) -> Event {
    Event {
        actor: Actor::System,
        patient: None,
        action: action.to_owned(),
        detail: Some(detail),
        address: None,
    }
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    state: String,
    staff: String,
    address: Option<String>,
    total: i64,
    done: i64,
    taken: i64,
}
