//! The sandbox EHR's screens for staff: sign-in, patients, Patient Details with the portal's tab, and
//! administration. It has no way of its own to the portal: it calls the library any EHR would call.
//!
//! A request passes, from outside in: `harden` (headers), `refusal` (error pages), `origin` (no
//! other host, no forms from elsewhere), then the route's `guard` (session, right and form, read
//! afresh), then its handler.

mod administration;
mod assets;
mod form;
mod guard;
mod harden;
mod helpdesk;
mod invitations;
mod limits;
mod origin;
mod page;
mod patient_details;
mod patients;
mod practices;
mod refusal;
mod router;
mod routes;
mod session;
mod sign_in;
mod throttle;
mod upload;
mod words;

pub use invitations::keys::read as read_keys;
pub use practices::by_practice;
pub use router::{Needs, Route, router};
pub use routes::routes;
pub(crate) use session::Cookie;

use crate::site::Site;
use portal_host::identity::PracticeId;
use portal_host::{Clock, Entropy, HostKeys, Passwords, Portal};
use sandbox_db::Database;
use std::sync::Arc;

/// What the EHR works with. Cheap to clone.
#[derive(Clone)]
pub struct EhrState {
    /// The loaded portal.
    pub portal: Arc<Portal>,
    /// The EHR's own tables.
    pub database: Database,
    /// The one practice these screens are for.
    pub practice: PracticeId,
    /// What its staff call it.
    pub practice_name: Arc<str>,
    /// Verifies staff passwords, within the bound shared with the portal.
    pub passwords: Arc<Passwords>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where session tokens come from.
    pub entropy: Arc<dyn Entropy>,
    /// Shown on the sign-in page. Empty anywhere but in a sandbox.
    pub sandbox_sign_ins: Arc<[SandboxSignIn]>,
    /// What counters of attempts are keyed with.
    pub keys: HostKeys,
    /// Where staff find the EHR.
    pub site: Arc<Site>,
}

/// A staff user of the sandbox, whose password is no secret.
#[derive(Clone, Debug)]
pub struct SandboxSignIn {
    /// What to type as user name.
    pub user_name: String,
    /// What to type as password.
    pub password: String,
    /// What the user may do, in a few words.
    pub may_do: String,
}
