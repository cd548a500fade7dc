//! An EHR in memory that keeps the contract's promises: revisions, uniqueness, counters.
//!
//! Tests may break single promises on purpose: see the switches of [`Memory`].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};

use super::bounds::{check_account, check_counters, check_key, check_word};
use super::{people, practice};
use crate::audit::{Actor, By, Deed, Entry, Event};
use crate::calendar::{Date, LocalTime, Timestamp};
use crate::ehr::{
    Accounts, Clock, Entropy, Level, Log, PasswordError, PasswordVerdict, Passwords, Patients, SaveError,
    Site, Unavailable,
};
use crate::people::{Patient, PatientId, StaffId};
use crate::practice::Practice;
use crate::rules::account::{Account, Invitation, Lapse, Lapsed, Revision, State};
use crate::rules::password::{Password, PasswordHash};
use crate::rules::portal_id::PortalId;
use crate::rules::second_factor::Factor;
use crate::rules::session::{Session, Step};
use crate::rules::throttle::Counter;
use crate::rules::token::TokenHash;
use crate::rules::username::Username;
use crate::settings::MOST_DEEDS;

/// 2026-11-22 15:00 UTC.
const START: u64 = 1_795_359_600;

pub(crate) struct Memory {
    pub(crate) now: Cell<u64>,
    pub(crate) practice: RefCell<Practice>,
    pub(crate) patients: RefCell<Vec<Patient>>,
    pub(crate) logo: RefCell<Option<String>>,
    pub(crate) accounts: RefCell<Vec<Account>>,
    pub(crate) sessions: RefCell<BTreeMap<TokenHash, Session>>,
    /// By the patient's key.
    pub(crate) factors: RefCell<BTreeMap<String, Vec<Factor>>>,
    pub(crate) steps: RefCell<BTreeMap<TokenHash, Step>>,
    /// The practice asks every patient for a second factor.
    pub(crate) requires_second_factor: Cell<bool>,
    pub(crate) events: RefCell<Vec<(Timestamp, Event)>>,
    pub(crate) counters: RefCell<BTreeMap<String, (u64, u32)>>,
    pub(crate) calls: RefCell<Vec<&'static str>>,
    /// How many calls a host would have counted since this was set to none.
    pub(crate) spent: Cell<u32>,
    pub(crate) log: RefCell<Vec<&'static str>>,
    /// Whom a call of the website answers, by address; none in a call of the tab.
    pub(crate) visitor: RefCell<Option<String>>,
    /// The next saves are refused for this reason, last first.
    pub(crate) refused_saves: RefCell<Vec<SaveError>>,
    /// The next save was made by someone else with the same click, and is refused for this reason.
    pub(crate) overtaken_by_itself: Cell<Option<SaveError>>,
    /// Calls of this name are answered with `unavailable`.
    pub(crate) down: Cell<Option<&'static str>>,
    /// Saves are made, but the answer is lost on its way.
    pub(crate) loses_answers: Cell<bool>,
    /// Every Portal ID finds an account, invited or not.
    pub(crate) finds_everyone: Cell<bool>,
    /// The host's hash queue is full.
    pub(crate) busy: Cell<bool>,
    /// Hashes made before now use weaker parameters than today's.
    pub(crate) hash_version: Cell<u32>,
    rng: RefCell<ChaCha20Rng>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            now: Cell::new(START),
            practice: RefCell::new(practice()),
            patients: RefCell::new(people::everyone()),
            logo: RefCell::new(None),
            accounts: RefCell::default(),
            sessions: RefCell::default(),
            factors: RefCell::default(),
            steps: RefCell::default(),
            requires_second_factor: Cell::new(false),
            events: RefCell::default(),
            counters: RefCell::default(),
            calls: RefCell::default(),
            spent: Cell::new(0),
            log: RefCell::default(),
            visitor: RefCell::default(),
            overtaken_by_itself: Cell::new(None),
            refused_saves: RefCell::default(),
            down: Cell::new(None),
            loses_answers: Cell::new(false),
            finds_everyone: Cell::new(false),
            busy: Cell::new(false),
            hash_version: Cell::new(1),
            rng: RefCell::new(ChaCha20Rng::seed_from_u64(7)),
        }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.now.set(self.now.get() + seconds);
    }

    /// The names of the events so far, oldest first.
    pub(crate) fn deeds(&self) -> Vec<&'static str> {
        self.events.borrow().iter().map(|(_, event)| event.deed.name()).collect()
    }

    pub(crate) fn account(&self, patient: &Patient) -> Option<Account> {
        self.accounts.borrow().iter().find(|account| account.patient == patient.id).cloned()
    }

    pub(super) fn spend(&self) {
        self.spent.set(self.spent.get() + 1);
    }

    pub(super) fn called(&self, name: &'static str) -> Result<(), Unavailable> {
        self.spend();
        self.calls.borrow_mut().push(name);
        if self.down.get() == Some(name) { Err(Unavailable { retry_after_seconds: 7 }) } else { Ok(()) }
    }

    pub(super) fn record(&self, event: &Event) {
        self.check_event(event);
        self.events.borrow_mut().push((self.now(), event.clone()));
    }

    /// The trail of one patient, oldest first.
    fn entries_about(&self, patient: &PatientId) -> Vec<Entry> {
        let events = self.events.borrow();
        let about_them = events.iter().filter(|(_, event)| event.patient.as_ref() == Some(patient));
        let numbered = (1..).zip(about_them);
        let entries = numbered.map(|(number, (at, event))| Entry {
            number,
            at: *at,
            by: match &event.actor {
                Actor::Staff(_) => By::Staff,
                Actor::Patient(_) => By::Patient,
                Actor::Visitor(_) => By::Visitor,
            },
            who: match &event.actor {
                Actor::Staff(StaffId(id)) => format!("Staff {id}"),
                Actor::Patient(PatientId(id)) => format!("Patient {id}"),
                Actor::Visitor(address) => address.clone(),
            },
            action: event.deed.name().to_owned(),
            detail: event.detail.clone().map(Cow::into_owned),
        });
        entries.collect()
    }

    /// What a host does with invitations that ran out.
    pub(crate) fn lapse_expired(&self) {
        for account in self.accounts.borrow_mut().iter_mut() {
            if let State::Invited(Invitation { issued, expires, .. }) = account.state
                && expires <= self.now()
            {
                account.state = State::Lapsed(Lapsed { issued, over: expires, how: Lapse::Expired });
                account.revision.0 += 1;
            }
        }
    }

    fn found(&self, wanted: impl Fn(&Account) -> bool) -> Option<Account> {
        self.accounts.borrow().iter().find(|account| wanted(account)).cloned()
    }
}

impl Clock for Memory {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.get())
    }
}

impl Entropy for Memory {
    fn fill(&self, buffer: &mut [u8]) {
        self.rng.borrow_mut().fill_bytes(buffer);
    }
}

impl Log for Memory {
    fn log(&self, _level: Level, message: &'static str) {
        self.spend();
        self.log.borrow_mut().push(message);
    }
}

impl Site for Memory {
    fn practice(&self) -> Practice {
        self.spend();
        self.practice.borrow().clone()
    }

    fn logo(&self) -> Option<String> {
        self.spend();
        self.logo.borrow().clone()
    }

    /// UTC, by Howard Hinnant's algorithm for civil dates.
    fn local_time(&self, Timestamp(at): Timestamp) -> LocalTime {
        self.spend();
        let day = at / 86_400 + 719_468;
        let (era, day_of_era) = (day / 146_097, day % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        let small = |number: u64| u8::try_from(number).unwrap();
        let day = small(day_of_year - (153 * shifted_month + 2) / 5 + 1);
        LocalTime {
            date: Date::new(u16::try_from(year).unwrap(), small(month), day).unwrap(),
            hour: small(at % 86_400 / 3_600),
            minute: small(at % 3_600 / 60),
        }
    }
}

impl Patients for Memory {
    fn patient(&self, id: &PatientId) -> Result<Option<Patient>, Unavailable> {
        self.called("patients.get")?;
        check_key(id);
        Ok(self.patients.borrow().iter().find(|patient| patient.id == *id).cloned())
    }
}

impl Accounts for Memory {
    fn account_of(&self, patient: &PatientId) -> Result<Option<Account>, Unavailable> {
        self.called("accounts.find-by-patient")?;
        check_key(patient);
        Ok(self.found(|account| account.patient == *patient))
    }

    fn account_invited_with(&self, portal_id: &PortalId) -> Result<Option<Account>, Unavailable> {
        self.called("accounts.find-by-portal-id")?;
        Ok(self.found(|account| self.finds_everyone.get() || portal_id_of(account) == Some(*portal_id)))
    }

    fn account_named(&self, username: &Username) -> Result<Option<Account>, Unavailable> {
        self.called("accounts.find-by-username")?;
        check_word(username.as_str());
        Ok(self.found(|account| username_of(account) == Some(username)))
    }

    fn save(&self, account: &Account, because: &Event, clearing: &[Counter]) -> Result<Revision, SaveError> {
        self.called("accounts.save")?;
        check_account(account);
        check_counters(clearing);
        if let Some(error) = self.overtaken_by_itself.take() {
            self.save(account, because, clearing)?;
            return Err(error);
        }
        if let Some(error) = self.refused_saves.borrow_mut().pop() {
            return Err(error);
        }
        let stored = self.found(|other| other.patient == account.patient);
        if stored.map_or(Revision::NEVER_SAVED, |stored| stored.revision) != account.revision {
            return Err(SaveError::Stale);
        }
        let others = |clash: &dyn Fn(&Account) -> bool| {
            self.found(|other| other.patient != account.patient && clash(other)).is_some()
        };
        if portal_id_of(account).is_some() && others(&|other| portal_id_of(other) == portal_id_of(account)) {
            return Err(SaveError::PortalIdTaken);
        }
        if username_of(account).is_some() && others(&|other| username_of(other) == username_of(account)) {
            return Err(SaveError::UsernameTaken);
        }
        let revision = Revision(account.revision.0 + 1);
        let mut accounts = self.accounts.borrow_mut();
        accounts.retain(|other| other.patient != account.patient);
        accounts.push(Account { revision, ..account.clone() });
        if account.credentials().is_none() {
            self.factors.borrow_mut().remove(&account.patient.0);
        }
        self.counters.borrow_mut().retain(|key, _| clearing.iter().all(|cleared| cleared.key != *key));
        self.record(because);
        if self.loses_answers.get() {
            return Err(SaveError::Unavailable(Unavailable { retry_after_seconds: 7 }));
        }
        Ok(revision)
    }

    fn note(&self, event: &Event) -> Result<(), Unavailable> {
        self.called("accounts.note")?;
        self.record(event);
        Ok(())
    }

    fn history(
        &self,
        patient: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable> {
        self.called("accounts.history")?;
        let entries = self.entries_about(patient).into_iter().rev();
        let asked = entries.filter(|entry| before.is_none_or(|before| entry.number < before));
        Ok(asked.take(limit.into()).collect())
    }

    fn latest(
        &self,
        patient: &PatientId,
        deeds: &[Deed],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable> {
        self.called("accounts.latest")?;
        assert!(deeds.len() <= MOST_DEEDS);
        let entries = self.entries_about(patient);
        let mut asked =
            entries.into_iter().rev().filter(|entry| before.is_none_or(|before| entry.number < before));
        Ok(asked.find(|entry| deeds.iter().any(|deed| deed.name() == entry.action)))
    }
}

impl Passwords for Memory {
    fn hash(&self, password: &Password) -> Result<PasswordHash, PasswordError> {
        self.spend();
        self.calls.borrow_mut().push("passwords.hash");
        check_word(password.expose());
        if self.down.get() == Some("passwords.hash") {
            return Err(PasswordError::Failed);
        }
        if self.busy.get() {
            return Err(PasswordError::Busy { retry_after_seconds: 3 });
        }
        Ok(PasswordHash(format!("v{}:{}", self.hash_version.get(), password.expose())))
    }

    fn verify(
        &self,
        password: &Password,
        hash: Option<&PasswordHash>,
    ) -> Result<PasswordVerdict, PasswordError> {
        self.spend();
        self.calls.borrow_mut().push("passwords.verify");
        check_word(password.expose());
        if self.busy.get() {
            return Err(PasswordError::Busy { retry_after_seconds: 3 });
        }
        let Some((version, hashed)) = hash.and_then(|hash| hash.0.split_once(':')) else {
            return Ok(PasswordVerdict::Wrong);
        };
        Ok(if hashed != password.expose() {
            PasswordVerdict::Wrong
        } else if version == format!("v{}", self.hash_version.get()) {
            PasswordVerdict::Right
        } else {
            PasswordVerdict::RightButOutdated
        })
    }
}

fn portal_id_of(account: &Account) -> Option<PortalId> {
    match &account.state {
        State::Invited(invitation) => Some(invitation.portal_id),
        State::Lapsed(_) | State::Active(_) | State::Off(_) => None,
    }
}

fn username_of(account: &Account) -> Option<&Username> {
    account.credentials().map(|credentials| &credentials.username)
}
