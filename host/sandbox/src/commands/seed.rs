//! Adding synthetic patients, with a progress bar.

use crate::kept::{Kept, KeptError, Opened};
use crate::next_step::{NextStep, fixed};
use crate::progress::{Progress, during};
use crate::which::Which;
use sandbox_db::{SeedError, seed_patients};
use std::io::{self, Write};

/// How many patients to add, and where.
pub(crate) struct SeedOptions {
    pub(crate) patients: u64,
    pub(crate) number: u64,
    pub(crate) which: Which,
    pub(crate) kept: Kept,
}

/// Why no patients, or not all, were added.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SeedCommandError {
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error("not all of the patients were added")]
    Seed(#[from] SeedError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

impl NextStep for SeedCommandError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Kept(error) => return error.next_step(),
            Self::Seed(SeedError::TooMany) => "ask for fewer at a time, each time with another --seed",
            Self::Seed(SeedError::Store(_)) => {
                "look whether the database answers and its disk has room, then run the same command again: it goes on \
                 where it stopped"
            }
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// Adds the patients that are not there yet.
pub(crate) async fn seed(options: SeedOptions) -> Result<(), SeedCommandError> {
    let Opened { database, practices, .. } =
        during("Opening the database", options.kept.open_or_make()).await?;
    let practice = options.which.one(&practices).map_err(KeptError::from)?;
    let shown = Progress::nearing(options.patients, "patients");
    let progress = |done| shown.is_at(done);
    let added = seed_patients(&database, &practice, options.patients, options.number, progress).await?;
    drop(shown);
    database.shut_down().await;
    writeln!(io::stdout(), "{added} patients added").map_err(SeedCommandError::Output)
}
