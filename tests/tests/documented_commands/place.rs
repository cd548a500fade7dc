//! A throwaway machine: a folder with the programs, files and addresses that the documents take for granted, in place
//! of those of a real one.

use crate::{allowed, server, serving};
use portal_tests::artifacts::{artifacts, root};
use portal_tests::balancer::free_address;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;
use tempfile::TempDir;
use throwaway_postgres::{address_of, program};

/// Becomes another user, as everybody is here who is asked for.
const SUDO: &str = "#!/bin/sh\n[ \"$1\" = -u ] && shift 2\nexec \"$@\"\n";

/// What stands for Cargo.
const CARGO: &str = include_str!("cargo.sh");

/// What stands for a vendor's key where `RW…` would not do.
pub const NOBODYS_KEY: &str = "RWRzyp8nblO3/MQ0ex/u6kauSV/P6tbIPijQRNATJEoT6PvPkDjvZ8F3";

/// What stands for the name of a test: of the rules, and of one from outside that starts no host.
const A_RULE: &str = "an_address_and_a_range_spare_who_is_in_them";
const A_TEST: &str = "a_link_to_a_heading_that_is_not_there_is_noticed";
/// Where all tests would be run: one that needs the server.
const ON_POSTGRES: &str = "--test several_hosts guesses_are_counted_together";

/// What is typed where minisign asks for a password, twice.
const PASSWORDS: &str = "of nobody's\nof nobody's\n";

/// Where a host's three sides listen here.
pub struct Addresses {
    pub ehr: String,
    pub portal: String,
    pub operator: String,
}

pub struct Place {
    pub addresses: Addresses,
    /// The public key that `RW…` stands for, once there is one.
    pub key: Option<String>,
    /// What was exported so far.
    exported: String,
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("portal-test-").expect("a folder");
        let addresses = Addresses { ehr: free_address(), portal: free_address(), operator: free_address() };
        let place = Self { addresses, key: None, exported: String::new(), folder };
        for folder in ["programs", "home", "etc", "backup", "certificates", "here/target/debug"] {
            fs::create_dir_all(place.of(folder)).expect("a folder");
        }
        fs::create_dir(place.of("var")).expect("a folder");
        fs::set_permissions(place.of("var"), fs::Permissions::from_mode(0o700)).expect("its mode");
        symlink(place.of("etc/portal-host.toml"), place.of("here/portal-host.toml")).expect("it is here too");
        for beside in ["programs/portal-host", "here/portal-host", "here/target/debug/portal-host"] {
            symlink(&artifacts().portal_host, place.of(beside)).expect("the program");
        }
        fs::copy(&artifacts().component, place.of("here/patient-portal.wasm")).expect("the component");
        place.has_program("sudo", SUDO);
        place.has_program("cargo", CARGO);
        place.is_configured_as("docs/portal-host.toml");
        place
    }

    /// Something of the machine, outside the folder in which people type.
    pub fn of(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn has_program(&self, name: &str, script: &str) {
        let path = self.of("programs").join(name);
        fs::write(&path, script).expect("a program");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("its mode");
    }

    /// Puts an example of the documents where the configuration is.
    pub fn is_configured_as(&self, example: &str) {
        let text = fs::read_to_string(root().join(example)).expect("the example");
        // Nobody has to notice here.
        let text = self.as_here(&text).replace("stop-delay = 5\n", "stop-delay = 1\n");
        fs::write(self.of("etc/portal-host.toml"), text).expect("the configuration");
    }

    /// What a document says, with this place's folders, addresses, databases, passwords and keys for those of a real machine.
    pub fn as_here(&self, text: &str) -> String {
        let of = |path: &str| self.of(path).display().to_string();
        let Addresses { ehr, portal, operator } = &self.addresses;
        let mut text = text.to_owned();
        for (there, here) in [
            ("/usr/local/bin/portal-host", "portal-host".to_owned()),
            ("/usr/lib/portal-host", of("here")),
            ("/etc/portal-host", of("etc")),
            ("/var/lib/portal-host", of("var")),
            ("/var/lib/portal/", of("var/")),
            ("/etc/haproxy/certificates", of("certificates")),
            ("/backup/", of("backup/")),
            ("target/dist/patient-portal.wasm", of("here/patient-portal.wasm")),
            // What a reader puts there: somebody of the sandbox.
            ("CHART-NUMBER", "110000000".to_owned()),
            ("USER-NAME", "frontdesk".to_owned()),
            ("--user ADDRESS", "--user 127.0.0.1".to_owned()),
            // A test of the rules, and one from outside that is soon over.
            ("patient-portal NAME", format!("patient-portal {A_RULE}")),
            ("test NAME", format!("test {A_TEST}")),
            ("PROPTEST_CASES=1000", "PROPTEST_CASES=2".to_owned()),
            (
                "postgres://superuser@host/db cargo xtask test",
                format!("'{}' cargo xtask test {ON_POSTGRES}", throwaway_postgres::server()),
            ),
            ("target/test-logs", of("here/target/test-logs")),
        ] {
            text = text.replace(there, &here);
        }
        for (port, here) in [("080", ehr), ("081", portal), ("082", operator)] {
            for (host, thousand) in [("127.0.0.1", 8), ("127.0.0.1", 9), ("0.0.0.0", 8)] {
                text = text.replace(&format!("{host}:{thousand}{port}"), here);
            }
        }
        for (user, database) in
            [("portal_owner", "portal_restored"), ("portal_owner", "portal"), ("portal", "portal")]
        {
            let there = format!("postgres://{user}:...@db.example/{database}?sslmode=verify-full");
            text = text.replace(&there, &server::address(user, database));
        }
        text = text.replace("'...'", &format!("'{}'", server::password()));
        if text.contains("postgres://owner@db.example/portal") {
            text = text.replace("postgres://owner@db.example/portal", &address_of("portal_of_owner", None));
        }
        match &self.key {
            Some(key) => text.replace("RW…", key).replace(NOBODYS_KEY, key),
            None => text,
        }
    }

    /// Types a command of a document, waits for it to end well, and what it said. What serves is asked for a page and
    /// told to stop.
    pub fn types(&mut self, typed: &str) -> String {
        let here = self.as_here(typed);
        assert!(
            ["…", "...", "db.example"].iter().all(|it| !here.contains(it)),
            "what stands there for something: {here}"
        );
        allowed::command(&here, self.folder.path()).unwrap_or_else(|why| panic!("{typed}\nas {here}: {why}"));
        if here.starts_with("export ") {
            self.exported.push_str(&format!("{here}\n"));
        } else if serving::serves(&here) {
            serving::until_told_to_stop(self, &here);
            return String::new();
        }
        // For whoever looks for what takes long: `cargo test --test documented_commands -- --nocapture` shows it.
        let began = Instant::now();
        let Output { status, stdout, stderr } = self.shell(&here).output().expect("bash can be run");
        println!("{:5.1} s: {}", began.elapsed().as_secs_f64(), typed.replace('\n', " "));
        let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "{typed}\nas {here}\n{status}: {said}");
        said
    }

    /// A shell that runs this in the folder in which people type, after what was exported.
    pub fn shell(&self, script: &str) -> Command {
        let postgres = program("pg_dump");
        let mut folders = vec![self.of("programs"), postgres.parent().expect("a folder").to_owned()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        // Where Debian has HAProxy.
        folders.push(PathBuf::from("/usr/sbin"));
        let mut shell = Command::new("bash");
        shell.args(["-euo", "pipefail", "-c"]).arg(format!("{}{script}", self.exported));
        shell.current_dir(self.of("here")).env("PATH", std::env::join_paths(folders).expect("a path"));
        shell.env("HOME", self.of("home")).env("WORKSPACE", root());
        shell.env("REAL_HOME", std::env::var_os("HOME").unwrap_or_default());
        shell.env("REAL_CARGO", std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for variable in ["RUST_LOG", "PORTAL_DATABASE", "PORTAL_KEY_FILE", "PORTAL_LOG_FORMAT"] {
            shell.env_remove(variable);
        }
        let answers = self.of("answers");
        fs::write(&answers, PASSWORDS).expect("a file");
        shell.stdin(if script.starts_with("minisign ") {
            Stdio::from(fs::File::open(answers).expect("what is typed"))
        } else {
            Stdio::null()
        });
        shell
    }

    /// Tells the server what a document says, as somebody who may make roles and databases.
    pub fn tells_the_server(&self, statements: &str) {
        let here = self.as_here(statements);
        allowed::statements(&here).unwrap_or_else(|why| panic!("{why}"));
        server::tell(&here).unwrap_or_else(|why| panic!("{why}"));
        // PostgreSQL 16 and later ask for more where the role is there already and somebody else's, as docs/postgresql.md says.
        server::tell(
            "DO $$ BEGIN GRANT portal_host TO portal_owner WITH ADMIN OPTION; \
             EXCEPTION WHEN undefined_object THEN NULL; END; $$;",
        )
        .unwrap_or_else(|why| panic!("{why}"));
    }

    /// The log of the hosts of this place, as the tests keep them.
    pub fn log(&self) -> PathBuf {
        let folder: &Path = self.folder.path();
        portal_tests::planted::log_of(folder).unwrap_or_else(|| folder.join("stderr.log"))
    }
}
