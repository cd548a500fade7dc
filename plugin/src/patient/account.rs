//! The account page: what a patient logs in with, where they are logged in, and what was done lately.

use super::page::{Content, Timeout};
use super::routes::Answer;
use super::session::SignedIn;
use super::sessions::{self, Open};
use super::visit::Visit;
use crate::audit::{By, Deed, Entry};
use crate::calendar::Timestamp;
use crate::ehr::Unavailable;
use crate::rules::trail;
use crate::settings::{ACTS_SHOWN, HISTORY_READ, HISTORY_READS, LOG_IN_TAKES};
use crate::words::Language;
use crate::words::staff::why;

/// What the account page shows.
pub(super) struct AccountView {
    /// What the patient logs in with.
    pub(super) username: String,
    /// Where they are logged in, this browser first.
    pub(super) sessions: Vec<Open>,
    /// In how many more places they are than can be listed.
    pub(super) more_sessions: usize,
    /// What was done lately, newest first.
    pub(super) acts: Vec<Act>,
    /// How to report what they did not do.
    pub(super) not_you: String,
}

/// Something that was done about the account.
pub(super) struct Act {
    /// When, in the practice's local time.
    pub(super) at: String,
    /// What, how often, and by whom where it was not the patient.
    pub(super) what: String,
}

/// The account page.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let words = visit.language.account();
    let (sessions, more_sessions) = sessions::open(visit, signed_in)?;
    let account = AccountView {
        username: signed_in.username.as_str().to_owned(),
        sessions,
        more_sessions,
        acts: acts(visit, signed_in)?,
        not_you: words.not_you(visit.practice),
    };
    let timeout = Timeout::of(signed_in, visit);
    Ok(visit.page(words.title(), Content::Account { account, timeout }))
}

/// What only goes along with something that is told: the session that a log in took the place of.
const ECHO: (Deed, &str) = (Deed::SessionClosed, why::LOGGED_IN_AGAIN);

/// An entry that is news to the patient, in words.
struct News {
    at: Timestamp,
    what: String,
    changes_nothing: bool,
}

impl News {
    /// None where it is no news, or where this version does not know what was done.
    fn of(entry: &Entry, language: Language) -> Option<Self> {
        let deed = Deed::named(&entry.action)?;
        if (deed, entry.detail.as_deref()) == (ECHO.0, Some(ECHO.1)) {
            return None;
        }
        let what = language.by(language.act(deed, entry.detail.as_deref())?, entry);
        Some(Self { at: entry.at, what, changes_nothing: deed.changes_nothing() })
    }
}

fn acts(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Vec<Act>, Unavailable> {
    let says_the_same = |one: &News, other: &News| one.what == other.what;
    let (mut entries, mut gathered) = (Vec::new(), Vec::new());
    // Read on where vain attempts fill what was read, so that they push out nothing that matters.
    for _ in 0..HISTORY_READS {
        let before = entries.last().map(|entry: &Entry| entry.number);
        let more = visit.ehr.history(&signed_in.patient.id, before, HISTORY_READ)?;
        let were_all_read = more.len() < usize::from(HISTORY_READ);
        entries.extend(more);
        let news = entries.iter().filter_map(|entry| News::of(entry, visit.language));
        (gathered, _) = trail::gathered(news, ACTS_SHOWN, |news| news.changes_nothing, says_the_same);
        if were_all_read || gathered.len() >= ACTS_SHOWN {
            break;
        }
    }
    let told = gathered.into_iter().map(|line| Act {
        at: moment(visit, line.newest.at),
        what: visit.language.account().times(line.count, line.newest.what),
    });
    Ok(told.collect())
}

/// When somebody last logged in besides the session that asks, for the home page. The patient did
/// before, or did it not and needs to know.
pub(super) fn other_login(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Option<String>, Unavailable> {
    let latest = |before| visit.ehr.latest(&signed_in.patient.id, &[Deed::SignInSucceeded], before);
    let other = match latest(None)? {
        Some(newest) if newest.at > signed_in.opened.after(LOG_IN_TAKES) => Some(newest),
        Some(this) => latest(Some(this.number))?,
        None => None,
    };
    // A log in from before the login was made afresh is another login's.
    let other = other.filter(|entry| entry.at >= signed_in.since);
    Ok(other.map(|entry| visit.language.account().other_login(moment(visit, entry.at))))
}

/// Who changed the access to this account last, for the home page.
pub(super) fn last_change(visit: &Visit<'_>, signed_in: &SignedIn) -> Result<Option<String>, Unavailable> {
    let entry = visit.ehr.latest(&signed_in.patient.id, Deed::OF_ACCESS, None)?;
    Ok(entry.and_then(|entry| {
        let News { at, what, .. } = News::of(&entry, visit.language)?;
        let (words, moment) = (visit.language.account(), moment(visit, at));
        Some(match entry.by {
            By::Patient => words.last_change_by_you(moment, what),
            By::Staff | By::Visitor | By::System => words.last_change(moment, what),
        })
    }))
}

fn moment(visit: &Visit<'_>, at: Timestamp) -> String {
    visit.language.short_moment(visit.ehr.local_time(at))
}
