//! What an EHR lends the portal: the traits a vendor implements, one file for each interface of
//! the contract. Every call names the practice it is for; the portal itself never can.
//!
//! No trait offers a list of patients or a way to query: the component can reach one patient at a
//! time, by key, and nothing else.

mod accounts;
mod attempts;
mod colour;
mod logo;
mod patients;
mod second_factors;
mod sessions;
mod sites;

pub use accounts::{
    Account, Accounts, Actor, Credentials, Entry, Event, Invitation, Lapse, Lapsed, PasswordHash, PortalId,
    PortalIdLookUp, SaveError, SealedPortalId, State,
};
pub use attempts::{Attempts, Counter, Verdict};
pub use colour::{Colour, NotAColour};
pub use logo::{Logo, NotALogo};
pub use patients::{Patient, Patients, PersonName};
pub use second_factors::{Factor, FactorKind, FactorsError, SealedSecret, SecondFactors, Step};
pub use sessions::{Purpose, Session, Sessions, TokenHash};
pub use sites::{LocalTime, Policy, Profile, Sites, Throttles};

use std::time::Duration;

/// Everything an EHR lends, in one type. Implemented by itself for whatever implements the parts.
pub trait Ehr: Sites + Patients + Accounts + SecondFactors + Sessions + Attempts {}

impl<T: Sites + Patients + Accounts + SecondFactors + Sessions + Attempts> Ehr for T {}

/// The EHR cannot answer now. It has changed nothing, unless only the answer was lost on its way.
///
/// The cause is logged once, where this is handled; the portal is told only how long to wait.
#[derive(Debug, thiserror::Error)]
#[error("the EHR cannot answer now")]
pub struct Unavailable {
    /// How long to wait before trying again; sent on in whole seconds, at least one.
    pub retry_after: Duration,
    /// What went wrong, for the operator.
    #[source]
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}

impl Unavailable {
    /// Unavailable because of `cause`, worth trying again in a few seconds.
    pub fn because(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { retry_after: Duration::from_secs(5), cause: cause.into() }
    }
}
