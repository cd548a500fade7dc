//! A program under measurement: started, looked at from outside, and ended with whoever measures it.

use crate::failure::Failure;
use rustix::param::clock_ticks_per_second;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often a program's memory is looked at while it is under load. Each look holds it up for a moment.
const LOOK: Duration = Duration::from_millis(50);

/// A running program.
pub(crate) struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts it; what it logs is thrown away.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Failure> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        Ok(Self { child: child.map_err(Failure::program(name.as_str()))?, name })
    }

    /// The first line that it says on standard output.
    pub(crate) fn first_line(&mut self) -> Result<String, Failure> {
        let Some(output) = self.child.stdout.take() else { return Ok(String::new()) };
        let (mut output, mut line) = (BufReader::new(output), String::new());
        output.read_line(&mut line).map_err(Failure::program(self.name.as_str()))?;
        // So that it never waits for a reader.
        thread::spawn(move || output.read_to_end(&mut Vec::new()));
        Ok(line.trim().to_owned())
    }

    /// Bytes of its memory that are in use now. What it has mapped several times, as instances have the component's
    /// own data, counts once.
    pub(crate) fn resident(&self) -> Result<f64, Failure> {
        resident(self.child.id())
    }

    /// Seconds of a processor that it has used so far.
    pub(crate) fn processor_seconds(&self) -> Result<f64, Failure> {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = fs::read_to_string(&path).map_err(Failure::file(path.as_ref()))?;
        // After the name in parentheses; the 14th and 15th of all are user and system time.
        let times = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
        let ticks: u64 = times.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Ok(ticks as f64 / clock_ticks_per_second() as f64)
    }

    /// Looks at its memory until the watch is ended.
    pub(crate) fn watched(&self) -> Watch {
        let (over, pid) = (Arc::new(AtomicBool::new(false)), self.child.id());
        let until = Arc::clone(&over);
        let watching = thread::spawn(move || {
            let mut most = 0.0_f64;
            while !until.load(Ordering::Relaxed) {
                most = most.max(resident(pid).unwrap_or_default());
                thread::sleep(LOOK);
            }
            most
        });
        Watch { over, watching }
    }

    /// Ends it, and waits until it is gone.
    pub(crate) fn end(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program's memory being looked at.
pub(crate) struct Watch {
    over: Arc<AtomicBool>,
    watching: thread::JoinHandle<f64>,
}

impl Watch {
    /// The most bytes in use at any look.
    pub(crate) fn most(self) -> f64 {
        self.over.store(true, Ordering::Relaxed);
        self.watching.join().unwrap_or_default()
    }
}

fn resident(pid: u32) -> Result<f64, Failure> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let rollup = fs::read_to_string(&path).map_err(Failure::file(path.as_ref()))?;
    let kib = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"));
    let kib: Option<u32> = kib.and_then(|kib| kib.parse().ok());
    Ok(f64::from(kib.unwrap_or_default()) * 1_024.0)
}
