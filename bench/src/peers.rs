//! Whom the portal is measured against: bare hyper with the same page, and `wasmtime serve` with one of its size.

use crate::failure::Failure;
use crate::http::get;
use crate::process::Process;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any peer takes to start.
const START: Duration = Duration::from_secs(60);

/// A peer that answers.
pub(crate) struct Peer {
    pub(crate) process: Process,
    pub(crate) address: String,
}

/// Bare hyper with the portal's start page, natively built.
pub(crate) fn bare_hyper(program: &Path) -> Result<Peer, Failure> {
    let mut process = Process::start(&mut Command::new(program))?;
    let address = process.first_line()?;
    Ok(Peer { process, address })
}

/// `wasmtime serve` as it comes, with a fresh instance for each request.
pub(crate) fn wasmtime_serve(program: &Path, hello: &Path) -> Result<Peer, Failure> {
    let address = free_address()?;
    let mut serve = Command::new(program);
    // Rust's own library looks for an environment, which is given only where it is asked for.
    serve.args(["serve", "-Scli", "--max-instance-reuse-count", "1", "--addr", &address]).arg(hello);
    let process = Process::start(serve.stderr(Stdio::null()))?;
    let begun = Instant::now();
    loop {
        match get(&address, "/16") {
            Ok(answer) if answer.status == 200 && answer.body.len() == 16 => break,
            Ok(answer) => {
                return Err(Failure::unexpected("wasmtime serve", format!("status {}", answer.status)));
            }
            Err(error) if begun.elapsed() > START => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
    Ok(Peer { process, address })
}

/// It cannot be told to choose one itself.
fn free_address() -> Result<String, Failure> {
    let failed = |cause| Failure::NoAnswer { address: "127.0.0.1".to_owned(), cause };
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    Ok(listener.local_addr().map_err(failed)?.to_string())
}
