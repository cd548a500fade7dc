//! Adding synthetic patients, with a progress bar.

use crate::kept::{Kept, KeptError, Opened};
use crate::which::Which;
use indicatif::{ProgressBar, ProgressStyle};
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
    #[error("the patients could not be added; run the same command again to go on")]
    Seed(#[from] SeedError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

/// Adds the patients that are not there yet.
pub(crate) async fn seed(options: SeedOptions) -> Result<(), SeedCommandError> {
    let Opened { database, practices, .. } = options.kept.open_or_make().await?;
    let practice = options.which.one(&practices).map_err(KeptError::from)?;
    let bar = ProgressBar::new(options.patients);
    if let Ok(style) =
        ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} patients, {eta} left")
    {
        bar.set_style(style);
    }
    let added =
        seed_patients(&database, &practice, options.patients, options.number, |done| bar.set_position(done))
            .await?;
    bar.finish_and_clear();
    database.shut_down().await;
    writeln!(io::stdout(), "{added} patients added").map_err(SeedCommandError::Output)
}
