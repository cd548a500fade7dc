//! How PostgreSQL finds what a statement asks for among a million patients. Its plans depend on how much there is
//! and of what, so the tables are filled first; SQLite's, which do not, are looked at beside the list of statements.

use super::bed::Bed;
use super::statements::{SMALL, every};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// A practice of a million patients, all of them with access or invited, and a million rows of each thing
/// that comes with it (of lists, 100,000): so many that reading them all is never the cheapest way to a few.
const FILLED: [&str; 17] = [
    "INSERT INTO patient SELECT 'lakeside', i::TEXT, (DATE '1930-01-01' + i % 35000)::TEXT, 'en', 'female', 'single', \
     '', '', '', '', '', '', '', '', '', '', '' FROM generate_series(1000001, 2000000) AS i",
    "INSERT INTO patient_name SELECT 'lakeside', i::TEXT, 0, 'G', 'F', 'g' || i % 4000, 'f' || i % 9000 \
     FROM generate_series(1000001, 2000000) AS i",
    "INSERT INTO portal_account (practice, patient, state, username, password_hash, credentials_since, revision) \
     SELECT 'lakeside', i::TEXT, 'active', 'user' || i, 'x', 0, 2 FROM generate_series(1000001, 1500000) AS i",
    "INSERT INTO portal_account (practice, patient, state, portal_id_look_up, portal_id_key, portal_id_sealed, \
     portal_id_issued, portal_id_expires, revision) SELECT 'lakeside', i::TEXT, 'invited', sha256(i::TEXT::BYTEA), 1, \
     'x', 0, i, 1 FROM generate_series(1500001, 2000000) AS i",
    "INSERT INTO portal_session SELECT 'lakeside', sha256(i::TEXT::BYTEA), (1000001 + i % 500000)::TEXT, 'portal', i, \
     i, i, 2 FROM generate_series(1, 1000000) AS i",
    "INSERT INTO portal_factor SELECT 'lakeside', i::TEXT, 'app', 0, 'authenticator', '', 0, 1, 'x', 0 \
     FROM generate_series(1000001, 2000000) AS i",
    "INSERT INTO portal_step SELECT 'lakeside', sha256(i::TEXT::BYTEA), (1000001 + i % 500000)::TEXT, i, i, 2 \
     FROM generate_series(1, 1000000) AS i",
    "INSERT INTO attempt_counter SELECT 'lakeside', sha256(i::TEXT::BYTEA), 1, i \
     FROM generate_series(1, 1000000) AS i",
    "INSERT INTO audit_head SELECT 'lakeside', i::TEXT, 3, 'x', 1, 'x' FROM generate_series(1000001, 2000000) AS i",
    "INSERT INTO audit_entry SELECT 'lakeside', (1000001 + i % 500000)::TEXT, i / 500000 + 1, i / 100, i, 'patient', \
     (1000001 + i % 500000)::TEXT, 'Somebody', NULL, 'signin.succeeded', NULL, 1, 'x' \
     FROM generate_series(1, 999999) AS i",
    "INSERT INTO audit_checkpoint SELECT 'lakeside', i, i, 1, 'x' FROM generate_series(1, 1000000) AS i",
    "INSERT INTO audit_checkpoint_head SELECT 'lakeside', i, (1000001 + i % 1000000)::TEXT, 1, 'x' \
     FROM generate_series(1, 1000000) AS i",
    "INSERT INTO staff_session SELECT 'lakeside', sha256(i::TEXT::BYTEA), 'frontdesk', i, i, i, '' \
     FROM generate_series(1, 1000000) AS i",
    "INSERT INTO staff_notice SELECT 'lakeside', sha256(i::TEXT::BYTEA), 'done', 'x' FROM generate_series(1, 1000000) AS i",
    "INSERT INTO batch (practice, number, state, staff, created, total, done, taken, lease_until) SELECT 'lakeside', i, \
     'done', 'frontdesk', i, 10, 10, 10, 0 FROM generate_series(0, 99999) AS i",
    "INSERT INTO batch_fault SELECT 'lakeside', i / 10, i % 10, 'x', 'unknown' FROM generate_series(0, 999999) AS i",
    "INSERT INTO batch_patient SELECT 'lakeside', i / 10, i % 10, (1000001 + i)::TEXT, 'invited', '', '' \
     FROM generate_series(0, 999999) AS i",
];

/// More tables of a handful of rows, which SQLite goes through an index for nevertheless.
const HANDFULS: [&str; 3] = ["access_level_menu", "access_level_right", "host_key"];

/// As large practices have been for a while, by the owner's leave to fill tables without what keeps them whole.
async fn filled(bed: &Bed) -> PgConnection {
    let mut connection = PgConnection::connect(&bed.owner()).await.unwrap();
    connection.execute("SET session_replication_role = replica").await.unwrap();
    for sql in FILLED {
        connection.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    // Plans for whatever values there may be, as a host's statements get them once they were used a few times.
    for sql in ["VACUUM ANALYZE", "SET plan_cache_mode = force_generic_plan"] {
        connection.execute(sql).await.unwrap();
    }
    connection
}

async fn plan(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let prepare = format!("PREPARE explained AS {sql}");
    connection.execute(AssertSqlSafe(prepare)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let values = "SELECT CARDINALITY(parameter_types) FROM pg_prepared_statements WHERE name = 'explained'";
    let values: i32 = sqlx::query_scalar(values).fetch_one(&mut *connection).await.unwrap();
    let values = vec!["NULL"; usize::try_from(values).unwrap()].join(", ");
    let values = if values.is_empty() { values } else { format!("({values})") };
    let explain = AssertSqlSafe(format!("EXPLAIN EXECUTE explained{values}"));
    let plan: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut *connection).await.unwrap();
    connection.execute("DEALLOCATE explained").await.unwrap();
    plan
}

/// The table, or the index alone, that a step of a plan reads, and whether it reads all that a practice has there.
fn scanned<'a>(step: &'a str, under_it: &[String]) -> Option<(&'a str, bool)> {
    let (before, after) = step.split_once("Scan ")?;
    let (_, table) = after.split_once("on ")?;
    let table = table.split([' ', '(']).next()?;
    let is_bound = |line: &String| line.contains("Index Cond: ") && line.contains(" AND ");
    let mut its_own = under_it.iter().take_while(|line| !line.contains("->"));
    let everything = before.ends_with("Seq ") || before.contains("Index") && !its_own.any(is_bound);
    Some((table, everything))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_finds_its_rows_through_an_index_in_large_tables() {
    let bed = Bed::postgres().await;
    let mut connection = filled(&bed).await;
    let (mut reads, mut all_read) = (0, Vec::new());
    for sql in every() {
        let plan = plan(&mut connection, sql).await;
        for (at, step) in plan.iter().enumerate() {
            let Some((table, everything)) = scanned(step, &plan[at + 1..]) else { continue };
            reads += 1;
            // An index that holds the lists under way and nothing else is what the question is about.
            let few =
                SMALL.contains(&table) || HANDFULS.contains(&table) || step.contains(" batch_with_work ");
            if everything && !few {
                all_read.push(format!("{table}\n{sql}\n{plan:#?}"));
            }
        }
    }
    assert!(all_read.is_empty(), "{}", all_read.join("\n"));
    assert!(reads > 50, "only {reads} steps read anything: the plans are written in another way");
    connection.close().await.unwrap();
}
