//! What holds on PostgreSQL alone: how a database is opened by several hosts, and what a host's rights forbid.

use super::bed::{Bed, NOW, by_front_desk, keys, maria};
use crate::{Database, OpenError};
use portal_host::lent::{Accounts, Attempts, Counter, Verdict};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use throwaway_postgres::address_of;
use tokio::sync::OnceCell;

/// Whom hosts log in as.
const HOST: &str = "portal_test_host";

/// A database with tables and no rows, for others to be copied from.
const TEMPLATE: &str = "portal_template";

/// Makes another database with the tables in it, and says how its owner and a host reach it.
pub(super) async fn a_database() -> (String, String) {
    static COPIES: AtomicU32 = AtomicU32::new(0);
    template().await;
    let name = format!("portal_{}_{}", std::process::id(), COPIES.fetch_add(1, Ordering::Relaxed));
    create(&name, TEMPLATE).await;
    (address_of(&name, None), address_of(&name, Some(HOST)))
}

/// Makes another database with nothing in it, and says how its owner reaches it.
pub(super) async fn an_empty_database() -> String {
    static EMPTY: AtomicU32 = AtomicU32::new(0);
    let name = format!("portal_{}_empty_{}", std::process::id(), EMPTY.fetch_add(1, Ordering::Relaxed));
    create(&name, "template0").await;
    address_of(&name, None)
}

async fn template() {
    static MADE: OnceCell<()> = OnceCell::const_new();
    MADE.get_or_init(async || {
        run(throwaway_postgres::server().as_str(), format!("DROP DATABASE IF EXISTS {TEMPLATE}")).await;
        create(TEMPLATE, "template0").await;
        let owner = address_of(TEMPLATE, None);
        let database = Database::open(&owner, keys().audit()).await.unwrap();
        assert_eq!(database.give_hosts_their_rights().await.unwrap(), Some("portal_host"));
        // Once more after every upgrade.
        database.give_hosts_their_rights().await.unwrap();
        database.shut_down().await;
        run(&owner, format!("DROP ROLE IF EXISTS {HOST}")).await;
        run(&owner, format!("CREATE ROLE {HOST} LOGIN IN ROLE portal_host")).await;
    })
    .await;
}

async fn create(name: &str, template: &str) {
    run(throwaway_postgres::server().as_str(), format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
}

async fn run(url: &str, sql: String) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(sql.clone())).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.unwrap();
}

/// What the server says to each of these, asked by this user.
async fn refusals(url: &str, statements: &[&'static str]) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut refusals = Vec::new();
    for sql in statements {
        let refused = connection.execute(*sql).await.map_err(|error| error.to_string());
        refusals.push(refused.err().unwrap_or_else(|| panic!("{sql} was done")));
    }
    refusals
}

/// Ways to make the trail say something else.
const FORGERIES: [&str; 10] = [
    "UPDATE audit_entry SET action = 'nothing.happened'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "DELETE FROM audit_head",
    "TRUNCATE audit_head CASCADE",
    "UPDATE audit_checkpoint SET at = 0",
    "DELETE FROM audit_checkpoint",
    "UPDATE audit_checkpoint_head SET length = 0",
    "DELETE FROM audit_checkpoint_head",
    "TRUNCATE audit_checkpoint_head",
];

async fn with_a_trail() -> Bed {
    let bed = Bed::postgres().await;
    bed.database.note(&bed.practice, &by_front_desk(&maria(), "test.noted"), NOW).await.unwrap();
    bed.database.checkpoint(&bed.practice, NOW).await.unwrap();
    bed
}

#[tokio::test]
async fn a_host_has_no_right_to_change_what_is_on_record() {
    let bed = with_a_trail().await;

    for refusal in refusals(&bed.url(), &FORGERIES).await {
        assert!(refusal.contains("permission denied"), "{refusal}");
    }
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

#[tokio::test]
async fn what_is_on_record_stays_whoever_asks() {
    let bed = with_a_trail().await;
    let shortened = [
        "UPDATE audit_head SET length = 0",
        "UPDATE audit_head SET length = length + 2",
        "UPDATE audit_head SET chain = 'x'",
    ];

    let mut all = refusals(&bed.owner(), &FORGERIES).await;
    all.extend(refusals(&bed.owner(), &shortened).await);

    for refusal in all {
        assert!(refusal.contains("append-only"), "{refusal}");
    }
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

#[tokio::test]
async fn a_host_can_neither_change_tables_nor_forget_patients() {
    let bed = Bed::postgres().await;

    let beyond = [
        "CREATE TABLE of_mine (id BIGINT)",
        "ALTER TABLE patient ADD COLUMN note TEXT",
        "DROP TRIGGER audit_entry_stays_as_written ON audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DELETE FROM patient",
        "DELETE FROM portal_account",
        "DELETE FROM batch",
        "UPDATE patient SET language = 'es'",
        "UPDATE _sqlx_migrations SET success = FALSE",
    ];

    for refusal in refusals(&bed.url(), &beyond).await {
        assert!(refusal.contains("permission denied") || refusal.contains("must be owner"), "{refusal}");
    }
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let bed = Bed::postgres().await;
    let refused = sqlx::query("DELETE FROM website").execute(bed.database.reader()).await.unwrap_err();
    assert!(refused.to_string().contains("read-only"), "{refused}");
}

/// On a server whose own order is another one, texts come as on SQLite: by their bytes.
#[tokio::test]
async fn every_text_that_is_compared_goes_by_its_bytes() {
    let bed = Bed::postgres().await;
    let elsewise: Vec<(String, String)> = sqlx::query_as(
        "SELECT pg_class.relname::TEXT, pg_attribute.attname::TEXT FROM pg_index \
         JOIN pg_class ON pg_class.oid = pg_index.indrelid \
         JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) \
         JOIN pg_collation ON pg_collation.oid = attcollation \
         JOIN pg_namespace ON pg_namespace.oid = relnamespace \
         WHERE nspname = 'public' AND collname <> 'C'",
    )
    .fetch_all(bed.database.reader())
    .await
    .unwrap();
    assert_eq!(elsewise, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_start_at_once_make_the_tables_once() {
    let url = an_empty_database().await;

    let starting: Vec<_> = (0..5)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Database::open(&url, keys().audit()).await })
        })
        .collect();

    for started in starting {
        let database = started.await.unwrap().unwrap();
        let applied = sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations");
        let applied: i64 = applied.fetch_one(database.reader()).await.unwrap();
        assert_eq!(applied, 9);
        assert_eq!(database.practices().await.unwrap(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_hosts_share_a_database() {
    let bed = Bed::postgres().await;
    let mut hosts = vec![bed.database.clone()];
    for _ in 0..2 {
        hosts.push(Database::open(&bed.url(), keys().audit()).await.unwrap());
    }
    let writers = hosts.into_iter().map(|host| {
        let practice = bed.practice.clone();
        tokio::spawn(async move {
            for n in 0..40 {
                host.note(&practice, &by_front_desk(&maria(), "test.noted"), NOW).await.unwrap();
                if n % 8 == 0 {
                    host.checkpoint(&practice, NOW).await.unwrap();
                }
            }
        })
    });

    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }

    assert_eq!(bed.entries(Some(&maria())).await, 120);
    bed.database.verify_audit(&bed.practice, None, |_| {}).await.unwrap();
}

/// Two transactions that wait for each other: the server undoes ours, and it is done again.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_undid_for_anothers_sake_is_done_again() {
    let bed = Bed::postgres().await;
    let counter = |key| Counter { key_hash: [key; 32], window: Duration::from_secs(600), limit: 5 };
    let (first, second) = (counter(1), counter(2));
    bed.database.take(&bed.practice, &[first.clone(), second.clone()], NOW).await.unwrap();
    let mut other = PgConnection::connect(&bed.owner()).await.unwrap();
    // The other one is patient, so that it is ours that is undone.
    other.execute("SET deadlock_timeout = '60s'; BEGIN").await.unwrap();
    let raise = "UPDATE attempt_counter SET attempts = attempts + 1 WHERE key_hash = $1";
    sqlx::query(raise).bind(&[2_u8; 32][..]).execute(&mut other).await.unwrap();

    let (database, practice) = (bed.database.clone(), bed.practice.clone());
    let ours = tokio::spawn(async move { database.take(&practice, &[first, second], NOW).await });
    // Done once ours has let go of it.
    sqlx::query("SELECT pg_sleep(0.3)").execute(&mut other).await.unwrap();
    sqlx::query(raise).bind(&[1_u8; 32][..]).execute(&mut other).await.unwrap();
    other.execute("COMMIT").await.unwrap();

    assert_eq!(ours.await.unwrap().unwrap(), Verdict::Allowed(vec![3, 3]));
}

/// Waiting in vain for the practice, or giving up while waiting, leaves the connection as it was.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_in_vain_leaves_nothing_behind() {
    let bed = Bed::postgres().await;
    let alone = bed.database.write_alone(&bed.practice).await.unwrap();
    let note = async || bed.database.note(&bed.practice, &by_front_desk(&maria(), "test.noted"), NOW).await;
    for _ in 0..4 {
        let impatient = tokio::time::timeout(Duration::from_millis(50), note()).await;
        assert!(impatient.is_err(), "it did not wait");
    }
    let in_vain = note().await.unwrap_err();
    assert!(format!("{in_vain:?}").contains("55P03"), "{in_vain:?}");
    alone.rollback().await.unwrap();

    for _ in 0..12 {
        note().await.unwrap();
    }

    assert_eq!(bed.entries(Some(&maria())).await, 12);
    let held: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'")
        .fetch_one(bed.database.reader())
        .await
        .unwrap();
    assert_eq!(held, 0, "somebody who has gone still keeps others waiting");
}

#[tokio::test]
async fn a_parameter_that_is_not_known_is_refused_and_not_repeated() {
    let url = "postgres://portal@127.0.0.1:9/records?pasword=hunter2";
    let refused = Database::open(url, keys().audit()).await.map(|_| ()).unwrap_err();

    assert!(matches!(refused, OpenError::Unsupported(_)), "{refused:?}");
    assert!(!format!("{refused} {refused:?}").contains("hunter2"), "{refused:?}");
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused() {
    let bed = Bed::postgres().await;
    bed.as_owner(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', TRUE, '', 0)",
    )
    .await;

    for url in [bed.url(), bed.owner()] {
        let refused = Database::open(&url, keys().audit()).await.map(|_| ()).unwrap_err();
        assert!(matches!(refused, OpenError::LaterVersion { .. }), "{refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_the_password() {
    let url = "postgres://portal:hunter2@127.0.0.1:9/records";
    let refused = Database::open(url, keys().audit()).await.map(|_| ()).unwrap_err();

    assert!(matches!(refused, OpenError::Unopened { .. }), "{refused:?}");
    assert!(refused.to_string().contains("records on 127.0.0.1"), "{refused}");
    assert!(!format!("{refused:?}").contains("hunter2"), "{refused:?}");
}
