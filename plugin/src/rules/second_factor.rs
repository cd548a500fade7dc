//! Second factors: what a patient may log in with besides the password, and what follows from having
//! one. NIST SP 800-63B-4 section 3: an authenticator app is a single-factor OTP, a passkey a
//! cryptographic authenticator, a recovery code a look-up secret.
//!
//! They belong to the credentials: a login that is reset takes them with it.

pub mod authenticator;
mod cbor;
pub mod passkey;
pub mod recovery_code;

use base16ct::lower;
use rand::CryptoRng;
use sha2::{Digest, Sha256};

use self::authenticator::AuthenticatorSecret;
use self::passkey::Passkey;
use self::recovery_code::CodeHash;
use super::account::Revision;
use super::token::TokenHash;
use crate::calendar::Timestamp;

/// The portal's own key for a factor. It says nothing about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorId(pub String);

impl FactorId {
    /// Draws a key that no other factor has.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(lower::encode_string(&bytes))
    }
}

/// Something a patient may log in with besides the password. It has no `Debug`: part of it is secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// The portal's own key for it.
    pub id: FactorId,
    /// What the patient calls it.
    pub label: String,
    /// Since when the patient has had it.
    pub since: Timestamp,
    /// What it is, and what checks it.
    pub means: Means,
    /// How far it was used: the last time step of an authenticator, the signature count of a passkey,
    /// one for a recovery code that was used.
    pub used: u64,
}

/// What a factor is.
#[derive(Clone, PartialEq, Eq)]
pub enum Means {
    /// An app that shows a new code every half minute.
    Authenticator(AuthenticatorSecret),
    /// A key pair that a device keeps.
    Passkey(Passkey),
    /// A long code on paper.
    RecoveryCode(CodeHash),
}

impl Means {
    /// Whether it asks for a second step by itself. A recovery code only stands in for one that does.
    fn is_first_choice(&self) -> bool {
        match self {
            Self::Authenticator(_) | Self::Passkey(_) => true,
            Self::RecoveryCode(_) => false,
        }
    }
}

/// All second factors of a patient.
#[derive(Clone, PartialEq, Eq)]
pub struct Factors(Vec<Factor>);

impl Factors {
    /// As they are stored.
    pub fn stored(factors: Vec<Factor>) -> Self {
        Self(factors)
    }

    /// All, in order.
    pub fn all(&self) -> &[Factor] {
        &self.0
    }

    /// Whether a log in takes a second step.
    pub fn are_on(&self) -> bool {
        self.0.iter().any(|factor| factor.means.is_first_choice())
    }

    /// Those that the patient chose: the app and the passkeys, but no recovery codes.
    pub fn chosen(&self) -> impl Iterator<Item = &Factor> {
        self.0.iter().filter(|factor| factor.means.is_first_choice())
    }

    /// The app, if there is one.
    pub fn app(&self) -> Option<(&Factor, &AuthenticatorSecret)> {
        self.0.iter().find_map(|factor| match &factor.means {
            Means::Authenticator(secret) => Some((factor, secret)),
            Means::Passkey(_) | Means::RecoveryCode(_) => None,
        })
    }

    /// The passkeys.
    pub fn passkeys(&self) -> impl Iterator<Item = (&Factor, &Passkey)> {
        self.0.iter().filter_map(|factor| match &factor.means {
            Means::Passkey(passkey) => Some((factor, passkey)),
            Means::Authenticator(_) | Means::RecoveryCode(_) => None,
        })
    }

    /// How many recovery codes can still be used.
    pub fn codes_left(&self) -> usize {
        self.0.iter().filter(|factor| is_code_left(factor)).count()
    }

    /// The recovery code with this hash that was not used yet.
    pub fn code(&self, hash: &CodeHash) -> Option<&Factor> {
        let is_it = |factor: &&Factor| match &factor.means {
            Means::RecoveryCode(stored) => is_code_left(factor) && stored.is(hash),
            Means::Authenticator(_) | Means::Passkey(_) => false,
        };
        self.0.iter().find(is_it)
    }

    /// With one more.
    #[must_use]
    pub fn with(&self, factor: Factor) -> Self {
        Self(self.0.iter().cloned().chain([factor]).collect())
    }

    /// Whether they are the same ones, however far they were used.
    pub fn are_those_of(&self, other: &Self) -> bool {
        self.0.iter().map(|factor| &factor.id).eq(other.0.iter().map(|factor| &factor.id))
    }

    /// Without the app or passkey of this key; none where there is no such one. With the last of them
    /// go the recovery codes, which would stand in for nothing.
    pub fn without(&self, id: &FactorId) -> Option<Self> {
        self.chosen().find(|factor| factor.id == *id)?;
        let left = Self(self.0.iter().filter(|factor| factor.id != *id).cloned().collect());
        Some(if left.are_on() { left } else { Self(Vec::new()) })
    }

    /// With these recovery codes in place of those before.
    pub fn with_codes(&self, codes: impl IntoIterator<Item = Factor>) -> Self {
        Self(self.chosen().cloned().chain(codes).collect())
    }
}

fn is_code_left(factor: &Factor) -> bool {
    match factor.means {
        Means::RecoveryCode(_) => factor.used == 0,
        Means::Authenticator(_) | Means::Passkey(_) => false,
    }
}

/// A kind of challenge, so that what is signed for one purpose is of no use for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A passkey is added.
    Adding,
    /// A passkey is used to log in.
    LoggingIn,
}

/// What a passkey is to sign: nobody knows it before the page is drawn, and it is good for one session,
/// or one step, at one revision only.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge([u8; 32]);

impl Challenge {
    /// The challenge of whoever holds this token. It is derived, so that no page has to remember it.
    pub fn of(token: &TokenHash, ceremony: Ceremony, revision: Revision) -> Self {
        let purpose: &[u8] = match ceremony {
            Ceremony::Adding => b"patient-portal passkey adding 1",
            Ceremony::LoggingIn => b"patient-portal passkey logging in 1",
        };
        let challenge = Sha256::new_with_prefix(purpose).chain_update(token.0);
        Self(challenge.chain_update(revision.0.to_be_bytes()).finalize().into())
    }

    /// The bytes to sign.
    fn bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }
}
