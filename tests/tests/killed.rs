//! A host on SQLite that is killed at any moment while patients activate and log in, as a power cut would: whatever
//! was acknowledged is there once, and nothing is half done.

use portal_tests::Setup;
use portal_tests::balancer::free_address;
use portal_tests::life::stored::{NEVER, changes};
use portal_tests::reliability::journeys::{Came, walk_steadily};
use portal_tests::reliability::outcome::Requests;
use portal_tests::reliability::people::invited;
use portal_tests::reliability::proof::faults;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// When it is killed, in milliseconds after it was ready.
const ALIVE: Range<u64> = 300..3_000;
const TIMES: usize = 6;
const SEED: u64 = 20_261_127;

/// How many patients there are, and how far apart their journeys begin.
const PATIENTS: u32 = 150;
const APART: Duration = Duration::from_millis(120);

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_killed_at_any_moment_has_kept_what_it_acknowledged_and_left_nothing_half_done() {
    let (portal, ehr, operator) = (free_address(), free_address(), free_address());
    let setup = Setup::fresh().listening(&portal, &ehr, &operator).with("--trusted-proxy", "127.0.0.1");
    setup.make();
    let set = setup.run(&["policy", "--set", "per-website-an-hour=10000"]);
    assert!(set.status.success(), "{set:?}");
    let mut host = setup.start();
    let (portal, invited) = (host.portal.clone(), invited(&setup, &host.ehr, PATIENTS).await);
    let (requests, enough) = (Arc::new(Requests::none()), Arc::new(AtomicBool::new(false)));
    let (over, again) = (Arc::clone(&enough), setup.clone());

    let killing = tokio::task::spawn_blocking(move || {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        for _ in 0..TIMES {
            std::thread::sleep(Duration::from_millis(random.random_range(ALIVE)));
            host.kill();
            host = again.start();
        }
        over.store(true, Ordering::Relaxed);
        host
    });
    let came = walk_steadily(&portal, &invited, APART, &enough, &requests).await;
    let mut host = killing.await.expect("it started each time");

    let home = came.values().filter(|how| **how == Came::Home).count();
    assert!(home > 20, "{home} journeys say little");
    assert!(requests.noticed().failed > 0, "nobody noticed: it was not killed");
    assert_eq!(faults(&portal, &setup, &invited, &came).await, Vec::<String>::new());
    host.kill();
    let mut tables = SqliteConnection::connect(&setup.database).await.expect("the database");
    let unrecorded = format!(
        "SELECT COUNT(*) FROM portal_account a WHERE a.revision <> ({} AND practice = a.practice)",
        changes("a.patient")
    );
    let never = NEVER.iter().map(|(what, query)| (*what, (*query).to_owned()));
    for (what, query) in never.chain([("a change that is not on record once", unrecorded)]) {
        let rows: i64 =
            sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(&mut tables).await.expect("the tables");
        assert_eq!(rows, 0, "{what}");
    }
}
