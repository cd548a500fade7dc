//! A PostgreSQL server for as long as a test program runs: a fresh cluster in a temporary folder, reached
//! through a socket in it, so that it takes no port and nobody else's data.
//!
//! It is made with the `initdb` and `postgres` of the machine, in the path or where Debian puts them. Where
//! `PORTAL_TEST_POSTGRES_URL` names a server, that one is used instead; its user has to be a superuser.

mod faults;
mod programs;

pub use faults::{Hanging, crash_and_restart};

use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, thread};
use tempfile::TempDir;
use url::Url;

/// Names a server that is to be used instead.
pub const ELSEWHERE: &str = "PORTAL_TEST_POSTGRES_URL";

/// The superuser of a server that was started here.
const SUPERUSER: &str = "postgres";

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a test does not need: surviving a power cut. Everything else is as it comes.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=400",
    "shared_buffers=64MB",
    // Names of constraints are asked for in English.
    "lc_messages=C",
];

/// The address of the server's own database, where a superuser may make others. The server is started when
/// it is first asked for, and ends with the program.
///
/// # Panics
/// Where there is no PostgreSQL to start, or it does not start.
pub fn server() -> &'static Url {
    static SERVER: OnceLock<Url> = OnceLock::new();
    SERVER.get_or_init(|| match std::env::var(ELSEWHERE) {
        Ok(url) => Url::parse(&url).unwrap_or_else(|error| panic!("{ELSEWHERE} is no address: {error}")),
        Err(_) => start_for_good(),
    })
}

/// A program of the machine's PostgreSQL, such as `pg_dump`: in the path, or where Debian puts it.
///
/// # Panics
/// Where there is none.
pub fn program(name: &str) -> PathBuf {
    programs::find(name)
}

/// The address of another database on the same server, for this user.
///
/// # Panics
/// Where the server's address cannot have a user.
pub fn address_of(database: &str, user: Option<&str>) -> String {
    let mut url = server().clone();
    url.set_path(database);
    if let Some(user) = user {
        url.set_username(user).expect("an address with a user");
        url.set_password(None).expect("an address with a user");
    }
    url.into()
}

/// Runs the server until the pipe to this shell closes, which it does when the program at its other end is
/// over, however it came to that; then nothing is left behind.
///
/// A server that ends before is started again: it crashed, as a test may want it to.
const KEEPER: &str = "folder=$1; shift; (while :; do \"$@\"; sleep 0.1; done) & keeping=$!; read -r _; kill -9 $keeping; \
    kill -INT $(head -n 1 \"$folder/data/postmaster.pid\"); sleep 1; rm -rf \"$folder\"";

fn start_for_good() -> Url {
    let folder = TempDir::with_prefix("postgres-").expect("a folder").keep();
    let user = programs::unprivileged();
    if let Some(user) = user {
        chown(&folder, Some(user), Some(user)).expect("the folder is given to its user");
    }
    let data = folder.join("data");
    let mut initdb = programs::run_by(user, programs::find("initdb"));
    initdb.arg("--pgdata").arg(&data).args(["--username", SUPERUSER, "--auth", "trust"]);
    initdb.args(["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]);
    run(initdb);
    let mut keeper = programs::run_by(user, "sh");
    keeper.args(["-c", KEEPER, "keeper"]).arg(&folder);
    keeper.arg(programs::find("postgres")).arg("-D").arg(&data).arg("-k").arg(&folder);
    keeper.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    let log = fs::File::create(folder.join("log")).expect("a log");
    let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log).spawn();
    let mut keeper = keeper.expect("a server");
    wait_for(&folder, &mut keeper);
    // Dropped, it would close the pipe.
    static KEEPERS: Mutex<Vec<Child>> = Mutex::new(Vec::new());
    KEEPERS.lock().unwrap_or_else(PoisonError::into_inner).push(keeper);
    let socket = folder.display().to_string().replace('/', "%2F");
    Url::parse(&format!("postgres://{SUPERUSER}@{socket}/{SUPERUSER}")).expect("an address")
}

fn run(mut command: Command) {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// The server takes connections once the last line of this file says so.
fn wait_for(folder: &Path, server: &mut Child) {
    let begun = Instant::now();
    loop {
        let status = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
        if status.lines().last().is_some_and(|line| line.trim() == "ready") {
            return;
        }
        let has_ended = server.try_wait().expect("whether the server runs").is_some();
        if has_ended || begun.elapsed() > PATIENCE {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            panic!("the server does not start: {log}");
        }
        thread::sleep(Duration::from_millis(20));
    }
}
