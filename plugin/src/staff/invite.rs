//! Create this user, and Issue a new Portal ID: an invitation drawn and saved, once.

use super::view::{Notice, Tone};
use super::viewer::{Refusal, Viewer};
use crate::audit::{Deed, Event};
use crate::calendar::Timestamp;
use crate::ehr::{Ehr, Level, SaveError, Unavailable};
use crate::people::Patient;
use crate::practice::Practice;
use crate::randomness::HostRng;
use crate::rules::account::{Account, Change, Invitation, NotFromHere, Standing, changed, standing};
use crate::rules::confirmation::{MissingDetail, missing_for_confirmation};
use crate::rules::portal_id::PortalId;
use crate::rules::throttle::{Counter, Throttle};
use crate::rules::username::Username;
use crate::settings::PORTAL_ID_DRAWS;
use crate::words::staff as words;

/// Draws the patient's first Portal ID.
pub(super) fn create(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::InvitationIssued);
    Ok(match issue(ehr, &ehr.practice(), patient, account, Change::Create, &event)? {
        Outcome::Issued => Notice::new(Tone::Success, words::CREATED),
        Outcome::Missing(detail) => cannot_be_invited(detail),
        Outcome::NotFromHere => Notice::new(Tone::Info, words::CREATED_BEFORE),
        Outcome::Overtaken => Notice::new(Tone::Info, words::CREATED_BY_SOMEONE_ELSE),
    })
}

/// Draws another Portal ID in place of the old one, which dies with the same save.
pub(super) fn reissue(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
) -> Result<Notice, Refusal> {
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::InvitationReissued);
    let was_reissued = matches!(standing(account, ehr.now()), Standing::Invited(_));
    match issue(ehr, &ehr.practice(), patient, account, Change::Reissue, &event)? {
        Outcome::Issued => Ok(Notice::new(Tone::Success, words::REISSUED)),
        Outcome::Missing(detail) => Ok(cannot_be_invited(detail)),
        Outcome::NotFromHere if was_reissued => Ok(Notice::new(Tone::Info, words::REISSUED_BEFORE)),
        Outcome::NotFromHere => Err(Refusal::NotOffered),
        Outcome::Overtaken => Ok(Notice::new(Tone::Info, words::CHANGED_BY_SOMEONE_ELSE)),
    }
}

/// What came of drawing a Portal ID.
pub(super) enum Outcome {
    /// The patient has a new Portal ID.
    Issued,
    /// The EHR lacks what User Confirmation asks for.
    Missing(MissingDetail),
    /// The account does not stand where an invitation starts from.
    NotFromHere,
    /// Someone else changed the account in between.
    Overtaken,
}

/// What staff are told where the EHR lacks something.
pub(super) fn cannot_be_invited(detail: MissingDetail) -> Notice {
    Notice::new(Tone::Warning, words::missing(detail))
}

/// Draws until an ID is free, and saves. A stale save is not tried again: what the other
/// person did stands, so there are never two accounts nor two Portal IDs.
pub(super) fn issue(
    ehr: &dyn Ehr,
    practice: &Practice,
    patient: &Patient,
    account: Option<&Account>,
    change: fn(Invitation) -> Change,
    event: &Event,
) -> Result<Outcome, Refusal> {
    if let Some(detail) = missing_for_confirmation(patient) {
        return Ok(Outcome::Missing(detail));
    }
    let now = ehr.now();
    for _ in 0..PORTAL_ID_DRAWS {
        let invitation = draw(ehr, practice, now);
        let invited = match changed(account.cloned(), &patient.id, change(invitation), now) {
            Ok(invited) => invited,
            Err(NotFromHere) => return Ok(Outcome::NotFromHere),
        };
        let login = account.and_then(Account::credentials).map(|credentials| &credentials.username);
        match ehr.save(&invited, event, &fresh_start(&invited, patient, login, practice)) {
            Ok(_) => return Ok(Outcome::Issued),
            Err(SaveError::PortalIdTaken) => {}
            Err(SaveError::Stale) => return Ok(Outcome::Overtaken),
            Err(SaveError::UsernameTaken) => {
                ehr.log(
                    Level::Error,
                    "the host refused an invitation for its username, which it has not got",
                );
                return Err(Refusal::Unavailable(Unavailable::BROKEN));
            }
            Err(SaveError::Unavailable(unavailable)) => return Err(Refusal::Unavailable(unavailable)),
        }
    }
    ehr.log(Level::Error, "no free portal id was drawn: is nearly every one of them invited?");
    Err(Refusal::Unavailable(Unavailable::BROKEN))
}

/// What the new Portal ID starts afresh: nobody's guesses from before count against the patient.
fn fresh_start(
    invited: &Account,
    patient: &Patient,
    login: Option<&Username>,
    practice: &Practice,
) -> Vec<Counter> {
    let drawn = invited.invitation().map(|invitation| invitation.portal_id);
    drawn.map_or_else(Vec::new, |drawn| Throttle::fresh_start(drawn, patient, login, practice).counters())
}

fn draw(ehr: &dyn Ehr, practice: &Practice, now: Timestamp) -> Invitation {
    let portal_id = PortalId::draw(&mut HostRng::new(ehr));
    let expires = now.after(practice.policy.invitation_life());
    Invitation { portal_id, issued: now, expires }
}
