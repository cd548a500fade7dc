//! Argon2id, bounded: one hash for each core at a time, a queue of a known length behind them, and
//! no more than that, so that a storm of sign-ins cannot take the memory or the pages down.

use crate::ambient::{Entropy, NoEntropy};
use crate::hashing_memory::HashingMemory;
use crate::keys::{HostKeys, KeyId};
use crate::lent::PasswordHash;
use argon2::password_hash::phc;
use argon2::password_hash::phc::{Output, ParamsString, Salt};
use argon2::{Algorithm, Argon2, Block, Params, ParamsBuilder, Version};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Longest password hashed, in bytes: the portal's 128 code points with room to spare.
const LONGEST_PASSWORD: usize = 1024;

/// Hashes that may wait for each core. At some 20 ms a hash the last one waits about half a second.
const WAITING_FOR_EACH_CORE: usize = 32;

/// How long someone turned away should wait: more than the whole queue takes.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// What a verification came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordVerdict {
    /// The password is right.
    Right,
    /// Right, but hashed with weaker parameters than now used: hash it again.
    RightButOutdated,
    /// The password is wrong, or there was no hash to compare with.
    Wrong,
}

/// Why a password was neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are waiting.
    #[error("too many passwords are waiting to be hashed")]
    Busy {
        /// How long to wait before trying again.
        retry_after: Duration,
    },
    /// The password is longer than any the portal accepts.
    #[error("the password is longer than {LONGEST_PASSWORD} bytes")]
    TooLong,
    /// There was no randomness for a salt.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// A stored hash is not one that this host makes: cut off, of another kind, or costlier.
    #[error("a stored password hash is not one that this host makes")]
    ForeignHash,
    /// A stored hash was made under a key that is not in the key file.
    #[error("a stored password hash was made under key {0}, which is not in the key file")]
    UnknownKey(KeyId),
    /// Argon2 refused, or a stored hash cannot be read.
    #[error("argon2 failed")]
    Argon2(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The hashing thread ended without an answer.
    #[error("the hashing thread failed")]
    Thread(#[from] tokio::task::JoinError),
}

/// Hashes and verifies passwords for the whole process. Argon2's own secret is the host's: a stolen
/// database is of no use for guessing without the key file.
pub struct Passwords {
    params: Params,
    keys: HostKeys,
    entropy: Arc<dyn Entropy>,
    /// Verified against where there is no hash, so that an unknown user costs what a known one does.
    nobody: phc::PasswordHash,
    memory: Arc<HashingMemory>,
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

impl Passwords {
    /// Prepares hashing on `cores` threads at a time, with OWASP's parameters for Argon2id
    /// (19 MiB, two passes, one lane), keyed with the current key. Hashes once, so it takes some 20 ms.
    ///
    /// # Errors
    /// Where the parameters are refused or there is no randomness.
    pub fn new(cores: usize, keys: HostKeys, entropy: Arc<dyn Entropy>) -> Result<Self, PasswordError> {
        let key_id = argon2::KeyId::new(&keys.current().0.to_be_bytes()).map_err(argon2_error)?;
        let mut params = ParamsBuilder::new();
        params.m_cost(19 * 1024).t_cost(2).p_cost(1).keyid(key_id);
        let params = params.build().map_err(argon2_error)?;
        let secret = secret(&keys, Some(keys.current()))?;
        let memory = Arc::new(HashingMemory::for_hashes_of(&params));
        let salt = salt(&*entropy)?;
        let nobody =
            memory.lend(|memory| hashed(&secret, &params, b"", &salt, memory)).map_err(argon2_error)?;
        Ok(Self {
            params,
            memory,
            keys,
            entropy,
            nobody,
            running: Arc::new(Semaphore::new(cores)),
            admitted: Arc::new(Semaphore::new(cores.saturating_mul(1 + WAITING_FOR_EACH_CORE))),
        })
    }

    /// Hashes a new password with a salt of its own.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] where the queue is full; the others where hashing fails.
    pub async fn hash(&self, password: &SecretString) -> Result<PasswordHash, PasswordError> {
        let salt = salt(&*self.entropy)?;
        let (params, secret) = (self.params.clone(), secret(&self.keys, Some(self.keys.current()))?);
        let work =
            move |password: &[u8], memory: &mut [Block]| hashed(&secret, &params, password, &salt, memory);
        let hashed = self.run(password, work).await?.map_err(argon2_error)?;
        Ok(PasswordHash::new(hashed.to_string()))
    }

    /// Compares a password with a stored hash; with none it spends the same time and is wrong.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] where the queue is full; [`PasswordError::ForeignHash`],
    /// [`PasswordError::UnknownKey`] and [`PasswordError::Argon2`] where the stored hash cannot be used.
    pub async fn verify(
        &self,
        password: &SecretString,
        hash: Option<&PasswordHash>,
    ) -> Result<PasswordVerdict, PasswordError> {
        let known = hash.is_some();
        let stored = match hash {
            Some(hash) => self.readable(hash)?,
            None => self.nobody.clone(),
        };
        let key = key_of(&stored)?;
        let outdated = key != Some(self.keys.current()) || self.is_weaker(&stored);
        let secret = secret(&self.keys, key)?;
        let verify = move |password: &[u8], memory: &mut [Block]| is_of(&secret, password, &stored, memory);
        match self.run(password, verify).await?.map_err(argon2_error)? {
            true if known && outdated => Ok(PasswordVerdict::RightButOutdated),
            true if known => Ok(PasswordVerdict::Right),
            true | false => Ok(PasswordVerdict::Wrong),
        }
    }

    fn is_weaker(&self, stored: &phc::PasswordHash) -> bool {
        let ours = &self.params;
        Params::try_from(stored)
            .map_or(true, |theirs| theirs.m_cost() < ours.m_cost() || theirs.t_cost() < ours.t_cost())
    }

    /// Reads a stored hash, if it is one that we could have made. A hash names its own cost, so one
    /// that asks for more than ours does would let whoever wrote it take every core and all memory.
    fn readable(&self, stored: &PasswordHash) -> Result<phc::PasswordHash, PasswordError> {
        let stored = phc::PasswordHash::new(stored.expose()).map_err(argon2_error)?;
        // One that was cut off parses still, and every password would be wrong.
        let whole = stored.salt.is_some() && stored.hash.is_some();
        let (ours, theirs) = (&self.params, Params::try_from(&stored).map_err(argon2_error)?);
        let costs_no_more = theirs.m_cost() <= ours.m_cost()
            && theirs.t_cost() <= ours.t_cost()
            && theirs.p_cost() <= ours.p_cost();
        let ours = stored.algorithm.as_str() == "argon2id" && stored.version == Some(Version::V0x13.into());
        if whole && costs_no_more && ours { Ok(stored) } else { Err(PasswordError::ForeignHash) }
    }

    /// Runs `work` on a thread of its own once a core is free, or refuses where the queue is full.
    async fn run<T: Send + 'static>(
        &self,
        password: &SecretString,
        work: impl FnOnce(&[u8], &mut [Block]) -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        if password.expose_secret().len() > LONGEST_PASSWORD {
            return Err(PasswordError::TooLong);
        }
        let busy = || PasswordError::Busy { retry_after: RETRY_AFTER };
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| busy())?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| busy())?;
        let (memory, password) = (Arc::clone(&self.memory), password.clone());
        let done = tokio::task::spawn_blocking(move || {
            // Both places are given back only when the hash is done, even if nobody waits for it.
            let _places = (admitted, running);
            memory.lend(|memory| work(password.expose_secret().as_bytes(), memory))
        });
        Ok(done.await?)
    }
}

/// What Argon2 is keyed with; empty for a hash from before hashes were keyed.
type Secret = Zeroizing<Vec<u8>>;

fn secret(keys: &HostKeys, key: Option<KeyId>) -> Result<Secret, PasswordError> {
    let Some(id) = key else { return Ok(Zeroizing::default()) };
    let secret = keys.password_secret(id).ok_or(PasswordError::UnknownKey(id))?;
    Ok(Zeroizing::new(secret.to_vec()))
}

fn keyed<'s>(secret: &'s [u8], params: &Params) -> Result<Argon2<'s>, argon2::password_hash::Error> {
    Ok(Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params.clone())?)
}

/// A password's hash, with all that it takes to make it again.
fn hashed(
    secret: &[u8],
    params: &Params,
    password: &[u8],
    salt: &[u8],
    memory: &mut [Block],
) -> Result<phc::PasswordHash, argon2::password_hash::Error> {
    let mut output = Zeroizing::new([0; Params::DEFAULT_OUTPUT_LEN]);
    keyed(secret, params)?.hash_password_into_with_memory(password, salt, &mut *output, memory)?;
    Ok(phc::PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params)?,
        salt: Some(Salt::new(salt)?),
        hash: Some(Output::new(&*output)?),
    })
}

/// Whether `stored` is this password's hash. It is one that we could have made, so its algorithm and version are
/// ours and it fits into `memory`.
fn is_of(
    secret: &[u8],
    password: &[u8],
    stored: &phc::PasswordHash,
    memory: &mut [Block],
) -> Result<bool, argon2::password_hash::Error> {
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else { return Ok(false) };
    let params = Params::try_from(stored)?;
    let mut output = Zeroizing::new([0; Output::MAX_LENGTH]);
    let output = output.get_mut(..expected.len()).ok_or(argon2::password_hash::Error::OutputSize)?;
    keyed(secret, &params)?.hash_password_into_with_memory(password, salt, output, memory)?;
    // Compared in constant time by that type.
    Ok(Output::new(output)? == *expected)
}

/// The key that a stored hash names; none where it names none.
fn key_of(stored: &phc::PasswordHash) -> Result<Option<KeyId>, PasswordError> {
    let params = Params::try_from(stored).map_err(argon2_error)?;
    match params.keyid() {
        [] => Ok(None),
        id => {
            let id = id.try_into().map_err(|_| PasswordError::ForeignHash)?;
            Ok(Some(KeyId(u32::from_be_bytes(id))))
        }
    }
}

fn salt(entropy: &dyn Entropy) -> Result<[u8; 16], NoEntropy> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt)?;
    Ok(salt)
}

fn argon2_error(cause: impl std::error::Error + Send + Sync + 'static) -> PasswordError {
    PasswordError::Argon2(cause.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::SystemEntropy;
    use argon2::PasswordHasher;

    fn passwords(cores: usize) -> Passwords {
        keyed_with(cores, HostKeys::from_bytes([7; 64]))
    }

    fn keyed_with(cores: usize, keys: HostKeys) -> Passwords {
        Passwords::new(cores, keys, Arc::new(SystemEntropy)).unwrap()
    }

    fn secret(password: &str) -> SecretString {
        SecretString::from(password.to_owned())
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let passwords = passwords(2);
        let hash = passwords.hash(&secret("correct horse")).await.unwrap();
        let verdict = async |password| passwords.verify(&secret(password), Some(&hash)).await.unwrap();
        assert_eq!(verdict("correct horse").await, PasswordVerdict::Right);
        assert_eq!(verdict("Correct horse").await, PasswordVerdict::Wrong);
        assert_eq!(verdict("").await, PasswordVerdict::Wrong);
    }

    #[tokio::test]
    async fn hashes_are_salted_and_say_owasps_parameters() {
        let passwords = passwords(2);
        let first = passwords.hash(&secret("correct horse")).await.unwrap();
        let second = passwords.hash(&secret("correct horse")).await.unwrap();
        assert_ne!(first.expose(), second.expose());
        assert!(first.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1,keyid="));
    }

    #[tokio::test]
    async fn without_a_hash_no_password_is_right_not_even_the_one_compared_with() {
        let passwords = passwords(1);
        for password in ["", "correct horse"] {
            let verdict = passwords.verify(&secret(password), None).await.unwrap();
            assert_eq!(verdict, PasswordVerdict::Wrong);
        }
    }

    #[tokio::test]
    async fn a_hash_with_weaker_parameters_is_right_but_outdated() {
        let passwords = passwords(1);
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8192, 1, 1, None).unwrap());
        let weak = PasswordHasher::hash_password_with_salt(&weak, b"correct horse", &[7; 16]).unwrap();
        let weak = PasswordHash::new(weak.to_string());
        let verdict = passwords.verify(&secret("correct horse"), Some(&weak)).await.unwrap();
        assert_eq!(verdict, PasswordVerdict::RightButOutdated);
        let verdict = passwords.verify(&secret("wrong horse"), Some(&weak)).await.unwrap();
        assert_eq!(verdict, PasswordVerdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_says_nothing_without_the_key_it_was_made_with() {
        let hash = passwords(1).hash(&secret("correct horse")).await.unwrap();

        let stolen = keyed_with(1, HostKeys::from_bytes([8; 64]));
        let verdict = stolen.verify(&secret("correct horse"), Some(&hash)).await.unwrap();

        assert_eq!(verdict, PasswordVerdict::Wrong);
    }

    #[tokio::test]
    async fn after_rotation_a_password_is_right_and_is_to_be_hashed_again() {
        let first = HostKeys::from_bytes([7; 64]);
        let hash = keyed_with(1, first.clone()).hash(&secret("correct horse")).await.unwrap();
        let rotated = keyed_with(1, first.rotated(&SystemEntropy).unwrap());

        let verdict = rotated.verify(&secret("correct horse"), Some(&hash)).await.unwrap();
        assert_eq!(verdict, PasswordVerdict::RightButOutdated);
        let again = rotated.hash(&secret("correct horse")).await.unwrap();
        let verdict = rotated.verify(&secret("correct horse"), Some(&again)).await.unwrap();
        assert_eq!(verdict, PasswordVerdict::Right);
        let unrotated = keyed_with(1, first).verify(&secret("correct horse"), Some(&again)).await;
        assert!(matches!(unrotated, Err(PasswordError::UnknownKey(KeyId(2)))));
    }

    #[tokio::test]
    async fn a_password_no_portal_accepts_is_not_hashed() {
        let long = secret(&"x".repeat(LONGEST_PASSWORD + 1));
        assert!(matches!(passwords(1).hash(&long).await, Err(PasswordError::TooLong)));
    }

    #[tokio::test]
    async fn a_stored_hash_that_cannot_be_read_is_an_error_not_a_wrong_password() {
        for torn in ["$argon2id$v=19$m=19", "$argon2id$v=19$m=19456,t=2,p=1", "$argon2id", "x"] {
            let torn = PasswordHash::new(torn);
            let verdict = passwords(1).verify(&secret("correct horse"), Some(&torn)).await;
            assert!(matches!(verdict, Err(PasswordError::Argon2(_) | PasswordError::ForeignHash)));
        }
    }

    #[tokio::test]
    async fn a_stored_hash_that_asks_for_more_than_ours_is_never_computed() {
        let passwords = passwords(1);
        let ours = passwords.hash(&secret("correct horse")).await.unwrap();
        for (ours_says, theirs) in [
            ("t=2", "t=4000000000"),
            ("t=2", "t=3"),
            ("m=19456", "m=4000000000"),
            ("m=19456", "m=19457"),
            ("p=1", "p=2"),
            ("argon2id", "argon2i"),
            ("argon2id", "argon2d"),
            ("v=19", "v=16"),
        ] {
            let foreign = PasswordHash::new(ours.expose().replace(ours_says, theirs));
            let verdict = passwords.verify(&secret("correct horse"), Some(&foreign)).await;
            assert!(matches!(verdict, Err(PasswordError::ForeignHash)), "{theirs}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn beyond_the_queue_one_is_turned_away_and_all_others_are_answered() {
        let passwords = Arc::new(passwords(1));
        let fits = 1 + WAITING_FOR_EACH_CORE;
        // Every place is taken before anyone is let go.
        let held = Arc::clone(&passwords.running).acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..fits)
            .map(|_| {
                let passwords = Arc::clone(&passwords);
                tokio::spawn(async move { passwords.verify(&secret("correct horse"), None).await })
            })
            .collect();
        while passwords.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let turned_away = passwords.verify(&secret("correct horse"), None).await;
        assert!(
            matches!(turned_away, Err(PasswordError::Busy { retry_after }) if retry_after >= Duration::from_secs(1))
        );
        drop(held);
        for answered in waiting {
            assert_eq!(answered.await.unwrap().unwrap(), PasswordVerdict::Wrong);
        }
        assert_eq!(passwords.admitted.available_permits(), fits);
    }
}
