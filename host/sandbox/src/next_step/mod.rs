//! What to do about a failure: whoever reads why a command failed reads in the next line how to get on.
//!
//! Each command's failures say it beside their words; here is what several commands have in common, in `beneath` what
//! comes from the libraries below, and in `fixed` the words that are needed more than once.

mod beneath;
pub(crate) mod fixed;

use crate::checkpoints::CheckpointFileError;
use crate::config::ConfigError;
use crate::kept::KeptError;
use crate::key_file::KeysError;
use crate::practices::PracticesError;
use crate::sandbox::OpenSandboxError;
use crate::serve::{NoComponent, ServeError};
use crate::site::SiteError;
use crate::state::StateError;
use crate::which::WhichError;
use sandbox_db::WebsiteError;
use std::error::Error;
use std::io::{self, ErrorKind};

/// A failure after which something can be done.
pub(crate) trait NextStep: Error {
    /// What to do; none where the failure's own words say so already.
    fn next_step(&self) -> Option<&'static str>;
}

impl<E: NextStep + 'static> From<E> for Box<dyn NextStep> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}

/// The process itself could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the threads of this process could not be started")]
pub(crate) struct NoRuntime(#[from] io::Error);

impl NextStep for NoRuntime {
    fn next_step(&self) -> Option<&'static str> {
        Some(fixed::MACHINE)
    }
}

impl NextStep for ConfigError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::File { cause, .. } if cause.kind() == ErrorKind::NotFound => Some(
                "name the file that is there with --config; an example comes with the host: portal-host.toml",
            ),
            Self::File { .. } => Some("name a file that this user may read, with --config"),
            Self::OpenToAll { .. } => None,
            Self::NotToml { .. }
            | Self::Unknown { .. }
            | Self::WrongKind { .. }
            | Self::Missing { .. }
            | Self::BadValue { .. } => {
                Some("correct that line; portal-host check with the same --config then looks at all of it")
            }
        }
    }
}

impl NextStep for StateError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Folder { cause, .. } if cause.kind() == ErrorKind::StorageFull => Some(fixed::DISK),
            Self::Folder { cause, .. }
                if [ErrorKind::AlreadyExists, ErrorKind::NotADirectory].contains(&cause.kind()) =>
            {
                Some("name a folder with --state; there is a file of that name")
            }
            Self::Folder { .. } => Some("let this user write there, or name another folder with --state"),
            // Their own words say it.
            Self::OpenToOthers { .. } | Self::NotOurs { .. } | Self::Missing { .. } | Self::InUse { .. } => {
                None
            }
        }
    }
}

impl NextStep for KeysError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::File { cause, .. } if cause.kind() == ErrorKind::StorageFull => Some(fixed::DISK),
            Self::File { .. } => Some(
                "run the command as the user whom the key file belongs to, or name another with --key-file",
            ),
            Self::NoEntropy(error) => error.next_step(),
            Self::OpenToOthers { .. } | Self::Malformed { .. } | Self::Missing { .. } => None,
        }
    }
}

impl NextStep for CheckpointFileError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::File { cause, .. } if cause.kind() == ErrorKind::StorageFull => Some(fixed::DISK),
            Self::File { .. } => Some("let this user read and write the state folder and what is in it"),
            Self::Malformed { .. } => None,
        }
    }
}

impl NextStep for WhichError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::NoSuch { .. } => Some("name one of those with --practice"),
            Self::Several { .. } | Self::None => None,
        }
    }
}

impl NextStep for OpenSandboxError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Open(error) => error.next_step(),
            Self::People(error) => error.next_step(),
            Self::Passwords(error) => error.next_step(),
            Self::NoSignIn(_) => Some("put a whole portal-host in the place of this one"),
        }
    }
}

impl NextStep for KeptError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::State(error) => error.next_step(),
            Self::Keys(error) => error.next_step(),
            Self::Sandbox(error) => error.next_step(),
            Self::Database(error) => error.next_step(),
            Self::NoDatabase(_) => None,
            Self::Which(error) => error.next_step(),
            Self::Passwords(error) => error.next_step(),
        }
    }
}

impl NextStep for PracticesError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::PortalUrl(SiteError::NotASite(_)) | Self::EhrUrl(SiteError::NotASite(_)) => {
                Some("write it as people open it, such as https://portal.example.org")
            }
            Self::PortalUrl(SiteError::Unspecified(_)) => Some("say it with --portal-url"),
            Self::EhrUrl(SiteError::Unspecified(_)) => Some("say it with --ehr-url"),
            Self::TwoPlaces | Self::Unnamed { .. } => None,
            Self::None => Some("name the database that is served with --database, or put a backup back"),
            Self::Website(WebsiteError::Taken(_)) => Some(
                "give each practice a website of its own, with --portal-url or as portal-url of its [[practice]]",
            ),
            Self::Website(WebsiteError::Store(error)) | Self::Store(error) => error.next_step(),
            Self::Unread(_) => Some(fixed::DATABASE),
        }
    }
}

impl NextStep for NoComponent {
    fn next_step(&self) -> Option<&'static str> {
        Some("for example: portal-host serve --component patient-portal.wasm")
    }
}

impl NextStep for ServeError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::NoComponent(error) => error.next_step(),
            Self::State(error) => error.next_step(),
            Self::Kept(error) => error.next_step(),
            Self::Sandbox(error) => error.next_step(),
            Self::Bind(error) => error.next_step(),
            Self::Practices(error) => error.next_step(),
            Self::Component(error) => error.next_step(),
            Self::Entropy(error) => error.next_step(),
            Self::Signals(_) => Some(fixed::MACHINE),
            Self::Output(_) => Some(fixed::OUTPUT),
            Self::Listener(_) => Some("start it again; the log before this line says what ended"),
        }
    }
}
