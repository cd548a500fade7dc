//! A practice in this process: the real component, host library and database, with answers to forms that leave at
//! once, so that what is measured is the work and not the beat it is kept back for.

use crate::failure::Failure;
use crate::host::keys;
use crate::visitor::{Visitor, Website};
use portal_host::identity::{PatientId, PracticeId};
use portal_host::lent::{PasswordHash, Patients, PersonName, Policy, Throttles};
use portal_host::rights::{Access, Right};
use portal_host::tab::{Value, Viewer};
use portal_host::{Clock, Limits, Passwords, Portal, PortalOptions, SystemClock, website};
use sandbox_db::{Database, StaffPasswordHashes, seed_sandbox};
use secrecy::SecretString;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The host name of every practice here.
const HOST: &str = "127.0.0.1:8081";

/// Everybody's password.
pub(crate) const PASSWORD: &str = "seven quiet herons at dusk";

/// The loosest there is: no load is to be refused for being one.
const THROTTLES: Throttles = Throttles {
    per_portal_id: 10,
    per_person_a_day: 20,
    per_person: 40,
    per_network_a_day: 1_000,
    per_website_an_hour: 10_000,
};

/// A practice, and who works there.
pub(crate) struct Practice {
    pub(crate) portal: Arc<Portal>,
    pub(crate) database: Database,
    pub(crate) key: PracticeId,
    pub(crate) viewer: Viewer,
    pub(crate) website: Website,
    pub(crate) passwords: Arc<Passwords>,
}

/// What somebody types under User Confirmation.
pub(crate) struct Claim {
    pub(crate) patient: PatientId,
    pub(crate) portal_id: String,
    first: String,
    last: String,
    born: String,
}

impl Practice {
    /// Opens the practice in the database at `url`, made where it is missing; compiled components are kept in
    /// `cache`.
    pub(crate) async fn open(url: &str, component: &Path, cache: &Path) -> Result<Self, Failure> {
        let database = Database::open(url, keys().audit()).await?;
        let mut options = PortalOptions::new(component, keys())?;
        options.cache = Some(cache.to_owned());
        options.limits = Limits { form_beat: Duration::ZERO, ..Limits::default() };
        let passwords = Arc::clone(&options.passwords);
        let nobody = PasswordHash::new("nobody signs in");
        let staff = StaffPasswordHashes { admin: nobody.clone(), frontdesk: nobody.clone(), billing: nobody };
        let key = seed_sandbox(&database, &staff).await?;
        database.set_website(&key, &format!("http://{HOST}"), &[HOST.to_owned()], SystemClock.now()).await?;
        let policy = Policy { throttles: THROTTLES, invitation_days: 21, ..Policy::default() };
        database.set_policy(&key, &policy, &[], None, SystemClock.now()).await?;
        let desk = database.staff_for_sign_in(&key, "frontdesk").await?;
        let desk = desk.ok_or_else(|| Failure::unexpected("the database", "there is no front desk"))?;
        let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
        let viewer = Viewer { id: desk.id, name: "Fran Desk".to_owned(), rights, address: None };
        let portal = Arc::new(Portal::load(options, Arc::new(database.clone())).await?);
        let router = website::router(Arc::clone(&portal));
        let website = Website::Here(router, HOST);
        Ok(Self { portal, database, key, viewer, website, passwords })
    }

    /// Everybody's password, hashed once.
    pub(crate) async fn password_hash(&self) -> Result<PasswordHash, Failure> {
        Ok(self.passwords.hash(&SecretString::from(PASSWORD.to_owned())).await?)
    }

    /// The front desk invites this patient and reads the Portal ID; none where a name or the date of birth is
    /// not on file.
    pub(crate) async fn invites(&self, patient: &PatientId) -> Result<Option<Claim>, Failure> {
        let Some(known) = self.database.patient(&self.key, patient).await? else { return Ok(None) };
        let PersonName::Full { given, family } = &known.name else { return Ok(None) };
        let Some(born) = known.birth_date else { return Ok(None) };
        let view = self.portal.show(&self.key, &self.viewer, patient).await?;
        let create = view.actions.iter().find(|action| action.label == "Create this user");
        let Some(create) = create else { return Ok(None) };
        self.portal.perform(&self.key, &self.viewer, patient, &create.id, Vec::new()).await?;
        let view = self.portal.show(&self.key, &self.viewer, patient).await?;
        let fact = view.facts.iter().find(|fact| fact.label == "Patient Portal ID");
        let Some(Value::Code(shown) | Value::Text(shown)) = fact.map(|fact| &fact.value) else {
            return Err(Failure::unexpected("the tab", "no Portal ID"));
        };
        Ok(Some(Claim {
            patient: patient.clone(),
            portal_id: shown.chars().filter(char::is_ascii_digit).collect(),
            first: given.chars().take(1).collect(),
            last: family.chars().take(1).collect(),
            born: format!("{:02}/{:02}/{:04}", born.month, born.day, born.year),
        }))
    }
}

impl Claim {
    /// Sends the form of User Confirmation, which the visitor has open.
    pub(crate) async fn is_sent_by(&self, visitor: &mut Visitor) -> Result<(), Failure> {
        let fields = [
            ("portal_id", self.portal_id.as_str()),
            ("first_initial", &self.first),
            ("last_initial", &self.last),
            ("birth_date", &self.born),
            ("sheet", ""),
        ];
        visitor.sends("/activate", &fields).await.map(drop)
    }
}
