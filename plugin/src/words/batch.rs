//! What staff read of a list of patients who were invited in one go.

use super::of_staff::batch;
use crate::rules::confirmation::MissingDetail;
use crate::staff::batch::Reason;

pub(crate) use batch::{BAD_NAME, TOO_MANY, on_record};

/// Why a patient was left out, for one and for many.
pub(crate) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::HasAccess => batch::HAS_ACCESS,
        Reason::InvitedBefore => batch::INVITED_BEFORE,
        Reason::AccessOff => batch::ACCESS_OFF,
        Reason::Missing(MissingDetail::BirthDate) => batch::NO_BIRTH_DATE,
        Reason::Missing(MissingDetail::Initials) => batch::NO_INITIALS,
        Reason::NoSuchPatient => batch::NO_SUCH_PATIENT,
        Reason::ChangedMeanwhile => batch::CHANGED_MEANWHILE,
    }
}
