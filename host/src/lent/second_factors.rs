//! What patients log in with besides a password, and logins that wait for it.

use super::{Event, Session, TokenHash, Unavailable};
use crate::identity::{PatientId, PracticeId, Timestamp};
use crate::keys::KeyId;

/// What kind of second factor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorKind {
    /// An app that shows a new code every half minute.
    Authenticator,
    /// A key pair that a device of the patient's keeps.
    Passkey,
    /// A long code on paper, good for one login.
    RecoveryCode,
}

/// What a second factor is checked with, as it is stored. The host seals it before it reaches the store
/// and opens it after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    /// The host's key it was sealed under.
    pub key: KeyId,
    /// Authenticated ciphertext, of at most 8,232 bytes.
    pub ciphertext: Vec<u8>,
}

/// A patient's second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The portal's own key for it, unique among the patient's.
    pub id: String,
    /// What kind it is.
    pub kind: FactorKind,
    /// What the patient calls it.
    pub label: String,
    /// Since when the patient has had it.
    pub since: Timestamp,
    /// What it is checked with.
    pub secret: SealedSecret,
    /// How far it was used. It only grows.
    pub used: u64,
}

/// A login that has passed the password and waits for the second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose it is.
    pub patient: PatientId,
    /// When it was opened.
    pub opened: Timestamp,
    /// The store may forget it from this moment on.
    pub ends: Timestamp,
    /// The account's revision when it was opened.
    pub account_revision: u64,
}

/// Why second factors were not stored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FactorsError {
    /// Someone saved a later revision of the account, or it has no credentials.
    #[error("the account is not as it was read")]
    Stale,
    /// The store cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Patients' second factors. They belong to the credentials of an account: a save of the account in a
/// state without credentials forgets them in the same step.
#[async_trait::async_trait]
pub trait SecondFactors: Send + Sync + 'static {
    /// All that the patient has, in the order in which they were stored.
    async fn factors_of(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
    ) -> Result<Vec<Factor>, Unavailable>;

    /// Stores these in place of those the patient has, if the account still has this revision and has
    /// credentials, with `because`; the account's new revision, which is one more. Of a factor stored
    /// before, `used` never goes back.
    async fn replace_factors(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        account_revision: u64,
        factors: &[Factor],
        because: &Event,
        at: Timestamp,
    ) -> Result<u64, FactorsError>;

    /// Moves `used` of one factor forward to `to`, with `because`. False, and nothing is written, where
    /// it is there or further already, or there is no such factor.
    async fn advance_factor(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        id: &str,
        to: u64,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable>;

    /// Stores a new step and `because` together.
    async fn open_step(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        step: &Step,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable>;

    /// The step with this token, or none.
    async fn find_step(&self, practice: &PracticeId, token: &TokenHash) -> Result<Option<Step>, Unavailable>;

    /// Ends a step for good and stores the session that it led to, with `because`. False, and nothing
    /// is written, where there is no such step any more.
    async fn pass_step(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable>;
}
