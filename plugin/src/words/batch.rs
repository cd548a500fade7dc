//! What staff read of a list of patients who were invited in one go.

use crate::rules::confirmation::MissingDetail;
use crate::staff::batch::Reason;

/// The name of a list is none.
pub const BAD_NAME: &str = "The list needs a short name in plain letters.";
/// More than the contract takes.
pub const TOO_MANY: &str = "These are too many patients for one step.";

/// What goes on record with each invitation, and by which one is known again.
pub fn on_record(list: &str) -> String {
    format!("many at once, {list}")
}

/// Why a patient was left out, for one and for many.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::HasAccess => "Has access already",
        Reason::InvitedBefore => "Has a Portal ID already that still works",
        Reason::AccessOff => "Access is turned off",
        Reason::Missing(MissingDetail::BirthDate) => "No date of birth on file",
        Reason::Missing(MissingDetail::Initials) => "No letters in the name on file",
        Reason::NoSuchPatient => "Not among the patients any more",
        Reason::ChangedMeanwhile => "Changed by someone else at the same moment",
    }
}
