//! The Patient Portal Admin tab: what staff see of a patient's portal account, and do about it.

use crate::audit::{Deed, Event};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::words;

mod access;
pub mod batch;
pub mod history;
mod invite;
mod offer;
mod pause;
mod sheet;
mod tab;
mod unlock;
pub mod view;
pub mod viewer;

use history::Page;
use offer::{Offer, Pressed};
use pause::Pause;
use view::{Document, Notice, Tone, View};
use viewer::{Access, Refusal, Right, Viewer};

/// How the EHR finds the tab and whom it shows it to.
pub struct Description {
    /// Stable key, fit for a URL.
    pub id: &'static str,
    /// What the tab is called.
    pub title: &'static str,
    /// Without this right the EHR neither shows the tab nor calls it.
    pub requires: Right,
}

/// The same answer for every practice and every call.
pub fn describe() -> Description {
    Description {
        id: "patient-portal-admin",
        title: words::staff::TAB,
        requires: Right { module: viewer::MODULE.to_owned(), access: Access::View },
    }
}

/// The tab as it stands now. The view itself is put on record.
pub fn show(ehr: &dyn Ehr, viewer: &Viewer, patient: &PatientId) -> Result<View, Refusal> {
    let patient = viewer.may_see(ehr, patient)?;
    ehr.note(&Event::by_staff(&viewer.id, &patient.id, Deed::TabViewed))?;
    let account = ehr.account_of(&patient.id)?;
    let history = history::page(ehr, &patient.id, None)?;
    let pause = Pause::of(ehr, &patient, account.as_ref())?;
    Ok(tab::view(ehr, viewer, &patient, account.as_ref(), pause, history)?)
}

/// What was done before what a view, or another such page, has shown. Put on record like a view.
pub fn earlier(ehr: &dyn Ehr, viewer: &Viewer, patient: &PatientId, before: u64) -> Result<Page, Refusal> {
    let patient = viewer.may_see(ehr, patient)?;
    ehr.note(&Event::by_staff(&viewer.id, &patient.id, Deed::TabViewed))?;
    Ok(history::page(ehr, &patient.id, Some(before))?)
}

/// Performs an action that a view offered and says what came of it. Performing it twice,
/// or after someone else did, changes nothing a second time and says who did what.
pub fn perform(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &PatientId,
    action: &str,
    answers: &[(String, String)],
) -> Result<Notice, Refusal> {
    let patient = viewer.may_see(ehr, patient)?;
    if !viewer.may_change(&ehr.practice()) {
        return Err(Refusal::Forbidden);
    }
    let pressed = Pressed::with_id(action).ok_or(Refusal::NotOffered)?;
    let account = ehr.account_of(&patient.id)?;
    if !pressed.is_up_to_date(account.as_ref()) {
        return Ok(overtaken(ehr, &patient.id)?);
    }
    let account = account.as_ref();
    match pressed.offer {
        Offer::Create => invite::create(ehr, viewer, &patient, account),
        Offer::Reissue | Offer::Replace => invite::reissue(ehr, viewer, &patient, account),
        Offer::Unlock => unlock::unlock(ehr, viewer, &patient, account),
        Offer::Reset => access::reset(ehr, viewer, &patient, account),
        Offer::TurnOff => access::turn_off(ehr, viewer, &patient, account, answers),
        Offer::TurnOn => access::turn_on(ehr, viewer, &patient, account),
    }
}

/// Somebody changed the account after the button was drawn: who, and what they did.
fn overtaken(ehr: &dyn Ehr, patient: &PatientId) -> Result<Notice, Unavailable> {
    let change = ehr.latest(patient, Deed::OF_ACCOUNTS, None)?;
    Ok(Notice::new(Tone::Warning, words::staff::overtaken(change.as_ref())))
}

/// A document that a view offered. Opening it is put on record.
pub fn open(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &PatientId,
    document: &str,
) -> Result<Document, Refusal> {
    let patient = viewer.may_see(ehr, patient)?;
    if document != tab::INSTRUCTIONS {
        return Err(Refusal::NotOffered);
    }
    let account = ehr.account_of(&patient.id)?.ok_or(Refusal::NotOffered)?;
    sheet::print(ehr, viewer, &patient, &account)?.ok_or(Refusal::NotOffered)
}

#[cfg(test)]
mod tests;
