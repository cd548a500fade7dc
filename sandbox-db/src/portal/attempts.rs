//! Counters that slow down guessing. A count is raised and compared in one statement, so no number
//! of concurrent callers passes more than the limit.

use crate::audit::write_event;
use crate::columns::{count, seconds, whole};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::store_error::{StoreError, undone_no_more};
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::{Attempts, Counter, Event, Unavailable, Verdict};
use std::time::Duration;

statements! {
    // Returns no row where the counter is full.
    RAISE = "INSERT INTO attempt_counter (practice, key_hash, attempts, ends) VALUES ($1, $2, 1, $4) \
        ON CONFLICT (practice, key_hash) DO UPDATE SET \
        attempts = CASE WHEN attempt_counter.ends <= $3 THEN 1 ELSE attempt_counter.attempts + 1 END, \
        ends = CASE WHEN attempt_counter.ends <= $3 THEN $4 ELSE attempt_counter.ends END \
        WHERE attempt_counter.ends <= $3 OR attempt_counter.attempts < $5 \
        RETURNING attempts";
    STANDING = "SELECT attempts, ends FROM attempt_counter WHERE practice = $1 AND key_hash = $2 AND ends > $3";
    FORGIVE = "UPDATE attempt_counter SET attempts = attempts - 1 \
        WHERE practice = $1 AND key_hash = $2 AND attempts > 0";
    FORGET = "DELETE FROM attempt_counter WHERE practice = $1 AND key_hash = $2";
    SWEEP = "DELETE FROM attempt_counter WHERE practice = $1 AND key_hash IN (\
        SELECT key_hash FROM attempt_counter WHERE practice = $1 AND ends <= $2 ORDER BY ends LIMIT 32)";
}

#[async_trait::async_trait]
impl Attempts for Database {
    async fn take(
        &self,
        practice: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable> {
        Ok(undone_no_more!(take(self, practice, counters, at))?)
    }

    async fn look(
        &self,
        practice: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable> {
        Ok(look(self, practice, counters, at).await?)
    }

    async fn forgive(&self, practice: &PracticeId, key_hashes: &[[u8; 32]]) -> Result<(), Unavailable> {
        Ok(undone_no_more!(forgive(self, practice, key_hashes))?)
    }

    async fn clear(
        &self,
        practice: &PracticeId,
        key_hashes: &[[u8; 32]],
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        Ok(undone_no_more!(clear(self, practice, key_hashes, because, at))?)
    }
}

/// How many attempts a counter has, and how long until it starts afresh if it is full.
#[derive(Clone, Copy)]
struct Standing {
    attempts: u32,
    wait: Duration,
}

impl Standing {
    fn verdict(standings: &[Self]) -> Verdict {
        if standings.iter().all(|standing| standing.wait.is_zero()) {
            Verdict::Allowed(standings.iter().map(|standing| standing.attempts).collect())
        } else {
            Verdict::Blocked(standings.iter().map(|standing| standing.wait).collect())
        }
    }
}

async fn take(
    database: &Database,
    practice: &PracticeId,
    counters: &[Counter],
    at: Timestamp,
) -> Result<Verdict, StoreError> {
    // In one order everywhere: two transactions that share counters must not wait for each other.
    let mut ordered: Vec<(usize, &Counter)> = counters.iter().enumerate().collect();
    ordered.sort_by_key(|(_, counter)| counter.key_hash);

    let mut transaction = database.write(practice).await?;
    // Swept before, not after: a row swept later could be one that was raised here.
    statement(SWEEP).bind(practice.as_str()).bind(seconds(at)).execute(&mut *transaction).await?;
    let mut standings = Vec::with_capacity(counters.len());
    for (place, counter) in ordered {
        let raised: Option<i64> = if counter.limit == 0 {
            None
        } else {
            scalar(RAISE)
                .bind(practice.as_str())
                .bind(counter.key_hash.as_slice())
                .bind(seconds(at))
                .bind(seconds(at.plus_seconds(window(counter))))
                .bind(i64::from(counter.limit))
                .fetch_optional(&mut *transaction)
                .await?
        };
        let standing = match raised {
            Some(attempts) => Standing { attempts: small(attempts), wait: Duration::ZERO },
            None => standing(&mut transaction, practice, counter, at).await?,
        };
        standings.push((place, standing));
    }
    standings.sort_by_key(|(place, _)| *place);
    let standings: Vec<_> = standings.into_iter().map(|(_, standing)| standing).collect();
    let verdict = Standing::verdict(&standings);
    match verdict {
        Verdict::Blocked(_) => transaction.rollback().await?,
        Verdict::Allowed(_) => transaction.commit().await?,
    }
    Ok(verdict)
}

async fn look(
    database: &Database,
    practice: &PracticeId,
    counters: &[Counter],
    at: Timestamp,
) -> Result<Verdict, StoreError> {
    // One snapshot, so that the counts belong together.
    let mut snapshot = database.snapshot().await?;
    let mut standings = Vec::with_capacity(counters.len());
    for counter in counters {
        standings.push(standing(&mut snapshot, practice, counter, at).await?);
    }
    Ok(Standing::verdict(&standings))
}

async fn standing(
    connection: &mut Connection,
    practice: &PracticeId,
    counter: &Counter,
    at: Timestamp,
) -> Result<Standing, StoreError> {
    let stored: Option<(i64, i64)> = rows(STANDING)
        .bind(practice.as_str())
        .bind(counter.key_hash.as_slice())
        .bind(seconds(at))
        .fetch_optional(connection)
        .await?;
    let (attempts, left) = stored.map_or((0, window(counter)), |(attempts, ends)| {
        (small(attempts), count(ends.saturating_sub(whole(at.0))))
    });
    let wait = if attempts >= counter.limit { left.max(1) } else { 0 };
    Ok(Standing { attempts, wait: Duration::from_secs(wait) })
}

/// A window of less than a second would end when it begins.
fn window(counter: &Counter) -> u64 {
    counter.window.as_secs().max(1)
}

fn small(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(u32::MAX)
}

async fn forgive(
    database: &Database,
    practice: &PracticeId,
    key_hashes: &[[u8; 32]],
) -> Result<(), StoreError> {
    let mut key_hashes = key_hashes.to_vec();
    key_hashes.sort_unstable();
    let mut transaction = database.write(practice).await?;
    for key_hash in &key_hashes {
        statement(FORGIVE)
            .bind(practice.as_str())
            .bind(key_hash.as_slice())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn clear(
    database: &Database,
    practice: &PracticeId,
    key_hashes: &[[u8; 32]],
    because: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = database.write(practice).await?;
    forget_counters(&mut transaction, practice, key_hashes).await?;
    write_event(&mut transaction, practice, because, at).await?;
    transaction.commit().await?;
    Ok(())
}

/// Forgets counters, as part of a change that is about something else as well.
pub(crate) async fn forget_counters(
    connection: &mut Connection,
    practice: &PracticeId,
    key_hashes: &[[u8; 32]],
) -> Result<(), sqlx::Error> {
    let mut key_hashes = key_hashes.to_vec();
    key_hashes.sort_unstable();
    for key_hash in &key_hashes {
        statement(FORGET).bind(practice.as_str()).bind(key_hash.as_slice()).execute(&mut *connection).await?;
    }
    Ok(())
}
