//! One password hash, natively: by the crate that the host uses, at the host's parameters, and by the C reference
//! library where its program is installed.

use crate::failure::Failure;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

/// Memory in KiB, passes and lanes: what the host hashes with.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes whose mean is taken.
const HASHES: u32 = 20;

/// Seconds that one hash takes while so many run at the same time.
pub(crate) fn seconds_at_once(threads: usize) -> Result<f64, Failure> {
    let running: Vec<_> = (0..threads).map(|_| thread::spawn(seconds)).collect();
    let mut sum = 0.0;
    for thread in running {
        let seconds = thread.join().unwrap_or_else(|_| Err("a thread ended early".to_owned()));
        sum += seconds.map_err(|error| Failure::unexpected("argon2", error))?;
    }
    Ok(sum / threads.max(1) as f64)
}

fn seconds() -> Result<f64, String> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|error| error.to_string())?;
    // Kept from one hash to the next, as the host keeps it.
    let mut memory = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let begun = Instant::now();
    for _ in 0..HASHES {
        let mut hash = [0; 32];
        argon2
            .hash_password_into_with_memory(
                b"seven quiet herons at dusk",
                b"sixteen bytes of",
                &mut hash,
                memory.as_mut_slice(),
            )
            .map_err(|error| error.to_string())?;
        std::hint::black_box(hash);
    }
    Ok(begun.elapsed().as_secs_f64() / f64::from(HASHES))
}

/// Seconds that libargon2 takes for one hash, as its own program says; none where that is not installed.
pub(crate) fn reference_seconds() -> Result<Option<f64>, Failure> {
    let mut argon2 = Command::new("argon2");
    argon2.args(["sixteen bytes of", "-id", "-l", "32"]);
    argon2.args(["-t", &PASSES.to_string(), "-k", &MEMORY.to_string(), "-p", &LANES.to_string()]);
    let Ok(mut child) = argon2.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else { return Ok(None) };
    if let Some(mut input) = child.stdin.take() {
        input.write_all(b"seven quiet herons at dusk").map_err(Failure::program("argon2"))?;
    }
    let said = child.wait_with_output().map_err(Failure::program("argon2"))?.stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    let seconds = said.lines().find_map(|line| line.strip_suffix(" seconds")?.parse().ok());
    seconds.map(Some).ok_or_else(|| Failure::unexpected("argon2", said))
}
