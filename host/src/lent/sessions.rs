//! Patients' sessions, found by the SHA-256 of their token.

use super::{Event, Unavailable};
use crate::identity::{PatientId, PracticeId, Timestamp};

/// The SHA-256 of a session token. The token itself never leaves the component and the cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

/// What a session is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// May set credentials for the account it names, and nothing else.
    Activation,
    /// Signed in.
    Portal,
    /// The QR code on one print of the instructions: stands for the Portal ID beside it.
    Sheet,
    /// A browser that the patient signed in with before; shows nothing.
    Device,
}

/// A session as the portal opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub patient: PatientId,
    /// What it is good for.
    pub purpose: Purpose,
    /// When it was opened.
    pub opened: Timestamp,
    /// The last request made with it.
    pub seen: Timestamp,
    /// The store may forget it from this moment on.
    pub ends: Timestamp,
    /// The account's revision when it was opened.
    pub account_revision: u64,
}

/// The portal's sessions.
#[async_trait::async_trait]
pub trait Sessions: Send + Sync + 'static {
    /// Stores a new session and `because` together.
    async fn open_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable>;

    /// The session with this token, or none.
    async fn find_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
    ) -> Result<Option<Session>, Unavailable>;

    /// The patient's sessions for this purpose with their tokens' hashes, over or not, those used last
    /// first, 64 at the most.
    async fn sessions_of(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable>;

    /// Moves `seen` forward, never back; an unknown session is left alone.
    async fn touch_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        seen: Timestamp,
    ) -> Result<(), Unavailable>;

    /// Ends a session for good, with `because`. Closing an unknown one writes nothing and succeeds.
    async fn close_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable>;
}
