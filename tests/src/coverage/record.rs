//! What an installation keeps, read behind its back: the whole audit trail, and who may do what. A
//! refused request leaves all of it as it was.

use crate::Setup;
use portal_host::HostKeys;
use portal_host::identity::PracticeId;
use sandbox_db::Database;
use sandbox_db::export::{Format, Selection};

/// A look into an installation's database.
pub struct Records {
    database: Database,
    practice: PracticeId,
}

/// What was kept at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Every entry, a line each. Every change of the portal's and the EHR's state adds one.
    pub trail: Vec<String>,
    /// Access levels with their rights, who has which, and the add-ons.
    rights: String,
}

impl Records {
    /// Of a practice at the host that was started so.
    ///
    /// # Panics
    /// Where its database cannot be read.
    pub async fn of(setup: &Setup, practice: &str) -> Self {
        let file = std::fs::read(setup.folder().join("state/host.key")).expect("the key file");
        let keys = HostKeys::read(&file).expect("the host's keys");
        let database = Database::open(&setup.database, keys.audit()).await.expect("the database");
        Self { database, practice: PracticeId::new(practice) }
    }

    /// What is kept now.
    ///
    /// # Panics
    /// Where the database does not answer.
    pub async fn now(&self) -> Record {
        let Self { database, practice } = self;
        let mut csv = Vec::new();
        let all = Selection::default();
        database.export_audit(practice, &all, Format::Csv, &mut csv, |_| ()).await.expect("the trail");
        let mut levels = Vec::new();
        for level in database.access_levels(practice).await.expect("the access levels") {
            levels.push(database.access_level(practice, level.id).await.expect("an access level"));
        }
        let staff = database.staff_list(practice).await.expect("the staff");
        let add_ons = database.add_ons(practice).await.expect("the add-ons");
        Record {
            trail: String::from_utf8_lossy(&csv).lines().map(str::to_owned).collect(),
            rights: format!("{levels:?} {staff:?} {add_ons:?}"),
        }
    }
}

impl Record {
    /// What is wrong with what is kept `now`, where something `must` have changed or not.
    pub fn differs(&self, now: &Self, must: bool) -> Option<String> {
        let new: Vec<_> = now.trail.iter().filter(|entry| !self.trail.contains(entry)).collect();
        match (must, new.is_empty() && self == now) {
            (true, true) => Some("nothing was changed".to_owned()),
            (false, false) if self.rights == now.rights => Some(format!("something was changed: {new:?}")),
            (false, false) => Some(format!("{new:?} changed the rights to {}", now.rights)),
            (true, false) | (false, true) => None,
        }
    }
}
