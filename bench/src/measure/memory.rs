//! P5: memory in use under 256 requests at once, above what the host takes once it has answered a page. A fresh host
//! for each load, since memory that was used is kept for a while.

use super::Bench;
use super::hashing::log_ins;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::Installation;
use crate::practice::Practice;
use crate::report::cores;
use crate::visitor::{Visitor, Website, form};
use crate::wrk::{Load, sends};
use tokio::runtime::Runtime;

const CONNECTIONS: usize = 256;
const SECONDS: u64 = 3;

/// What one password hash works in, in bytes.
const HASHING_SLOT: f64 = 19_922_944.0;

#[derive(Clone, Copy)]
enum Kind {
    Pages,
    Confirmations,
    LogIns,
}

pub(crate) fn measure(bench: &Bench, runtime: &Runtime, rounds: &mut Rounds) -> Result<(), Failure> {
    for _ in 0..bench.rounds {
        for kind in [Kind::Pages, Kind::Confirmations, Kind::LogIns] {
            one(bench, runtime, kind, rounds)?;
        }
    }
    Ok(())
}

fn one(bench: &Bench, runtime: &Runtime, kind: Kind, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    runtime.block_on(async {
        // With its loose bounds on guessing.
        let practice = Practice::open(&installation.database(), &bench.component, &bench.compiled()).await?;
        practice.database.shut_down().await;
        Ok::<_, Failure>(())
    })?;
    // Compiling takes memory that a host does not have in use later.
    installation.start()?.process.end();
    let host = installation.start()?;
    let mut visitor = Visitor::new(&Website::At(host.address.clone()), 0);
    runtime.block_on(visitor.opens("/"))?;
    let (path, script, name) = match kind {
        Kind::Pages => ("/", String::new(), "memory 256 pages"),
        Kind::Confirmations => ("/activate", confirmations(&visitor), "memory 256 confirmations"),
        // Of nobody who has an account: that takes as long.
        Kind::LogIns => ("/login", log_ins(&visitor), "memory 256 log ins"),
    };
    let load =
        Load { address: &host.address, path, connections: CONNECTIONS, seconds: SECONDS, script: &script };
    let idle = host.process.resident()?;
    let watch = host.process.watched();
    let loaded = load.run(installation.folder());
    let above = watch.most() - idle;
    let loaded = loaded?;
    let slots = match kind {
        Kind::Pages | Kind::Confirmations => 0.0,
        Kind::LogIns => cores() as f64 * HASHING_SLOT,
    };
    rounds.push("memory idle", Unit::Bytes, idle);
    rounds.push(name, Unit::Bytes, above - slots);
    rounds.push(format!("{name}, answers"), Unit::PerSecond, loaded.per_second);
    Ok(())
}

/// Claims that are nobody's, each by somebody else.
fn confirmations(visitor: &Visitor) -> String {
    let form = form(visitor.form_token(), &[("first_initial", "Q"), ("last_initial", "X"), ("sheet", "")]);
    let born =
        r#"string.format("%02d%%2F%02d%%2F%d", 1 + number % 12, 1 + number % 28, 1920 + number % 100)"#;
    let portal_id = r#"string.format("&portal_id=%06d", number % 1000000)"#;
    sends(&visitor.cookies(), &format!(r#""{form}&birth_date=" .. {born} .. {portal_id}"#))
}
