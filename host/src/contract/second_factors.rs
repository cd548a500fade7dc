//! `second-factors`: what patients log in with besides a password, and logins that wait for it. What a
//! factor is checked with is in clear on the component's side only.

use super::bindings::ehr::patient_portal::{second_factors, sessions, types};
use super::bounds::key;
use super::sessions::{bounded as bounded_session, token};
use crate::identity::{PatientId, Timestamp};
use crate::keys::SealError;
use crate::lent::{Factor, FactorKind, FactorsError, Step, Unavailable};
use crate::runtime::{Breach, Call};
use std::sync::Arc;

/// Most factors of one patient.
const MOST_FACTORS: usize = 32;
/// Longest label, in bytes.
const LONGEST_LABEL: usize = 256;
/// Longest secret, in bytes.
const LONGEST_SECRET: usize = 8192;

/// What the operator's log calls a secret that cannot be sealed or opened.
const SEALING: &str = "a second factor at rest";

type Answer<T> = wasmtime::Result<Result<T, types::Unavailable>>;

impl second_factors::Host for Call {
    async fn is_required(&mut self) -> wasmtime::Result<bool> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        // Without an answer nobody is let in with less than may be asked for.
        let profile = self.ask_ehr("the practice's policy", lent.ehr.profile(&practice)).await??;
        Ok(profile.policy.require_second_factor)
    }

    async fn list(&mut self, patient: String) -> Answer<Vec<second_factors::Factor>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let patient = PatientId::new(key(patient)?);
        let factors = self.ask_ehr("a patient's factors", lent.ehr.factors_of(&practice, &patient)).await?;
        Ok(factors.map_err(Into::into).and_then(|factors| {
            let opened = factors.into_iter().map(|factor| self.opened_factor(&patient, factor));
            opened.collect::<Result<_, _>>().map_err(seal_failed)
        }))
    }

    async fn replace(
        &mut self,
        patient: String,
        account_revision: u64,
        factors: Vec<second_factors::Factor>,
        because: types::Event,
    ) -> wasmtime::Result<Result<u64, second_factors::SaveError>> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (patient, because) = (PatientId::new(key(patient)?), self.event(because)?);
        bounded(&factors)?;
        let sealed = factors.into_iter().map(|factor| self.sealed_factor(&patient, factor));
        let factors: Vec<Factor> = match sealed.collect::<Result<_, _>>() {
            Ok(factors) => factors,
            Err(cause) => return Ok(Err(second_factors::SaveError::Unavailable(seal_failed(cause)))),
        };
        let saved = lent.ehr.replace_factors(&practice, &patient, account_revision, &factors, &because, at);
        let saved = self.in_time(saved).await?;
        self.done(&because, &saved);
        Ok(saved.map_err(|error| match error {
            FactorsError::Stale => second_factors::SaveError::Stale,
            FactorsError::Unavailable(unavailable) => {
                crate::runtime::log_unavailable("saving a patient's factors", &unavailable);
                second_factors::SaveError::Unavailable(unavailable.into())
            }
        }))
    }

    async fn advance(&mut self, patient: String, id: String, to: u64, because: types::Event) -> Answer<bool> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (patient, id, because) = (PatientId::new(key(patient)?), key(id)?, self.event(because)?);
        let advanced = lent.ehr.advance_factor(&practice, &patient, &id, to, &because, at);
        let advanced = self.ask_ehr("using a second factor", advanced).await?;
        self.done_if(&because, &advanced);
        Ok(advanced.map_err(Into::into))
    }

    async fn open_step(
        &mut self,
        token_hash: Vec<u8>,
        step: second_factors::Step,
        because: types::Event,
    ) -> Answer<()> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (token, step, because) = (token(&token_hash)?, bounded_step(step)?, self.event(because)?);
        let opened = lent.ehr.open_step(&practice, &token, &step, &because, at);
        let opened = self.ask_ehr("opening a second step", opened).await?;
        self.done(&because, &opened);
        Ok(opened.map_err(Into::into))
    }

    async fn find_step(&mut self, token_hash: Vec<u8>) -> Answer<Option<second_factors::Step>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let token = token(&token_hash)?;
        let found = self.ask_ehr("finding a second step", lent.ehr.find_step(&practice, &token)).await?;
        Ok(found.map(|step| step.map(Into::into)).map_err(Into::into))
    }

    async fn pass_step(
        &mut self,
        token_hash: Vec<u8>,
        session_token_hash: Vec<u8>,
        session: sessions::Session,
        because: types::Event,
    ) -> Answer<bool> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (step, opened) = (token(&token_hash)?, token(&session_token_hash)?);
        let (session, because) = (bounded_session(session)?, self.event(because)?);
        let passed = lent.ehr.pass_step(&practice, &step, &opened, &session, &because, at);
        let passed = self.ask_ehr("passing a second step", passed).await?;
        self.done_if(&because, &passed);
        Ok(passed.map_err(Into::into))
    }
}

impl Call {
    /// A factor on its way to the component, which is shown the secret in clear.
    fn opened_factor(
        &self,
        patient: &PatientId,
        factor: Factor,
    ) -> Result<second_factors::Factor, SealError> {
        let Factor { id, kind, label, since, secret, used } = factor;
        let secret = self.lent.keys.open_factor(&self.practice, patient, &id, &secret)?.to_vec();
        Ok(second_factors::Factor { id, kind: kind.into(), label, since: since.0, secret, used })
    }

    /// A factor on its way to the store, which never sees the secret in clear.
    fn sealed_factor(
        &self,
        patient: &PatientId,
        factor: second_factors::Factor,
    ) -> Result<Factor, SealError> {
        let second_factors::Factor { id, kind, label, since, secret, used } = factor;
        let (keys, entropy) = (&self.lent.keys, &*self.lent.entropy);
        let secret = keys.seal_factor(&self.practice, patient, &id, &secret, entropy)?;
        Ok(Factor { id, kind: kind.into(), label, since: Timestamp(since), secret, used })
    }

    /// Counts an act that was put on record, where there was anything to do.
    fn done_if(&self, because: &crate::lent::Event, done: &Result<bool, Unavailable>) {
        if let Ok(true) = done {
            self.done(because, done);
        }
    }
}

fn seal_failed(cause: SealError) -> types::Unavailable {
    let unavailable = Unavailable::because(cause);
    crate::runtime::log_unavailable(SEALING, &unavailable);
    unavailable.into()
}

/// Checks factors from the component.
fn bounded(factors: &[second_factors::Factor]) -> wasmtime::Result<()> {
    if factors.len() > MOST_FACTORS {
        return Err(Breach("more than 32 second factors of one patient").into());
    }
    for factor in factors {
        key(factor.id.clone())?;
        if factor.label.len() > LONGEST_LABEL || factor.secret.len() > LONGEST_SECRET {
            return Err(Breach("a second factor is too long").into());
        }
    }
    Ok(())
}

fn bounded_step(mut step: second_factors::Step) -> wasmtime::Result<Step> {
    step.patient = key(step.patient)?;
    Ok(Step {
        patient: PatientId::new(step.patient),
        opened: Timestamp(step.opened),
        ends: Timestamp(step.ends),
        account_revision: step.account_revision,
    })
}

impl From<Step> for second_factors::Step {
    fn from(it: Step) -> Self {
        Self {
            patient: it.patient.as_str().to_owned(),
            opened: it.opened.0,
            ends: it.ends.0,
            account_revision: it.account_revision,
        }
    }
}

impl From<second_factors::Kind> for FactorKind {
    fn from(kind: second_factors::Kind) -> Self {
        match kind {
            second_factors::Kind::Authenticator => Self::Authenticator,
            second_factors::Kind::Passkey => Self::Passkey,
            second_factors::Kind::RecoveryCode => Self::RecoveryCode,
        }
    }
}

impl From<FactorKind> for second_factors::Kind {
    fn from(kind: FactorKind) -> Self {
        match kind {
            FactorKind::Authenticator => Self::Authenticator,
            FactorKind::Passkey => Self::Passkey,
            FactorKind::RecoveryCode => Self::RecoveryCode,
        }
    }
}
