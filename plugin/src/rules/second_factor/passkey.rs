//! Passkeys (WebAuthn level 2): the practice's website as their relying party, what a browser is asked,
//! and what it may answer.
//!
//! What is signed names the website, so a passkey cannot be used on another that looks like it. A
//! library reads and verifies; here is what the portal asks for.

use passki::{
    AuthenticationCredential, AuthenticationOptions, Passki, RegistrationCredential, RegistrationOptions,
    ResidentKeyRequirement, StoredPasskey,
};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{Challenge, cbor};
use crate::practice::Practice;
use crate::rules::username::Username;
use crate::settings::{PASSKEY_ANSWER_LONGEST, PASSKEY_LONGEST};

/// A passkey as it is stored: a public key and how to recognise it.
#[derive(Clone)]
pub struct Passkey(StoredPasskey);

impl PartialEq for Passkey {
    fn eq(&self, other: &Self) -> bool {
        self.0.credential_id == other.0.credential_id && self.0.public_key == other.0.public_key
    }
}

impl Eq for Passkey {}

/// Why a browser's answer is not taken. What exactly was wrong helps only who made it up.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PasskeyError {
    /// It is not an answer to what was asked, or not signed by the passkey.
    #[error("the browser's answer does not fit what it was asked")]
    DoesNotFit,
    /// The options for the browser could not be written.
    #[error("the browser cannot be asked")]
    CannotAsk,
    /// The passkey could not be written.
    #[error("the passkey cannot be written")]
    CannotWrite,
}

impl Passkey {
    /// The passkey in these bytes, if it is one.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// The bytes to store.
    ///
    /// # Errors
    /// Where it cannot be written: then it must not be stored.
    pub fn bytes(&self) -> Result<Vec<u8>, PasskeyError> {
        serde_json::to_vec(&self.0).map_err(|_| PasskeyError::CannotWrite)
    }

    /// How often it signed when it was added, by its own count. Most do not count and say zero.
    pub fn count(&self) -> u64 {
        self.0.counter.into()
    }

    fn has_id(&self, id: &[u8]) -> bool {
        self.0.credential_id == id
    }
}

/// The practice's website, for which passkeys are made.
pub struct RelyingParty(Passki);

impl RelyingParty {
    /// The practice's website; none where its address has no name that a passkey can be bound to, such
    /// as a bare network address.
    pub fn of(practice: &Practice) -> Option<Self> {
        let origin = practice.portal_url.trim_end_matches('/');
        let (scheme, authority) = origin.split_once("://")?;
        let host = authority.rsplit_once(':').map_or(authority, |(host, _port)| host);
        let is_name = host.starts_with(|c: char| c.is_ascii_alphabetic())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        // Browsers lend passkeys to what nobody on the way can have changed.
        let is_safe = scheme == "https" || host == "localhost" || host.ends_with(".localhost");
        (is_name && is_safe).then(|| {
            let (host, origin) = (host.to_ascii_lowercase(), origin.to_ascii_lowercase());
            Self(Passki::new(&host, &[origin], &practice.name))
        })
    }

    /// What a browser is asked to make a passkey, as JSON. Those the patient has are not made again.
    ///
    /// # Errors
    /// Where the options cannot be written.
    pub fn asks_to_add(
        &self,
        username: &Username,
        has: &[&Passkey],
        challenge: &Challenge,
    ) -> Result<String, PasskeyError> {
        let has: Vec<StoredPasskey> = has.iter().map(|passkey| passkey.0.clone()).collect();
        let (mut asked, _) = self.adding(username, &has, challenge)?;
        asked.challenge = Passki::base64_encode(&challenge.bytes());
        serde_json::to_string(&asked).map_err(|_| PasskeyError::CannotAsk)
    }

    /// The passkey that a browser made when it was asked so.
    ///
    /// # Errors
    /// Where the answer is another one.
    pub fn added(
        &self,
        username: &Username,
        challenge: &Challenge,
        answer: &str,
    ) -> Result<Passkey, PasskeyError> {
        let (_, mut state) = self.adding(username, &[], challenge)?;
        state.challenge = challenge.bytes();
        let credential: RegistrationCredential = read(answer)?;
        let attestation = Passki::base64_decode(&credential.response.attestation_object);
        if !attestation.is_ok_and(|attestation| cbor::is_shallow(&attestation)) {
            return Err(PasskeyError::DoesNotFit);
        }
        let made = self.0.finish_passkey_registration(&credential, &state);
        let made = made.map_err(|_| PasskeyError::DoesNotFit)?;
        let is_usable = cbor::is_usable_key(&made.public_key, made.algorithm);
        let made = Passkey(made);
        if is_usable && made.bytes()?.len() <= PASSKEY_LONGEST {
            Ok(made)
        } else {
            Err(PasskeyError::DoesNotFit)
        }
    }

    /// What a browser is asked to sign with one of these passkeys, as JSON.
    ///
    /// # Errors
    /// Where the options cannot be written.
    pub fn asks_to_sign(&self, with: &[&Passkey], challenge: &Challenge) -> Result<String, PasskeyError> {
        let with: Vec<StoredPasskey> = with.iter().map(|passkey| passkey.0.clone()).collect();
        let (mut asked, _) = self.signing(&with)?;
        asked.challenge = Passki::base64_encode(&challenge.bytes());
        serde_json::to_string(&asked).map_err(|_| PasskeyError::CannotAsk)
    }

    /// Which of these passkeys signed the challenge, and its count. `used` is how far its count had
    /// come: one that goes back was copied.
    ///
    /// # Errors
    /// Where none of them did.
    pub fn signed<'a, T>(
        &self,
        with: impl IntoIterator<Item = (&'a Passkey, u64, T)>,
        challenge: &Challenge,
        answer: &str,
    ) -> Result<(T, u64), PasskeyError> {
        let credential: AuthenticationCredential = read(answer)?;
        let id = Passki::base64_decode(&credential.raw_id).map_err(|_| PasskeyError::DoesNotFit)?;
        let named = with.into_iter().find(|(passkey, ..)| passkey.has_id(&id));
        let (passkey, used, whose) = named.ok_or(PasskeyError::DoesNotFit)?;
        let mut stored = passkey.0.clone();
        stored.counter = u32::try_from(used).unwrap_or(u32::MAX);
        let (_, mut state) = self.signing(std::slice::from_ref(&stored))?;
        state.challenge = challenge.bytes();
        let signed = self.0.finish_passkey_authentication(&credential, &state, &stored);
        let signed = signed.map_err(|_| PasskeyError::DoesNotFit)?;
        Ok((whose, signed.counter.into()))
    }

    fn adding(
        &self,
        username: &Username,
        has: &[StoredPasskey],
        challenge: &Challenge,
    ) -> Result<(passki::RegistrationChallenge, passki::RegistrationState), PasskeyError> {
        let mut options = RegistrationOptions::default();
        options.exclude_credentials = Some(has);
        // The website says which passkeys it knows, so none has to be found without being named.
        options.resident_key = ResidentKeyRequirement::Discouraged;
        let name = username.as_str();
        let started = self.0.start_passkey_registration(&handle(challenge), name, name, options);
        started.map_err(|_| PasskeyError::CannotAsk)
    }

    fn signing(
        &self,
        with: &[StoredPasskey],
    ) -> Result<(passki::AuthenticationChallenge, passki::AuthenticationState), PasskeyError> {
        let started = self.0.start_passkey_authentication(with, AuthenticationOptions::default());
        started.map_err(|_| PasskeyError::CannotAsk)
    }
}

/// Whom a device files a passkey under: another each time, so that it tells nothing of who it is. The
/// passkey itself is how the portal knows it again.
fn handle(challenge: &Challenge) -> [u8; 32] {
    Sha256::new_with_prefix("patient-portal passkey holder 1")
        .chain_update(challenge.bytes())
        .finalize()
        .into()
}

fn read<'a, T: serde::Deserialize<'a>>(answer: &'a str) -> Result<T, PasskeyError> {
    if answer.len() > PASSKEY_ANSWER_LONGEST {
        return Err(PasskeyError::DoesNotFit);
    }
    serde_json::from_str(answer).map_err(|_| PasskeyError::DoesNotFit)
}
