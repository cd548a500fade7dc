//! What is said of a form as a whole, by a name that its page carries: who changes the language of the page reads it
//! again in that one, and nothing is tried again for it.

use std::borrow::Cow;

use super::visit::Visit;

/// The field that carries it.
pub(super) const SAID: &str = "said";

/// Why a form was not taken, where it is no mistake of form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The username and the password do not match.
    NotLoggedIn,
    /// The details are not those of an open invitation.
    NotConfirmed,
    /// Typing Portal IDs is paused for everybody.
    Paused,
    /// The form was drawn for a visit that is over.
    TooOld,
}

impl Refusal {
    const ALL: [Self; 4] = [Self::NotLoggedIn, Self::NotConfirmed, Self::Paused, Self::TooOld];

    /// What the page carries.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::NotLoggedIn => "not-logged-in",
            Self::NotConfirmed => "not-confirmed",
            Self::Paused => "paused",
            Self::TooOld => "too-old",
        }
    }

    /// What was said on the page that this form comes from, if anything.
    pub(super) fn said_before(visit: &Visit<'_>) -> Option<Self> {
        let name = visit.form.field(SAID);
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// What it says.
    pub(super) fn words(self, visit: &Visit<'_>) -> Cow<'static, str> {
        let words = visit.language.website();
        match self {
            Self::NotLoggedIn => words.log_in_refused().into(),
            Self::NotConfirmed => words.confirmation_refused(visit.practice).into(),
            Self::Paused => words.confirmation_paused(visit.practice).into(),
            Self::TooOld => words.form_too_old().into(),
        }
    }
}
