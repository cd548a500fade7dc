//! The hosts that pages are shown of.

use crate::balancer::free_address;
use crate::coverage::caller::Place;
use crate::coverage::setting::Setting;
use crate::states::At;
use crate::{Installation, Setup, many};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::sync::Arc;

/// One for each [`At`].
pub(super) struct Hosts {
    ordinary: Setting,
    strict: Setting,
    off: Setting,
    broken: Setting,
    /// Where the ordinary one keeps everything.
    database: String,
}

/// What the strict practice has set.
const STRICT: [&str; 6] = [
    "--set",
    "require-second-factor=yes",
    "--set",
    "require-edit-right=yes",
    "--set",
    "per-website-an-hour=1",
];

impl Hosts {
    pub(super) async fn start() -> Self {
        let ordinary = Setup::fresh();
        // More than a page of the patient list has.
        many::seed(&ordinary, 12);
        let database = ordinary.database.clone();
        let strict = Setup::fresh();
        many::seed(&strict, 1);
        let set = strict.run(&[&["policy"], STRICT.as_slice()].concat());
        assert!(set.status.success(), "{}", String::from_utf8_lossy(&set.stderr));
        Self {
            ordinary: started(ordinary).await,
            strict: started(strict).await,
            off: started(Setup::fresh()).await,
            broken: started(Setup::faulty()).await,
            database,
        }
    }

    pub(super) fn of(&self, at: At) -> &Setting {
        match at {
            At::Ordinary => &self.ordinary,
            At::Strict => &self.strict,
            At::Off => &self.off,
            At::Broken => &self.broken,
        }
    }

    /// Changes what the ordinary host keeps behind its back, as time would.
    pub(super) async fn change(&self, sql: &str) {
        let mut database = SqliteConnection::connect(&self.database).await.expect("the database");
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut database).await;
        assert!(done.expect("a change").rows_affected() > 0, "nothing was changed by {sql}");
        database.close().await.expect("an end");
    }
}

/// The website has a name, which passkeys can be bound to.
async fn started(setup: Setup) -> Setting {
    let (portal, ehr) = (free_address(), free_address());
    let port = portal.rsplit(':').next().expect("a port");
    let website = Place { address: format!("http://{portal}"), origin: format!("http://localhost:{port}") };
    let setup = setup.with_website(&website.origin).listening(&portal, &ehr, "127.0.0.1:0");
    let host: Installation = setup.start();
    let ehr = format!("http://{ehr}");
    Setting::of(Arc::new(host), "lakeside", website, Place { address: ehr.clone(), origin: ehr }).await
}
