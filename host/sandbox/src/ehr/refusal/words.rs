//! What whoever gets no page is told: plain words, without blame, and what to do next.

use super::Refusal;

impl Refusal {
    /// What the page is headed with.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "This page does not exist",
            Self::Forbidden | Self::Beyond => "Your access level does not allow this",
            Self::ForeignOrigin => "That request came from another website",
            Self::StaleForm => "This page had been open for too long",
            Self::Misdirected => "This is not the address of the EHR",
            Self::TooManyAttempts { .. } => "Too many tries to sign in",
            Self::WrongMethod => "This page cannot be used that way",
            Self::TooLarge => "That is too much at once",
            Self::TooSlow | Self::MalformedForm | Self::MissingField(_) => {
                "The form did not arrive as it should"
            }
            Self::Stale => "Someone else saved first",
            Self::Unavailable { .. } => "Not available for the moment",
            Self::Failed(_) | Self::PortalFailed(_) => "Something went wrong",
        }
    }

    /// What to tell the visitor, whose request `reads_only` or would have changed something.
    pub(super) fn explanation(&self, reads_only: bool) -> &'static str {
        match self {
            Self::NotFound => "The address may be mistyped, or what was here may be gone.",
            Self::Forbidden => {
                "If you need it for your work, ask an administrator of your practice. A change holds from \
                 your next click."
            }
            Self::Beyond => {
                "You cannot grant more than your own access level has. Nothing was changed. Ask an \
                 administrator of your practice to do it."
            }
            Self::ForeignOrigin => "Nothing was changed. Open the EHR itself and try again from there.",
            Self::StaleForm => {
                "You have signed in again since it was opened. Nothing was changed. Go back, load the page anew \
                 and try again."
            }
            Self::Misdirected => "Open the EHR at the address your practice gave you.",
            Self::TooManyAttempts { .. } => {
                "Wait a little, then try again. If you have forgotten your password, ask an administrator of \
                 your practice."
            }
            Self::WrongMethod => "Nothing was changed. Start again from the page you came from.",
            Self::TooLarge => "Nothing was changed. Shorten what you entered and try again.",
            Self::TooSlow | Self::MalformedForm | Self::MissingField(_) => {
                "Nothing was changed. Go back, load the page anew and try again."
            }
            Self::Stale => {
                "While you had the page open, someone else changed the same thing. Their change stands and \
                 nothing of it was overwritten; yours was not saved. Go back, load the page anew to see how \
                 it stands now, and make your change there."
            }
            Self::Unavailable { .. } if reads_only => "Please wait a little, then try again.",
            // The answer to a change can be lost after the change was made.
            Self::Unavailable { .. } => {
                "Please wait a little. If you were saving something, look whether it was done before you \
                 try again."
            }
            Self::Failed(_) | Self::PortalFailed(_) => {
                "The fault is on our side and has been recorded. Go back and look whether what you wanted \
                 was done before you try again."
            }
        }
    }
}
