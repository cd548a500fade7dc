//! P2 and P3: how many log ins a second, and what the activation page takes while every core hashes.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::Installation;
use crate::native_hash::{reference_seconds, seconds_at_once};
use crate::practice::{PASSWORD, Practice};
use crate::report::cores;
use crate::seeding::{seed, username};
use crate::visitor::{Visitor, Website, form};
use crate::wrk::{Load, Loaded, sends};
use std::path::Path;
use std::thread;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Patients who log in one after the other, all of whom have an account.
const PATIENTS: u64 = 2_000;

/// Log ins under way for each core where it is counted how many pass in a second.
const BUSY: usize = 8;
/// And in a storm: as many as a host takes before it turns people away.
const STORM: usize = 33;

const SECONDS: u64 = 4;
/// How much earlier a storm begins than what is measured in it, and how much later it ends.
const AROUND: u64 = 1;

pub(crate) fn measure(bench: &Bench, runtime: &Runtime, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    runtime.block_on(async {
        let practice = Practice::open(&installation.database(), &bench.component, &bench.compiled()).await?;
        seed(&practice, PATIENTS, PATIENTS).await?;
        practice.database.shut_down().await;
        Ok::<_, Failure>(())
    })?;
    let host = installation.start()?;
    let mut visitor = Visitor::new(&Website::At(host.address.clone()), 0);
    runtime.block_on(visitor.opens("/"))?;
    let (folder, address, script) = (installation.folder(), host.address.as_str(), log_ins(&visitor));
    let storm = |connections: usize, seconds: u64| Load {
        address,
        path: "/login",
        connections,
        seconds,
        script: &script,
    };
    for _ in 0..bench.rounds {
        let alone = seconds_at_once(1)?;
        let log_ins = storm(BUSY * cores(), SECONDS).run(folder)?;
        let together = seconds_at_once(cores())?;
        let cores_f = cores() as f64;
        rounds.push("log ins", Unit::PerSecond, log_ins.per_second);
        rounds.push("native hash", Unit::Milliseconds, alone * 1e3);
        rounds.push("native hash on every core at once", Unit::Milliseconds, together * 1e3);
        rounds.push_ratio("log ins / native hashes", log_ins.per_second, cores_f / alone);
        rounds.push_ratio("log ins / native hashes at once", log_ins.per_second, cores_f / together);
        if let Some(reference) = reference_seconds()? {
            rounds.push("libargon2 hash", Unit::Milliseconds, reference * 1e3);
            rounds.push_ratio("native hash / libargon2 hash", alone, reference);
        }
        let idle = activation_page(address, folder)?;
        let raging = storm(STORM * cores(), SECONDS + 2 * AROUND).start(folder)?;
        thread::sleep(Duration::from_secs(AROUND));
        let stormy = activation_page(address, folder)?;
        let raged = raging.wait()?;
        for (name, page) in [("idle", idle), ("storm", stormy)] {
            rounds.push(format!("activation page, {name} p50"), Unit::Milliseconds, page.p50);
            rounds.push(format!("activation page, {name} p99"), Unit::Milliseconds, page.p99);
        }
        rounds.push_ratio("storm p99 / idle p99", stormy.p99, idle.p99);
        rounds.push("storm refusals", Unit::Count, raged.refused + stormy.refused + log_ins.refused);
        rounds.push("log ins in a storm", Unit::PerSecond, raged.per_second);
    }
    Ok(())
}

/// One visitor who asks again as soon as the page is there.
fn activation_page(address: &str, folder: &Path) -> Result<Loaded, Failure> {
    Load { address, path: "/activate", connections: 1, seconds: SECONDS, script: "" }.run(folder)
}

/// Log ins of one patient after the other, each from another network, with the form that this visitor has open.
pub(crate) fn log_ins(visitor: &Visitor) -> String {
    let form = form(visitor.form_token(), &[("password", PASSWORD)]);
    let username = username(0);
    let username = username.trim_end_matches('0');
    sends(&visitor.cookies(), &format!(r#""{form}&username={username}" .. number % {PATIENTS}"#))
}
