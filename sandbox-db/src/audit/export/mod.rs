//! Handing the trail out, for a period, a patient or a user, in order of time.

mod csv;
mod fhir;

pub use csv::CsvError;

use super::entry::EntryRow;
use crate::columns::seconds;
use crate::database::Database;
use crate::driver::{rows, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use std::io::Write;

/// How many entries are read at a time.
const PAGE: i64 = 1_000;

statements! {
    // A page begins after the entry before: in order of time, then of chain and number.
    BY_TIME = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND (at, chain, sequence) > ($2, $3, $4) AND at < $5 \
        ORDER BY at, chain, sequence LIMIT $6";
    BY_ACTOR = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND actor_key = $7 AND (at, chain, sequence) > ($2, $3, $4) AND at < $5 \
        ORDER BY at, chain, sequence LIMIT $6";
    OF_CHAIN = "SELECT chain, sequence, epoch, at, actor_kind, actor_key, actor_name, address, action, \
        detail, key_id, mac FROM audit_entry \
        WHERE practice = $1 AND chain = $2 AND sequence > $3 ORDER BY sequence LIMIT $4";
}

/// What to hand out. Nothing named is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Up to this moment, which is not included.
    pub to: Option<Timestamp>,
    /// About this patient.
    pub patient: Option<PatientId>,
    /// By this user: the key of a member of staff or of a patient, or a network address.
    pub user: Option<String>,
}

/// In what form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, with a head row.
    Csv,
    /// FHIR R4 AuditEvent resources, one a line.
    Fhir,
}

/// Why the trail was not handed out, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written where it should go.
    #[error("the export could not be written")]
    Written(#[from] std::io::Error),
    /// A row could not be written.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// A stored moment is beyond the calendar.
    #[error("an entry's moment is beyond the calendar's end")]
    Moment,
}

impl From<sqlx::Error> for ExportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Database {
    /// Writes the selected entries to `to`, in order of time, in bounded memory; says how many.
    /// `progress` is told now and then how many are written.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written before stays written.
    pub async fn export_audit(
        &self,
        practice: &PracticeId,
        selection: &Selection,
        format: Format,
        to: &mut (impl Write + Send),
        mut progress: impl FnMut(u64),
    ) -> Result<u64, ExportError> {
        let mut pages = Pages::of(selection);
        let mut written = 0_u64;
        if format == Format::Csv {
            csv::head(to)?;
        }
        while let Some(page) = pages.next(self, practice).await? {
            for entry in page {
                if !selection.takes(&entry) {
                    continue;
                }
                match format {
                    Format::Csv => csv::row(to, &entry)?,
                    Format::Fhir => fhir::line(to, practice, &entry)?,
                }
                written = written.saturating_add(1);
            }
            progress(written);
        }
        to.flush()?;
        Ok(written)
    }
}

impl Selection {
    /// Whether the entry is among what was asked for, whichever index it was found by.
    fn takes(&self, entry: &EntryRow) -> bool {
        self.from.is_none_or(|from| entry.at >= seconds(from))
            && self.to.is_none_or(|to| entry.at < seconds(to))
            && self.patient.as_ref().is_none_or(|patient| entry.chain == patient.as_str())
            && self.user.as_ref().is_none_or(|user| entry.actor_key == *user)
    }
}

/// The entries a page at a time, by the index that fits best.
struct Pages<'a> {
    selection: &'a Selection,
    /// Moment, chain and number of the entry before the next page.
    after: (i64, String, i64),
    until: i64,
    done: bool,
}

impl<'a> Pages<'a> {
    fn of(selection: &'a Selection) -> Self {
        let from = selection.from.map_or(0, seconds);
        // One moment earlier, whatever its chain: every entry of the first moment comes after it.
        let after = (from.saturating_sub(1), "\u{10FFFF}".to_owned(), i64::MAX);
        Self { selection, after, until: selection.to.map_or(i64::MAX, seconds), done: false }
    }

    async fn next(
        &mut self,
        database: &Database,
        practice: &PracticeId,
    ) -> Result<Option<Vec<EntryRow>>, StoreError> {
        if self.done {
            return Ok(None);
        }
        let page: Vec<EntryRow> = match (&self.selection.patient, &self.selection.user) {
            (Some(patient), _) => {
                // The order of one chain is the order of time.
                let after = if self.after.1 == patient.as_str() { self.after.2 } else { 0 };
                rows(OF_CHAIN)
                    .bind(practice.as_str())
                    .bind(patient.as_str())
                    .bind(after)
                    .bind(PAGE)
                    .fetch_all(database.reader())
                    .await?
            }
            (None, Some(user)) => {
                self.by(BY_ACTOR, practice).bind(user.clone()).fetch_all(database.reader()).await?
            }
            (None, None) => self.by(BY_TIME, practice).fetch_all(database.reader()).await?,
        };
        match page.last() {
            Some(last) => self.after = (last.at, last.chain.clone(), last.sequence),
            None => self.done = true,
        }
        Ok((!page.is_empty()).then_some(page))
    }

    fn by(
        &self,
        statement: &'static str,
        practice: &PracticeId,
    ) -> sqlx::query::QueryAs<'static, crate::driver::Driver, EntryRow, crate::driver::Arguments> {
        rows(statement)
            .bind(practice.as_str().to_owned())
            .bind(self.after.0)
            .bind(self.after.1.clone())
            .bind(self.after.2)
            .bind(self.until)
            .bind(PAGE)
    }
}

/// A moment as both formats write it: RFC 3339, UTC.
fn written(at: i64) -> Result<String, ExportError> {
    let moment = jiff::Timestamp::from_second(at).map_err(|_| ExportError::Moment)?;
    Ok(moment.to_string())
}
