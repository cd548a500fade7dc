//! A running `portal-host`: one process on fresh state, killed when the test is done with it.

use crate::artifacts::artifacts;
use crate::planted;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than any start takes, even on a busy machine that compiles the component first.
const START: Duration = Duration::from_secs(120);
/// Longer than a host may take to finish what is under way.
const STOP: Duration = Duration::from_secs(40);
/// Lines of its log that are shown where a test fails.
const LAST_LINES: usize = 12;

/// How to start a host. Everything not said is fresh.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The component to load.
    pub component: PathBuf,
    /// The database's URL.
    pub database: String,
    /// Where the EHR listens.
    pub ehr: String,
    /// Where the patient website listens.
    pub portal: String,
    /// Where metrics and health are.
    pub operator: String,
    /// The host's program.
    pub program: PathBuf,
    website: Option<String>,
    more: Vec<String>,
    folder: Arc<TempDir>,
}

impl Setup {
    /// The patient portal on new state.
    pub fn fresh() -> Self {
        Self::of(artifacts().component.clone())
    }

    /// The component that misbehaves, on new state.
    pub fn faulty() -> Self {
        Self::of(artifacts().faulty_component.clone())
    }

    /// Another component, on new state.
    pub fn of(component: PathBuf) -> Self {
        let folder = TempDir::with_prefix("portal-test-").expect("a folder for the installation");
        Self {
            component,
            database: format!("sqlite:{}", folder.path().join("portal.db").display()),
            ehr: "127.0.0.1:0".to_owned(),
            portal: "127.0.0.1:0".to_owned(),
            operator: "127.0.0.1:0".to_owned(),
            program: artifacts().portal_host.clone(),
            website: None,
            more: Vec::new(),
            folder: Arc::new(folder),
        }
    }

    /// The same, with patients finding the website at another address, such as a proxy's.
    #[must_use]
    pub fn with_website(mut self, url: &str) -> Self {
        self.website = Some(url.to_owned());
        self
    }

    /// The same, with another option of the command line.
    #[must_use]
    pub fn with(mut self, option: &str, value: &str) -> Self {
        self.more.extend([option.to_owned(), value.to_owned()]);
        self
    }

    /// Runs another command on this state, and what it said.
    ///
    /// # Panics
    /// Where the program cannot be run.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(&self.program)
            .args(arguments)
            .args(["--database", &self.database, "--state"])
            .arg(self.folder().join("state"))
            .envs_removed()
            .stdin(Stdio::null())
            .output()
            .expect("portal-host can be run")
    }

    /// Makes the database, for commands that only work on one that is there.
    ///
    /// # Panics
    /// Where that does not work.
    pub fn make(&self) {
        let made = self.run(&["database", "prepare"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// The same, with the database elsewhere.
    #[must_use]
    pub fn on(mut self, database: &str) -> Self {
        database.clone_into(&mut self.database);
        self
    }

    /// The same, where each address is known beforehand.
    #[must_use]
    pub fn listening(mut self, portal: &str, ehr: &str, operator: &str) -> Self {
        portal.clone_into(&mut self.portal);
        ehr.clone_into(&mut self.ehr);
        operator.clone_into(&mut self.operator);
        self
    }

    /// Another host on the same database with the same keys, on state of its own.
    ///
    /// # Panics
    /// Where there is no folder for it.
    #[must_use]
    pub fn beside(&self) -> Self {
        let folder = TempDir::with_prefix("portal-test-").expect("a folder for the installation");
        let keys = self.folder().join("state/host.key").display().to_string();
        Self { folder: Arc::new(folder), ..self.clone() }.with("--key-file", &keys)
    }

    /// A folder that lives as long as this.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "--component"])
            .arg(&self.component)
            .args(["--database", &self.database, "--ehr", &self.ehr, "--portal", &self.portal])
            .args(["--operator", &self.operator])
            .args(&self.more)
            .arg("--state")
            .arg(self.folder().join("state"))
            .envs_removed();
        if let Some(url) = &self.website {
            command.args(["--portal-url", url]);
        }
        command
    }

    /// Runs a host that is expected to give up, and what it said.
    ///
    /// # Panics
    /// Where it is still there after a minute.
    pub fn expect_failure(&self) -> Output {
        let mut child = self
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("portal-host can be run");
        let begun = Instant::now();
        while child.try_wait().expect("the process can be watched").is_none() {
            if begun.elapsed() > START {
                let _ = child.kill();
                let output = child.wait_with_output().expect("what it said");
                panic!("portal-host did not give up: {}", String::from_utf8_lossy(&output.stderr));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("what it said");
        self.open_log().write_all(&output.stderr).expect("it is kept");
        output
    }

    /// Starts a host and waits until it is ready.
    ///
    /// # Panics
    /// Where it does not become ready.
    pub fn start(&self) -> Installation {
        let mut child = self
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.open_log())
            .spawn()
            .expect("portal-host can be run");
        let watchdog = Watchdog::over(&child, self.folder());
        let ready = first_line(&mut child);
        let Some((ehr, portal, operator)) = ready.as_deref().and_then(addresses) else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("portal-host is not ready: {ready:?}\n{}", self.log());
        };
        Installation { ehr, portal, operator, setup: self.clone(), child, _watchdog: watchdog }
    }

    fn open_log(&self) -> File {
        File::options().create(true).append(true).open(self.log_path()).expect("a log")
    }

    fn log_path(&self) -> PathBuf {
        planted::log_of(self.folder()).unwrap_or_else(|| self.folder().join("stderr.log"))
    }

    /// What every host on this state has written for its operator.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.log_path()).unwrap_or_default()).into_owned()
    }
}

/// What the person who runs the tests may have set, and no host of theirs should go by.
const AMBIENT: [&str; 5] =
    ["RUST_LOG", "RUST_BACKTRACE", "PORTAL_DATABASE", "PORTAL_KEY_FILE", "PORTAL_LOG_FORMAT"];

trait Removed {
    fn envs_removed(&mut self) -> &mut Self;
}

impl Removed for Command {
    fn envs_removed(&mut self) -> &mut Self {
        AMBIENT.iter().fold(self, |command, variable| command.env_remove(variable))
    }
}

/// A host that answers on both addresses.
pub struct Installation {
    /// Where the EHR is, such as `http://127.0.0.1:40123`.
    pub ehr: String,
    /// Where the patient website is.
    pub portal: String,
    /// Where the metrics are.
    pub operator: String,
    /// What it was started with; start it again after it ended.
    pub setup: Setup,
    child: Child,
    _watchdog: Watchdog,
}

impl Installation {
    /// The patient portal on new state.
    pub fn fresh() -> Self {
        Setup::fresh().start()
    }

    /// Where its website listens, whatever address people know.
    pub fn portal_address(&self) -> String {
        format!("http://{}", self.setup.portal)
    }

    /// What the operator reads.
    pub fn log(&self) -> String {
        self.setup.log()
    }

    /// Whether the process is still there.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the process can be watched").is_none()
    }

    /// Ends the process at once, as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The process, for what the system tells of it.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the process to stop, without waiting.
    pub fn terminate(&self) {
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(kill.is_ok_and(|status| status.success()), "the process can be signalled");
    }

    /// Waits until the process has ended.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the process can be watched") {
                return status;
            }
            assert!(begun.elapsed() < STOP, "portal-host does not end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            // The folder goes with this, and what the host was doing may say why the test failed. One that several tests
            // share says nothing: it is never dropped.
            let log = self.log();
            let lines: Vec<_> = log.lines().collect();
            eprintln!(
                "what the host said last:\n{}",
                lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
            );
        }
    }
}

/// The first line on standard output, or none where there is none in time.
fn first_line(child: &mut Child) -> Option<String> {
    let mut output = BufReader::new(child.stdout.take()?);
    let (sender, line) = mpsc::channel();
    std::thread::spawn(move || {
        let mut first = String::new();
        let _ = output.read_line(&mut first);
        let _ = sender.send(first);
        // Drained, so that the host never waits for a reader.
        let _ = output.read_to_end(&mut Vec::new());
    });
    line.recv_timeout(START).ok()
}

fn addresses(line: &str) -> Option<(String, String, String)> {
    let (ehr, rest) = line.trim().strip_prefix("ready ehr=")?.split_once(" portal=")?;
    let (portal, rest) = rest.split_once(" operator=")?;
    let (operator, _) = rest.split_once(" practice=")?;
    Some((ehr.to_owned(), portal.to_owned(), operator.to_owned()))
}

/// Ends a host that outlives the tests, and removes its folder: an installation that several tests
/// share is never dropped. It notices by the pipe that closes with this process.
struct Watchdog {
    child: Child,
    _pipe: Option<ChildStdin>,
}

impl Watchdog {
    fn over(host: &Child, folder: &Path) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", "cat >/dev/null; kill -9 \"$1\"; sleep 0.2; rm -rf \"$2\"", "watchdog"])
            .arg(host.id().to_string())
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let pipe = child.stdin.take();
        Self { child, _pipe: pipe }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
