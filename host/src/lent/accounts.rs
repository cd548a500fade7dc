//! Portal accounts and the audit trail that explains every change of them.

use super::Unavailable;
use crate::identity::{PatientId, PracticeId, StaffId, Timestamp};
use crate::keys::KeyId;
use secrecy::{ExposeSecret, SecretString};

/// The six digits handed to a patient. Half a secret: shown to staff while it can be used, never
/// logged.
#[derive(Clone, Debug)]
pub struct PortalId(SecretString);

impl PortalId {
    /// Wraps six digits drawn by the portal.
    pub fn new(digits: impl Into<String>) -> Self {
        Self(SecretString::from(digits.into()))
    }

    /// The digits, for storing and for handing to the portal.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// What a stored Portal ID is found by: a keyed hash, which tells IDs apart and not which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortalIdLookUp(pub [u8; 32]);

/// A Portal ID as it is stored. The host seals it before it reaches the store and opens it after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPortalId {
    /// Unique among the practice's stored invitations.
    pub look_up: PortalIdLookUp,
    /// The host's key it was sealed under.
    pub key: KeyId,
    /// Authenticated ciphertext, of some fifty bytes.
    pub ciphertext: Vec<u8>,
}

/// A PHC string made by this host. Opaque, and never logged.
#[derive(Clone, Debug)]
pub struct PasswordHash(SecretString);

impl PasswordHash {
    /// Wraps a PHC string.
    pub fn new(phc: impl Into<String>) -> Self {
        Self(SecretString::from(phc.into()))
    }

    /// The PHC string, for storing and verifying.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// A Portal ID waiting to be used.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What is printed.
    pub portal_id: SealedPortalId,
    /// When it was drawn.
    pub issued: Timestamp,
    /// From this moment on it is of no use.
    pub expires: Timestamp,
}

/// How an invitation ended without being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It was not used in time.
    Expired,
    /// Too many wrong answers were given for its Portal ID.
    Burnt,
}

/// An invitation that is over; nothing of its Portal ID is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapsed {
    /// When the Portal ID was drawn.
    pub issued: Timestamp,
    /// When it was over.
    pub over: Timestamp,
    /// How it ended.
    pub how: Lapse,
}

/// What a patient logs in with.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// In the form that is compared, byte for byte; unique in the practice.
    pub username: String,
    /// What verifies the password.
    pub password_hash: PasswordHash,
    /// When the patient set them.
    pub since: Timestamp,
}

/// Where a patient stands with the portal.
#[derive(Clone, Debug)]
pub enum State {
    /// Waiting for the patient to activate.
    Invited(Invitation),
    /// Was invited. The store makes an invitation lapse within minutes of its end, with an event by
    /// [`Actor::System`], and forgets the Portal ID.
    Lapsed(Lapsed),
    /// The patient can log in.
    Active(Credentials),
    /// Staff turned access off; credentials the patient had are kept.
    Off(Option<Credentials>),
}

impl State {
    /// What the patient logs in with, or could if access were on.
    pub fn credentials(&self) -> Option<&Credentials> {
        match self {
            Self::Active(credentials) | Self::Off(Some(credentials)) => Some(credentials),
            Self::Invited(_) | Self::Lapsed(_) | Self::Off(None) => None,
        }
    }
}

/// A patient's portal account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose it is.
    pub patient: PatientId,
    /// Where it stands.
    pub state: State,
    /// Grows by one with every save; zero for an account never saved.
    pub revision: u64,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff.
    Staff(StaffId),
    /// A logged-in or activating patient.
    Patient(PatientId),
    /// Someone not logged in, by network address.
    Visitor(String),
    /// The host by itself.
    System,
}

/// One line of the audit trail, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who did it.
    pub actor: Actor,
    /// Whom it is about, where one patient is known.
    pub patient: Option<PatientId>,
    /// Lower-case words joined by dots, such as `invitation.issued`.
    pub action: String,
    /// More, in plain words; never a secret.
    pub detail: Option<String>,
    /// The network address it was done from, as the host trusts it; none where there is none.
    pub address: Option<String>,
}

/// One line of the audit trail, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Grows from entry to entry about one patient.
    pub number: u64,
    /// When, by the host's clock.
    pub at: Timestamp,
    /// The actor's name as the EHR shows it; an address for a visitor.
    pub who: String,
    /// What was done.
    pub event: Event,
}

/// Why an account was not saved. Nothing was changed and no event written.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Someone saved a later revision first.
    #[error("someone else changed the account first")]
    Stale,
    /// Another stored invitation of the practice has this Portal ID.
    #[error("another invitation has this Portal ID")]
    PortalIdTaken,
    /// Another account of the practice has this username.
    #[error("another account has this username")]
    UsernameTaken,
    /// The store cannot answer.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// The portal's accounts and their audit trail. `at` is the host's clock; every implementation
/// writes an event in the same transaction as the change it explains.
#[async_trait::async_trait]
pub trait Accounts: Send + Sync + 'static {
    /// The patient's account, or none.
    async fn account_of_patient(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
    ) -> Result<Option<Account>, Unavailable>;

    /// The account whose stored invitation is found by any of these, expired ones too. There is one
    /// for each key of the host; the first is the likely one.
    async fn account_of_portal_id(
        &self,
        practice: &PracticeId,
        look_ups: &[PortalIdLookUp],
    ) -> Result<Option<Account>, Unavailable>;

    /// The account that holds this username, whether active or off.
    async fn account_of_username(
        &self,
        practice: &PracticeId,
        username: &str,
    ) -> Result<Option<Account>, Unavailable>;

    /// Saves `account` if the stored revision is still `account.revision` (none stored counts as
    /// zero), writes `because`, forgets the counters with these keys, all in one step, and returns
    /// the new revision.
    async fn save(
        &self,
        practice: &PracticeId,
        account: &Account,
        because: &Event,
        clearing: &[[u8; 32]],
        at: Timestamp,
    ) -> Result<u64, SaveError>;

    /// Writes an event that changes nothing.
    async fn note(&self, practice: &PracticeId, event: &Event, at: Timestamp) -> Result<(), Unavailable>;

    /// The newest entries about one patient, newest first, `limit` at the most; with `before`, the
    /// newest of those with a smaller number.
    async fn history(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable>;

    /// The newest entry about one patient with one of these actions, 16 at the most; with `before`,
    /// the newest of those with a smaller number.
    async fn latest(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        actions: &[String],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable>;
}
