//! `portal-host backup` and `portal-host restore`: a copy of the database file, looked at before it is called one.

use crate::checkpoints::{self, CheckpointFileError};
use crate::commands::audit::written;
use crate::kept::{Kept, KeptError};
use crate::key_file::KeysError;
use crate::state::{StateError, StateFolder};
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

/// Copies what is in the database now, beside the hosts that serve it.
pub(crate) async fn backup(options: BackupArgs) -> Result<(), BackupError> {
    let state = options.kept.folder_in_use()?;
    let keys = options.kept.key_file(&state).open()?;
    // Read first: what is kept outside the database is in every copy that is made from now on.
    let kept = checkpoints::all(&state.checkpoint_file())?;
    let to = format!("sqlite:{}", options.output.display());
    let copied = sandbox_db::copy(&options.kept.database(&state), &to).await?;
    let (_, summary) = look_at(&copied, &keys, |practice| checkpoints::of(&kept, practice)).await?;
    copied.keep()?;
    let AuditSummary { entries, .. } = summary;
    writeln!(
        io::stdout(),
        "{} is a whole copy, with {entries} entries in its audit trail; keep it as safe as the database, and the \
         key file apart from it",
        options.output.display()
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
    let (practice, summary) = look_at(&copied, &keys, |_| None).await?;
    let lost = newer_checkpoint(&state, &practice, &copied, &keys, &summary).await?;
    note(&copied, &keys, &practice, &summary).await?;
    copied.keep()?;
    if lost {
        checkpoints::set_aside(&state.checkpoint_file(), SystemClock.now())?;
    }
    told(&summary, lost).map_err(BackupError::Output)
}

/// Puts on record, in the copy, that it was put back.
async fn note(
    copied: &Copied,
    keys: &HostKeys,
    practice: &PracticeId,
    summary: &AuditSummary,
) -> Result<(), BackupError> {
    let database = Database::open(&copied.url(), keys.audit()).await.map_err(BackupError::Unusable)?;
    let newest = summary.span.map_or_else(String::new, |(_, newest)| format!(" up to {}", written(newest)));
    let detail = format!("{} entries{newest}", summary.entries);
    let noted = database.note_restored(practice, detail, SystemClock.now()).await;
    database.shut_down().await;
    noted.map_err(BackupError::Unnoted)
}

/// Opens the copy and checks its audit trail, up to the checkpoint that is kept of it, if one is.
async fn look_at(
    copied: &Copied,
    keys: &HostKeys,
    kept: impl FnOnce(&PracticeId) -> Option<Checkpoint>,
) -> Result<(PracticeId, AuditSummary), BackupError> {
    let database =
        Database::open_to_look(&copied.url(), keys.audit()).await.map_err(BackupError::Unusable)?;
    let practice = database.the_practice().await?.ok_or(BackupError::Empty)?;
    let verified = database.verify_audit(&practice, kept(&practice).as_ref(), |_| ()).await;
    database.shut_down().await;
    Ok((practice, verified?))
}

/// Whether a checkpoint is kept from after the backup, so that something was on record that is not in it. An
/// older one has to fit what is in it.
async fn newer_checkpoint(
    state: &StateFolder,
    practice: &PracticeId,
    copied: &Copied,
    keys: &HostKeys,
    summary: &AuditSummary,
) -> Result<bool, BackupError> {
    match checkpoints::kept(&state.checkpoint_file(), practice)? {
        None => Ok(false),
        Some(kept) if kept.number > summary.checkpoints => Ok(true),
        Some(kept) => look_at(copied, keys, |_| Some(kept)).await.map(|_| false),
    }
}

fn told(AuditSummary { entries, .. }: &AuditSummary, lost: bool) -> io::Result<()> {
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
