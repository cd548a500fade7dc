//! `portal-host audit verify` and `portal-host audit export`.

use crate::checkpoints::{self, CheckpointFileError};
use crate::kept::{Kept, KeptError, Opened};
use crate::next_step::{NextStep, fixed};
use crate::progress::{Progress, during};
use crate::which::Which;
use clap::{Args, ValueEnum};
use portal_host::Chain;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use sandbox_db::export::{ExportError, Format, Selection};
use sandbox_db::{AuditSummary, Broken, Checkpoint, Database};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// What to hand out, and how.
#[derive(Args)]
pub(crate) struct ExportArgs {
    /// csv for a spreadsheet, fhir for FHIR R4 AuditEvent resources, one a line.
    #[arg(long, value_enum)]
    format: FormatArg,
    /// From this day or moment on, UTC: 2026-01-31 or 2026-01-31T08:00:00Z.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    from: Option<Timestamp>,
    /// Up to this day or moment, which is not included.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    to: Option<Timestamp>,
    /// About this patient: the chart number.
    #[arg(long, value_name = "KEY")]
    patient: Option<String>,
    /// By this user: a member of staff's user name, a chart number, or a network address.
    #[arg(long, value_name = "KEY")]
    user: Option<String>,
    /// Where to write it, instead of standard output. An existing file is not overwritten.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    pub(crate) kept: Kept,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatArg {
    Csv,
    Fhir,
}

/// Why the trail was not verified or handed out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuditError {
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error(transparent)]
    Checkpoint(#[from] CheckpointFileError),
    #[error("the audit trail is not as it was written")]
    Broken(#[from] Broken),
    #[error("{broken} of {all} audit trails are not as they were written")]
    SomeBroken { broken: usize, all: usize },
    #[error("the audit trail could not be handed out to the end")]
    Export(#[from] ExportError),
    #[error("{path} cannot be made")]
    Output {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("standard output cannot be written to")]
    Written(#[source] io::Error),
}

impl NextStep for AuditError {
    fn next_step(&self) -> Option<&'static str> {
        Some(match self {
            Self::Kept(error) => return error.next_step(),
            Self::Checkpoint(error) => return error.next_step(),
            Self::Broken(error) => return error.next_step(),
            Self::SomeBroken { .. } => fixed::TAMPERED,
            Self::Export(ExportError::Store(error)) => return error.next_step(),
            Self::Export(ExportError::Written(_) | ExportError::Csv(_)) | Self::Written(_) => fixed::OUTPUT,
            Self::Export(ExportError::Moment) => "look at the audit trail with portal-host audit verify",
            Self::Output { cause, .. } if cause.kind() == io::ErrorKind::AlreadyExists => {
                "choose a file that is not there yet, with --output"
            }
            Self::Output { .. } => "choose a file in a folder that this user may write in, with --output",
        })
    }
}

/// Checks the whole trail and says what there is of it, or names the first thing that is wrong.
pub(crate) async fn verify(which: &Which, kept: Kept) -> Result<(), AuditError> {
    let Opened { state, database, practices, .. } = during("Opening the database", kept.open()).await?;
    let kept = checkpoints::all(&state.checkpoint_file())?;
    let practices = checkpoints::expected(practices, &kept);
    let meant = which.all(&practices).map_err(KeptError::from)?;
    let mut broken = Vec::new();
    for practice in &meant {
        let of = if practices.len() > 1 { format!(" of {practice}") } else { String::new() };
        let checkpoint = checkpoints::of(&kept, practice);
        if let Err(cause) = verify_one(&database, practice, &of, checkpoint.as_ref()).await? {
            broken.push((of, cause));
        }
    }
    database.shut_down().await;
    match (broken.pop(), meant.len()) {
        (None, _) => Ok(()),
        (Some((_, cause)), 1) => Err(cause.into()),
        (last @ Some(_), all) => {
            broken.extend(last);
            let mut out = io::stderr().lock();
            for (of, cause) in &broken {
                let told = writeln!(out, "the audit trail{of} is not as it was written: {}", Chain(cause));
                told.map_err(AuditError::Written)?;
            }
            Err(AuditError::SomeBroken { broken: broken.len(), all })
        }
    }
}

/// Tells of a trail that is whole; what is wrong with one that is not.
async fn verify_one(
    database: &Database,
    practice: &PracticeId,
    of: &str,
    checkpoint: Option<&Checkpoint>,
) -> Result<Result<(), Broken>, AuditError> {
    let shown = Progress::counting("Checking the audit trail, entries");
    let verified = database.verify_audit(practice, checkpoint, |done| shown.is_at(done)).await;
    drop(shown);
    let summary = match verified {
        Ok(summary) => summary,
        Err(broken) => return Ok(Err(broken)),
    };
    let told = told(&mut io::stdout().lock(), of, &summary, checkpoint.is_some());
    told.map(Ok).map_err(AuditError::Written)
}

fn told(out: &mut impl Write, of: &str, summary: &AuditSummary, against_kept: bool) -> io::Result<()> {
    let AuditSummary { entries, chains, checkpoints, span } = summary;
    // One chain is the practice's own: nothing is on record about a patient before staff have signed in.
    let patients = chains.saturating_sub(1);
    write!(
        out,
        "the audit trail{of} is whole: {entries} entries about {patients} patients and the practice itself"
    )?;
    if let Some((first, last)) = span {
        write!(out, ", from {} to {}", written(*first), written(*last))?;
    }
    writeln!(out, ", {checkpoints} checkpoints")?;
    if !against_kept {
        writeln!(
            out,
            "no checkpoint{of} is kept in the state folder, so an older copy of the whole database would not be \
             noticed"
        )?;
    }
    Ok(())
}

/// Writes the selected entries.
pub(crate) async fn export(options: ExportArgs) -> Result<(), AuditError> {
    let Opened { database, practices, .. } = during("Opening the database", options.kept.open()).await?;
    let practice = options.which.one(&practices).map_err(KeptError::from)?;
    let patient = options.patient.map(PatientId::new);
    let selection = Selection { from: options.from, to: options.to, patient, user: options.user };
    let format = match options.format {
        FormatArg::Csv => Format::Csv,
        FormatArg::Fhir => Format::Fhir,
    };
    // The entries themselves are progress enough on a terminal.
    let is_seen = options.output.is_none() && io::stdout().is_terminal();
    let mut to: Box<dyn Write + Send> = match options.output {
        Some(path) => {
            let made = File::create_new(&path);
            Box::new(BufWriter::new(made.map_err(|cause| AuditError::Output { path, cause })?))
        }
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let shown = (!is_seen).then(|| Progress::counting("Writing the audit trail, entries"));
    let progress = |done| shown.iter().for_each(|shown| shown.is_at(done));
    let written = database.export_audit(&practice, &selection, format, &mut to, progress).await;
    drop(shown);
    database.shut_down().await;
    let written = written?;
    // Standard output may be the export itself.
    writeln!(io::stderr(), "{written} entries written").map_err(AuditError::Written)
}

/// A day, which begins at midnight UTC, or a moment.
fn moment(text: &str) -> Result<Timestamp, String> {
    let day = text.parse::<jiff::civil::Date>().ok().filter(|_| !text.contains('T'));
    let moment = match day {
        Some(day) => day.to_zoned(jiff::tz::TimeZone::UTC).map(|day| day.timestamp()),
        None => text.parse::<jiff::Timestamp>(),
    };
    let second =
        moment.map(jiff::Timestamp::as_second).map_err(|_| "expected 2026-01-31 or 2026-01-31T08:00:00Z")?;
    u64::try_from(second).map(Timestamp).map_err(|_| "there is nothing from before 1970".to_owned())
}

/// A moment, as an operator reads it.
pub(super) fn written(Timestamp(at): Timestamp) -> String {
    let moment = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
    moment.map_or_else(|| at.to_string(), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment_is_understood() {
        assert_eq!(moment("2026-01-31"), Ok(Timestamp(1_769_817_600)));
        assert_eq!(moment("2026-01-31T08:00:00Z"), Ok(Timestamp(1_769_846_400)));
        assert_eq!(moment("2026-01-31T08:00:00-06:00"), Ok(Timestamp(1_769_868_000)));
        assert_eq!(written(Timestamp(1_769_846_400)), "2026-01-31T08:00:00Z");
    }

    #[test]
    fn the_chain_of_the_practice_is_not_told_as_a_patient() {
        let span = Some((Timestamp(1_769_817_600), Timestamp(1_769_846_400)));
        let mut out = Vec::new();
        told(&mut out, "", &AuditSummary { entries: 21, chains: 3, checkpoints: 1, span }, true).unwrap();

        let expected = "the audit trail is whole: 21 entries about 2 patients and the practice itself, from \
                        2026-01-31T00:00:00Z to 2026-01-31T08:00:00Z, 1 checkpoints\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);

        let mut out = Vec::new();
        told(&mut out, " of lakeside", &AuditSummary::default(), false).unwrap();
        let told = String::from_utf8(out).unwrap();
        assert!(
            told.starts_with("the audit trail of lakeside is whole: 0 entries about 0 patients"),
            "{told}"
        );
        assert!(told.contains("no checkpoint of lakeside is kept in the state folder"), "{told}");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "yesterday", "2026-02-30", "31.1.2026", "2026-01-31T08:00:00", "1969-12-31"] {
            assert!(moment(text).is_err(), "{text}");
        }
    }
}
