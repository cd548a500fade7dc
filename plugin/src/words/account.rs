//! What patients read about what was done with their account, and what the record says besides.

use super::Language;
use super::staff::{how, why};
use crate::audit::{By, Deed, Entry};

impl Language {
    /// What was done, and by whom of the practice.
    ///
    /// A member of staff is named, since access is theirs to answer for. Of a visitor not even the address
    /// is told: it would help nobody here, and whoever got into an account must not learn from it where
    /// the patient is. Staff see it in the tab.
    pub(crate) fn by(self, what: &str, entry: &Entry) -> String {
        match entry.by {
            By::Staff => self.account().by_staff(what, &entry.who),
            By::Visitor | By::Patient | By::System => what.to_owned(),
        }
    }

    /// A deed, as the patient is told it; none for what is no news to them. Why it was done is not told, since
    /// staff may have written it for each other; what the portal itself wrote only tells deeds apart.
    pub(crate) fn act(self, deed: Deed, detail: Option<&str>) -> Option<&'static str> {
        let words = self.account();
        Some(match deed {
            Deed::InvitationIssued => words.act_invitation_issued(),
            Deed::InvitationReissued => words.act_invitation_reissued(),
            Deed::InstructionsPrinted => words.act_instructions_printed(),
            Deed::InvitationExpired => words.act_invitation_expired(),
            Deed::InvitationBurnt => words.act_invitation_burnt(),
            Deed::ActivationConfirmed => words.act_activation_confirmed(),
            Deed::ActivationRefused | Deed::ActivationBlocked => words.act_activation_refused(),
            Deed::CredentialsSet => words.act_credentials_set(),
            Deed::SignInSucceeded if detail == Some(how::RECOVERY_CODE) => {
                words.act_sign_in_with_recovery_code()
            }
            Deed::SignInSucceeded => words.act_sign_in_succeeded(),
            Deed::SignInRefused => words.act_sign_in_refused(),
            Deed::SignInBlocked => words.act_sign_in_blocked(),
            Deed::SignInDisabled => words.act_sign_in_disabled(),
            Deed::SignInUnlocked => words.act_sign_in_unlocked(),
            Deed::PasswordChanged => words.act_password_changed(),
            Deed::PasswordChangeRefused => words.act_password_change_refused(),
            Deed::SessionsEnded => words.act_sessions_ended(),
            Deed::SecondStepAsked => words.act_second_step_asked(),
            Deed::SecondStepRefused => words.act_second_step_refused(),
            Deed::SecondStepBlocked | Deed::SecondStepDisabled => words.act_second_step_blocked(),
            Deed::FactorAdded => words.act_factor_added(),
            Deed::FactorRemoved => words.act_factor_removed(),
            Deed::FactorChangeRefused => words.act_factor_change_refused(),
            Deed::RecoveryCodesDrawn => words.act_recovery_codes_drawn(),
            Deed::LoginReset => words.act_login_reset(),
            Deed::AccessTurnedOff => words.act_access_turned_off(),
            Deed::AccessTurnedOn => words.act_access_turned_on(),
            Deed::SessionClosed if detail == Some(why::ENDED_ELSEWHERE) => {
                words.act_session_closed_elsewhere()
            }
            Deed::SessionClosed => words.act_session_closed(),
            Deed::TabViewed
            | Deed::ActivationPaused
            | Deed::PasswordRehashed
            | Deed::SignInRowEnded
            | Deed::FactorUsed
            | Deed::SessionRenewed
            | Deed::DeviceRemembered => return None,
        })
    }
}
