//! How it should be: two accounts, three browsers and two colleagues, in as few words as say it.
//!
//! Nothing of the portal's code is here but the names of what goes on record and the numbers of
//! `settings`. [`World::does`] says what whoever acts should read, and what should be on record.

mod account;
mod counters;
mod held_back;
mod record;
mod second_factors;
pub mod second_step;
pub mod signed_in;
mod staff;
mod visitor;

pub use account::{Account, Login, Second, Standing};
pub use record::{By, Recorded, address_of};

use super::act::{Act, Browser, Button, Code, Colleague, Typed, Whose};
use counters::Counters;
use held_back::Known;
use patient_portal::audit::Deed;
use portal_host::lent::Policy;
use std::collections::BTreeMap;

/// The passwords that patients choose: two that can stand alone, in turns, and one of eight characters.
pub const PASSWORDS: [&str; 3] =
    ["seven quiet herons at dusk", "a walk around the lake on sunday", "kwmtzpvj"];
/// Which of them cannot stand alone.
const SHORT: usize = 2;
/// One that nobody ever chooses.
pub const WRONG_PASSWORD: &str = "correct horse battery staple";
/// The username that both want.
pub const WANTED_NAME: &str = "family";
/// Wrong passwords that are tried at one go.
pub const GUESSES: usize = 10;
/// Wrong codes that are tried at one go.
pub const GUESSED_CODES: usize = 5;
/// What is read where there is no such button or document.
pub const NOT_THERE: &str = "(not there)";

/// How long after its end a Portal ID is wiped, in seconds.
const WIPED_AFTER: u64 = 15 * 60;

/// Everything there is.
pub struct World {
    /// Seconds since 1970.
    pub now: u64,
    accounts: BTreeMap<Whose, Account>,
    browsers: BTreeMap<Browser, Kept>,
    sessions: Vec<Session>,
    steps: Vec<Step>,
    sheets: Vec<Sheet>,
    views: BTreeMap<(Colleague, Whose), View>,
    counters: Counters,
    known: Known,
    policy: Policy,
    record: Vec<Recorded>,
}

/// What a browser keeps.
#[derive(Default)]
struct Kept {
    portal: Option<usize>,
    step: Option<usize>,
    activation: Option<Leave>,
    device: Option<Device>,
}

/// A browser in which somebody logged in.
struct Session {
    whose: Whose,
    revision: u64,
    opened: u64,
    seen: u64,
    is_stored: bool,
}

/// A log in that waits for the second step.
struct Step {
    whose: Whose,
    revision: u64,
    ends: u64,
    is_stored: bool,
}

/// What a confirmed patient may set credentials by.
#[derive(Clone, Copy)]
struct Leave {
    whose: Whose,
    revision: u64,
    ends: u64,
}

/// A browser known from an earlier log in.
#[derive(Clone, Copy)]
struct Device {
    whose: Whose,
    number: usize,
    opened: u64,
}

/// A printed sheet.
struct Sheet {
    whose: Whose,
    revision: u64,
    ends: u64,
}

/// A tab as it was left open.
struct View {
    revision: u64,
    buttons: Vec<Button>,
}

/// Pieces of what should be read, each of them.
pub type Read = Vec<String>;

impl World {
    /// Nobody is invited, and nobody has been here.
    pub fn new(now: u64) -> Self {
        let nobody = Account {
            standing: Standing::NotInvited,
            revision: 0,
            issued: 0,
            drawn: 0,
            changed_by: String::new(),
            logged_in: None,
        };
        Self {
            now,
            accounts: Whose::ALL.map(|whose| (whose, nobody.clone())).into(),
            browsers: Browser::ALL.map(|browser| (browser, Kept::default())).into(),
            sessions: Vec::new(),
            steps: Vec::new(),
            sheets: Vec::new(),
            views: BTreeMap::new(),
            counters: Counters::default(),
            known: Known::default(),
            policy: Policy::default(),
            record: Vec::new(),
        }
    }

    /// What should come of this.
    pub fn does(&mut self, act: &Act) -> Read {
        match act {
            Act::Looks(who, whose) => self.looks(*who, *whose),
            Act::Presses(who, whose, button) => {
                self.looks(*who, *whose);
                self.presses(*who, *whose, *button)
            }
            Act::PressesLate(who, whose, button) => self.presses(*who, *whose, *button),
            Act::Prints(who, whose) => self.prints(*who, *whose),
            Act::Confirms(browser, whose, ticket, details) => {
                self.confirms(*browser, *whose, *ticket, *details)
            }
            Act::Chooses(browser, name) => self.chooses(*browser, *name),
            Act::LogsIn(browser, whose, typed) => self.logs_in(*browser, *whose, *typed, 1),
            Act::Guesses(browser, whose) => self.logs_in(*browser, *whose, Typed::Wrong, GUESSES),
            Act::OpensHome(browser) => self.opens_home(*browser),
            Act::OpensAccount(browser) => self.opens_account(*browser),
            Act::ChangesPassword(browser, typed, chosen) => self.changes_password(*browser, *typed, *chosen),
            Act::AddsApp(browser, code, typed) => self.adds_app(*browser, *code, *typed),
            Act::RemovesApp(browser, typed) => self.removes_app(*browser, *typed),
            Act::DrawsCodes(browser, typed) => self.draws_codes(*browser, *typed),
            Act::GivesCode(browser, code) => self.gives_code(*browser, *code, 1),
            Act::GivesRecovery(browser, code) => self.gives_recovery(*browser, *code),
            Act::GuessesCodes(browser) => self.gives_code(*browser, Code::Wrong, GUESSED_CODES),
            Act::EndsAnother(browser) => self.ends_another(*browser),
            Act::EndsAll(browser) => self.ends_all(*browser),
            Act::LogsOut(browser) => self.logs_out(*browser),
            Act::Waits(seconds) => {
                self.now += seconds;
                Read::new()
            }
            Act::KeepsHouse => self.keeps_house(),
        }
    }

    /// What should have gone on record since this was asked for last.
    pub fn recorded(&mut self) -> Vec<Recorded> {
        std::mem::take(&mut self.record)
    }

    /// Somebody's account.
    pub fn account(&self, whose: Whose) -> &Account {
        &self.accounts[&whose]
    }

    /// Since the password that holds is the model's to know: what is typed.
    pub fn typed_password(&self, whose: Whose, typed: Typed) -> &'static str {
        let login = self.login(whose);
        match (typed, login) {
            (Typed::Wrong, _) | (Typed::Before, None | Some(Login { before: None, .. })) => WRONG_PASSWORD,
            (Typed::Right, None) => PASSWORDS[0],
            (Typed::Right, Some(login)) => PASSWORDS[login.password],
            (Typed::Before, Some(Login { before: Some(before), .. })) => PASSWORDS[*before],
        }
    }

    /// The username that is typed: the patient's, or where there is none, what it may become.
    pub fn typed_name(&self, whose: Whose) -> String {
        self.login(whose).map_or_else(|| own_name(whose), |login| login.name.clone())
    }

    /// Whether each session there ever was should still open the home page, in the order they were opened.
    pub fn honoured(&self) -> Vec<bool> {
        (0..self.sessions.len()).map(|session| self.holds(session)).collect()
    }

    fn login(&self, whose: Whose) -> Option<&Login> {
        match &self.account(whose).standing {
            Standing::Active(login) | Standing::Off(Some(login)) => Some(login),
            Standing::NotInvited
            | Standing::Invited { .. }
            | Standing::Expired
            | Standing::Burnt
            | Standing::Off(None) => None,
        }
    }

    fn holds(&self, session: usize) -> bool {
        let session = &self.sessions[session];
        let account = self.account(session.whose);
        session.is_stored
            && matches!(account.standing, Standing::Active(_))
            && session.revision == account.revision
            && self.now < session.seen + u64::from(self.policy.idle_minutes) * 60
            && self.now < session.ends(self.policy)
    }

    /// Every change of an account goes through here: it counts, and is on record.
    fn change(&mut self, whose: Whose, to: Standing, deed: Deed, by: By) {
        self.note(Some(whose), deed, by);
        let account = self.accounts.get_mut(&whose).expect("an account of everybody's");
        account.standing = to;
        account.revision += 1;
        account.changed_by = by.as_named();
    }

    fn note(&mut self, about: Option<Whose>, deed: Deed, by: By) {
        self.record.push(Recorded { about, deed, by });
    }

    /// The host forgets sessions that are over whenever another is opened.
    fn sweep(&mut self) {
        for session in &mut self.sessions {
            session.is_stored &= self.now < session.ends(self.policy);
        }
    }

    fn keeps_house(&mut self) -> Read {
        for whose in Whose::ALL {
            match self.account(whose).standing {
                Standing::Invited { expires, .. } if expires + WIPED_AFTER <= self.now => {
                    self.change(whose, Standing::Expired, Deed::InvitationExpired, By::System);
                }
                _ => {}
            }
        }
        Read::new()
    }
}

impl Session {
    fn ends(&self, policy: Policy) -> u64 {
        self.opened + u64::from(policy.session_hours) * 3_600
    }
}

/// The username that only this patient wants.
pub fn own_name(whose: Whose) -> String {
    match whose {
        Whose::Marias => "maria".to_owned(),
        Whose::Seans => "sean".to_owned(),
    }
}

fn says(words: &str) -> Read {
    vec![words.to_owned()]
}
