//! What was done about this patient's portal account, in plain words.

use super::view::Row;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::settings::{HISTORY_READ, HISTORY_SHOWN};
use crate::words::{dates, staff as words};

/// The latest entries, newest first. Looking at the tab many times in a row is one line.
pub(super) fn recent(ehr: &dyn Ehr, patient: &PatientId) -> Result<Vec<Row>, Unavailable> {
    let mut entries = ehr.history(patient, HISTORY_READ)?;
    entries.dedup_by(|older, newer| is_view(older) && is_view(newer) && older.who == newer.who);
    entries.truncate(HISTORY_SHOWN);
    Ok(entries.iter().map(|entry| row(ehr, entry)).collect())
}

fn is_view(entry: &Entry) -> bool {
    entry.action == Deed::TabViewed.name()
}

/// A deed that this version does not know is shown by its name rather than left out.
fn row(ehr: &dyn Ehr, entry: &Entry) -> Row {
    let what = Deed::named(&entry.action).map_or(entry.action.as_str(), |deed| words::deed(deed));
    Row {
        at: dates::short(ehr.local_time(entry.at)),
        who: entry.who.clone(),
        what: words::with_detail(what, entry.detail.as_deref()),
    }
}
