//! P6: from starting the host to its first answered page, with the compiled component in the cache and without.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::Installation;
use std::time::Instant;

pub(crate) fn measure(bench: &Bench, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    // The database is made once, whoever starts.
    installation.start()?.process.end();
    for _ in 0..bench.rounds {
        installation.forget_compiled()?;
        let cold = seconds(&installation)?;
        let cached = seconds(&installation)?;
        rounds.push("cold start", Unit::Milliseconds, cold * 1e3);
        rounds.push("cached start", Unit::Milliseconds, cached * 1e3);
        rounds.push_ratio("cached start / cold start", cached, cold);
    }
    Ok(())
}

fn seconds(installation: &Installation) -> Result<f64, Failure> {
    let begun = Instant::now();
    let host = installation.start()?;
    let seconds = begun.elapsed().as_secs_f64();
    host.process.end();
    Ok(seconds)
}
