//! `portal-host backup` and `portal-host restore`: a copy of the database file, looked at before it is called one.

use crate::checkpoints::{self, CheckpointFileError};
use crate::commands::audit::written;
use crate::kept::{Kept, KeptError};
use crate::key_file::KeysError;
use crate::next_step::{NextStep, fixed};
use crate::progress::{Progress, during};
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
    Copy(CopyError),
    #[error("the backup is not put back")]
    PutBack(#[source] CopyError),
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

impl NextStep for BackupError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Kept(error) => return error.next_step(),
            Self::State(error) => return error.next_step(),
            Self::Keys(error) => return error.next_step(),
            Self::Copy(CopyError::Open(error)) => return error.next_step(),
            Self::Copy(CopyError::Missing(_)) => {
                "name the database that is served, with the same --state and --database that serve is started with"
            }
            Self::Copy(CopyError::Occupied { .. }) => "choose a file that is not there yet, with --output",
            Self::Copy(CopyError::Place { .. }) => {
                "choose a file in a folder that is there and that this user may write in, with --output"
            }
            Self::Copy(CopyError::Incomplete { .. }) => {
                "look whether the copy's disk has room; where the database itself is damaged, keep it, and put the \
                 newest backup back"
            }
            Self::PutBack(error) => return not_put_back(error),
            // Their own words say it.
            Self::Copy(CopyError::OnAServer(_) | CopyError::LeftOver { .. }) => return None,
            Self::Unusable(OpenError::OtherVersion { .. }) => {
                "use the version of portal-host that the database was used with"
            }
            Self::Unusable(error) => return error.next_step(),
            Self::Unreadable(error) | Self::Unnoted(error) => return error.next_step(),
            Self::Empty => "name another backup with --from, or the database that is served",
            Self::Broken(error) => return error.next_step(),
            Self::Checkpoint(error) => return error.next_step(),
            Self::Output(_) => fixed::OUTPUT,
        })
    }
}

/// What to do where a backup is not put back.
fn not_put_back(error: &CopyError) -> Option<&'static str> {
    match error {
        CopyError::Missing(_) => Some("name a file that portal-host backup has made, with --from"),
        CopyError::Open(OpenError::Unsupported(_)) | CopyError::OnAServer(_) | CopyError::LeftOver { .. } => {
            None
        }
        CopyError::Open(_) | CopyError::Incomplete { .. } => {
            Some("copy the backup here anew, all of it, or take an older one; nothing was changed")
        }
        CopyError::Occupied { .. } => Some(
            "stop the hosts and move that database away first, with its -wal and -shm, or name another place with \
             --database",
        ),
        CopyError::Place { .. } => {
            Some("make the folder and let this user write there, or name another place with --database")
        }
    }
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
    let from = options.kept.database(&state);
    let copying = sandbox_db::copy(&from, &to);
    let copied = during("Copying the database", copying).await.map_err(BackupError::Copy)?;
    let practices = look_at(&copied, &keys, &kept).await?;
    copied.keep().map_err(BackupError::Copy)?;
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
    let copying = sandbox_db::copy(&from, &to);
    let copied = during("Copying the backup", copying).await.map_err(BackupError::PutBack)?;
    let practices = look_at(&copied, &keys, &[]).await?;
    let kept = checkpoints::all(&state.checkpoint_file())?;
    let fitting = fitting_checkpoints(&kept, &copied, &keys, &practices).await?;
    let lost = fitting.len() < kept.len();
    note(&copied, &keys, &practices).await?;
    copied.keep().map_err(BackupError::PutBack)?;
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
        let shown = Progress::counting("Checking the copy's audit trail, entries");
        let summary = database.verify_audit(&practice, checkpoint.as_ref(), |done| shown.is_at(done)).await?;
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
