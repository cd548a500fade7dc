//! Reset login, turn access off, turn it on again: what staff do when a password was forgotten, when
//! it was not the patient who activated, or when somebody leaves the practice.

use super::invite::{Outcome, cannot_be_invited, issue};
use super::offer::REASON;
use super::view::{Notice, Tone};
use super::viewer::{Refusal, Viewer};
use crate::audit::{Deed, Event};
use crate::ehr::{Ehr, Level, SaveError, Unavailable};
use crate::people::Patient;
use crate::rules::account::{Account, Change, NotFromHere, changed};
use crate::rules::reason::Reason;
use crate::words::staff as words;

/// Takes the login away and draws a Portal ID for a new one. Every session ends with the same save.
pub(super) fn reset(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::LoginReset);
    match issue(ehr, &ehr.practice(), patient, account, Change::Reset, &event)? {
        Outcome::Issued => Ok(Notice::new(Tone::Success, words::RESET_DONE)),
        Outcome::Missing(detail) => Ok(cannot_be_invited(detail)),
        Outcome::NotFromHere => Err(Refusal::NotOffered),
        Outcome::Overtaken => Ok(Notice::new(Tone::Warning, words::CHANGED_BY_SOMEONE_ELSE)),
    }
}

/// Turns access off, with the reason on record. Every session ends with the same save.
pub(super) fn turn_off(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
    answers: &[(String, String)],
) -> Result<Notice, Refusal> {
    let typed = answers.iter().find(|(name, _)| name == REASON).map_or("", |(_, answer)| answer.as_str());
    let reason = Reason::typed(typed)
        .map_err(|mistake| Refusal::Invalid { field: REASON, problem: words::reason(mistake) })?;
    let off = match changed(account.cloned(), &patient.id, Change::TurnOff, ehr.now()) {
        Ok(off) => off,
        Err(NotFromHere) => return Err(Refusal::NotOffered),
    };
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::AccessTurnedOff).saying(reason.into_words());
    match ehr.save(&off, &event, &[]) {
        Ok(_) => Ok(Notice::new(Tone::Success, words::TURNED_OFF)),
        Err(SaveError::Stale) => Ok(Notice::new(Tone::Warning, words::CHANGED_BY_SOMEONE_ELSE)),
        Err(SaveError::PortalIdTaken | SaveError::UsernameTaken) => {
            ehr.log(Level::Error, "the host refused to turn access off for what the account already had");
            Err(Refusal::Unavailable(Unavailable::BROKEN))
        }
        Err(SaveError::Unavailable(unavailable)) => Err(Refusal::Unavailable(unavailable)),
    }
}

/// Turns access on again: with the login as it was, or with a new Portal ID where there was none.
pub(super) fn turn_on(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::AccessTurnedOn);
    let has_login = account.is_some_and(|account| account.credentials().is_some());
    match issue(ehr, &ehr.practice(), patient, account, Change::TurnOn, &event)? {
        Outcome::Issued if has_login => Ok(Notice::new(Tone::Success, words::TURNED_ON)),
        Outcome::Issued => Ok(Notice::new(Tone::Success, words::TURNED_ON_AND_INVITED)),
        Outcome::Missing(detail) => Ok(cannot_be_invited(detail)),
        Outcome::NotFromHere => Err(Refusal::NotOffered),
        Outcome::Overtaken => Ok(Notice::new(Tone::Warning, words::CHANGED_BY_SOMEONE_ELSE)),
    }
}
