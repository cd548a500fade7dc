//! Loading a component: read, compile (or take from the cache), and check that it fits the contract
//! before the first request is answered.

use super::digest::ComponentDigest;
use super::signature::SignatureError;
use super::trust::Trust;
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
    /// The file is another one than was pinned.
    #[error("{path} is not the component that was pinned: its SHA-256 digest is {found}, pinned is {pinned}")]
    NotPinned {
        /// Which file.
        path: PathBuf,
        /// The digest that it must have.
        pinned: ComponentDigest,
        /// The digest that it has.
        found: ComponentDigest,
    },
    /// There is no good signature beside the file; the source says what is wrong with it.
    #[error("{path} is not loaded without a good signature in {signature}")]
    NotSigned {
        /// Which file.
        path: PathBuf,
        /// Where its signature was looked for.
        signature: PathBuf,
        /// What is wrong with it, and what to do about it.
        #[source]
        cause: SignatureError,
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
    #[error("{path} was built for another version of the contract (this host has ehr:patient-portal@0.1.2)")]
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

/// Reads, compiles and links the component at `path`, if it is one that is trusted; and its digest.
pub(super) fn load(
    engine: &Engine,
    linker: &Linker<Call>,
    path: &Path,
    trust: &Trust,
) -> Result<(PluginPre, ComponentDigest), LoadError> {
    let bytes = read(path)?;
    // Before anything else looks at the bytes, and on the very ones that are compiled. What was compiled before is
    // found by these bytes too.
    trust.admit(path, &bytes)?;
    Ok((fit(linker, path, &compile(engine, path, &bytes)?)?, ComponentDigest::of(&bytes)))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|cause| LoadError::Unreadable { path: path.to_owned(), cause })
}

/// Compiles a whole component. It is checked first, so that a half-copied file is told apart from one that does not
/// compile; a core module is refused by the compiler.
pub(super) fn compile(engine: &Engine, path: &Path, bytes: &[u8]) -> Result<Component, LoadError> {
    let not_a_component = |cause| LoadError::NotAComponent { path: path.to_owned(), cause };
    wasmparser::Validator::new().validate_all(bytes).map_err(|cause| not_a_component(cause.into()))?;
    Component::new(engine, bytes).map_err(|cause| not_a_component(cause.into()))
}

/// Links it with what the contract lends, and looks for what the contract asks of it.
pub(super) fn fit(linker: &Linker<Call>, path: &Path, component: &Component) -> Result<PluginPre, LoadError> {
    let does_not_fit =
        |cause: wasmtime::Error| LoadError::DoesNotFit { path: path.to_owned(), cause: cause.into() };
    linker.instantiate_pre(component).and_then(PluginPre::new).map_err(does_not_fit)
}
