//! The tab itself: where the patient stands, and what that offers.

use super::view::{Action, DocumentLink, Fact, Notice, Row, Tone, View, Weight};
use crate::ehr::Ehr;
use crate::people::Patient;
use crate::rules::account::{Account, Invitation, Standing, standing};
use crate::rules::confirmation::missing_for_confirmation;
use crate::words::{dates, labels, staff as words};

/// The printed instructions, as a document link names them.
pub(super) const INSTRUCTIONS: &str = "instructions";

/// Everything that can be offered. What a view offers and what [`perform`](super::perform)
/// understands both come from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// Invite the patient.
    Create,
    /// Invite the patient again, after the old Portal ID expired.
    Reissue,
    /// The same while the old one still works, which it stops doing then.
    Replace,
    /// Take passwords again after too many wrong ones in a row.
    Unlock,
}

impl Offer {
    /// One of each id: what a standing offers beyond its id makes no difference once it is done.
    const ALL: [Self; 3] = [Self::Create, Self::Reissue, Self::Unlock];

    /// The offer that the EHR names.
    pub(super) fn with_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|offer| offer.id() == id)
    }

    fn id(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Reissue | Self::Replace => "reissue",
            Self::Unlock => "unlock",
        }
    }

    fn action(self) -> Action {
        let (label, weight, confirm) = match self {
            Self::Create => (words::CREATE, Weight::Primary, None),
            Self::Reissue => (words::REISSUE, Weight::Primary, None),
            Self::Replace => (words::REISSUE, Weight::Normal, Some(words::REISSUE_QUESTION.to_owned())),
            Self::Unlock => (words::UNLOCK, Weight::Normal, None),
        };
        Action { id: self.id(), label, weight, confirm }
    }

    fn invites(self) -> bool {
        match self {
            Self::Create | Self::Reissue | Self::Replace => true,
            Self::Unlock => false,
        }
    }

    /// What can be done for a patient who stands there.
    fn for_standing(standing: Standing<'_>, is_locked: bool) -> &'static [Self] {
        match standing {
            Standing::NotInvited => &[Self::Create],
            Standing::Expired | Standing::Burnt(_) => &[Self::Reissue],
            Standing::Invited(_) => &[Self::Replace],
            Standing::Active(_) if is_locked => &[Self::Unlock],
            Standing::Active(_) | Standing::Off => &[],
        }
    }
}

/// The tab of this patient, whose account it is, if there is one.
pub(super) fn view(
    ehr: &dyn Ehr,
    patient: &Patient,
    account: Option<&Account>,
    is_locked: bool,
    history: Vec<Row>,
) -> View {
    let standing = standing(account, ehr.now());
    let offers = Offer::for_standing(standing, is_locked);
    // Inviting someone who can never be confirmed would only send them home with a
    // sheet that does not work. It matters only where an invitation is on offer.
    let missing = missing_for_confirmation(patient).filter(|_| offers.iter().any(|offer| offer.invites()));
    let locked = offers.contains(&Offer::Unlock).then(|| Notice::new(Tone::Warning, words::LOCKED));
    let notice = missing.map(|detail| Notice::new(Tone::Warning, words::missing(detail))).or(locked);
    let offers = if missing.is_some() { &[] } else { offers };
    View {
        notices: notice.into_iter().collect(),
        facts: facts(ehr, standing),
        documents: documents(standing),
        actions: offers.iter().map(|offer| offer.action()).collect(),
        history,
    }
}

fn facts(ehr: &dyn Ehr, standing: Standing<'_>) -> Vec<Fact> {
    match standing {
        Standing::NotInvited => vec![Fact::text(words::STATUS, words::NOT_INVITED)],
        Standing::Invited(Invitation { portal_id, expires, .. }) => {
            let until = dates::short(ehr.local_time(*expires));
            vec![
                Fact::text(words::STATUS, words::invited_until(&until)),
                Fact::code(labels::PORTAL_ID, portal_id.grouped()),
                Fact::text(words::VALID_UNTIL, until),
            ]
        }
        Standing::Expired => vec![Fact::text(words::STATUS, words::EXPIRED)],
        Standing::Burnt(over) => {
            let moment = dates::short(ehr.local_time(over));
            vec![Fact::text(words::STATUS, words::burnt(&moment))]
        }
        Standing::Active(credentials) => {
            let since = dates::short(ehr.local_time(credentials.since));
            vec![Fact::text(words::STATUS, words::active_since(&since))]
        }
        Standing::Off => vec![Fact::text(words::STATUS, words::OFF)],
    }
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
        | Standing::Off => Vec::new(),
    }
}
