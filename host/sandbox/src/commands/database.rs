//! `portal-host database prepare`: tables and rights, by whoever owns them, so that hosts need not.

use crate::kept::{Kept, KeptError, Opened};
use crate::next_step::{NextStep, fixed};
use crate::progress::during;
use sandbox_db::StoreError;
use std::io::{self, Write};

/// Why the database is not ready for hosts.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrepareError {
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error("the tables are up to date, but hosts could not be given their rights")]
    Rights(#[source] StoreError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for PrepareError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Kept(error) => return error.next_step(),
            Self::Rights(_) => "run it as the tables' owner, who may make roles: see docs/postgresql.md",
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// Opening brings the tables up to date and adds the sandbox's people; then hosts get their rights.
pub(crate) async fn prepare(kept: Kept) -> Result<(), PrepareError> {
    let Opened { database, .. } = during("Bringing the tables up to date", kept.open_or_make()).await?;
    let giving = during("Giving hosts their rights", database.give_hosts_their_rights());
    let role = giving.await.map_err(PrepareError::Rights)?;
    database.shut_down().await;
    let rights = role.map_or_else(String::new, |role| {
        format!(": hosts log in as a user who is a member of the role {role}")
    });
    writeln!(io::stdout(), "the database is ready{rights}").map_err(PrepareError::Output)
}
