//! `portal-host backup` and `portal-host restore`: a copy of the database file, looked at before it is called one.

use crate::checkpoints::{self, CheckpointFileError};
use crate::commands::audit::written;
use crate::kept::{Kept, KeptError};
use crate::key_file::KeysError;
use crate::state::StateError;
use clap::Args;
use portal_host::identity::PracticeId;
use portal_host::{Clock, HostKeys, SystemClock};
use sandbox_db::{AuditSummary, Broken, Checkpoint, Copied, CopyError, Database, OpenError, StoreError};
use std::io::{self, Write};
use std::path::PathBuf;

/// Where to write a backup.
#[derive(Args)]
pub(crate) struct BackupArgs {
    /// The file to make. An existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

/// What to put back.
#[derive(Args)]
pub(crate) struct RestoreArgs {
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

/// Why there is no backup, or it is not put back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error("the copy cannot be used, and was removed")]
    Unusable(#[source] OpenError),
    #[error("the copy cannot be read, and was removed")]
    Unreadable(#[from] StoreError),
    #[error("that it was put back cannot be put on record in the copy, which was removed")]
    Unnoted(#[source] StoreError),
    #[error("there is no practice in the copy, and it was removed")]
    Empty,
    #[error("the audit trail in the copy is not as it was written, and the copy was removed")]
    Broken(#[from] Broken),
    #[error(transparent)]
    Checkpoint(#[from] CheckpointFileError),
    #[error("standard output cannot be written to")]
    Output(#[source] io::Error),
}

/// A practice in a copy, and what its audit trail came to.
type LookedAt = (PracticeId, AuditSummary);

/// Copies what is in the database now, beside the hosts that serve it.
pub(crate) async fn backup(options: BackupArgs) -> Result<(), BackupError> {
    let state = options.kept.folder_in_use()?;
    let keys = options.kept.key_file(&state).open()?;
    // Read first: what is kept outside the database is in every copy that is made from now on.
    let kept = checkpoints::all(&state.checkpoint_file())?;
    let to = format!("sqlite:{}", options.output.display());
    let copied = sandbox_db::copy(&options.kept.database(&state), &to).await?;
    let practices = look_at(&copied, &keys, &kept).await?;
    copied.keep()?;
    writeln!(
        io::stdout(),
        "{} is a whole copy, with {} entries in its audit trail; keep it as safe as the database, and the \
         key file apart from it",
        options.output.display(),
        entries(&practices)
    )
    .map_err(BackupError::Output)
}

/// Puts a backup where there is no database.
pub(crate) async fn restore(options: RestoreArgs) -> Result<(), BackupError> {
    let state = options.kept.folder()?;
    let _alone = state.alone()?;
    // Another key would open nothing of what is in it, so none is made.
    let keys = options.kept.key_file(&state).open()?;
    let to = options.kept.database(&state);
    let from = format!("sqlite:{}", options.from.display());
    let copied = sandbox_db::copy(&from, &to).await?;
    let practices = look_at(&copied, &keys, &[]).await?;
    let kept = checkpoints::all(&state.checkpoint_file())?;
    let fitting = fitting_checkpoints(&kept, &copied, &keys, &practices).await?;
    let lost = fitting.len() < kept.len();
    note(&copied, &keys, &practices).await?;
    copied.keep()?;
    if lost {
        checkpoints::set_aside_but(&state.checkpoint_file(), &fitting, SystemClock.now())?;
    }
    told(entries(&practices), lost).map_err(BackupError::Output)
}

/// Puts on record, in the copy, that it was put back.
async fn note(copied: &Copied, keys: &HostKeys, practices: &[LookedAt]) -> Result<(), BackupError> {
    let database = Database::open(&copied.url(), keys.audit()).await.map_err(BackupError::Unusable)?;
    for (practice, summary) in practices {
        let newest =
            summary.span.map_or_else(String::new, |(_, newest)| format!(" up to {}", written(newest)));
        let detail = format!("{} entries{newest}", summary.entries);
        let noted = database.note_restored(practice, detail, SystemClock.now()).await;
        noted.map_err(BackupError::Unnoted)?;
    }
    database.shut_down().await;
    Ok(())
}

/// Opens the copy and checks the audit trail of every practice in it, up to the checkpoint that is kept of it, if
/// one is; a practice of which one is kept has to be in it.
async fn look_at(
    copied: &Copied,
    keys: &HostKeys,
    kept: &[(PracticeId, Checkpoint)],
) -> Result<Vec<LookedAt>, BackupError> {
    let database =
        Database::open_to_look(&copied.url(), keys.audit()).await.map_err(BackupError::Unusable)?;
    let mut looked_at = Vec::new();
    for practice in checkpoints::expected(database.practices().await?, kept) {
        let checkpoint = checkpoints::of(kept, &practice);
        let summary = database.verify_audit(&practice, checkpoint.as_ref(), |_| ()).await?;
        looked_at.push((practice, summary));
    }
    database.shut_down().await;
    if looked_at.is_empty() { Err(BackupError::Empty) } else { Ok(looked_at) }
}

/// The checkpoints that are not from after the backup, which have to fit what is in it. Where one is, something
/// was on record that the copy has not got.
async fn fitting_checkpoints(
    kept: &[(PracticeId, Checkpoint)],
    copied: &Copied,
    keys: &HostKeys,
    practices: &[LookedAt],
) -> Result<Vec<(PracticeId, Checkpoint)>, BackupError> {
    let in_the_copy = |practice: &PracticeId| {
        practices.iter().find(|(of, _)| of == practice).map_or(0, |(_, summary)| summary.checkpoints)
    };
    let mut fitting = kept.to_vec();
    fitting.retain(|(practice, checkpoint)| checkpoint.number <= in_the_copy(practice));
    look_at(copied, keys, &fitting).await?;
    Ok(fitting)
}

fn entries(practices: &[LookedAt]) -> u64 {
    practices.iter().fold(0, |sum, (_, summary)| sum.saturating_add(summary.entries))
}

fn told(entries: u64, lost: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "the backup is in place, and the {entries} entries of its audit trail are whole")?;
    if lost {
        writeln!(
            out,
            "what was done since is not in it, and was on record: the checkpoint that shows it is kept as \
             audit.checkpoint.before-restore- and the time"
        )?;
    }
    Ok(())
}
