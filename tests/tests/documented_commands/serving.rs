//! A command that serves until it is told to stop: it gets ready, answers on each side, and ends well.

use crate::allowed::subcommand;
use crate::place::{Addresses, Place};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Longer than any start takes, even where an example is built first.
const START: Duration = Duration::from_secs(600);
/// Longer than a host may take to finish what is under way.
const STOP: Duration = Duration::from_secs(60);

/// Whether a command goes on until it is told to stop.
pub fn serves(command: &str) -> bool {
    subcommand(command) == "serve" || command.starts_with("cargo xtask run") || is_example(command)
}

fn is_example(command: &str) -> bool {
    command.starts_with("cargo run ") && command.contains("--example embed")
}

/// The command with this place's addresses, where it leaves them to what they usually are: another program of this
/// machine may have those.
fn with_addresses(command: &str, Addresses { ehr, portal, operator }: &Addresses) -> String {
    let command = command.split(" #").next().unwrap_or_default().trim_end();
    if is_example(command) {
        return format!("{command} {portal}");
    }
    if command.contains("--config ") {
        return command.to_owned();
    }
    let mut command = command.to_owned();
    if command == "cargo xtask run" {
        command.push_str(" --");
    }
    for (option, address) in [("--ehr", ehr), ("--portal", portal), ("--operator", operator)] {
        if !command.contains(&format!("{option} ")) {
            command.push_str(&format!(" {option} {address}"));
        }
    }
    command
}

/// Killed where a test gives up on it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs it, asks for a page on each of its sides, tells it to stop, and waits for it to end well.
pub fn until_told_to_stop(place: &Place, command: &str) {
    let typed = with_addresses(command, &place.addresses);
    let log = File::options().create(true).append(true).open(place.log()).expect("a log");
    let said = || std::fs::read_to_string(place.log()).unwrap_or_default();
    // In place of the shell, so that what it is told is told to the command.
    let mut shell = place.shell(&format!("exec {typed}"));
    let mut running = Running(shell.stdout(Stdio::piped()).stderr(log).spawn().expect("bash can be run"));
    let Some(ready) = ready(&mut running.0) else {
        // Where it has ended, it has said why by then.
        let status = ended(&mut running.0);
        panic!("{typed} is not ready ({status:?}): {}", said());
    };
    if let Some(rest) = ready.strip_prefix("ready ") {
        let url = |side: &str| {
            let (_, url) = rest.split_once(&format!("{side}=http")).expect("each side");
            url.split(' ').next().and_then(|url| url.split_once("://")).expect("an address").1.to_owned()
        };
        let Addresses { ehr, portal, operator } = &place.addresses;
        assert_page(portal, &url("portal"), "/", "New here?");
        assert_page(ehr, &url("ehr"), "/sign-in", "Sign in");
        assert_page(operator, operator, "/readyz", "");
    } else {
        assert_page(&place.addresses.portal, &place.addresses.portal, "/", "New here?");
    }
    // The example knows Ctrl-C only, as it says.
    let signal = if is_example(&typed) { "-INT" } else { "-TERM" };
    let told = Command::new("kill").args([signal, &running.0.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()), "{typed} has ended: {}", said());
    let status = ended(&mut running.0).unwrap_or_else(|| panic!("{typed} does not end: {}", said()));
    assert!(status.success(), "{typed}: {status}: {}", said());
}

/// The line that says so; none where it does not come in time.
fn ready(child: &mut Child) -> Option<String> {
    let output = BufReader::new(child.stdout.take()?);
    let (sender, line) = mpsc::channel();
    std::thread::spawn(move || {
        // To the end, so that nobody waits for a reader.
        for line in output.lines().map_while(Result::ok) {
            if line.starts_with("ready ") || line.starts_with("patients: ") {
                let _ = sender.send(line);
            }
        }
    });
    line.recv_timeout(START).ok()
}

/// Asks for a page under the name that people know.
fn assert_page(address: &str, name: &str, path: &str, says: &str) {
    let mut stream = TcpStream::connect(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    let request = format!("GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it takes a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(says), "{name}{path}: {answer}");
}

fn ended(child: &mut Child) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("the process can be watched") {
            return Some(status);
        }
        if begun.elapsed() > STOP {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn only_what_goes_on_counts_as_serving() {
    for serving in [
        "portal-host serve --component x",
        "sudo -u portal-host ./portal-host serve",
        "PORTAL_DATABASE=x /usr/local/bin/portal-host serve",
        "cargo xtask run -- --ehr x",
        "cargo run --example embed -- target/x.wasm",
    ] {
        assert!(serves(serving), "{serving}");
    }
    for ending in
        ["portal-host help serve", "portal-host check # before you serve", "serve", "cargo xtask test"]
    {
        assert!(!serves(ending), "{ending}");
    }
}
