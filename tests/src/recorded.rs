//! An installation in which everything that goes on record was done once, by people at addresses of
//! their own, and which was stopped then: what its operator finds.

use crate::patient;
use crate::people::{ADMIN, BILLING, FRONT_DESK, MARIA, PASSWORD, Person, SEAN};
use crate::staff::{self, CREATE, PRINT, REISSUE};
use crate::visitor::{Answer, Visitor};
use crate::{Installation, Setup};
use portal_host::{Clock, SystemClock};
use reqwest::header::SET_COOKIE;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where nobody of the journey was.
pub const SOMEWHERE_ELSE: &str = "192.0.2.99";
/// What Maria typed when she mistyped her password, and what a guesser typed.
const WRONG_PASSWORDS: [&str; 2] = ["seven quiet herons at dawn", "correct horse battery staple"];

/// What was done, and by whom.
pub struct Recorded {
    /// The installation, at which no host runs any more.
    pub setup: Setup,
    /// Where the front desk was.
    pub desk: &'static str,
    /// Where the administrator was.
    pub admin: &'static str,
    /// Where Maria was.
    pub patient: &'static str,
    /// Where somebody was who guessed at everything.
    pub guesser: &'static str,
    /// Before the first entry and after the last one, as the export writes moments.
    pub begun: String,
    /// See `begun`.
    pub ended: String,
    /// What staff typed as a reason, and as the name of an access level: a spreadsheet would compute it.
    pub formula: &'static str,
    /// See `formula`.
    pub other_formula: &'static str,
    /// Passwords, Portal IDs, birth dates and tokens, as typed, shown and sent.
    pub secrets: Vec<String>,
    charts: BTreeMap<&'static str, String>,
}

impl Recorded {
    /// The EHR's key for the patient of this name.
    ///
    /// # Panics
    /// Where that is none of the journey's.
    pub fn chart(&self, name: &str) -> &str {
        &self.charts[name]
    }
}

/// The one journey of this process.
///
/// # Panics
/// Where anything of it does not work.
pub fn recorded() -> &'static Recorded {
    static RECORDED: OnceLock<Recorded> = OnceLock::new();
    RECORDED.get_or_init(|| {
        // Some who ask are inside a runtime already, where another one cannot be entered.
        let journey = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(Journey::begin().walked())
        });
        journey.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct Journey {
    host: Installation,
    recorded: Recorded,
}

impl Journey {
    fn begin() -> Self {
        let begun = now();
        let setup = Setup::fresh().with("--trusted-proxy", "127.0.0.1");
        let host = setup.start();
        let recorded = Recorded {
            setup,
            desk: "192.0.2.10",
            admin: "192.0.2.20",
            patient: "198.51.100.30",
            guesser: "203.0.113.66",
            ended: begun.clone(),
            begun,
            formula: "=HYPERLINK(\"http://evil.example\")",
            other_formula: "@SUM(1+1)*cmd",
            secrets: Vec::new(),
            charts: BTreeMap::new(),
        };
        Self { host, recorded }
    }

    async fn walked(mut self) -> Recorded {
        self.keep_birth_dates();
        self.keep([PASSWORD].into_iter().chain(WRONG_PASSWORDS));
        let desk = Visitor::from_address(self.recorded.desk, &self.host.ehr);
        let password = staff::password_of(&desk.open("/sign-in").await, FRONT_DESK);
        self.keep_tokens(&staff::try_to_sign_in(&desk, FRONT_DESK, &password).await.expect(303));
        let marias = self.invited(&desk, &MARIA).await;
        let seans = self.invited(&desk, &SEAN).await;
        desk.open(&staff::open_tab(&desk, &MARIA).await.link(PRINT)).await.expect(200);

        self.guess_at_confirmation(&marias, &seans).await;
        self.activate_and_log_in(&marias).await;
        self.guess_at_passwords().await;
        self.change_the_practice().await;
        self.change_back(&desk).await;

        let policy = self.recorded.setup.run(&["policy", "--set", "invitation-days=8"]);
        assert!(policy.status.success(), "{policy:?}");
        let Self { mut host, mut recorded } = self;
        host.terminate();
        assert!(host.wait().success(), "{}", host.log());
        recorded.ended = now();
        recorded
    }

    /// Invites; the Portal ID, which is kept as a secret in both of its spellings.
    async fn invited(&mut self, desk: &Visitor, person: &Person) -> String {
        let tab = staff::open_tab(desk, person).await;
        let chart = tab.path.split('/').nth(2).expect("a key in the path").to_owned();
        self.recorded.charts.insert(person.name, chart);
        let tab = staff::press(desk, &tab, CREATE).await;
        self.keep_portal_id(&tab)
    }

    /// Five wrong answers burn Sean's Portal ID, and the sixth is not looked at; one is about Maria, and
    /// one about nobody.
    async fn guess_at_confirmation(&mut self, marias: &str, seans: &str) {
        let guess = async |person: &Person, id: &str| {
            let visitor = Visitor::from_address(self.recorded.guesser, &self.host.portal);
            let page = patient::confirm(&visitor, person, id).await;
            assert!(page.says(patient::NOT_CONFIRMED), "{}", page.text());
        };
        let wrong = Person { born: "02/28/1984", ..MARIA };
        guess(&wrong, marias).await;
        let nobodys = (0..).map(|n| format!("{n:06}")).find(|id| id != marias && id != seans);
        guess(&wrong, &nobodys.expect("a Portal ID")).await;
        for first in ["A", "B", "C", "D", "E", "F"] {
            guess(&Person { first, ..SEAN }, seans).await;
        }
    }

    /// Maria activates, mistypes her password, logs in and out.
    async fn activate_and_log_in(&mut self, portal_id: &str) {
        let maria = Visitor::from_address(self.recorded.patient, &self.host.portal);
        let confirmed = patient::try_to_confirm(&maria, &MARIA, portal_id).await.expect(303);
        let page = maria.follow(confirmed.clone()).await.expect(200);
        let done = patient::choose(&maria, &page, "maria", PASSWORD).await;
        assert!(done.says("Your account is ready"), "{}", done.text());
        let refused = patient::log_in(&maria, "maria", WRONG_PASSWORDS[0]).await;
        assert!(refused.says(patient::NOT_LOGGED_IN), "{}", refused.text());
        let form = [("username", "maria"), ("password", PASSWORD)];
        let logged_in = maria.post("/login", &form).await.expect(303);
        let home = maria.follow(logged_in.clone()).await.expect(200);
        for answer in [&confirmed, &page, &logged_in, &home] {
            self.keep_tokens(answer);
        }
        maria.submit(&home, &home.form("Log out")).await.expect(200);
    }

    /// Of patients and of staff, known and unknown, until nobody looks any more.
    async fn guess_at_passwords(&mut self) {
        let (guesser, wrong) = (self.recorded.guesser, WRONG_PASSWORDS[1]);
        for (username, times) in [("nobody.at.all", 1), ("maria", 6)] {
            for _ in 0..times {
                patient::log_in(&Visitor::from_address(guesser, &self.host.portal), username, wrong).await;
            }
        }
        for (user_name, times) in [("nobody", 1), (BILLING, 6)] {
            for _ in 0..times {
                let visitor = Visitor::from_address(guesser, &self.host.ehr);
                staff::try_to_sign_in(&visitor, user_name, wrong).await;
            }
        }
    }

    /// The administrator makes an access level, changes its rights, gives it to somebody, and switches
    /// the add-on off and on.
    async fn change_the_practice(&mut self) {
        let admin = Visitor::from_address(self.recorded.admin, &self.host.ehr);
        staff::sign_in_with(&admin, ADMIN).await;
        let levels = admin.open("/administration/access-levels").await.expect(200);
        let form = [("name", self.recorded.other_formula), ("description", "")];
        let created = admin.post(&levels.path, &form).await.expect(303);
        let rights = admin.follow(created).await.expect(200);
        let form = rights.form("Save").tick("Connect EHR View", true);
        admin.submit(&rights, &form).await.expect(200);

        let users = admin.open("/administration/users").await.expect(200);
        let level = rights.path.split('/').nth(3).expect("a number in the path").to_owned();
        let was = was_of(&users, BILLING);
        let form = [("user", BILLING), ("was", was.as_str()), ("access_level", level.as_str())];
        admin.post(&users.path, &form).await.expect(303);
        for button in ["Switch off Patient Portal", "Switch on Patient Portal"] {
            let modules = admin.open("/administration/modules").await.expect(200);
            admin.submit(&modules, &modules.form(button)).await.expect(200);
        }
    }

    /// The front desk turns Maria's access off, and gives Sean another Portal ID.
    async fn change_back(&mut self, desk: &Visitor) {
        let tab = staff::open_tab(desk, &MARIA).await;
        let question = desk.open(&tab.link("Turn access off")).await.expect(200);
        let form = question.form("Turn access off").fill("Reason", self.recorded.formula);
        let tab = desk.submit(&question, &form).await.expect(200);
        assert!(tab.says("Access is off"), "{}", tab.text());
        let tab = staff::open_tab(desk, &SEAN).await;
        let tab = staff::press(desk, &tab, REISSUE).await;
        self.keep_portal_id(&tab);
        desk.submit(&tab, &tab.form("Sign out")).await.expect(200);
    }

    fn keep<'s>(&mut self, secrets: impl IntoIterator<Item = &'s str>) {
        self.recorded.secrets.extend(secrets.into_iter().map(str::to_owned));
    }

    fn keep_portal_id(&mut self, tab: &Answer) -> String {
        let id = staff::portal_id(tab).unwrap_or_else(|| panic!("no Portal ID: {}", tab.text()));
        self.keep([id.as_str(), &format!("{} {}", &id[..3], &id[3..])]);
        self.keep_tokens(tab);
        id
    }

    /// As typed, and as machines write dates.
    fn keep_birth_dates(&mut self) {
        for person in [MARIA, SEAN, Person { born: "02/28/1984", ..MARIA }] {
            let [month, day, year] = person.born.split('/').collect::<Vec<_>>()[..] else { panic!("a date") };
            let written = [format!("{year}-{month}-{day}"), format!("{year}{month}{day}")];
            self.keep([person.born, &written[0], &written[1]]);
        }
    }

    /// The cookies that came, and the tokens in the page.
    fn keep_tokens(&mut self, answer: &Answer) {
        let cookies = answer.headers.get_all(SET_COOKIE).iter();
        let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(['=', ';']).nth(1));
        let hidden = answer.body.split("_token\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        // A cookie that is told to be forgotten has no value.
        let tokens: Vec<String> =
            cookies.chain(hidden).filter(|token| token.len() >= 16).map(str::to_owned).collect();
        assert!(!tokens.is_empty(), "no token at {}", answer.path);
        self.recorded.secrets.extend(tokens);
    }
}

/// The access level that this user has now, as the form says it back.
fn was_of(users: &Answer, user: &str) -> String {
    let form = users.body.split("<form").find(|form| form.contains(&format!("value=\"{user}\"")));
    let was = form.and_then(|form| form.split_once("name=\"was\" value=\"")).map(|(_, rest)| rest);
    was.and_then(|rest| rest.split('"').next()).expect("the level it was drawn with").to_owned()
}

/// Now, to the second, as the export writes it.
fn now() -> String {
    let second = i64::try_from(SystemClock.now().0).expect("a moment");
    jiff::Timestamp::from_second(second).expect("a moment").to_string()
}
