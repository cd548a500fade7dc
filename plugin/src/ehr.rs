//! All that the portal is lent, one trait for each interface of the contract.
//!
//! The contract implements them over the component's imports; tests implement them in
//! memory. What is not here, the portal cannot do.

use thiserror::Error;

use crate::audit::{Deed, Entry, Event};
use crate::calendar::{LocalTime, Timestamp};
use crate::people::{Patient, PatientId};
use crate::practice::Practice;
use crate::rules::account::{Account, Revision};
use crate::rules::password::{Password, PasswordHash};
use crate::rules::portal_id::PortalId;
use crate::rules::second_factor::{FactorId, Factors};
use crate::rules::session::{Purpose, Session, Step};
use crate::rules::throttle::Counter;
use crate::rules::token::TokenHash;
use crate::rules::username::Username;
use crate::settings::RETRY_AFTER_BROKEN;

/// Everything together: the EHR around the portal.
pub trait Ehr:
    Clock + Entropy + Log + Site + Patients + Accounts + SecondFactors + Sessions + Attempts + Passwords
{
}

impl<T> Ehr for T where
    T: Clock + Entropy + Log + Site + Patients + Accounts + SecondFactors + Sessions + Attempts + Passwords
{
}

/// The host cannot answer now; the same call may succeed later. Nothing was changed, unless
/// only the answer was lost on its way: read again before deciding again.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the host cannot answer now")]
pub struct Unavailable {
    /// How long to wait before trying again. At least 1.
    pub retry_after_seconds: u32,
}

impl Unavailable {
    /// Something answered that should not have, or did not fit: it may be mended meanwhile.
    pub const BROKEN: Self = Self { retry_after_seconds: RETRY_AFTER_BROKEN };
}

/// The time of day.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Randomness.
pub trait Entropy {
    /// Fills the buffer from a cryptographically secure generator.
    fn fill(&self, buffer: &mut [u8]);
}

/// How much a line in the operator's log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Worth a look when convenient.
    Warn,
    /// Something is broken.
    Error,
}

/// Diagnostics for the operator.
pub trait Log {
    /// Adds a line. It never holds health information, names, IDs, passwords or tokens:
    /// by its type it is one of the portal's own sentences.
    fn log(&self, level: Level, message: &'static str);
}

/// The practice of this call.
pub trait Site {
    /// Who the practice is and what it has set.
    fn practice(&self) -> Practice;
    /// The practice's logo, an SVG document.
    fn logo(&self) -> Option<String>;
    /// A moment as the practice's wall clock and calendar show it.
    fn local_time(&self, at: Timestamp) -> LocalTime;
}

/// The EHR's demographics, one patient at a time.
pub trait Patients {
    /// The patient with this key; none where there is no such patient.
    fn patient(&self, id: &PatientId) -> Result<Option<Patient>, Unavailable>;
}

/// Why an account was not saved.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SaveError {
    /// Read again and decide again.
    #[error("someone saved a later revision first")]
    Stale,
    /// Draw another.
    #[error("another stored invitation has this portal id")]
    PortalIdTaken,
    /// Ask for another.
    #[error("another account has this username")]
    UsernameTaken,
    /// Try again later.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Portal accounts, one for each patient at the most, and the audit trail that explains them.
pub trait Accounts {
    /// The patient's account, if there ever was one.
    fn account_of(&self, patient: &PatientId) -> Result<Option<Account>, Unavailable>;
    /// The account invited with this Portal ID, expired or not.
    fn account_invited_with(&self, portal_id: &PortalId) -> Result<Option<Account>, Unavailable>;
    /// The account that holds the username, active or off.
    fn account_named(&self, username: &Username) -> Result<Option<Account>, Unavailable>;
    /// Saves the account and the event together, if no one else saved in between, and forgets the
    /// counters `clearing` in the same step.
    fn save(&self, account: &Account, because: &Event, clearing: &[Counter]) -> Result<Revision, SaveError>;
    /// Writes an event that changes nothing.
    fn note(&self, event: &Event) -> Result<(), Unavailable>;
    /// The newest entries about the patient, newest first, `limit` at the most; with `before`, the
    /// newest of those with a smaller number.
    fn history(
        &self,
        patient: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable>;
    /// The newest entry about the patient that is one of these deeds, [`MOST_DEEDS`] at the most; with
    /// `before`, the newest of those with a smaller number.
    ///
    /// [`MOST_DEEDS`]: crate::settings::MOST_DEEDS
    fn latest(
        &self,
        patient: &PatientId,
        deeds: &[Deed],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable>;
}

/// Why second factors were not saved.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FactorsError {
    /// Read again and decide again.
    #[error("someone saved a later revision of the account first")]
    Stale,
    /// Try again later.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// What patients log in with besides a password, and logins that wait for it.
pub trait SecondFactors {
    /// Whether the practice asks every patient for a second factor.
    fn is_second_factor_required(&self) -> bool;
    /// All that the patient has.
    fn factors_of(&self, patient: &PatientId) -> Result<Factors, Unavailable>;
    /// Saves these in place of those the account has, if no one else saved the account in between. Its
    /// revision grows, so every session ends.
    fn save_factors(
        &self,
        account: &Account,
        factors: &Factors,
        because: &Event,
    ) -> Result<Revision, FactorsError>;
    /// Moves how far a factor was used forward; false where it was there already.
    fn advance_factor(
        &self,
        patient: &PatientId,
        id: &FactorId,
        to: u64,
        because: &Event,
    ) -> Result<bool, Unavailable>;
    /// Stores a login that waits for the second factor.
    fn open_step(&self, token: &TokenHash, step: &Step, because: &Event) -> Result<(), Unavailable>;
    /// The login of this token that waits for the second factor, whether it is still good or not.
    fn find_step(&self, token: &TokenHash) -> Result<Option<Step>, Unavailable>;
    /// Ends the step and stores the session it led to; false where it ended already.
    fn pass_step(
        &self,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
    ) -> Result<bool, Unavailable>;
}

/// Who may do what next, by the hash of a token.
pub trait Sessions {
    /// Stores a new session.
    fn open_session(&self, token: &TokenHash, session: &Session, because: &Event) -> Result<(), Unavailable>;
    /// The session of this token, over or not.
    fn find_session(&self, token: &TokenHash) -> Result<Option<Session>, Unavailable>;
    /// The patient's sessions for this purpose, over or not, those used last first.
    fn sessions_of(
        &self,
        patient: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable>;
    /// Moves `seen` forward.
    fn touch_session(&self, token: &TokenHash, seen: Timestamp) -> Result<(), Unavailable>;
    /// Ends a session for good; an unknown one is left alone.
    fn close_session(&self, token: &TokenHash, because: &Event) -> Result<(), Unavailable>;
}

/// Whether an attempt may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptVerdict {
    /// It may be answered: how many attempts each counter has, in the order asked.
    Allowed(Vec<u32>),
    /// A counter is at its limit: seconds until each starts afresh, in the order asked, and zero
    /// for one that is not full.
    Blocked(Vec<u32>),
}

/// Counters that slow down guessing.
pub trait Attempts {
    /// Counts one attempt against every counter, before the guess is checked.
    fn take_attempt(&self, counters: &[Counter]) -> Result<AttemptVerdict, Unavailable>;
    /// What [`Attempts::take_attempt`] would answer, without counting.
    fn look_at(&self, counters: &[Counter]) -> Result<AttemptVerdict, Unavailable>;
    /// Forgets counters, on record.
    fn clear_attempts(&self, counters: &[Counter], because: &Event) -> Result<(), Unavailable>;
    /// Gives the attempt back after a right answer.
    fn forgive_attempt(&self, counters: &[Counter]) -> Result<(), Unavailable>;
}

/// Why the host did not hash or verify.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PasswordError {
    /// Too many hashes are waiting.
    #[error("too many password hashes are waiting")]
    Busy {
        /// After which to try again.
        retry_after_seconds: u32,
    },
    /// The operator's log has the cause.
    #[error("the password hash could not be made or read")]
    Failed,
}

/// What a password is, against a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordVerdict {
    /// The right one.
    Right,
    /// The right one, but the host now hashes with stronger parameters.
    RightButOutdated,
    /// Another one.
    Wrong,
}

/// Password hashing at native speed.
pub trait Passwords {
    /// A hash with a salt the host draws.
    fn hash(&self, password: &Password) -> Result<PasswordHash, PasswordError>;
    /// Compares; with no hash it spends the same time and answers `Wrong`.
    fn verify(
        &self,
        password: &Password,
        hash: Option<&PasswordHash>,
    ) -> Result<PasswordVerdict, PasswordError>;
}
