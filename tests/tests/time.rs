//! What time does to invitations, capabilities and sessions: the host in this process, with a clock
//! that the test moves.

use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::PasswordHash;
use portal_host::rights::{Access, Right};
use portal_host::serve::{Bounds, Listener};
use portal_host::tab::{Value, View, Viewer};
use portal_host::{Clock, CounterKey, Portal, PortalOptions, website};
use portal_tests::artifacts::artifacts;
use portal_tests::patient::{self, NOT_CONFIRMED};
use portal_tests::people::{MARIA, PASSWORD};
use portal_tests::staff::{CREATE, REISSUE};
use portal_tests::visitor::Visitor;
use sandbox_db::{Database, StaffPasswordHashes, seed_sandbox};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// The sandbox's key for Maria Garcia.
const MARIAS_CHART: &str = "100001";
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A clock that only the test moves.
struct MovedClock(AtomicU64);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A practice whose time the test decides.
struct Practice {
    portal: Arc<Portal>,
    practice: PracticeId,
    viewer: Viewer,
    clock: Arc<MovedClock>,
    website: String,
    _folder: TempDir,
}

impl Practice {
    async fn open() -> Self {
        let folder = TempDir::with_prefix("portal-time-").expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        let database = Database::open(&url).await.expect("a database");
        let nobody = || PasswordHash::new("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA");
        let staff = StaffPasswordHashes { admin: nobody(), frontdesk: nobody(), billing: nobody() };
        let practice = seed_sandbox(&database, &staff).await.expect("the sandbox's people");
        let address = "127.0.0.1:0".parse().expect("an address");
        let listener = Listener::bind(address, Bounds::default()).await.expect("an address");
        let website = format!("http://{}", listener.address());
        let hosts = [listener.address().to_string()];
        database.set_website(&practice, &website, &hosts).await.expect("a website");
        let found = database.staff_for_sign_in(&practice, "frontdesk").await.expect("an answer");
        let id = found.expect("the front desk").id;

        // Monday, January 5th 2026, noon in Chicago: no change of summer time for two months.
        let clock = Arc::new(MovedClock(AtomicU64::new(1_767_636_000)));
        let mut options =
            PortalOptions::new(artifacts().component.clone(), CounterKey::new([7; 64])).expect("options");
        options.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        let portal = Arc::new(Portal::load(options, Arc::new(database)).await.expect("the portal loads"));
        tokio::spawn(listener.serve(website::router(Arc::clone(&portal)), std::future::pending()));
        let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
        let viewer = Viewer { id, name: "Fran Desk".to_owned(), rights };
        Self { portal, practice, viewer, clock, website, _folder: folder }
    }

    fn wait(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn tab(&self) -> View {
        let maria = PatientId::new(MARIAS_CHART);
        self.portal.show(&self.practice, &self.viewer, &maria).await.expect("the tab")
    }

    /// Presses the button with this label; the Portal ID the tab shows then.
    async fn press(&self, label: &str) -> String {
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

    async fn signed_in(&self) -> Visitor {
        let id = self.press(CREATE).await;
        let visitor = patient::activate(&self.website, &MARIA, &id, "maria").await;
        assert!(patient::is_home(&patient::log_in(&visitor, "maria", PASSWORD).await));
        visitor
    }
}

fn shown_id(view: &View) -> Option<String> {
    let fact = view.facts.iter().find(|fact| fact.label == "Patient Portal ID")?;
    let (Value::Code(text) | Value::Text(text)) = &fact.value;
    Some(text.chars().filter(char::is_ascii_digit).collect())
}

fn says(view: &View, words: &str) -> bool {
    format!("{view:?}").contains(words)
}

async fn is_signed_in(visitor: &Visitor) -> bool {
    let answer = visitor.get("/home").await;
    match (answer.status, answer.leads_to().as_deref()) {
        (200, _) => true,
        (303, Some("/" | "/session-ended")) => false,
        (status, leads) => panic!("{status} {leads:?}: {}", answer.text()),
    }
}

#[tokio::test]
async fn an_invitation_works_until_its_seventh_day_is_over() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;

    practice.wait(7 * DAY - MINUTE);

    assert_eq!(shown_id(&practice.tab().await), Some(id.clone()));
    patient::activate(&practice.website, &MARIA, &id, "maria").await;
}

#[tokio::test]
async fn after_seven_days_the_id_is_no_longer_shown_or_taken_and_a_new_one_can_be_issued() {
    let practice = Practice::open().await;
    let old = practice.press(CREATE).await;

    practice.wait(7 * DAY + 1);

    let tab = practice.tab().await;
    assert!(says(&tab, "expired"), "{tab:?}");
    assert_eq!(shown_id(&tab), None);
    assert!(tab.documents.is_empty(), "the old instructions can still be printed");
    let refused = patient::confirm(&Visitor::at(&practice.website), &MARIA, &old).await;
    assert!(refused.says(NOT_CONFIRMED), "{}", refused.text());
    assert!(
        !refused.text().to_lowercase().contains("expired"),
        "the answer tells that the ID was right once"
    );

    let new = practice.press(REISSUE).await;
    let refused = patient::confirm(&Visitor::at(&practice.website), &MARIA, &old).await;
    assert!(new == old || refused.says(NOT_CONFIRMED));
    patient::activate(&practice.website, &MARIA, &new, "maria").await;
}

#[tokio::test]
async fn ten_minutes_after_the_confirmation_credentials_can_no_longer_be_set() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let maria = Visitor::at(&practice.website);
    let page = patient::confirm(&maria, &MARIA, &id).await;

    practice.wait(10 * MINUTE - 1);
    assert_eq!(maria.get("/credentials").await.status, 200);
    practice.wait(1);

    let late = maria.get("/credentials").await;
    assert_eq!((late.status, late.leads_to().as_deref()), (303, Some("/time-is-up")));
    let late = patient::choose(&maria, &page, "maria", PASSWORD).await;
    assert!(late.says("User Confirmation") || late.says("Your time is up"), "{}", late.text());
    assert!(!patient::can_log_in(&practice.website, "maria", PASSWORD).await);
    // The invitation itself is as it was.
    patient::activate(&practice.website, &MARIA, &id, "maria").await;
}

#[tokio::test]
async fn a_confirmation_is_not_a_login() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let maria = Visitor::at(&practice.website);
    let page = patient::confirm(&maria, &MARIA, &id).await;
    assert!(!is_signed_in(&maria).await);

    patient::choose(&maria, &page, "maria", PASSWORD).await;

    assert!(!is_signed_in(&maria).await);
}

#[tokio::test]
async fn fifteen_minutes_without_a_request_end_a_session() {
    let practice = Practice::open().await;
    let maria = practice.signed_in().await;

    for _ in 0..4 {
        practice.wait(15 * MINUTE - 1);
        assert!(is_signed_in(&maria).await, "each request counts afresh");
    }
    practice.wait(15 * MINUTE);

    assert!(!is_signed_in(&maria).await);
}

#[tokio::test]
async fn twelve_hours_end_a_session_whatever_happens() {
    let practice = Practice::open().await;
    let maria = practice.signed_in().await;

    for _ in 0..71 {
        practice.wait(10 * MINUTE);
        assert!(is_signed_in(&maria).await);
    }
    practice.wait(10 * MINUTE);

    assert!(!is_signed_in(&maria).await);
    assert!(patient::is_home(&patient::log_in(&maria, "maria", PASSWORD).await), "she can log in again");
}

#[tokio::test]
async fn five_wrong_answers_burn_a_portal_id_until_staff_issue_another() {
    let practice = Practice::open().await;
    let id = practice.press(CREATE).await;
    let wrong = portal_tests::people::Person { born: "03/01/1984", ..MARIA };
    for _ in 0..5 {
        let page = patient::confirm(&Visitor::at(&practice.website), &wrong, &id).await;
        assert!(page.says(NOT_CONFIRMED), "{}", page.text());
    }

    let right = patient::confirm(&Visitor::at(&practice.website), &MARIA, &id).await;
    assert!(right.says(NOT_CONFIRMED), "{}", right.text());
    practice.wait(2 * DAY);
    let later = patient::confirm(&Visitor::at(&practice.website), &MARIA, &id).await;

    assert!(later.says(NOT_CONFIRMED), "a burnt ID works again after two days");
}
