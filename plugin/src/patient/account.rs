//! The account page: what a patient logs in with, where they are logged in, and what was done lately.

use super::page::{Content, Timeout};
use super::routes::Answer;
use super::session::SignedIn;
use super::sessions::{self, Open};
use super::visit::Visit;
use crate::audit::{By, Deed, Entry};
use crate::ehr::Unavailable;
use crate::settings::{ACTS_SHOWN, HISTORY_READ};
use crate::words::{account as words, dates};

/// What the account page shows.
pub(super) struct AccountView {
    /// What the patient logs in with.
    pub(super) username: String,
    /// Where they are logged in, this browser first.
    pub(super) sessions: Vec<Open>,
    /// What was done lately, newest first.
    pub(super) acts: Vec<Act>,
    /// How to report what they did not do.
    pub(super) not_you: String,
}

/// Something that was done about the account.
pub(super) struct Act {
    /// When, in the practice's local time.
    pub(super) at: String,
    /// What, and by whom where it was not the patient.
    pub(super) what: String,
}

/// The account page.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let account = AccountView {
        username: signed_in.username.as_str().to_owned(),
        sessions: sessions::open(visit, signed_in)?,
        acts: acts(visit, signed_in)?,
        not_you: words::not_you(visit.practice),
    };
    let timeout = Timeout::of(signed_in, visit);
    Ok(visit.page(words::TITLE, Content::Account { account, timeout }))
}

fn acts(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Vec<Act>, Unavailable> {
    let entries = visit.ehr.history(&signed_in.patient.id, None, HISTORY_READ)?;
    let told = entries.iter().filter_map(|entry| {
        let what = words::act(Deed::named(&entry.action)?)?;
        Some(Act { at: dates::short(visit.ehr.local_time(entry.at)), what: words::by(what, entry) })
    });
    Ok(told.take(ACTS_SHOWN).collect())
}

/// When the patient logged in before this time, for the home page.
pub(super) fn login_before(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Option<String>, Unavailable> {
    let latest = |before| visit.ehr.latest(&signed_in.patient.id, &[Deed::SignInSucceeded], before);
    let Some(this) = latest(None)? else { return Ok(None) };
    let before = latest(Some(this.number))?.filter(|entry| entry.at >= signed_in.since);
    Ok(before.map(|entry| words::last_login(&dates::short(visit.ehr.local_time(entry.at)))))
}

/// Who changed the access to this account last, for the home page.
pub(super) fn last_change(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Option<String>, Unavailable> {
    let entry: Option<Entry> = visit.ehr.latest(&signed_in.patient.id, Deed::OF_ACCESS, None)?;
    Ok(entry.and_then(|entry| {
        let what = words::act(Deed::named(&entry.action)?)?;
        let at = dates::short(visit.ehr.local_time(entry.at));
        let by_themselves = entry.by == By::Patient;
        Some(words::last_change(&at, &words::by(what, &entry), by_themselves))
    }))
}
