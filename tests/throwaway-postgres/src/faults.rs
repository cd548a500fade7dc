//! What happens to servers: this one can crash, and hang.

use crate::{PATIENCE, server};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Lets the server crash, and waits until it has recovered: every connection breaks, and what was not committed
/// is gone.
///
/// # Panics
/// Where the server is somebody else's, or does not come back.
pub fn crash_and_restart() {
    let before = pid_file();
    signal("-QUIT", postmaster(&before));
    let begun = Instant::now();
    while pid_file() == before || pid_file().lines().last().is_none_or(|line| line.trim() != "ready") {
        assert!(begun.elapsed() < PATIENCE, "the server does not come back");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A server that takes connections and questions, and answers none until this is dropped.
pub struct Hanging(Vec<u32>);

impl Hanging {
    /// Lets it hang.
    ///
    /// # Panics
    /// Where the server is somebody else's.
    pub fn now() -> Self {
        let postmaster = postmaster(&pid_file());
        // It first: then no more come.
        signal("-STOP", postmaster);
        let mut hanging = Self(vec![postmaster]);
        for child in children_of(postmaster) {
            signal("-STOP", child);
            hanging.0.push(child);
        }
        hanging
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        for process in &self.0 {
            signal("-CONT", *process);
        }
    }
}

fn pid_file() -> String {
    let folder = server().host_str().map(|host| host.replace("%2F", "/")).unwrap_or_default();
    fs::read_to_string(PathBuf::from(folder).join("data/postmaster.pid")).unwrap_or_default()
}

fn postmaster(pid_file: &str) -> u32 {
    let pid = pid_file.lines().next().and_then(|line| line.parse().ok());
    pid.expect("a server that was started here")
}

fn children_of(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("the processes").flatten();
    let pids = processes.filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // After the name in parentheses: the state, then the parent.
        stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)) == Some(parent.to_string().as_str())
    };
    pids.filter(is_child).collect()
}

/// One that has ended meanwhile needs none.
fn signal(signal: &str, pid: u32) {
    let told = Command::new("kill").args([signal, &pid.to_string()]).stderr(Stdio::null()).status();
    told.expect("kill can be run");
}
