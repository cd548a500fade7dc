//! What failed attempts keep a patient from, and until when: for the tab to tell, and for staff to end.

use crate::audit::{By, Deed};
use crate::calendar::Timestamp;
use crate::ehr::{AttemptVerdict, Ehr, Unavailable};
use crate::people::Patient;
use crate::practice::Practice;
use crate::rules::account::{Account, Credentials, Invitation, Standing, standing};
use crate::rules::session::Purpose;
use crate::rules::throttle::{Kind, Throttle};

/// What is paused for a patient. Others' guesses bring it about as well as the patient's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// Nothing.
    None,
    /// Typing the Portal ID with the patient's details, until then; scanning the sheet's code is not.
    Typing(Timestamp),
    /// This Portal ID, typed or scanned, until then.
    Confirming(Timestamp),
    /// Logging in with a browser that is not known, or from where it was tried last, until then.
    LoggingIn(Timestamp),
    /// Logging in, until staff unlock it.
    UntilUnlocked,
}

impl Pause {
    /// What is paused now for the patient with this account, or none. It is looked up in a few calls.
    pub(super) fn of(
        ehr: &dyn Ehr,
        patient: &Patient,
        account: Option<&Account>,
    ) -> Result<Self, Unavailable> {
        let Some(account) = account else { return Ok(Self::None) };
        match standing(Some(account), ehr.now()) {
            Standing::Invited(invitation) => of_invited(ehr, patient, invitation, &ehr.practice()),
            Standing::Active(credentials) => of_login(ehr, account, credentials),
            Standing::NotInvited | Standing::Expired | Standing::Burnt(_) | Standing::Off(_) => {
                Ok(Self::None)
            }
        }
    }

    /// Whether it is over once staff unlock the login.
    pub(super) fn ends_by_unlocking(self) -> bool {
        match self {
            Self::LoggingIn(_) | Self::UntilUnlocked => true,
            Self::None | Self::Typing(_) | Self::Confirming(_) => false,
        }
    }
}

/// Whichever of the names on file is paused: which of them the patient is going to type is not known.
fn of_invited(
    ehr: &dyn Ehr,
    patient: &Patient,
    invitation: &Invitation,
    practice: &Practice,
) -> Result<Pause, Unavailable> {
    let throttle = Throttle::of_invited(invitation.portal_id, patient, practice);
    let waits = waits(ehr, &throttle)?;
    let until = |kind| throttle.longest_wait(kind, &waits).map(|wait| moment(ehr, wait));
    let scanning = until(Kind::PortalId).map(Pause::Confirming);
    Ok(scanning.or_else(|| until(Kind::Person).map(Pause::Typing)).unwrap_or(Pause::None))
}

/// What keeps this patient from logging in. From which of the networks that the login was tried from they
/// try themselves is not known: it is looked at for the one that was turned away last, which whoever calls
/// about it was, and for the browsers they used last.
pub(super) fn held_back(
    ehr: &dyn Ehr,
    account: &Account,
    credentials: &Credentials,
) -> Result<Throttle, Unavailable> {
    let turned_away = ehr.latest(&account.patient, &[Deed::SignInBlocked], None)?;
    let from = turned_away.filter(|entry| entry.by == By::Visitor).map(|entry| entry.who);
    let (devices, now) = (ehr.sessions_of(&account.patient, Purpose::Device)?, ehr.now());
    let devices = devices.iter().filter(|(_, device)| device.is_device_of(account, now));
    let devices = devices.map(|(token, _)| token);
    Ok(Throttle::held_back(&credentials.username, from.as_deref(), devices))
}

fn of_login(ehr: &dyn Ehr, account: &Account, credentials: &Credentials) -> Result<Pause, Unavailable> {
    let throttle = held_back(ehr, account, credentials)?;
    let waits = waits(ehr, &throttle)?;
    if throttle.is_full(Kind::Row, &waits) {
        return Ok(Pause::UntilUnlocked);
    }
    let slowed = throttle.longest_wait(Kind::Pace, &waits);
    Ok(slowed.map_or(Pause::None, |wait| Pause::LoggingIn(moment(ehr, wait))))
}

/// Seconds until each counter starts afresh; nothing where none is full.
fn waits(ehr: &dyn Ehr, throttle: &Throttle) -> Result<Vec<u32>, Unavailable> {
    Ok(match ehr.look_at(&throttle.counters())? {
        AttemptVerdict::Allowed(_) => Vec::new(),
        AttemptVerdict::Blocked(waits) => waits,
    })
}

fn moment(ehr: &dyn Ehr, wait: u32) -> Timestamp {
    Timestamp(ehr.now().0.saturating_add(wait.into()))
}
