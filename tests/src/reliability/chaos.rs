//! Machines that fail: one host after the other is killed and started again, and now and then the database is
//! restarted as after a crash.

use crate::Installation;
use crate::shared::Hosts;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use throwaway_postgres::crash_and_restart;
use tokio::task::JoinHandle;

/// Between one failure and the next.
const BETWEEN: std::ops::Range<u64> = 2_000..5_000;

/// How long a host is gone.
const GONE: Duration = Duration::from_secs(1);

/// Of so many failures one is the database's.
const DATABASE: u32 = 4;

/// What happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Happened {
    /// Hosts killed.
    pub killed: u32,
    /// Times that the database crashed.
    pub crashed: u32,
}

/// Failures until they are told to end.
pub struct Chaos {
    ends: Arc<AtomicBool>,
    going_on: JoinHandle<(Hosts, Happened)>,
}

impl Chaos {
    /// Lets machines fail from now on, so many times as often as they would otherwise.
    pub fn among(mut hosts: Hosts, seed: u64, hurry: u32) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&ends);
        let going_on = tokio::task::spawn_blocking(move || {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let mut happened = Happened::default();
            while !told.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(random.random_range(BETWEEN)) / hurry);
                if (happened.killed + happened.crashed) % DATABASE == DATABASE - 1 {
                    crash_and_restart();
                    happened.crashed += 1;
                } else {
                    let place = random.random_range(0..hosts.hosts.len());
                    fail(&mut hosts.hosts[place]);
                    happened.killed += 1;
                }
            }
            (hosts, happened)
        });
        Self { ends, going_on }
    }

    /// Ends them; every host is there again.
    ///
    /// # Panics
    /// Where a host or the database did not come back.
    pub async fn end(self) -> (Hosts, Happened) {
        self.ends.store(true, Ordering::Relaxed);
        self.going_on.await.expect("every machine is back")
    }
}

fn fail(host: &mut Installation) {
    host.kill();
    std::thread::sleep(GONE);
    let setup = host.setup.clone();
    *host = setup.start();
}
