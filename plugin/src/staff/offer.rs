//! What the tab offers to do, and what the EHR names when a button was pressed: both come from here.

use super::pause::Pause;
use super::view::{Action, Ask, Weight};
use crate::rules::account::{Account, Revision, Standing};
use crate::words::staff as words;

/// The answer to why something is taken away.
pub(super) const REASON: &str = "reason";

/// Everything that can be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// Invite the patient.
    Create,
    /// Invite the patient again, after the old Portal ID ended.
    Reissue,
    /// The same while the old one still works, which it stops doing then.
    Replace,
    /// Take passwords again after too many wrong ones.
    Unlock,
    /// Take the login away and invite the patient afresh.
    Reset,
    /// Turn access off.
    TurnOff,
    /// Turn access on again.
    TurnOn,
}

impl Offer {
    /// One of each id: what a standing offers beyond its id makes no difference once it is done.
    pub(super) const ALL: [Self; 6] =
        [Self::Create, Self::Reissue, Self::Unlock, Self::Reset, Self::TurnOff, Self::TurnOn];

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Reissue | Self::Replace => "reissue",
            Self::Unlock => "unlock",
            Self::Reset => "reset",
            Self::TurnOff => "turn-off",
            Self::TurnOn => "turn-on",
        }
    }

    /// As a button of the tab, for an account as it stands.
    pub(super) fn action(self, seen: Revision) -> Action {
        let (label, weight, confirm, asks) = match self {
            Self::Create => (words::CREATE, Weight::Primary, None, Vec::new()),
            Self::Reissue => (words::REISSUE, Weight::Primary, None, Vec::new()),
            Self::Replace => (words::REISSUE, Weight::Normal, Some(words::REISSUE_QUESTION), Vec::new()),
            Self::Unlock => (words::UNLOCK, Weight::Normal, None, Vec::new()),
            Self::Reset => (words::RESET, Weight::Danger, Some(words::RESET_QUESTION), Vec::new()),
            Self::TurnOff => {
                let reason = Ask { name: REASON, label: words::REASON, required: true };
                (words::TURN_OFF, Weight::Danger, Some(words::TURN_OFF_QUESTION), vec![reason])
            }
            Self::TurnOn => (words::TURN_ON, Weight::Primary, None, Vec::new()),
        };
        let id = format!("{}-{}", self.name(), seen.0);
        Action { id, label, weight, confirm: confirm.map(str::to_owned), asks }
    }

    /// Whether it hands out a Portal ID, which takes what User Confirmation asks for.
    pub(super) fn invites(self) -> bool {
        match self {
            Self::Create | Self::Reissue | Self::Replace | Self::Reset => true,
            Self::Unlock | Self::TurnOff | Self::TurnOn => false,
        }
    }

    /// What can be done for a patient who stands there.
    pub(super) fn for_standing(standing: Standing<'_>, pause: Pause) -> &'static [Self] {
        match standing {
            Standing::NotInvited => &[Self::Create],
            Standing::Expired | Standing::Burnt(_) => &[Self::Reissue, Self::TurnOff],
            Standing::Invited(_) => &[Self::Replace, Self::TurnOff],
            Standing::Active(_) if pause.ends_by_unlocking() => &[Self::Unlock, Self::Reset, Self::TurnOff],
            Standing::Active(_) => &[Self::Reset, Self::TurnOff],
            Standing::Off(_) => &[Self::TurnOn],
        }
    }
}

/// A pressed button: what was offered, and for which state of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pressed {
    /// What was offered.
    pub(super) offer: Offer,
    /// As the account was when the view was drawn; none where the EHR names the offer alone.
    seen: Option<Revision>,
}

impl Pressed {
    /// The button that the EHR names.
    pub(super) fn with_id(id: &str) -> Option<Self> {
        Offer::ALL.into_iter().find_map(|offer| {
            let seen = match id.strip_prefix(offer.name())? {
                "" => None,
                rest => Some(Revision(rest.strip_prefix('-')?.parse().ok()?)),
            };
            Some(Self { offer, seen })
        })
    }

    /// Whether the account, or that there was none, is still as it was when the button was drawn.
    pub(super) fn is_up_to_date(self, account: Option<&Account>) -> bool {
        let stands = account.map_or(Revision::NEVER_SAVED, |account| account.revision);
        self.seen.is_none_or(|seen| seen == stands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_view_offers_is_understood_when_it_is_pressed() {
        for offer in Offer::ALL {
            let pressed = Pressed::with_id(&offer.action(Revision(7)).id).unwrap();
            assert_eq!((pressed.offer, pressed.seen), (offer, Some(Revision(7))));
            assert_eq!(Pressed::with_id(offer.name()).unwrap().seen, None);
        }
    }

    #[test]
    fn what_no_view_offers_is_nothing() {
        for id in ["", "destroy", "create-", "create-x", "create7", "turn", "turn-of-1", "reset-1-2"] {
            assert_eq!(Pressed::with_id(id), None, "{id}");
        }
    }
}
