//! What staff read in the Patient Portal Admin tab, and what goes on record in words.
//!
//! The words themselves are in the folder `staff` beside this file, in Fluent; here it is chosen among them where a rule has to
//! be told.

use super::of_staff::{history, tab};
use crate::audit::{Deed, Entry};
use crate::rules::confirmation::MissingDetail;
use crate::rules::reason::ReasonMistake;

pub(crate) use super::of_staff::actions::*;
pub(crate) use super::of_staff::tab::*;
pub(crate) use super::of_staff::{how, what, why};

/// By this whoever reads the record tells an attempt that could find out nothing.
pub use super::of_staff::why::NO_SHEET;

/// What there is for the second step, by its kind alone: what the patient calls it is theirs.
pub(crate) fn second_step(has_app: bool, has_passkey: bool) -> &'static str {
    match (has_app, has_passkey) {
        (true, true) => tab::SECOND_STEP_APP_AND_PASSKEY,
        (true, false) => tab::SECOND_STEP_APP,
        (false, true) => tab::SECOND_STEP_PASSKEY,
        (false, false) => tab::SECOND_STEP_NONE,
    }
}

/// Somebody changed the account after the button was drawn. `change` is what they did, where it is
/// known.
pub(crate) fn overtaken(change: Option<&Entry>) -> String {
    change.map_or_else(|| OVERTAKEN.to_owned(), |entry| overtaken_by(act(entry), &entry.who))
}

/// About the reason that staff give.
pub(crate) fn reason(mistake: ReasonMistake) -> &'static str {
    match mistake {
        ReasonMistake::Missing => REASON_MISSING,
        ReasonMistake::TooLong => REASON_TOO_LONG,
    }
}

/// Why the user cannot be created.
pub(crate) fn missing(detail: MissingDetail) -> &'static str {
    match detail {
        MissingDetail::BirthDate => tab::MISSING_BIRTH_DATE,
        MissingDetail::Initials => tab::MISSING_INITIALS,
    }
}

/// What somebody did, in the history. A deed that this version does not know goes by its name.
fn act(entry: &Entry) -> &str {
    Deed::named(&entry.action).map_or(entry.action.as_str(), |known| deed(known))
}

/// The same with what an auditor may want to know besides, so many times in a row.
pub(crate) fn told(entry: &Entry, count: usize) -> String {
    let what = act(entry);
    let detail = entry.detail.as_deref();
    let whole = detail.map_or_else(|| what.to_owned(), |detail| history::with_detail(detail, what));
    history::times(count, &whole)
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::TabViewed => history::TAB_VIEWED,
        Deed::InvitationIssued => history::INVITATION_ISSUED,
        Deed::InvitationReissued => history::INVITATION_REISSUED,
        Deed::InstructionsPrinted => history::INSTRUCTIONS_PRINTED,
        Deed::InvitationExpired => history::INVITATION_EXPIRED,
        Deed::InvitationBurnt => history::INVITATION_BURNT,
        Deed::ActivationConfirmed => history::ACTIVATION_CONFIRMED,
        Deed::ActivationRefused => history::ACTIVATION_REFUSED,
        Deed::ActivationBlocked => history::ACTIVATION_BLOCKED,
        Deed::ActivationPaused => history::ACTIVATION_PAUSED,
        Deed::CredentialsSet => history::CREDENTIALS_SET,
        Deed::PasswordRehashed => history::PASSWORD_REHASHED,
        Deed::SignInSucceeded => history::SIGN_IN_SUCCEEDED,
        Deed::SignInRefused => history::SIGN_IN_REFUSED,
        Deed::SignInBlocked => history::SIGN_IN_BLOCKED,
        Deed::SignInDisabled => history::SIGN_IN_DISABLED,
        Deed::SignInRowEnded => history::SIGN_IN_ROW_ENDED,
        Deed::DeviceRemembered => history::DEVICE_REMEMBERED,
        Deed::SignInUnlocked => history::SIGN_IN_UNLOCKED,
        Deed::PasswordChanged => history::PASSWORD_CHANGED,
        Deed::PasswordChangeRefused => history::PASSWORD_CHANGE_REFUSED,
        Deed::SessionsEnded => history::SESSIONS_ENDED,
        Deed::SessionRenewed => history::SESSION_RENEWED,
        Deed::SecondStepAsked => history::SECOND_STEP_ASKED,
        Deed::SecondStepRefused => history::SECOND_STEP_REFUSED,
        Deed::SecondStepBlocked => history::SECOND_STEP_BLOCKED,
        Deed::SecondStepDisabled => history::SECOND_STEP_DISABLED,
        Deed::FactorUsed => history::FACTOR_USED,
        Deed::FactorAdded => history::FACTOR_ADDED,
        Deed::FactorRemoved => history::FACTOR_REMOVED,
        Deed::FactorChangeRefused => history::FACTOR_CHANGE_REFUSED,
        Deed::RecoveryCodesDrawn => history::RECOVERY_CODES_DRAWN,
        Deed::LoginReset => history::LOGIN_RESET,
        Deed::AccessTurnedOff => history::ACCESS_TURNED_OFF,
        Deed::AccessTurnedOn => history::ACCESS_TURNED_ON,
        Deed::SessionClosed => history::SESSION_CLOSED,
    }
}
