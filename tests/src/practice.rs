//! A practice in this process, with the real component, host and database, and a clock that the test
//! moves.

use crate::artifacts::artifacts;
use crate::browser::Browser;
use crate::patient;
use crate::people::{MARIA, PASSWORD};
use crate::staff::CREATE;
use crate::visitor::Visitor;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::PasswordHash;
use portal_host::rights::{Access, Right};
use portal_host::serve::{Bounds, Listener};
use portal_host::tab::{Value, View, Viewer};
use portal_host::{Clock, HostKeys, Limits, Portal, PortalOptions, website};
use sandbox_db::{Database, StaffPasswordHashes, seed_sandbox};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// The sandbox's key for Maria Garcia.
pub const MARIAS_CHART: &str = "100001";

/// The keys of every practice in this process.
pub fn keys() -> HostKeys {
    HostKeys::from_bytes([7; 64])
}

/// The sandbox's people, whose staff have no password that anyone knows.
///
/// # Panics
/// Where the database does not answer.
pub async fn seeded(database: &Database) -> PracticeId {
    let nobody = || PasswordHash::new("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA");
    let staff = StaffPasswordHashes { admin: nobody(), frontdesk: nobody(), billing: nobody() };
    seed_sandbox(database, &staff).await.expect("the sandbox's people")
}

/// A clock that only the test moves.
pub struct MovedClock(AtomicU64);

impl MovedClock {
    /// One that stands at this moment, in seconds since 1970.
    pub fn at(now: u64) -> Self {
        Self(AtomicU64::new(now))
    }

    /// Moves it on.
    pub fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A practice whose time the test decides.
pub struct Practice {
    /// The loaded portal.
    pub portal: Arc<Portal>,
    /// Its key.
    pub practice: PracticeId,
    /// Its database.
    pub database: Database,
    /// The front desk, with the right to the tab.
    pub viewer: Viewer,
    /// Where the patient website is.
    pub website: String,
    clock: Arc<MovedClock>,
    _folder: TempDir,
}

impl Practice {
    /// A new one.
    ///
    /// # Panics
    /// Where the portal does not load.
    pub async fn open() -> Self {
        Self::found_at("127.0.0.1").await
    }

    /// A new one whose website is found under this name of the machine.
    ///
    /// # Panics
    /// Where the portal does not load.
    pub async fn found_at(name: &str) -> Self {
        Self::with(name, Limits::default()).await
    }

    /// A new one whose component is held to these bounds.
    ///
    /// # Panics
    /// Where the portal does not load.
    pub async fn held_to(limits: Limits) -> Self {
        Self::with("127.0.0.1", limits).await
    }

    async fn with(name: &str, limits: Limits) -> Self {
        let folder = TempDir::with_prefix("portal-time-").expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        let database = Database::open(&url, keys().audit()).await.expect("a database");
        let practice = seeded(&database).await;
        let address = "127.0.0.1:0".parse().expect("an address");
        let listener = Listener::bind(address, Bounds::default()).await.expect("an address");
        let host = format!("{name}:{}", listener.address().port());
        let website = format!("http://{host}");
        let hosts = [host];
        database.set_website(&practice, &website, &hosts, Timestamp(1_767_636_000)).await.expect("a website");
        let found = database.staff_for_sign_in(&practice, "frontdesk").await.expect("an answer");
        let id = found.expect("the front desk").id;

        // Monday, January 5th 2026, noon in Chicago: no change of summer time for two months.
        let clock = Arc::new(MovedClock::at(1_767_636_000));
        let mut options = PortalOptions::new(artifacts().component.clone(), keys()).expect("options");
        options.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        options.limits = limits;
        let portal =
            Arc::new(Portal::load(options, Arc::new(database.clone())).await.expect("the portal loads"));
        tokio::spawn(listener.serve(website::router(Arc::clone(&portal)), std::future::pending()));
        let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
        let viewer = Viewer { id, name: "Fran Desk".to_owned(), rights, address: None };
        Self { portal, practice, database, viewer, website, clock, _folder: folder }
    }

    /// Lets time pass, and does what a host does every minute.
    ///
    /// # Panics
    /// Where the database does not answer.
    pub async fn wait(&self, seconds: u64) {
        self.clock.pass(seconds);
        self.database.lapse_expired(&self.practice, self.now()).await.expect("housekeeping");
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Maria's tab.
    ///
    /// # Panics
    /// Where it cannot be shown.
    pub async fn tab(&self) -> View {
        let maria = PatientId::new(MARIAS_CHART);
        self.portal.show(&self.practice, &self.viewer, &maria).await.expect("the tab")
    }

    /// Presses the button of Maria's tab with this label; the Portal ID the tab shows then.
    ///
    /// # Panics
    /// Where there is no such button or it does not work.
    pub async fn press(&self, label: &str) -> String {
        let view = self.tab().await;
        let action = view.actions.iter().find(|action| action.label == label);
        let action = action.unwrap_or_else(|| panic!("no {label}: {view:?}")).id.clone();
        let maria = PatientId::new(MARIAS_CHART);
        self.portal
            .perform(&self.practice, &self.viewer, &maria, &action, Vec::new())
            .await
            .expect("it is done");
        shown_id(&self.tab().await).expect("a Portal ID")
    }

    /// Maria, invited for it, logged in at a browser and at her home page.
    ///
    /// # Panics
    /// Where she does not get there.
    pub async fn at_home(&self, browser: &Browser) {
        let id = self.press(CREATE).await;
        patient::activate(&self.website, &MARIA, &id, "maria").await;
        patient::log_in_at(browser, &self.website, "maria", PASSWORD).await;
        browser.see("Hello, Maria").await;
    }

    /// Maria, invited, activated and logged in.
    ///
    /// # Panics
    /// Where any of it does not work.
    pub async fn signed_in(&self) -> Visitor {
        let id = self.press(CREATE).await;
        let visitor = patient::activate(&self.website, &MARIA, &id, "maria").await;
        assert!(patient::is_home(&patient::log_in(&visitor, "maria", PASSWORD).await));
        visitor
    }
}

/// The six digits that a tab shows.
pub fn shown_id(view: &View) -> Option<String> {
    let fact = view.facts.iter().find(|fact| fact.label == "Patient Portal ID")?;
    let (Value::Code(text) | Value::Text(text)) = &fact.value;
    Some(text.chars().filter(char::is_ascii_digit).collect())
}
