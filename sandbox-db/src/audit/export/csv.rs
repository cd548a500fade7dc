//! The trail as comma-separated values, for a spreadsheet.

use super::{ExportError, written};
use crate::audit::entry::EntryRow;
use std::io::Write;

const HEAD: [&str; 9] = ["time", "action", "by", "name", "kind", "address", "patient", "number", "detail"];

/// Why a row was not written.
#[derive(Debug, thiserror::Error)]
#[error("a row of the export could not be written")]
pub struct CsvError(#[from] csv::Error);

/// The names of the columns.
pub(super) fn head(to: &mut impl Write) -> Result<(), CsvError> {
    record(to, HEAD)
}

pub(super) fn row(to: &mut impl Write, entry: &EntryRow) -> Result<(), ExportError> {
    let (time, number) = (written(entry.at)?, entry.sequence.to_string());
    let cells = [
        time,
        entry.action.clone(),
        harmless(&entry.actor_key),
        harmless(&entry.actor_name),
        entry.actor_kind.clone(),
        harmless(entry.address.as_deref().unwrap_or_default()),
        harmless(&entry.chain),
        number,
        harmless(entry.detail.as_deref().unwrap_or_default()),
    ];
    Ok(record(to, cells.iter().map(String::as_str))?)
}

fn record<'c>(to: &mut impl Write, cells: impl IntoIterator<Item = &'c str>) -> Result<(), CsvError> {
    let mut row = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    row.write_record(cells)?;
    let row = row.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    to.write_all(&row).map_err(csv::Error::from)?;
    Ok(())
}

/// A spreadsheet computes what begins like this, and names come from outside.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
