//! A practice with the real component, host and database, of which every story gets a fresh one: the
//! clock stands until a story moves it, and randomness is the same each time.

use super::act::{Browser, Colleague, Whose};
use super::model::address_of;
use super::second_step::Pocket;
use super::told::Seen;
use crate::artifacts::artifacts;
use crate::people::{MARIA, Person, SEAN};
use crate::practice::{MARIAS_CHART, MovedClock, keys, seeded};
use crate::simulation::guest::Guest;
use axum::Router;
use portal_host::identity::{PatientId, PracticeId, StaffId, Timestamp};
use portal_host::rights::{Access, Right};
use portal_host::tab::Viewer;
use portal_host::{
    Clock, Entropy, Limits, Metrics, NoEntropy, Passwords, Portal, PortalOptions, SystemEntropy, Trust,
    website,
};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use sandbox_db::Database;
use sqlx::{Connection, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Monday, January 5th 2026, noon in Chicago.
pub const BEGINNING: u64 = 1_767_636_000;

/// Where the website says it is.
const WEBSITE: &str = "http://127.0.0.1:8081";

/// The sandbox's key for Sean O'Brien.
const SEANS_CHART: &str = "100003";

/// What is the same in all stories.
struct Common {
    /// A database with nothing but the sandbox's people, and the compiled component.
    folder: TempDir,
    practice: PracticeId,
    passwords: Arc<Passwords>,
}

/// A practice in which something happens.
pub struct Bed {
    /// The portal.
    pub portal: Arc<Portal>,
    /// Its practice.
    pub practice: PracticeId,
    /// Its database.
    pub database: Database,
    /// The same, past everything that stands between.
    pub tables: SqliteConnection,
    /// The browsers.
    pub guests: BTreeMap<Browser, Guest>,
    /// What opened each session there ever was, in order.
    pub tokens: Vec<String>,
    /// What opened each step there ever was, in order.
    pub steps: Vec<String>,
    /// What each patient has besides a password.
    pub pockets: BTreeMap<Whose, Pocket>,
    /// Everything given at a second step that was right.
    pub let_in: BTreeSet<String>,
    /// The second factors, as they were looked at last.
    pub factors: BTreeMap<Whose, Seen>,
    /// The Portal IDs that the tab has shown for each patient, in order.
    pub portal_ids: BTreeMap<Whose, Vec<String>>,
    /// The codes of the sheets printed for each patient, in order.
    pub codes: BTreeMap<Whose, Vec<String>>,
    /// The tabs that were left open: their buttons, by what they say, and what pressing them names.
    pub views: BTreeMap<(Colleague, Whose), BTreeMap<String, String>>,
    /// How far each record was read.
    pub read: BTreeMap<Option<Whose>, u64>,
    router: Router,
    clock: Arc<MovedClock>,
    _folder: TempDir,
}

/// The same each time.
struct Drawn(Mutex<ChaCha8Rng>);

impl Entropy for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
        Ok(())
    }
}

impl Bed {
    /// A fresh one.
    ///
    /// # Panics
    /// Where the portal does not load.
    pub async fn made() -> Self {
        let common = common().await;
        let folder = TempDir::with_prefix("portal-life-").expect("a folder");
        let file = folder.path().join(DATABASE);
        std::fs::copy(common.folder.path().join(DATABASE), &file).expect("a copy");
        let database = opened(folder.path()).await;
        let clock = Arc::new(MovedClock::at(BEGINNING));
        let options = PortalOptions {
            component: artifacts().component.clone(),
            trust: Trust::default(),
            cache: Some(common.folder.path().join("compiled")),
            limits: Limits { form_beat: Duration::ZERO, ..Limits::default() },
            keys: keys(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            entropy: Arc::new(Drawn(Mutex::new(ChaCha8Rng::seed_from_u64(1)))),
            passwords: Arc::clone(&common.passwords),
            metrics: Metrics::new(),
        };
        let portal = Portal::load(options, Arc::new(database.clone())).await.expect("the portal loads");
        let portal = Arc::new(portal);
        let router = website::router(Arc::clone(&portal));
        let guest = |browser| {
            let address = address_of(browser).parse().expect("an address");
            (browser, Guest::at(router.clone(), WEBSITE, address))
        };
        Self {
            practice: common.practice.clone(),
            tables: SqliteConnection::connect(&url_of(&file)).await.expect("the tables"),
            guests: Browser::ALL.map(guest).into(),
            tokens: Vec::new(),
            steps: Vec::new(),
            pockets: Whose::ALL.map(|whose| (whose, Pocket::default())).into(),
            let_in: BTreeSet::new(),
            factors: BTreeMap::new(),
            portal_ids: Whose::ALL.map(|whose| (whose, Vec::new())).into(),
            codes: Whose::ALL.map(|whose| (whose, Vec::new())).into(),
            views: BTreeMap::new(),
            read: BTreeMap::new(),
            portal,
            database,
            router,
            clock,
            _folder: folder,
        }
    }

    /// Lets time pass, and nothing else happen.
    pub fn waits(&self, seconds: u64) {
        self.clock.pass(seconds);
    }

    /// The host does what it does every minute.
    ///
    /// # Panics
    /// Where the database does not answer.
    pub async fn keeps_house(&self) {
        let now = self.clock.now();
        self.database.lapse_expired(&self.practice, now).await.expect("housekeeping");
    }

    /// Somebody who has nothing but this token, kept as this cookie.
    pub fn thief(&self, cookie: &str, token: &str) -> Guest {
        let address = "203.0.113.99".parse().expect("an address");
        Guest::at(self.router.clone(), WEBSITE, address).with_cookie(cookie, token)
    }

    /// The browser.
    ///
    /// # Panics
    /// Never: each has one.
    pub fn guest(&mut self, browser: Browser) -> &mut Guest {
        self.guests.get_mut(&browser).expect("everybody's browser")
    }
}

/// The EHR's key for a patient.
pub fn chart(whose: Whose) -> PatientId {
    PatientId::new(match whose {
        Whose::Marias => MARIAS_CHART,
        Whose::Seans => SEANS_CHART,
    })
}

/// The patient.
pub fn person(whose: Whose) -> Person {
    match whose {
        Whose::Marias => MARIA,
        Whose::Seans => SEAN,
    }
}

/// A member of staff, with the right to the tab.
pub fn viewer(who: Colleague) -> Viewer {
    let (id, name) = match who {
        Colleague::Fran => ("frontdesk", "Fran Desk"),
        Colleague::Alex => ("admin", "Alex Admin"),
    };
    let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
    Viewer { id: StaffId::new(id), name: name.to_owned(), rights, address: None }
}

const DATABASE: &str = "portal.db";

async fn common() -> &'static Common {
    static COMMON: OnceCell<Common> = OnceCell::const_new();
    COMMON
        .get_or_init(|| async {
            let folder = TempDir::with_prefix("portal-life-").expect("a folder");
            let database = opened(folder.path()).await;
            let practice = seeded(&database).await;
            let host = WEBSITE.trim_start_matches("http://").to_owned();
            database.set_website(&practice, WEBSITE, &[host], Timestamp(1)).await.expect("a website");
            // Nothing of it is left beside the file then.
            database.shut_down().await;
            let passwords = Passwords::new(2, keys(), Arc::new(SystemEntropy)).expect("hashing");
            Common { folder, practice, passwords: Arc::new(passwords) }
        })
        .await
}

async fn opened(folder: &Path) -> Database {
    Database::open(&url_of(&folder.join(DATABASE)), keys().audit()).await.expect("a database")
}

fn url_of(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}
