//! Loading a component: read, compile (or take from the cache), and check that it fits the contract
//! before the first request is answered.

use crate::contract::PluginPre;
use crate::runtime::metering::Call;
use std::path::{Path, PathBuf};
use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

/// Why a component was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("the component {path} cannot be read")]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The file is not a whole component.
    #[error("{path} is not a WebAssembly component, or only a part of one")]
    NotAComponent {
        /// Which file.
        path: PathBuf,
        /// Where it stops making sense.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An import or export does not fit; the source names it.
    #[error("{path} was built for another version of the contract (this host has ehr:patient-portal@0.1.1)")]
    DoesNotFit {
        /// Which file.
        path: PathBuf,
        /// The import or export that does not fit.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The component does not answer when asked what its tab is.
    #[error("{path} does not say what its tab is")]
    NoDescription {
        /// Which file.
        path: PathBuf,
        /// What happened instead.
        #[source]
        cause: crate::CallError,
    },
    /// The folder for compiled components cannot be used.
    #[error("the cache folder {path} cannot be used")]
    CacheFolder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The engine cannot be set up on this machine.
    #[error("the WebAssembly engine cannot be set up")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The thread that watches computing time cannot be started.
    #[error("the thread that watches computing time cannot be started")]
    Ticker(#[source] std::io::Error),
    /// Password hashing cannot be set up.
    #[error("password hashing cannot be set up")]
    Passwords(#[from] crate::passwords::PasswordError),
}

impl LoadError {
    pub(super) fn engine(cause: wasmtime::Error) -> Self {
        Self::Engine(cause.into())
    }
}

/// Reads, compiles and links the component at `path`.
pub(super) fn load(engine: &Engine, linker: &Linker<Call>, path: &Path) -> Result<PluginPre, LoadError> {
    let bytes =
        std::fs::read(path).map_err(|cause| LoadError::Unreadable { path: path.to_owned(), cause })?;
    let not_a_component = |cause| LoadError::NotAComponent { path: path.to_owned(), cause };
    // Checked first, so that a half-copied file is told apart from one that does not compile; a core
    // module is refused by the compiler.
    wasmparser::Validator::new().validate_all(&bytes).map_err(|cause| not_a_component(cause.into()))?;
    let component = Component::new(engine, &bytes).map_err(|cause| not_a_component(cause.into()))?;
    let does_not_fit =
        |cause: wasmtime::Error| LoadError::DoesNotFit { path: path.to_owned(), cause: cause.into() };
    linker.instantiate_pre(&component).and_then(PluginPre::new).map_err(does_not_fit)
}
