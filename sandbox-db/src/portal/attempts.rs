//! Counters that slow down guessing. A count is raised and compared in one statement, so no number
//! of concurrent callers passes more than the limit.

use crate::columns::{count, seconds, whole};
use crate::database::Database;
use crate::driver::{scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::{Attempts, Counter, Unavailable, Verdict};
use std::time::Duration;

statements! {
    // Returns no row where the counter is full.
    RAISE = "INSERT INTO attempt_counter (practice, key_hash, attempts, ends) VALUES ($1, $2, 1, $4) \
        ON CONFLICT (practice, key_hash) DO UPDATE SET \
        attempts = CASE WHEN attempt_counter.ends <= $3 THEN 1 ELSE attempt_counter.attempts + 1 END, \
        ends = CASE WHEN attempt_counter.ends <= $3 THEN $4 ELSE attempt_counter.ends END \
        WHERE attempt_counter.ends <= $3 OR attempt_counter.attempts < $5 \
        RETURNING attempts";
    END_OF = "SELECT ends FROM attempt_counter WHERE practice = $1 AND key_hash = $2";
    FORGIVE = "UPDATE attempt_counter SET attempts = attempts - 1 \
        WHERE practice = $1 AND key_hash = $2 AND attempts > 0";
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
        Ok(take(self, practice, counters, at).await?)
    }

    async fn forgive(&self, practice: &PracticeId, key_hashes: &[[u8; 32]]) -> Result<(), Unavailable> {
        Ok(forgive(self, practice, key_hashes).await?)
    }
}

async fn take(
    database: &Database,
    practice: &PracticeId,
    counters: &[Counter],
    at: Timestamp,
) -> Result<Verdict, StoreError> {
    // In one order everywhere: two transactions that share counters must not wait for each other.
    let mut counters: Vec<&Counter> = counters.iter().collect();
    counters.sort_by_key(|counter| counter.key_hash);

    let mut transaction = database.write().await?;
    // Swept before, not after: a row swept later could be one that was raised here.
    statement(SWEEP).bind(practice.as_str()).bind(seconds(at)).execute(&mut *transaction).await?;
    let mut longest: Option<Duration> = None;
    for counter in counters {
        // A window of less than a second would end when it begins.
        let window = counter.window.as_secs().max(1);
        let raised: Option<i64> = if counter.limit == 0 {
            None
        } else {
            scalar(RAISE)
                .bind(practice.as_str())
                .bind(counter.key_hash.as_slice())
                .bind(seconds(at))
                .bind(seconds(at.plus_seconds(window)))
                .bind(i64::from(counter.limit))
                .fetch_optional(&mut *transaction)
                .await?
        };
        if raised.is_none() {
            let ends: Option<i64> = scalar(END_OF)
                .bind(practice.as_str())
                .bind(counter.key_hash.as_slice())
                .fetch_optional(&mut *transaction)
                .await?;
            let wait = ends.map_or(window, |ends| count(ends.saturating_sub(whole(at.0))).max(1));
            longest = longest.max(Some(Duration::from_secs(wait)));
        }
    }
    match longest {
        Some(wait) => {
            transaction.rollback().await?;
            Ok(Verdict::Blocked(wait))
        }
        None => {
            transaction.commit().await?;
            Ok(Verdict::Allowed)
        }
    }
}

async fn forgive(
    database: &Database,
    practice: &PracticeId,
    key_hashes: &[[u8; 32]],
) -> Result<(), StoreError> {
    let mut key_hashes = key_hashes.to_vec();
    key_hashes.sort_unstable();
    let mut transaction = database.write().await?;
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
