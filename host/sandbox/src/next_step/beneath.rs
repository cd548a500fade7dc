//! What to do about the failures of the libraries below: the database, the component, the network.

use super::{NextStep, fixed};
use portal_host::serve::BindError;
use portal_host::{LoadError, NoEntropy, PasswordError};
use sandbox_db::{AuditFault, Broken, OpenError, StoreError};
use std::io::ErrorKind;

const NOT_WHOLE: &str =
    "name another file with --database, or put a backup back; this one is no database, or only a part of one";
const NOT_OURS: &str =
    "let this user read and write the file and its folder, or name another with --database";

impl NextStep for OpenError {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Folder { cause, .. } if cause.kind() == ErrorKind::StorageFull => Some(fixed::DISK),
            Self::Folder { .. } => {
                Some("make the folder for this user, or name another place with --database")
            }
            Self::Unopened { cause, .. } => Some(match cause.as_database_error() {
                Some(error) => about_code(error.code().as_deref()),
                None => about_code(None),
            }),
            Self::Unmigrated { .. } => {
                Some("run portal-host database prepare, on PostgreSQL as the tables' owner; back it up first")
            }
            Self::OtherVersion { .. } => Some("back it up, then run portal-host database prepare"),
            // Their own words say it.
            Self::Unsupported(_)
            | Self::LaterVersion { .. }
            | Self::OtherKeys { .. }
            | Self::OlderKeys { .. } => None,
        }
    }
}

/// SQLite's numbers (the last two digits of an extended one are the plain one's), and PostgreSQL's five characters.
fn about_code(code: Option<&str>) -> &'static str {
    let plain = code.filter(|code| code.len() < 5).and_then(|code| code.parse::<u32>().ok());
    match (plain.map(|code| code & 0xff), code) {
        // SQLITE_CORRUPT and SQLITE_NOTADB
        (Some(11 | 26), _) => NOT_WHOLE,
        // SQLITE_PERM, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN
        (Some(3 | 8 | 10 | 14), _) => NOT_OURS,
        // SQLITE_FULL
        (Some(13), _) => fixed::DISK,
        (_, Some("28P01" | "28000")) => "correct the user and the password in the database's address",
        (_, Some("3D000")) => "make that database on the server, or name another with --database",
        (_, Some("42501")) => {
            "run portal-host database prepare as the tables' owner: it gives hosts their rights"
        }
        _ => "look whether the database can be reached from here and takes this user, then try again",
    }
}

impl NextStep for StoreError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Query(_) => fixed::DATABASE,
            Self::Unreadable { .. } => "something else has written there: put a backup from before back",
            Self::NoSuchPractice => "name a practice that is there with --practice",
        })
    }
}

impl NextStep for Broken {
    fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Fault(AuditFault::UnknownKey { .. }) => {
                Some("name the key file that its hosts use with --key-file, or restore it from a backup")
            }
            Self::Fault(
                AuditFault::EntryAltered { .. }
                | AuditFault::EntryMissing { .. }
                | AuditFault::EntryLate { .. }
                | AuditFault::HeadAltered { .. }
                | AuditFault::CheckpointAltered { .. }
                | AuditFault::CheckpointMissing { .. },
            ) => Some(fixed::TAMPERED),
            Self::Store(error) => error.next_step(),
        }
    }
}

impl NextStep for LoadError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Unreadable { .. } => "name a component that this user may read, with --component",
            Self::NotPinned { .. } => {
                "put the component back that was pinned, or, where this one is meant, pin its digest"
            }
            // What is wrong with the signature says what to do about it.
            Self::NotSigned { .. } => return None,
            Self::NotAComponent { .. } => "copy patient-portal.wasm anew from where it came from, all of it",
            Self::DoesNotFit { .. } => "take the component and portal-host from the same release",
            Self::NoDescription { .. } => {
                "take another version of the component, and tell its vendor of this one"
            }
            Self::CacheFolder { .. } => {
                "let this user write in the state folder, or name another with --state"
            }
            Self::Engine(_) | Self::Ticker(_) => fixed::MACHINE,
            Self::Passwords(error) => return error.next_step(),
        })
    }
}

impl NextStep for PasswordError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoEntropy(error) => return error.next_step(),
            Self::UnknownKey(_) => "name the key file that its hosts use with --key-file",
            Self::Busy { .. } | Self::TooLong | Self::ForeignHash | Self::Argon2(_) | Self::Thread(_) => {
                fixed::MACHINE
            }
        })
    }
}

impl NextStep for NoEntropy {
    fn next_step(&self) -> Option<&'static str> {
        Some("try again; where it stays so, this machine's own source of randomness does not answer")
    }
}

impl NextStep for BindError {
    fn next_step(&self) -> Option<&'static str> {
        let kind = self.cause.kind();
        Some(if kind == ErrorKind::AddrInUse {
            "stop the program that listens there, or choose another address: --ehr, --portal and --operator say where \
             to listen"
        } else if kind == ErrorKind::PermissionDenied {
            "choose a port from 1024 on, and put a proxy in front: the lower ones are not for every user"
        } else {
            "choose an address of this machine: --ehr, --portal and --operator say where to listen"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_database_says_by_number_is_told_apart() {
        for whole in ["11", "26", "267"] {
            assert_eq!(about_code(Some(whole)), NOT_WHOLE, "{whole}");
        }
        for file in ["14", "8", "266", "1032"] {
            assert_eq!(about_code(Some(file)), NOT_OURS, "{file}");
        }
        assert!(about_code(Some("28P01")).contains("password"));
        assert!(about_code(Some("08006")).contains("reached"));
        assert!(about_code(None).contains("reached"));
    }
}
