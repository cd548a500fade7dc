//! What was done about this patient's portal account, in plain words, page by page.

use super::view::Row;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::settings::{HISTORY_READ, HISTORY_SHOWN};
use crate::words::{dates, staff as words};

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
    let (gathered, earlier) = gathered(ehr.history(patient, before, HISTORY_READ)?);
    Ok(Page { rows: gathered.iter().map(|gathered| row(ehr, gathered)).collect(), earlier })
}

/// The newest of several entries that say the same.
struct Gathered {
    newest: Entry,
    count: usize,
}

/// Gathers what the same person did many times in a row, up to a page, and says where the next page
/// begins, if there is one. What changes nothing is gathered over other such entries in between, so
/// that neither two colleagues who look in turn nor someone who keeps guessing can push out what
/// matters.
fn gathered(entries: Vec<Entry>) -> (Vec<Gathered>, Option<u64>) {
    let were_all_read = entries.len() < usize::from(HISTORY_READ);
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut last = None;
    for entry in entries {
        let reach = if changes_nothing(&entry) {
            gathered.iter().rev().take_while(|newer| changes_nothing(&newer.newest)).count()
        } else {
            1
        };
        let (number, is_full) = (entry.number, gathered.len() == HISTORY_SHOWN);
        match gathered.iter_mut().rev().take(reach).find(|newer| says_the_same(&newer.newest, &entry)) {
            Some(newer) => newer.count += 1,
            None if is_full => return (gathered, last),
            None => gathered.push(Gathered { newest: entry, count: 1 }),
        }
        last = Some(number);
    }
    (gathered, last.filter(|_| !were_all_read))
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    (&one.who, &one.action, &one.detail) == (&other.who, &other.action, &other.detail)
}

/// Whether it was only a look or a vain attempt. A deed that this version does not know may matter.
fn changes_nothing(entry: &Entry) -> bool {
    Deed::named(&entry.action).is_some_and(Deed::changes_nothing)
}

/// A deed that this version does not know is shown by its name rather than left out.
fn row(ehr: &dyn Ehr, Gathered { newest, count }: &Gathered) -> Row {
    Row {
        at: dates::short(ehr.local_time(newest.at)),
        who: newest.who.clone(),
        what: words::times(words::with_detail(words::act(newest), newest.detail.as_deref()), *count),
    }
}
