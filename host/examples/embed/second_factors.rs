//! What patients log in with besides a password, in memory.

use super::Memory;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{
    Account, Event, Factor, FactorsError, SecondFactors, Session, Step, TokenHash, Unavailable,
};

#[async_trait::async_trait]
impl SecondFactors for Memory {
    async fn factors_of(&self, _: &PracticeId, id: &PatientId) -> Result<Vec<Factor>, Unavailable> {
        Ok(self.kept().factors.get(id).cloned().unwrap_or_default())
    }

    async fn replace_factors(
        &self,
        _: &PracticeId,
        id: &PatientId,
        account_revision: u64,
        factors: &[Factor],
        because: &Event,
        at: Timestamp,
    ) -> Result<u64, FactorsError> {
        let mut kept = self.kept();
        let as_read = |it: &&mut Account| it.revision == account_revision && it.state.credentials().is_some();
        let account = kept.accounts.get_mut(id).filter(as_read).ok_or(FactorsError::Stale)?;
        account.revision += 1;
        let mut factors = factors.to_vec();
        for stored in kept.factors.remove(id).unwrap_or_default() {
            if let Some(factor) = factors.iter_mut().find(|factor| factor.id == stored.id) {
                factor.used = factor.used.max(stored.used);
            }
        }
        kept.factors.insert(id.clone(), factors);
        kept.write(because, at);
        Ok(account_revision + 1)
    }

    async fn advance_factor(
        &self,
        _: &PracticeId,
        patient: &PatientId,
        id: &str,
        to: u64,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable> {
        let mut kept = self.kept();
        let mut theirs = kept.factors.get_mut(patient).into_iter().flatten();
        let Some(factor) = theirs.find(|factor| factor.id == id && factor.used < to) else {
            return Ok(false);
        };
        factor.used = to;
        kept.write(because, at);
        Ok(true)
    }

    async fn open_step(
        &self,
        _: &PracticeId,
        token: &TokenHash,
        step: &Step,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut kept = self.kept();
        kept.steps.insert(token.0, step.clone());
        kept.write(because, at);
        Ok(())
    }

    async fn find_step(&self, _: &PracticeId, token: &TokenHash) -> Result<Option<Step>, Unavailable> {
        Ok(self.kept().steps.get(&token.0).cloned())
    }

    async fn pass_step(
        &self,
        _: &PracticeId,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable> {
        let mut kept = self.kept();
        if kept.steps.remove(&token.0).is_none() {
            return Ok(false);
        }
        kept.sessions.insert(session_token.0, session.clone());
        kept.write(because, at);
        Ok(true)
    }
}
