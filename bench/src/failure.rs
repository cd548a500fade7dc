//! Why something could not be measured. A goal that is missed is none of these.

use portal_host::lent::{SaveError, Unavailable};
use portal_host::{LoadError, NoEntropy, PasswordError, TabError};
use sandbox_db::{Broken, OpenError, SeedError, StoreError, WebsiteError, export::ExportError};
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no figure.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program could not be started, or what it said not be read.
    #[error("{program} cannot be run")]
    Program {
        program: String,
        #[source]
        cause: io::Error,
    },
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written")]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    /// A connection broke, or none could be made.
    #[error("no answer at {address}")]
    NoAnswer {
        address: String,
        #[source]
        cause: io::Error,
    },
    /// A program, or the portal, answered something else than what is to be measured.
    #[error("{what} answered something else: {said}")]
    Unexpected { what: &'static str, said: String },
    /// The results cannot be read or written.
    #[error("the results in {path} cannot be understood")]
    Results {
        path: PathBuf,
        #[source]
        cause: serde_json::Error,
    },
    /// The curves could not be drawn.
    #[error("the curves cannot be drawn: {0}")]
    Drawing(String),
    #[error("the component does not load")]
    Component(#[from] LoadError),
    #[error("the database cannot be opened")]
    Open(#[from] OpenError),
    #[error("the database did not answer")]
    Store(#[from] StoreError),
    #[error("the database did not answer")]
    Unavailable(#[from] Unavailable),
    #[error("the server did not answer")]
    Server(#[from] sqlx::Error),
    #[error("the patients were not made")]
    Seed(#[from] SeedError),
    #[error("an account was not saved")]
    Save(#[from] SaveError),
    #[error("the website's address was not kept")]
    Website(#[from] WebsiteError),
    #[error("the tab did not answer")]
    Tab(#[from] TabError),
    #[error("a password was not hashed")]
    Password(#[from] PasswordError),
    #[error("there is no randomness")]
    NoEntropy(#[from] NoEntropy),
    #[error("the trail is not whole")]
    Broken(#[from] Broken),
    #[error("the trail was not handed out")]
    Export(#[from] ExportError),
    #[error("a thread ended without an answer")]
    Thread(#[from] tokio::task::JoinError),
    #[error("the runtime cannot be set up")]
    Runtime(#[source] io::Error),
}

impl Failure {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |cause| Self::File { path, cause }
    }

    pub(crate) fn program(program: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let program = program.into();
        move |cause| Self::Program { program, cause }
    }

    pub(crate) fn unexpected(what: &'static str, said: impl Into<String>) -> Self {
        Self::Unexpected { what, said: said.into() }
    }
}
