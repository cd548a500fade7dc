//! Unlock login: wrong passwords stop or slow a login until staff, who can make sure who is calling,
//! let it go on.

use super::pause::{Pause, held_back};
use super::view::{Notice, Tone};
use super::viewer::{Refusal, Viewer};
use crate::audit::{Deed, Event};
use crate::ehr::Ehr;
use crate::people::Patient;
use crate::rules::account::Account;
use crate::words::staff as words;

/// Lets the patient try again.
pub(super) fn unlock(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let active = account.filter(|account| account.is_active()).ok_or(Refusal::NotOffered)?;
    let credentials = active.credentials().ok_or(Refusal::NotOffered)?;
    if !Pause::of(ehr, patient, account)?.ends_by_unlocking() {
        return Ok(Notice::new(Tone::Info, words::UNLOCKED_BEFORE));
    }
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::SignInUnlocked);
    ehr.clear_attempts(&held_back(ehr, active, credentials)?.counters(), &event)?;
    Ok(Notice::new(Tone::Success, words::UNLOCKED))
}
