//! The Patient Portal Admin tab: what staff see of a patient's portal account, and do about it.

use crate::audit::{Deed, Event};
use crate::ehr::Ehr;
use crate::people::PatientId;
use crate::words;

mod history;
mod invite;
mod sheet;
mod tab;
mod unlock;
pub mod view;
pub mod viewer;

use view::{Document, Notice, View};
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
    let history = history::recent(ehr, &patient.id)?;
    let is_locked = unlock::is_locked(ehr, account.as_ref())?;
    Ok(tab::view(ehr, &patient, account.as_ref(), is_locked, history))
}

/// Performs an action that a view offered and says what came of it. Performing it twice,
/// or after someone else did, changes nothing a second time and says so.
pub fn perform(ehr: &dyn Ehr, viewer: &Viewer, patient: &PatientId, action: &str) -> Result<Notice, Refusal> {
    let patient = viewer.may_see(ehr, patient)?;
    match tab::Offer::with_id(action).ok_or(Refusal::NotOffered)? {
        tab::Offer::Create => invite::create(ehr, viewer, &patient),
        tab::Offer::Reissue | tab::Offer::Replace => invite::reissue(ehr, viewer, &patient),
        tab::Offer::Unlock => unlock::unlock(ehr, viewer, &patient),
    }
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
