//! Unlock login: too many wrong passwords in a row stop a login until staff, who can make sure who is
//! calling, let it go on.

use super::view::{Notice, Tone};
use super::viewer::{Refusal, Viewer};
use crate::audit::{Deed, Event};
use crate::ehr::{AttemptVerdict, Ehr, Unavailable};
use crate::people::Patient;
use crate::rules::account::{Account, Standing, standing};
use crate::rules::throttle::Throttle;
use crate::words::staff as words;

/// Whether the login of this account is stopped, for browsers that are known or for the others.
pub(super) fn is_locked(ehr: &dyn Ehr, account: Option<&Account>) -> Result<bool, Unavailable> {
    match standing(account, ehr.now()) {
        Standing::Active(credentials) => {
            let rows = Throttle::rows(&credentials.username).counters();
            Ok(matches!(ehr.look_at(&rows)?, AttemptVerdict::Blocked(_)))
        }
        Standing::NotInvited
        | Standing::Invited(_)
        | Standing::Expired
        | Standing::Burnt(_)
        | Standing::Off(_) => Ok(false),
    }
}

/// Lets the patient try again.
pub(super) fn unlock(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let credentials = account.filter(|account| account.is_active()).and_then(Account::credentials);
    let credentials = credentials.ok_or(Refusal::NotOffered)?;
    if !is_locked(ehr, account)? {
        return Ok(Notice::new(Tone::Info, words::UNLOCKED_BEFORE));
    }
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::SignInUnlocked);
    ehr.clear_attempts(&Throttle::unlocked(&credentials.username).counters(), &event)?;
    Ok(Notice::new(Tone::Success, words::UNLOCKED))
}
