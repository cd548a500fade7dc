//! Who a visitor is: the capability and the sign-in behind a cookie, checked anew each time.

use super::problem::Problem;
use super::visit::Visit;
use crate::people::Patient;
use crate::rules::account::Account;
use crate::rules::session::Purpose;
use crate::rules::token::TokenHash;

/// Proof that User Confirmation was passed minutes ago: it may set credentials, once.
pub(super) struct Confirmed {
    /// The account to set them for.
    pub(super) account: Account,
    /// Whose it is.
    pub(super) patient: Patient,
}

/// Proof that a patient is logged in.
pub(super) struct SignedIn {
    /// Who.
    pub(super) patient: Patient,
}

impl Confirmed {
    /// The visitor's capability, if there is one and it still holds.
    pub(super) fn find(visit: &Visit<'_>) -> Result<Option<Self>, Problem> {
        let Some((account, _)) = account_behind(visit, Purpose::Activation)? else { return Ok(None) };
        let patient = visit.ehr.patient(&account.patient)?;
        Ok(patient.map(|patient| Self { account, patient }))
    }
}

impl SignedIn {
    /// The visitor's sign-in, if there is one and it still holds; it counts as used now.
    pub(super) fn find(visit: &Visit<'_>) -> Result<Option<Self>, Problem> {
        let Some((account, token)) = account_behind(visit, Purpose::Portal)? else { return Ok(None) };
        let patient = visit.ehr.patient(&account.patient)?;
        visit.ehr.touch_session(&token, visit.now)?;
        Ok(patient.map(|patient| Self { patient }))
    }
}

fn account_behind(visit: &Visit<'_>, purpose: Purpose) -> Result<Option<(Account, TokenHash)>, Problem> {
    let Some(token) = visit.token(purpose) else { return Ok(None) };
    let token = token.hash();
    let Some(session) = visit.ehr.find_session(&token)? else { return Ok(None) };
    let Some(account) = visit.ehr.account_of(&session.patient)? else { return Ok(None) };
    let holds = session.is_good_for(purpose, &account, visit.now, visit.practice.policy);
    Ok(holds.then_some((account, token)))
}
