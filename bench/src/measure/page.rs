//! P1: how many start pages a second, by the host as shipped, bare hyper and `wasmtime serve`. The page is asked for
//! by somebody who is not known, so that no session is looked up; each time by a fresh instance.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::Installation;
use crate::http::get;
use crate::peers::{bare_hyper, wasmtime_serve};
use crate::wrk::{Load, Loaded};
use std::path::Path;

const CONNECTIONS: usize = 32;
const SECONDS: u64 = 2;

/// How much longer the page may be natively: the address in it is another.
const NEARLY: usize = 64;

pub(crate) fn measure(bench: &Bench, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    let silent = Installation::new(&bench.host, &bench.component)?.silent();
    let (host, silent) = (installation.start()?, silent.start()?);
    let (hyper, wasmtime) = (bare_hyper(&bench.bare_hyper)?, wasmtime_serve(&bench.wasmtime, &bench.hello)?);
    let size = get(&host.address, "/")?.body.len();
    let native = get(&hyper.address, "/")?.body.len();
    if size.abs_diff(native) > NEARLY {
        let said = format!("{native} bytes natively, {size} by the host");
        return Err(Failure::unexpected("the start page", said));
    }
    let of_its_size = format!("/{size}");
    for _ in 0..bench.rounds {
        let folder = installation.folder();
        let portal = load(&host.address, "/", folder)?;
        let hyper = load(&hyper.address, "/", folder)?;
        let wasmtime = load(&wasmtime.address, &of_its_size, folder)?;
        let silent = load(&silent.address, "/", folder)?;
        for (name, loaded) in
            [("page", portal), ("bare hyper", hyper), ("wasmtime serve", wasmtime), ("page, log off", silent)]
        {
            rounds.push(name, Unit::PerSecond, loaded.per_second);
        }
        rounds.push("page p50 at 32 connections", Unit::Milliseconds, portal.p50);
        rounds.push("page p99 at 32 connections", Unit::Milliseconds, portal.p99);
        rounds.push_ratio("page / wasmtime serve", portal.per_second, wasmtime.per_second);
        rounds.push_ratio("page / bare hyper", portal.per_second, hyper.per_second);
        rounds.push_ratio("page, log off / bare hyper", silent.per_second, hyper.per_second);
        rounds.push_ratio("wasmtime serve / bare hyper", wasmtime.per_second, hyper.per_second);
    }
    Ok(())
}

fn load(address: &str, path: &str, folder: &Path) -> Result<Loaded, Failure> {
    let load = Load { address, path, connections: CONNECTIONS, seconds: SECONDS, script: "" };
    let loaded = load.run(folder)?;
    if loaded.refused > 0.0 {
        return Err(Failure::unexpected("a page", format!("{} refusals at {address}", loaded.refused)));
    }
    Ok(loaded)
}
