//! Time passing for a running host whose clock is the machine's: instead of the clock, what it keeps is
//! moved, into the past.

use crate::Setup;
use sqlx::Connection;

/// What has a moment that something depends on.
const MOMENTS: [&str; 2] = [
    "UPDATE attempt_counter SET ends = ends - $1",
    "UPDATE staff_session SET opened = opened - $1, seen = seen - $1, ends = ends - $1",
];

/// Lets `seconds` pass for the counters of attempts and the sessions of staff.
///
/// # Panics
/// Where the database cannot be written.
pub async fn let_pass(setup: &Setup, seconds: i64) {
    let mut database = sqlx::SqliteConnection::connect(&setup.database).await.expect("the database");
    for moments in MOMENTS {
        sqlx::query(moments).bind(seconds).execute(&mut database).await.expect("a change");
    }
    database.close().await.expect("an end");
}
