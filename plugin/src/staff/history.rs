//! What was done about this patient's portal account, in plain words, page by page.

use super::view::Row;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::rules::trail::{self, Gathered};
use crate::settings::{HISTORY_READ, HISTORY_SHOWN};
use crate::words::{OF_STAFF, staff as words};

/// Part of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<Row>,
    /// Where there is more: the number that everything on the next page is smaller than.
    pub earlier: Option<u64>,
}

/// The latest entries, or those before the one with this number, newest first, with those that say
/// the same gathered into one.
pub(super) fn page(ehr: &dyn Ehr, patient: &PatientId, before: Option<u64>) -> Result<Page, Unavailable> {
    let entries = ehr.history(patient, before, HISTORY_READ)?;
    let were_all_read = entries.len() < usize::from(HISTORY_READ);
    let numbers: Vec<u64> = entries.iter().map(|entry| entry.number).collect();
    let (gathered, told) = trail::gathered(entries, HISTORY_SHOWN, changes_nothing, says_the_same);
    let is_all = told == numbers.len() && were_all_read;
    let last = told.checked_sub(1).and_then(|last| numbers.get(last).copied());
    Ok(Page {
        rows: gathered.iter().map(|gathered| row(ehr, gathered)).collect(),
        earlier: last.filter(|_| !is_all),
    })
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    (&one.who, &one.action, &one.detail) == (&other.who, &other.action, &other.detail)
}

/// Whether it was only a look or a vain attempt. A deed that this version does not know may matter.
fn changes_nothing(entry: &Entry) -> bool {
    Deed::named(&entry.action).is_some_and(Deed::changes_nothing)
}

/// A deed that this version does not know is shown by its name rather than left out.
fn row(ehr: &dyn Ehr, Gathered { newest, count }: &Gathered<Entry>) -> Row {
    Row {
        at: OF_STAFF.short_moment(ehr.local_time(newest.at)),
        who: newest.who.clone(),
        what: words::told(newest, *count),
    }
}
