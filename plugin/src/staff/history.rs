//! What was done about this patient's portal account, in plain words.

use super::view::Row;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::settings::{HISTORY_READ, HISTORY_SHOWN};
use crate::words::{dates, staff as words};

/// The latest entries, newest first, with those that say the same gathered into one.
pub(super) fn recent(ehr: &dyn Ehr, patient: &PatientId) -> Result<Vec<Row>, Unavailable> {
    let mut gathered = gathered(ehr.history(patient, HISTORY_READ)?);
    gathered.truncate(HISTORY_SHOWN);
    Ok(gathered.iter().map(|gathered| row(ehr, gathered)).collect())
}

/// The newest of several entries that say the same.
struct Gathered {
    newest: Entry,
    count: usize,
}

/// Gathers what the same person did many times in a row. What changes nothing is gathered over
/// other such entries in between, so that neither two colleagues who look in turn nor someone
/// who keeps guessing can push out what matters.
fn gathered(entries: Vec<Entry>) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    for entry in entries {
        let reach = if changes_nothing(&entry) {
            gathered.iter().rev().take_while(|newer| changes_nothing(&newer.newest)).count()
        } else {
            1
        };
        match gathered.iter_mut().rev().take(reach).find(|newer| says_the_same(&newer.newest, &entry)) {
            Some(newer) => newer.count += 1,
            None => gathered.push(Gathered { newest: entry, count: 1 }),
        }
    }
    gathered
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    (&one.who, &one.action, &one.detail) == (&other.who, &other.action, &other.detail)
}

/// Whether it was only a look or a vain attempt. A deed that this version does not know may matter.
fn changes_nothing(entry: &Entry) -> bool {
    match Deed::named(&entry.action) {
        Some(
            Deed::TabViewed
            | Deed::ActivationRefused
            | Deed::ActivationBlocked
            | Deed::ActivationPaused
            | Deed::SignInRefused
            | Deed::SignInBlocked,
        ) => true,
        Some(
            Deed::InvitationIssued
            | Deed::InvitationReissued
            | Deed::InstructionsPrinted
            | Deed::InvitationExpired
            | Deed::InvitationBurnt
            | Deed::ActivationConfirmed
            | Deed::CredentialsSet
            | Deed::PasswordRehashed
            | Deed::SignInSucceeded
            | Deed::SignInDisabled
            | Deed::SignInRowEnded
            | Deed::DeviceRemembered
            | Deed::SignInUnlocked
            | Deed::SessionClosed,
        )
        | None => false,
    }
}

/// A deed that this version does not know is shown by its name rather than left out.
fn row(ehr: &dyn Ehr, Gathered { newest, count }: &Gathered) -> Row {
    let what = Deed::named(&newest.action).map_or(newest.action.as_str(), |deed| words::deed(deed));
    Row {
        at: dates::short(ehr.local_time(newest.at)),
        who: newest.who.clone(),
        what: words::times(words::with_detail(what, newest.detail.as_deref()), *count),
    }
}
