//! P1: how many start pages a second, by the host as shipped, bare hyper and `wasmtime serve`, and what each takes of a
//! processor, which says the same where others keep the machine busy. The page is asked for by somebody who is not known,
//! so that no session is looked up; each time by a fresh instance.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::Installation;
use crate::http::get;
use crate::peers::{bare_hyper, wasmtime_serve};
use crate::process::Process;
use crate::wrk::Load;
use std::path::Path;

const CONNECTIONS: usize = 32;
const SECONDS: u64 = 2;

/// How much longer the page may be natively: the address in it is another.
const NEARLY: usize = 64;

pub(crate) fn measure(bench: &Bench, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    let silent = Installation::new(&bench.host, &bench.component)?.silent();
    let (host, silent) = (installation.start()?, silent.start()?);
    let hyper = bare_hyper(&bench.bare_hyper)?;
    let wasmtime = bench.wasmtime.as_ref().map(|(program, hello)| wasmtime_serve(program, hello));
    let wasmtime = wasmtime.transpose()?;
    let size = get(&host.address, "/")?.body.len();
    let native = get(&hyper.address, "/")?.body.len();
    if size.abs_diff(native) > NEARLY {
        let said = format!("{native} bytes natively, {size} by the host");
        return Err(Failure::unexpected("the start page", said));
    }
    let of_its_size = format!("/{size}");
    let folder = installation.folder();
    for _ in 0..bench.rounds {
        let portal = load(&host.process, &host.address, "/", folder)?;
        let hyper = load(&hyper.process, &hyper.address, "/", folder)?;
        let wasmtime = wasmtime.as_ref().map(|peer| load(&peer.process, &peer.address, &of_its_size, folder));
        let wasmtime = wasmtime.transpose()?;
        let silent = load(&silent.process, &silent.address, "/", folder)?;
        let served = wasmtime.map(|pages| ("wasmtime serve", pages));
        let here = [("page", portal), ("bare hyper", hyper), ("page, log off", silent)];
        for (name, page) in here.into_iter().chain(served) {
            rounds.push(name, Unit::PerSecond, page.per_second);
            rounds.push(format!("{name}, processor"), Unit::Microseconds, page.processor);
        }
        if let Some(wasmtime) = wasmtime {
            rounds.push_ratio("page / wasmtime serve", portal.per_second, wasmtime.per_second);
            rounds.push_ratio("wasmtime serve / page, processor", wasmtime.processor, portal.processor);
        }
        rounds.push_ratio("page / bare hyper", portal.per_second, hyper.per_second);
        rounds.push_ratio("bare hyper / page, processor", hyper.processor, portal.processor);
    }
    Ok(())
}

/// Pages in a second, and the microseconds of a processor that each took.
#[derive(Clone, Copy)]
struct Pages {
    per_second: f64,
    processor: f64,
}

fn load(process: &Process, address: &str, path: &str, folder: &Path) -> Result<Pages, Failure> {
    let load = Load { address, path, connections: CONNECTIONS, seconds: SECONDS, script: "" };
    let begun = process.processor_seconds()?;
    let loaded = load.run(folder)?;
    let took = process.processor_seconds()? - begun;
    if loaded.refused > 0.0 {
        return Err(Failure::unexpected("a page", format!("{} refusals at {address}", loaded.refused)));
    }
    Ok(Pages { per_second: loaded.per_second, processor: took * 1e6 / loaded.requests })
}
