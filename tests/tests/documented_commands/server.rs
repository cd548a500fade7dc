//! What the documents have people make on a database server. It may be the tester's own, so all of it goes again, however
//! a test ends.

use portal_host::{Entropy, SystemEntropy};
use portal_tests::planted::plant;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use throwaway_postgres::{ELSEWHERE, address_of, program, server};

/// In the order in which it can go.
pub const MADE: [&str; 5] = [
    "DATABASE portal_restored",
    "DATABASE portal",
    "DATABASE portal_of_owner",
    "ROLE portal",
    "ROLE portal_owner",
];

/// Made by `database prepare`, and the whole server's: an installation that is not ours may have made it before, or need it.
const SHARED: &str = "ROLE portal_host";

/// Removes at its end what was made on the server since it was had. There is one at a time.
pub struct Made {
    was_shared: bool,
    _alone: MutexGuard<'static, ()>,
}

impl Made {
    /// # Panics
    /// Where something of these names is there, which is not ours to remove.
    pub fn nothing_yet() -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let there = there().expect("the server says what it has");
        let taken: Vec<_> = MADE.into_iter().filter(|it| there.iter().any(|other| other == it)).collect();
        assert!(taken.is_empty(), "the server has {taken:?} already: name another one in {ELSEWHERE}");
        Self { was_shared: there.iter().any(|it| it == SHARED), _alone: alone }
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let failures = match there() {
            Ok(there) => {
                let ours = MADE.iter().filter(|it| there.iter().any(|other| other == *it));
                ours.filter_map(|it| remove(it).err()).collect::<String>()
            }
            Err(failure) => failure,
        };
        if !self.was_shared {
            // Refused where another database has come to need it.
            let _ = remove(SHARED);
        }
        // A second panic would end the program before it says what the first was about.
        if thread::panicking() {
            eprint!("{failures}");
        } else {
            assert!(failures.is_empty(), "{failures}");
        }
    }
}

fn there() -> Result<Vec<String>, String> {
    let names = "SELECT 'DATABASE ' || datname FROM pg_database UNION ALL \
                 SELECT 'ROLE ' || rolname FROM pg_roles;";
    Ok(tell(names)?.lines().map(str::to_owned).collect())
}

fn remove(it: &str) -> Result<(), String> {
    if let Some(database) = it.strip_prefix("DATABASE ") {
        // A host that was killed may not be missed yet.
        tell(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}';"
        ))?;
    }
    tell(&format!("DROP {it};")).map(drop)
}

/// Runs SQL as somebody who may make roles and databases, and what it answered, or why it failed.
pub fn tell(statements: &str) -> Result<String, String> {
    let mut psql = Command::new(program("psql"));
    psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-", server().as_str()]);
    psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = psql.spawn().map_err(|error| format!("psql: {error}\n"))?;
    // Where it has ended already, it says why.
    let _ = running.stdin.take().map(|mut input| input.write_all(statements.as_bytes()));
    let done = running.wait_with_output().map_err(|error| format!("psql: {error}\n"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(format!("{statements}\n{}", String::from_utf8_lossy(&done.stderr)))
    }
}

/// What stands for `...`: nobody else's, as its user may log in on the tester's server while the tests run.
pub fn password() -> &'static str {
    static PASSWORD: OnceLock<String> = OnceLock::new();
    PASSWORD.get_or_init(|| {
        let mut bytes = [0; 16];
        SystemEntropy.fill(&mut bytes).expect("randomness");
        let password = format!("{:032x}", u128::from_be_bytes(bytes));
        plant(&password);
        password
    })
}

/// The address of a database, as one of the users whom the documents make has it.
pub fn address(user: &str, database: &str) -> String {
    address_of(database, Some(user)).replacen(&format!("{user}@"), &format!("{user}:{}@", password()), 1)
}

#[test]
fn what_was_made_goes_after_a_failure_too() {
    let failing = thread::spawn(|| {
        let _made = Made::nothing_yet();
        let statements = format!(
            "CREATE ROLE portal_owner LOGIN PASSWORD '{0}' CREATEROLE;\n\
             CREATE DATABASE portal OWNER portal_owner TEMPLATE template0;\n\
             CREATE ROLE portal LOGIN PASSWORD '{0}';\nGRANT CONNECT ON DATABASE portal TO portal;",
            password()
        );
        tell(&statements).expect("it is made");
        panic!("as a test may");
    });

    assert!(failing.join().is_err());

    // It would panic if anything was left.
    drop(Made::nothing_yet());
}
