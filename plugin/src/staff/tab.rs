//! The tab itself: where the patient stands, and what that offers.

use super::history::Page;
use super::offer::Offer;
use super::view::{DocumentLink, Fact, Notice, Tone, View};
use super::viewer::Viewer;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::Patient;
use crate::rules::account::{Account, Invitation, Revision, Standing, standing};
use crate::rules::confirmation::missing_for_confirmation;
use crate::words::{dates, labels, staff as words};

/// The printed instructions, as a document link names them.
pub(super) const INSTRUCTIONS: &str = "instructions";

/// The tab of this patient, whose account it is, if there is one.
pub(super) fn view(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
    is_locked: bool,
    history: Page,
) -> Result<View, Unavailable> {
    let standing = standing(account, ehr.now());
    let may_change = viewer.may_change(&ehr.practice());
    let offers = if may_change { Offer::for_standing(standing, is_locked) } else { &[] };
    // Inviting someone who can never be confirmed would only send them home with a
    // sheet that does not work. It matters only where an invitation is on offer.
    let missing = missing_for_confirmation(patient).filter(|_| offers.iter().any(|offer| offer.invites()));
    let locked = is_locked.then(|| Notice::new(Tone::Warning, words::LOCKED));
    let notice = missing.map(|detail| Notice::new(Tone::Warning, words::missing(detail))).or(locked);
    let seen = account.map_or(Revision::NEVER_SAVED, |account| account.revision);
    let offered = offers.iter().filter(|offer| missing.is_none() || !offer.invites());
    Ok(View {
        notices: notice.into_iter().collect(),
        facts: facts(ehr, patient, standing)?,
        documents: documents(standing),
        actions: offered.map(|offer| offer.action(seen)).collect(),
        history,
    })
}

fn facts(ehr: &dyn Ehr, patient: &Patient, standing: Standing<'_>) -> Result<Vec<Fact>, Unavailable> {
    let status = |text: &str| Fact::text(words::STATUS, text);
    Ok(match standing {
        Standing::NotInvited => vec![status(words::NOT_INVITED)],
        Standing::Invited(Invitation { portal_id, expires, .. }) => {
            let until = dates::short(ehr.local_time(*expires));
            vec![
                status(&words::invited_until(&until)),
                Fact::code(labels::PORTAL_ID, portal_id.grouped()),
                Fact::text(words::VALID_UNTIL, until),
            ]
        }
        Standing::Expired => vec![status(words::EXPIRED)],
        Standing::Burnt(over) => vec![status(&words::burnt(&dates::short(ehr.local_time(over))))],
        Standing::Active(credentials) => {
            let since = dates::short(ehr.local_time(credentials.since));
            let last = ehr.latest(&patient.id, &[Deed::SignInSucceeded], None)?;
            // A log in from before the login was made afresh is another login's.
            let last = last.filter(|entry| entry.at >= credentials.since);
            let last = last.map_or(words::NEVER.to_owned(), |entry| dates::short(ehr.local_time(entry.at)));
            vec![status(&words::active_since(&since)), Fact::text(words::LAST_LOGIN, last)]
        }
        Standing::Off(_) => match ehr.latest(&patient.id, &[Deed::AccessTurnedOff], None)? {
            Some(Entry { at, who, detail, .. }) => {
                let mut facts = vec![status(&words::off_since(&dates::short(ehr.local_time(at)), &who))];
                facts.extend(detail.map(|why| Fact::text(words::WHY, why)));
                facts
            }
            None => vec![status(words::OFF)],
        },
    })
}

fn documents(standing: Standing<'_>) -> Vec<DocumentLink> {
    match standing {
        Standing::Invited(_) => {
            vec![DocumentLink { id: INSTRUCTIONS, label: words::PRINT_INSTRUCTIONS }]
        }
        Standing::NotInvited
        | Standing::Expired
        | Standing::Burnt(_)
        | Standing::Active(_)
        | Standing::Off(_) => Vec::new(),
    }
}
