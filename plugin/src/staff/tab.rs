//! The tab itself: where the patient stands, and what that offers.

use super::history::Page;
use super::offer::Offer;
use super::pause::Pause;
use super::view::{DocumentLink, Fact, Notice, Tone, View};
use super::viewer::Viewer;
use crate::audit::{Deed, Entry};
use crate::ehr::{Ehr, Unavailable};
use crate::people::{Patient, PatientId};
use crate::rules::account::{Account, Invitation, Revision, Standing, standing};
use crate::rules::confirmation::missing_for_confirmation;
use crate::words::{OF_STAFF, staff as words};

/// The printed instructions, as a document link names them.
pub(super) const INSTRUCTIONS: &str = "instructions";

/// The tab of this patient, whose account it is, if there is one.
pub(super) fn view(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: Option<&Account>,
    pause: Pause,
    history: Page,
) -> Result<View, Unavailable> {
    let standing = standing(account, ehr.now());
    let may_change = viewer.may_change(&ehr.practice());
    let offers = if may_change { Offer::for_standing(standing, pause) } else { &[] };
    // Inviting someone who can never be confirmed would only send them home with a
    // sheet that does not work. It matters only where an invitation is on offer.
    let missing = missing_for_confirmation(patient).filter(|_| offers.iter().any(|offer| offer.invites()));
    let told = [missing.map(|detail| words::missing(detail).to_owned()), paused(ehr, pause)];
    let warnings = told.into_iter().flatten().map(|text| Notice::new(Tone::Warning, text));
    let look_only = (!may_change).then(|| Notice::new(Tone::Info, words::LOOK_ONLY));
    let seen = account.map_or(Revision::NEVER_SAVED, |account| account.revision);
    let offered = offers.iter().filter(|offer| missing.is_none() || !offer.invites());
    Ok(View {
        notices: warnings.chain(look_only).collect(),
        facts: facts(ehr, patient, standing, pause)?,
        documents: documents(standing),
        actions: offered.map(|offer| offer.action(seen)).collect(),
        history,
    })
}

/// What is paused, until when, and what helps.
fn paused(ehr: &dyn Ehr, pause: Pause) -> Option<String> {
    let moment = |until| OF_STAFF.short_moment(ehr.local_time(until));
    match pause {
        Pause::None => None,
        Pause::Typing(until) => Some(words::typing_paused(&moment(until))),
        Pause::Confirming(until) => Some(words::confirming_paused(&moment(until))),
        Pause::LoggingIn(until) => Some(words::login_paused(&moment(until))),
        Pause::UntilUnlocked => Some(words::LOCKED.to_owned()),
    }
}

fn facts(
    ehr: &dyn Ehr,
    patient: &Patient,
    standing: Standing<'_>,
    pause: Pause,
) -> Result<Vec<Fact>, Unavailable> {
    let status = |text: &str| Fact::text(words::STATUS, text);
    let with_pause = |stands: String| match pause {
        Pause::None => status(&stands),
        Pause::Typing(until) | Pause::Confirming(until) | Pause::LoggingIn(until) => {
            status(&words::paused_until(&OF_STAFF.short_moment(ehr.local_time(until)), &stands))
        }
        Pause::UntilUnlocked => status(&words::stopped(&stands)),
    };
    Ok(match standing {
        Standing::NotInvited => vec![status(words::NOT_INVITED)],
        Standing::Invited(Invitation { portal_id, expires, .. }) => {
            let until = OF_STAFF.short_moment(ehr.local_time(*expires));
            vec![
                with_pause(words::invited_until(&until)),
                Fact::code(OF_STAFF.labels().portal_id(), portal_id.grouped()),
                Fact::text(words::VALID_UNTIL, until),
            ]
        }
        Standing::Expired => vec![status(words::EXPIRED)],
        Standing::Burnt(over) => vec![status(&words::burnt(&OF_STAFF.short_moment(ehr.local_time(over))))],
        Standing::Active(credentials) => {
            let since = OF_STAFF.short_moment(ehr.local_time(credentials.since));
            let last = ehr.latest(&patient.id, &[Deed::SignInSucceeded], None)?;
            // A log in from before the login was made afresh is another login's.
            let last = last.filter(|entry| entry.at >= credentials.since);
            let last =
                last.map_or(words::NEVER.to_owned(), |entry| OF_STAFF.short_moment(ehr.local_time(entry.at)));
            vec![
                with_pause(words::active_since(&since)),
                Fact::text(words::LAST_LOGIN, last),
                Fact::text(words::SECOND_STEP, second_step(ehr, &patient.id)),
            ]
        }
        Standing::Off(_) => match ehr.latest(&patient.id, &[Deed::AccessTurnedOff], None)? {
            Some(Entry { at, who, detail, .. }) => {
                let mut facts =
                    vec![status(&words::off_since(&OF_STAFF.short_moment(ehr.local_time(at)), &who))];
                facts.extend(detail.map(|why| Fact::text(words::WHY, why)));
                facts
            }
            None => vec![status(words::OFF)],
        },
    })
}

/// What the patient has besides a password. One that cannot be read keeps nobody from the tab: resetting the
/// login is what helps then.
fn second_step(ehr: &dyn Ehr, patient: &PatientId) -> &'static str {
    ehr.factors_of(patient).map_or(words::SECOND_STEP_UNKNOWN, |factors| {
        words::second_step(factors.app().is_some(), factors.passkeys().next().is_some())
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
