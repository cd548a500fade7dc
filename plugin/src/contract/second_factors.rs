//! Second factors over the component's imports: what is stored of each, and back.

use super::bindings::ehr::patient_portal::{log, second_factors, sessions};
use super::lent::Host;
use crate::audit::Event;
use crate::calendar::Timestamp;
use crate::ehr::{FactorsError, SecondFactors, Unavailable};
use crate::people::PatientId;
use crate::rules::account::{Account, Revision};
use crate::rules::second_factor::authenticator::AuthenticatorSecret;
use crate::rules::second_factor::passkey::Passkey;
use crate::rules::second_factor::recovery_code::CodeHash;
use crate::rules::second_factor::{Factor, FactorId, Factors, Means};
use crate::rules::session::{Session, Step};
use crate::rules::token::TokenHash;

impl SecondFactors for Host {
    fn is_second_factor_required(&self) -> bool {
        second_factors::is_required()
    }

    fn factors_of(&self, patient: &PatientId) -> Result<Factors, Unavailable> {
        let stored = second_factors::list(&patient.0)?;
        stored.into_iter().map(Factor::try_from).collect::<Result<Vec<_>, _>>().map(Factors::stored)
    }

    fn save_factors(
        &self,
        account: &Account,
        factors: &Factors,
        because: &Event,
    ) -> Result<Revision, FactorsError> {
        let stored: Result<Vec<_>, _> = factors.all().iter().map(second_factors::Factor::try_from).collect();
        let factors = stored?;
        let saved =
            second_factors::replace(&account.patient.0, account.revision.0, &factors, &because.into());
        saved.map(Revision).map_err(|error| match error {
            second_factors::SaveError::Stale => FactorsError::Stale,
            second_factors::SaveError::Unavailable(unavailable) => {
                FactorsError::Unavailable(unavailable.into())
            }
        })
    }

    fn advance_factor(
        &self,
        patient: &PatientId,
        id: &FactorId,
        to: u64,
        because: &Event,
    ) -> Result<bool, Unavailable> {
        Ok(second_factors::advance(&patient.0, &id.0, to, &because.into())?)
    }

    fn open_step(&self, token: &TokenHash, step: &Step, because: &Event) -> Result<(), Unavailable> {
        Ok(second_factors::open_step(&token.0, &step.into(), &because.into())?)
    }

    fn find_step(&self, token: &TokenHash) -> Result<Option<Step>, Unavailable> {
        Ok(second_factors::find_step(&token.0)?.map(Step::from))
    }

    fn pass_step(
        &self,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
    ) -> Result<bool, Unavailable> {
        let session = sessions::Session::from(session);
        Ok(second_factors::pass_step(&token.0, &session_token.0, &session, &because.into())?)
    }
}

impl TryFrom<second_factors::Factor> for Factor {
    type Error = Unavailable;

    /// A factor that cannot be read is no reason to let somebody in without it.
    fn try_from(factor: second_factors::Factor) -> Result<Self, Unavailable> {
        let second_factors::Factor { id, kind, label, since, secret, used } = factor;
        let means = match kind {
            second_factors::Kind::Authenticator => {
                AuthenticatorSecret::stored(&secret).map(Means::Authenticator)
            }
            second_factors::Kind::Passkey => Passkey::stored(&secret).map(Means::Passkey),
            second_factors::Kind::RecoveryCode => CodeHash::stored(&secret).map(Means::RecoveryCode),
        };
        let Some(means) = means else {
            log::log(log::Level::Error, "the host answered with a second factor that cannot be read");
            return Err(Unavailable::BROKEN);
        };
        Ok(Self { id: FactorId(id), label, since: Timestamp(since), means, used })
    }
}

impl TryFrom<&Factor> for second_factors::Factor {
    type Error = Unavailable;

    /// A factor that cannot be written must not be stored as something else.
    fn try_from(factor: &Factor) -> Result<Self, Unavailable> {
        let (kind, secret) = match &factor.means {
            Means::Authenticator(secret) => (second_factors::Kind::Authenticator, secret.bytes().to_vec()),
            Means::Passkey(passkey) => {
                let bytes = passkey.bytes().map_err(|_| Unavailable::BROKEN)?;
                (second_factors::Kind::Passkey, bytes)
            }
            Means::RecoveryCode(hash) => (second_factors::Kind::RecoveryCode, hash.bytes().to_vec()),
        };
        Ok(Self {
            id: factor.id.0.clone(),
            kind,
            label: factor.label.clone(),
            since: factor.since.0,
            secret,
            used: factor.used,
        })
    }
}

impl From<second_factors::Step> for Step {
    fn from(step: second_factors::Step) -> Self {
        Self {
            patient: PatientId(step.patient),
            opened: Timestamp(step.opened),
            ends: Timestamp(step.ends),
            account_revision: Revision(step.account_revision),
        }
    }
}

impl From<&Step> for second_factors::Step {
    fn from(step: &Step) -> Self {
        Self {
            patient: step.patient.0.clone(),
            opened: step.opened.0,
            ends: step.ends.0,
            account_revision: step.account_revision.0,
        }
    }
}
