//! What goes on record: who did what about whom.

use std::borrow::Cow;

use crate::calendar::Timestamp;
use crate::people::{PatientId, StaffId};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff, signed in to the EHR.
    Staff(StaffId),
    /// A patient, signed in or confirmed.
    Patient(PatientId),
    /// Someone not signed in, by network address.
    Visitor(String),
}

/// One line of the audit trail, before the host adds the moment.
///
/// Never holds a name, a date of birth, a Portal ID, a password or a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who.
    pub actor: Actor,
    /// About whom, where that is known.
    pub patient: Option<PatientId>,
    /// What.
    pub deed: Deed,
    /// More, in plain words for an auditor.
    pub detail: Option<Cow<'static, str>>,
}

impl Event {
    /// Something a member of staff did about a patient.
    pub fn by_staff(staff: &StaffId, patient: &PatientId, deed: Deed) -> Self {
        let actor = Actor::Staff(staff.clone());
        Self { actor, patient: Some(patient.clone()), deed, detail: None }
    }

    /// Something a patient did.
    pub fn by_patient(patient: &PatientId, deed: Deed) -> Self {
        let actor = Actor::Patient(patient.clone());
        Self { actor, patient: Some(patient.clone()), deed, detail: None }
    }

    /// Something someone not signed in did, from a network address.
    pub fn by_visitor(address: &str, patient: Option<&PatientId>, deed: Deed) -> Self {
        let actor = Actor::Visitor(address.to_owned());
        Self { actor, patient: patient.cloned(), deed, detail: None }
    }

    /// The same event with more words.
    pub fn saying(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// What kind of somebody did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A member of staff.
    Staff,
    /// The patient.
    Patient,
    /// Someone not signed in.
    Visitor,
    /// The host by itself.
    System,
}

/// One line of the audit trail, as read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Grows from entry to entry about one patient.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What kind of somebody.
    pub by: By,
    /// The actor's name as the EHR shows it; an address for a visitor.
    pub who: String,
    /// The action's dotted name, which a later version of the portal may have written.
    pub action: String,
    /// More, in plain words.
    pub detail: Option<String>,
}

/// Stamps the deeds from one table, so that no deed lacks a name or the way back from it.
macro_rules! deeds {
    ($($(#[doc = $doc:literal])+ $deed:ident = $name:literal,)+) => {
        /// Everything that goes on record. Reports and alerts select by the names: they never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Deed {
            $($(#[doc = $doc])+ $deed,)+
        }

        impl Deed {
            /// Every deed there is.
            pub const ALL: &[Self] = &[$(Self::$deed),+];

            /// The name in the audit trail.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$deed => $name,)+
                }
            }
        }
    };
}

deeds! {
    /// Staff looked at the tab.
    TabViewed = "tab.viewed",
    /// Staff created the user: the first Portal ID.
    InvitationIssued = "invitation.issued",
    /// Staff issued another Portal ID in place of the old one.
    InvitationReissued = "invitation.reissued",
    /// Staff opened the instructions to print them.
    InstructionsPrinted = "instructions.printed",
    /// A Portal ID was not used in time, and the host wiped it.
    InvitationExpired = "invitation.expired",
    /// Too many wrong answers were given for a Portal ID: it is of no use any more.
    InvitationBurnt = "invitation.burnt",
    /// A visitor's details were right: they may set credentials.
    ActivationConfirmed = "activation.confirmed",
    /// A visitor's details were wrong, or the Portal ID is of no use.
    ActivationRefused = "activation.refused",
    /// A visitor guessed too often to be answered.
    ActivationBlocked = "activation.blocked",
    /// Too many wrong answers came from everywhere: for an hour nobody can type a Portal ID.
    ActivationPaused = "activation.paused",
    /// The patient chose a username and a password.
    CredentialsSet = "credentials.set",
    /// The password's hash was made afresh with stronger parameters.
    PasswordRehashed = "password.rehashed",
    /// The patient logged in.
    SignInSucceeded = "signin.succeeded",
    /// A username or a password was wrong, or access is off.
    SignInRefused = "signin.refused",
    /// A visitor tried passwords too often to be answered.
    SignInBlocked = "signin.blocked",
    /// Too many wrong passwords in a row: no more are taken from browsers that are not known.
    SignInDisabled = "signin.disabled",
    /// The right password ended a row of wrong ones.
    SignInRowEnded = "signin.recovered",
    /// A browser is known from now on, since the patient logged in with it.
    DeviceRemembered = "device.remembered",
    /// Staff let the patient try again.
    SignInUnlocked = "signin.unlocked",
    /// The patient chose another password.
    PasswordChanged = "password.changed",
    /// Somebody logged in as the patient could not say the password they wanted to change.
    PasswordChangeRefused = "password.refused",
    /// The patient logged out everywhere.
    SessionsEnded = "sessions.ended",
    /// The password was right, and a second step was asked for.
    SecondStepAsked = "step.asked",
    /// What was given at the second step was wrong.
    SecondStepRefused = "step.refused",
    /// The second step was tried too often to be answered.
    SecondStepBlocked = "step.blocked",
    /// Too many wrong answers in a row at the second step: no more are taken.
    SecondStepDisabled = "step.disabled",
    /// A second factor was used.
    FactorUsed = "factor.used",
    /// The patient added a second factor.
    FactorAdded = "factor.added",
    /// The patient removed a second factor.
    FactorRemoved = "factor.removed",
    /// Somebody logged in as the patient failed to change the second factors.
    FactorChangeRefused = "factor.refused",
    /// The patient had recovery codes drawn in place of those before.
    RecoveryCodesDrawn = "codes.drawn",
    /// Staff took the login away and invited the patient afresh.
    LoginReset = "login.reset",
    /// Staff turned access off.
    AccessTurnedOff = "access.off",
    /// Staff turned access on again.
    AccessTurnedOn = "access.on",
    /// The patient changed something that ends every session, and goes on in this browser.
    SessionRenewed = "session.renewed",
    /// The patient logged out.
    SessionClosed = "session.closed",
}

impl Deed {
    /// Those that change an account, so that what was offered before may be offered no more.
    pub const OF_ACCOUNTS: &[Self] = &[
        Self::InvitationIssued,
        Self::InvitationReissued,
        Self::InvitationExpired,
        Self::InvitationBurnt,
        Self::CredentialsSet,
        Self::PasswordRehashed,
        Self::PasswordChanged,
        Self::SessionsEnded,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::RecoveryCodesDrawn,
        Self::LoginReset,
        Self::AccessTurnedOff,
        Self::AccessTurnedOn,
    ];

    /// Those by which somebody gets access or loses it.
    pub const OF_ACCESS: &[Self] = &[
        Self::InvitationIssued,
        Self::InvitationReissued,
        Self::CredentialsSet,
        Self::PasswordChanged,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::RecoveryCodesDrawn,
        Self::LoginReset,
        Self::AccessTurnedOff,
        Self::AccessTurnedOn,
    ];

    /// Those that may hand out a Portal ID.
    pub const OF_INVITATIONS: &[Self] =
        &[Self::InvitationIssued, Self::InvitationReissued, Self::LoginReset, Self::AccessTurnedOn];

    /// Whether it was only a look or a vain attempt.
    pub fn changes_nothing(self) -> bool {
        match self {
            Self::TabViewed
            | Self::ActivationRefused
            | Self::ActivationBlocked
            | Self::ActivationPaused
            | Self::SignInRefused
            | Self::SignInBlocked
            | Self::PasswordChangeRefused
            | Self::SecondStepAsked
            | Self::SecondStepRefused
            | Self::SecondStepBlocked
            | Self::FactorChangeRefused => true,
            Self::InvitationIssued
            | Self::InvitationReissued
            | Self::InstructionsPrinted
            | Self::InvitationExpired
            | Self::InvitationBurnt
            | Self::ActivationConfirmed
            | Self::CredentialsSet
            | Self::PasswordRehashed
            | Self::SignInSucceeded
            | Self::SignInDisabled
            | Self::SignInRowEnded
            | Self::DeviceRemembered
            | Self::SignInUnlocked
            | Self::PasswordChanged
            | Self::SessionsEnded
            | Self::SecondStepDisabled
            | Self::FactorUsed
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::RecoveryCodesDrawn
            | Self::LoginReset
            | Self::AccessTurnedOff
            | Self::AccessTurnedOn
            | Self::SessionRenewed
            | Self::SessionClosed => false,
        }
    }

    /// The deed with this name, if this version knows it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|deed| deed.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_is_found_by_its_name() {
        for deed in Deed::ALL {
            assert_eq!(Deed::named(deed.name()), Some(*deed));
        }
    }

    #[test]
    fn names_are_lower_case_words_joined_by_dots() {
        for deed in Deed::ALL {
            let well_formed = deed
                .name()
                .split('.')
                .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
            assert!(well_formed, "{}", deed.name());
        }
    }
}
