//! The host as shipped, serving a database of its own.

use crate::failure::Failure;
use crate::http::get;
use crate::process::Process;
use portal_host::HostKeys;
use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The keys of every host and database here, so that what is seeded beforehand can be served.
const KEYS: [u8; 64] = [7; 64];

/// The same, as the host library takes them.
pub(crate) fn keys() -> HostKeys {
    HostKeys::from_bytes(KEYS)
}

/// What a host is started from.
pub(crate) struct Installation {
    program: PathBuf,
    component: PathBuf,
    folder: TempDir,
    is_silent: bool,
}

impl Installation {
    /// On new state, with these keys and no database yet.
    pub(crate) fn new(program: &Path, component: &Path) -> Result<Self, Failure> {
        let folder = TempDir::with_prefix("portal-bench-").map_err(Failure::file("a folder".as_ref()))?;
        let installation =
            Self { program: program.to_owned(), component: component.to_owned(), folder, is_silent: false };
        let state = installation.state();
        fs::create_dir(&state).map_err(Failure::file(&state))?;
        let file = state.join("host.key");
        let mut options = fs::OpenOptions::new();
        let opened = options.write(true).create_new(true).mode(0o600).open(&file);
        opened.and_then(|mut it| std::io::Write::write_all(&mut it, &KEYS)).map_err(Failure::file(&file))?;
        Ok(installation)
    }

    /// The same, with a log of warnings only.
    pub(crate) fn silent(self) -> Self {
        Self { is_silent: true, ..self }
    }

    /// A folder that lives as long as this.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn state(&self) -> PathBuf {
        self.folder().join("state")
    }

    /// The database's address.
    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.database_file().display())
    }

    /// Bytes of the database's file and its log.
    pub(crate) fn database_bytes(&self) -> u64 {
        let file = self.database_file();
        let log = file.with_extension("db-wal");
        [file, log].iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum()
    }

    fn database_file(&self) -> PathBuf {
        self.folder().join("portal.db")
    }

    /// Forgets the compiled component, so that the next start is the first.
    pub(crate) fn forget_compiled(&self) -> Result<(), Failure> {
        let compiled = self.state().join("compiled");
        match fs::remove_dir_all(&compiled) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::File { path: compiled, cause })
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Starts a host behind a proxy on this machine, and waits until it has answered its first page.
    pub(crate) fn start(&self) -> Result<Host, Failure> {
        let log = self.folder().join("log");
        let log = fs::OpenOptions::new().create(true).append(true).open(&log).map_err(Failure::file(&log))?;
        let mut serve = Command::new(&self.program);
        serve
            .args(["serve", "--ehr", "127.0.0.1:0", "--portal", "127.0.0.1:0", "--operator", "127.0.0.1:0"])
            .args(["--trusted-proxy", "127.0.0.1", "--database", &self.database(), "--component"])
            .arg(&self.component)
            .arg("--state")
            .arg(self.state())
            .env_remove("RUST_LOG")
            .stderr(log);
        if self.is_silent {
            serve.env("RUST_LOG", "warn");
        }
        let mut process = Process::start(&mut serve)?;
        let line = process.first_line()?;
        let words = line.split(' ').find_map(|word| word.strip_prefix("portal=http://"));
        let address = words.ok_or_else(|| Failure::unexpected("portal-host", line.as_str()))?.to_owned();
        let first = get(&address, "/")?;
        if first.status == 200 {
            Ok(Host { process, address })
        } else {
            Err(Failure::unexpected("the start page", format!("status {}", first.status)))
        }
    }
}

/// A host that answers.
pub(crate) struct Host {
    pub(crate) process: Process,
    /// Where the website is, such as `127.0.0.1:40123`.
    pub(crate) address: String,
}
