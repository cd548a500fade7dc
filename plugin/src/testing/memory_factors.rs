//! Second factors of the EHR in memory.

use super::bounds::check_key;
use super::memory::Memory;
use crate::audit::Event;
use crate::ehr::{FactorsError, SecondFactors, Sessions, Unavailable};
use crate::people::PatientId;
use crate::rules::account::{Account, Revision};
use crate::rules::second_factor::{Factor, FactorId, Factors};
use crate::rules::session::{Session, Step};
use crate::rules::token::TokenHash;

const MOST_FACTORS: usize = 32;
const LONGEST_LABEL: usize = 256;

impl SecondFactors for Memory {
    fn is_second_factor_required(&self) -> bool {
        self.spend();
        self.requires_second_factor.get()
    }

    fn factors_of(&self, patient: &PatientId) -> Result<Factors, Unavailable> {
        self.called("second-factors.list")?;
        check_key(patient);
        Ok(Factors::stored(self.factors.borrow().get(&patient.0).cloned().unwrap_or_default()))
    }

    fn save_factors(
        &self,
        account: &Account,
        factors: &Factors,
        because: &Event,
    ) -> Result<Revision, FactorsError> {
        self.called("second-factors.replace")?;
        assert!(factors.all().len() <= MOST_FACTORS);
        assert!(factors.all().iter().all(|factor| factor.label.len() <= LONGEST_LABEL));
        let mut accounts = self.accounts.borrow_mut();
        let stored = accounts.iter_mut().find(|stored| stored.patient == account.patient);
        let as_read =
            |stored: &&mut Account| stored.revision == account.revision && stored.credentials().is_some();
        let stored = stored.filter(as_read).ok_or(FactorsError::Stale)?;
        stored.revision.0 += 1;
        let mut all = self.factors.borrow_mut();
        let before = all.insert(account.patient.0.clone(), factors.all().to_vec()).unwrap_or_default();
        for factor in all.get_mut(&account.patient.0).into_iter().flatten() {
            let used = before.iter().find(|it| it.id == factor.id).map_or(0, |it| it.used);
            factor.used = factor.used.max(used);
        }
        self.record(because);
        if self.loses_answers.get() {
            return Err(FactorsError::Unavailable(Unavailable { retry_after_seconds: 7 }));
        }
        Ok(stored.revision)
    }

    fn advance_factor(
        &self,
        patient: &PatientId,
        id: &FactorId,
        to: u64,
        because: &Event,
    ) -> Result<bool, Unavailable> {
        self.called("second-factors.advance")?;
        let mut all = self.factors.borrow_mut();
        let mut theirs = all.get_mut(&patient.0).into_iter().flatten();
        let Some(factor) = theirs.find(|factor: &&mut Factor| factor.id == *id && factor.used < to) else {
            return Ok(false);
        };
        factor.used = to;
        self.record(because);
        Ok(true)
    }

    fn open_step(&self, token: &TokenHash, step: &Step, because: &Event) -> Result<(), Unavailable> {
        self.called("second-factors.open-step")?;
        self.steps.borrow_mut().insert(token.clone(), step.clone());
        self.record(because);
        Ok(())
    }

    fn find_step(&self, token: &TokenHash) -> Result<Option<Step>, Unavailable> {
        self.called("second-factors.find-step")?;
        Ok(self.steps.borrow().get(token).cloned())
    }

    fn pass_step(
        &self,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
    ) -> Result<bool, Unavailable> {
        self.called("second-factors.pass-step")?;
        if self.steps.borrow_mut().remove(token).is_none() {
            return Ok(false);
        }
        self.open_session(session_token, session, because)?;
        Ok(true)
    }
}
