//! A thousand ways to tamper with the trail, by somebody who can write the database and has an older
//! copy of it, but not the keys: every one is found, and the first bad place named.

use super::audit_seal::noted;
use super::bed::{Bed, NOW, by_front_desk, keys};
use crate::{AuditFault, Broken, Checkpoint, Database};
use portal_host::identity::PatientId;
use portal_host::lent::Accounts;
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};
use std::path::{Path, PathBuf};

const ROUNDS: u64 = 1_000;

/// A trail of some length, the newest checkpoint as it is kept outside, and an older copy of it all.
struct Trail {
    bed: Bed,
    kept: Checkpoint,
    older: PathBuf,
    /// Each chain with its length now, its length in the older copy, and at the last checkpoint.
    chains: Vec<(String, u64, u64, u64)>,
    checkpoints: u64,
    older_checkpoints: u64,
}

impl Trail {
    async fn lay() -> Self {
        let bed = Bed::sqlite().await;
        let some = async |from: u64, to: u64| {
            for n in from..to {
                let patient = PatientId::new((100_101 + (n * 7) % 9).to_string());
                let event = by_front_desk(&patient, "test.noted");
                bed.database.note(&bed.practice, &event, NOW.plus_seconds(n)).await.unwrap();
                if n.is_multiple_of(5) {
                    noted(&bed, n).await;
                }
            }
        };
        let checkpoint = async || bed.database.checkpoint(&bed.practice, NOW).await.unwrap().unwrap();
        some(0, 30).await;
        checkpoint().await;
        some(30, 50).await;
        let older_checkpoints = checkpoint().await.number;
        let older = bed.file().with_extension("older");
        let mut raw = raw(&bed.file()).await;
        vacuum_into(&mut raw, &older).await;
        let before = lengths(&mut raw).await;
        some(50, 80).await;
        checkpoint().await;
        some(80, 90).await;
        let kept = checkpoint().await;
        let covered = lengths(&mut raw).await;
        some(90, 97).await;
        let now = lengths(&mut raw).await;
        let length_in = |lengths: &[(String, u64)], chain: &str| {
            lengths.iter().find(|(other, _)| other == chain).map_or(0, |(_, length)| *length)
        };
        let chains = now
            .iter()
            .map(|(chain, length)| {
                (chain.clone(), *length, length_in(&before, chain), length_in(&covered, chain))
            })
            .collect();
        let checkpoints = kept.number;
        let disarmed = bed.file().with_extension("disarmed");
        vacuum_into(&mut raw, &disarmed).await;
        disarm(&disarmed).await;
        Self { bed, kept, older, chains, checkpoints, older_checkpoints }
    }

    /// A copy whose triggers are gone, as whoever owns the file can have it.
    fn copy(&self, round: u64) -> PathBuf {
        let copy = self.bed.file().with_extension(format!("{round}"));
        std::fs::copy(self.bed.file().with_extension("disarmed"), &copy).unwrap();
        copy
    }

    async fn fault(&self, copy: &Path) -> Option<AuditFault> {
        let url = format!("sqlite:{}", copy.display());
        let database = Database::open(&url, keys().audit()).await.unwrap();
        let verified = database.verify_audit(&self.bed.practice, Some(&self.kept), |_| {}).await;
        database.shut_down().await;
        match verified {
            Ok(_) => None,
            Err(Broken::Fault(fault)) => Some(fault),
            Err(Broken::Store(error)) => panic!("{error:?}"),
        }
    }
}

async fn raw(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn run(connection: &mut SqliteConnection, sql: String) {
    connection.execute(AssertSqlSafe(sql.clone())).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn vacuum_into(connection: &mut SqliteConnection, file: &Path) {
    run(connection, format!("VACUUM INTO '{}'", file.display())).await;
}

async fn lengths(connection: &mut SqliteConnection) -> Vec<(String, u64)> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT chain, length FROM audit_head WHERE practice = 'lakeside' ORDER BY chain")
            .fetch_all(connection)
            .await
            .unwrap();
    rows.into_iter().map(|(chain, length)| (chain, length.unsigned_abs())).collect()
}

async fn disarm(file: &Path) {
    let mut raw = raw(file).await;
    let triggers: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .fetch_all(&mut raw)
        .await
        .unwrap();
    for trigger in triggers {
        run(&mut raw, format!("DROP TRIGGER {trigger}")).await;
    }
    raw.close().await.unwrap();
}

/// Tampers once, in a way drawn at random, and says what must be found first.
async fn tamper(trail: &Trail, copy: &Path, rng: &mut ChaCha20Rng) -> (&'static str, AuditFault) {
    let mut raw = raw(copy).await;
    let pick = |rng: &mut ChaCha20Rng| trail.chains[rng.random_range(0..trail.chains.len())].clone();
    let (chain, length, older, covered) = pick(rng);
    let sequence = rng.random_range(1..=length);
    let at = |chain: &str| format!("practice = 'lakeside' AND chain = '{chain}'");
    let entry = format!("{} AND sequence = {sequence}", at(&chain));
    let altered = |sequence| AuditFault::EntryAltered { chain: chain.clone(), sequence };
    let missing = |sequence| AuditFault::EntryMissing { chain: chain.clone(), sequence };
    let head = || AuditFault::HeadAltered { chain: chain.clone() };
    let number = rng.random_range(1..=trail.checkpoints);
    let done = match rng.random_range(0..16_u8) {
        0 | 1 => {
            let changes = [
                "at = at + 1",
                "actor_kind = 'system'",
                "actor_key = actor_key || 'x'",
                "actor_name = 'Somebody Else'",
                "address = NULL",
                "address = ''",
                "action = 'test.other'",
                "detail = ''",
                "epoch = epoch + 1",
                "mac = randomblob(32)",
                "mac = x''",
            ];
            let change = changes[rng.random_range(0..changes.len())];
            run(&mut raw, format!("UPDATE audit_entry SET {change} WHERE {entry}")).await;
            ("altered", altered(sequence))
        }
        2 => {
            run(&mut raw, format!("DELETE FROM audit_entry WHERE {entry}")).await;
            ("deleted", missing(sequence))
        }
        3 if length > 1 => {
            let other = if sequence == length { sequence - 1 } else { sequence + 1 };
            for (from, to) in [(sequence, 0), (other, sequence), (0, other)] {
                let entry = format!("{} AND sequence = {from}", at(&chain));
                run(&mut raw, format!("UPDATE audit_entry SET sequence = {to} WHERE {entry}")).await;
            }
            ("reordered", altered(sequence.min(other)))
        }
        4 => {
            let entry = format!("{} AND sequence = {length}", at(&chain));
            run(&mut raw, format!("UPDATE audit_entry SET sequence = sequence + 1 WHERE {entry}")).await;
            ("renumbered", missing(length))
        }
        5 => {
            run(&mut raw, format!("DELETE FROM audit_entry WHERE {} AND sequence >= {sequence}", at(&chain)))
                .await;
            ("cut short", missing(sequence))
        }
        6 if sequence > 1 => {
            run(&mut raw, format!("DELETE FROM audit_entry WHERE {} AND sequence >= {sequence}", at(&chain)))
                .await;
            let last =
                format!("(SELECT mac FROM audit_entry WHERE {} AND sequence = {})", at(&chain), sequence - 1);
            let fix = format!("length = {}, mac = {last}", sequence - 1);
            run(&mut raw, format!("UPDATE audit_head SET {fix} WHERE {}", at(&chain))).await;
            ("cut short with its head", head())
        }
        7 if older > 0 && older < covered => {
            run(&mut raw, format!("ATTACH '{}' AS older", trail.older.display())).await;
            run(
                &mut raw,
                format!("DELETE FROM main.audit_entry WHERE {} AND sequence > {older}", at(&chain)),
            )
            .await;
            run(&mut raw, format!("DELETE FROM main.audit_head WHERE {}", at(&chain))).await;
            let splice = format!("SELECT * FROM older.audit_head WHERE {}", at(&chain));
            run(&mut raw, format!("INSERT INTO main.audit_head {splice}")).await;
            ("spliced from the older copy", missing(older + 1))
        }
        8 if covered > 0 => {
            run(&mut raw, format!("DELETE FROM audit_entry WHERE {}", at(&chain))).await;
            run(&mut raw, format!("DELETE FROM audit_head WHERE {}", at(&chain))).await;
            ("a whole chain taken away", missing(1))
        }
        9 => {
            run(&mut raw, format!("ATTACH '{}' AS older", trail.older.display())).await;
            for table in ["audit_checkpoint_head", "audit_checkpoint", "audit_entry", "audit_head"] {
                run(&mut raw, format!("DELETE FROM main.{table}")).await;
                run(&mut raw, format!("INSERT INTO main.{table} SELECT * FROM older.{table}")).await;
            }
            ("the older copy put back", AuditFault::CheckpointMissing { number: trail.older_checkpoints + 1 })
        }
        10 => {
            let last = format!("SELECT * FROM audit_entry WHERE {} AND sequence = {length}", at(&chain));
            run(&mut raw, format!("CREATE TEMP TABLE forged AS {last}")).await;
            run(&mut raw, "UPDATE forged SET sequence = sequence + 1, mac = randomblob(32)".to_owned()).await;
            run(&mut raw, "INSERT INTO audit_entry SELECT * FROM forged".to_owned()).await;
            run(&mut raw, format!("UPDATE audit_head SET length = length + 1 WHERE {}", at(&chain))).await;
            ("forged", altered(length + 1))
        }
        11 => {
            let change = ["at = at + 1", "mac = randomblob(32)"][rng.random_range(0..2)];
            let which = format!("practice = 'lakeside' AND number = {number}");
            run(&mut raw, format!("UPDATE audit_checkpoint SET {change} WHERE {which}")).await;
            ("a checkpoint altered", AuditFault::CheckpointAltered { number })
        }
        12 => {
            let which = format!("practice = 'lakeside' AND number = {number}");
            run(&mut raw, format!("DELETE FROM audit_checkpoint_head WHERE {which}")).await;
            run(&mut raw, format!("DELETE FROM audit_checkpoint WHERE {which}")).await;
            ("a checkpoint taken away", AuditFault::CheckpointMissing { number })
        }
        13 => {
            let which = format!("practice = 'lakeside' AND number = {number}");
            let one =
                format!("{which} AND chain = (SELECT MAX(chain) FROM audit_checkpoint_head WHERE {which})");
            let change =
                ["DELETE FROM audit_checkpoint_head", "UPDATE audit_checkpoint_head SET length = length + 1"];
            run(&mut raw, format!("{} WHERE {one}", change[rng.random_range(0..2)])).await;
            ("what a checkpoint covers altered", AuditFault::CheckpointAltered { number })
        }
        14 => {
            let (other, others, ..) = pick(rng);
            let to = format!("chain = '{other}', sequence = {}", others + 1);
            run(&mut raw, format!("UPDATE audit_entry SET {to} WHERE {entry}")).await;
            let found = match chain.cmp(&other) {
                std::cmp::Ordering::Less => missing(sequence),
                std::cmp::Ordering::Greater => {
                    AuditFault::EntryAltered { chain: other, sequence: others + 1 }
                }
                // Moved behind the last of its own chain: it is missed where it was.
                std::cmp::Ordering::Equal => missing(sequence),
            };
            ("moved to another chain", found)
        }
        _ => {
            let changes = [
                format!("UPDATE audit_head SET length = length + 1 WHERE {}", at(&chain)),
                format!("UPDATE audit_head SET mac = randomblob(32) WHERE {}", at(&chain)),
                format!("UPDATE audit_head SET seal = randomblob(32) WHERE {}", at(&chain)),
                format!("DELETE FROM audit_head WHERE {}", at(&chain)),
            ];
            run(&mut raw, changes[rng.random_range(0..changes.len())].clone()).await;
            ("a head altered", head())
        }
    };
    raw.close().await.unwrap();
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_tamperings_every_one_is_found_and_the_first_bad_place_named() {
    let trail = Trail::lay().await;
    let mut rng = ChaCha20Rng::seed_from_u64(20_260_701);
    let mut ways = std::collections::BTreeMap::<_, u32>::new();
    for round in 0..ROUNDS {
        let copy = trail.copy(round);
        if round.is_multiple_of(100) {
            assert_eq!(trail.fault(&copy).await, None, "nothing was touched");
        }
        let (way, expected) = tamper(&trail, &copy, &mut rng).await;
        let found = trail.fault(&copy).await;
        assert_eq!(found, Some(expected), "round {round}: {way}");
        *ways.entry(way).or_default() += 1;
        for file in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{file}", copy.display()));
        }
    }
    assert_eq!(ways.len(), 15, "{ways:?}");
    println!("{ways:#?}");
}
