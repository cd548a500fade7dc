//! `passwords`: Argon2id at native speed.

use super::bindings::ehr::patient_portal::passwords;
use super::bounds::word;
use crate::chain::Chain;
use crate::lent::PasswordHash;
use crate::metrics::HashedFor;
use crate::passwords::{PasswordError, PasswordVerdict};
use crate::runtime::Call;
use secrecy::SecretString;
use std::sync::Arc;

impl passwords::Host for Call {
    async fn hash(&mut self, password: String) -> wasmtime::Result<Result<String, passwords::Error>> {
        self.count_call()?;
        let hashed = Arc::clone(&self.lent).passwords.hash(&SecretString::from(password)).await;
        let hashed = hashed.inspect_err(|error| self.count_busy(error));
        Ok(hashed.map(|hash| hash.expose().to_owned()).map_err(Into::into))
    }

    async fn verify(
        &mut self,
        password: String,
        hash: Option<String>,
    ) -> wasmtime::Result<Result<passwords::Verdict, passwords::Error>> {
        self.count_call()?;
        let hash = hash.map(word).transpose()?.map(PasswordHash::new);
        let password = SecretString::from(password);
        let verdict = Arc::clone(&self.lent).passwords.verify(&password, hash.as_ref()).await;
        let verdict = verdict.inspect_err(|error| self.count_busy(error));
        Ok(verdict.map_err(Into::into).map(|verdict| match verdict {
            PasswordVerdict::Right => passwords::Verdict::Right,
            PasswordVerdict::RightButOutdated => passwords::Verdict::RightButOutdated,
            PasswordVerdict::Wrong => passwords::Verdict::Wrong,
        }))
    }
}

impl Call {
    fn count_busy(&self, error: &PasswordError) {
        if matches!(error, PasswordError::Busy { .. }) {
            self.lent.metrics.busy_hashing(HashedFor::Patients);
        }
    }
}

impl From<PasswordError> for passwords::Error {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy { retry_after } => {
                tracing::warn!("too many passwords are waiting to be hashed");
                Self::Busy(u32::try_from(retry_after.as_secs()).unwrap_or(u32::MAX).max(1))
            }
            PasswordError::TooLong
            | PasswordError::NoEntropy(_)
            | PasswordError::ForeignHash
            | PasswordError::UnknownKey(_)
            | PasswordError::Argon2(_)
            | PasswordError::Thread(_) => {
                tracing::error!(cause = %Chain(&error), "a password could not be hashed");
                Self::Failed
            }
        }
    }
}
