//! What stands in for an EHR's own database: six traits on one type, over maps behind a lock.
//!
//! What a real one must get right is written at each trait in `portal_host::lent`: above all, an event is kept
//! together with the change it explains.

#[path = "second_factors.rs"]
mod second_factors;

use portal_host::identity::{Date, PatientId, PracticeId, Timestamp};
use portal_host::lent::{
    Account, Accounts, Attempts, Counter, Entry, Event, Factor, LocalTime, Patient, Patients, PersonName,
    Policy, PortalIdLookUp, Profile, Purpose, SaveError, Session, Sessions, Sites, State, Step, TokenHash,
    Unavailable, Verdict,
};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Everything the EHR knows. One lock makes each change and its event one step.
pub(crate) struct Memory {
    website: String,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    accounts: HashMap<PatientId, Account>,
    trail: Vec<Entry>,
    factors: HashMap<PatientId, Vec<Factor>>,
    steps: HashMap<[u8; 32], Step>,
    sessions: HashMap<[u8; 32], Session>,
    attempts: HashMap<[u8; 32], (u32, Timestamp)>,
}

impl Memory {
    /// One whose patients find the website at this address.
    pub(crate) fn with_website(address: &str) -> Self {
        Self { website: address.to_owned(), kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, wanted: impl Fn(&Account) -> bool) -> Option<Account> {
        self.kept().accounts.values().find(|account| wanted(account)).cloned()
    }
}

impl Kept {
    fn write(&mut self, event: &Event, at: Timestamp) {
        let number = u64::try_from(self.trail.len()).unwrap_or(u64::MAX).saturating_add(1);
        self.trail.push(Entry { number, at, who: format!("{:?}", event.actor), event: event.clone() });
    }

    /// How many attempts a counter has, and when it starts afresh.
    fn counted(&self, counter: &Counter, at: Timestamp) -> (u32, Timestamp) {
        let afresh = (0, at.plus_seconds(counter.window.as_secs()));
        self.attempts.get(&counter.key_hash).copied().filter(|(_, until)| *until > at).unwrap_or(afresh)
    }

    fn count(&mut self, counter: &Counter, at: Timestamp) -> u32 {
        let (count, until) = self.counted(counter, at);
        self.attempts.insert(counter.key_hash, (count + 1, until));
        count + 1
    }

    /// How long until each counter starts afresh: zero for those that are not full.
    fn waits(&self, counters: &[Counter], at: Timestamp) -> Vec<Duration> {
        let wait = |counter: &Counter| match self.counted(counter, at) {
            (count, until) if count >= counter.limit => Duration::from_secs(until.0 - at.0),
            _ => Duration::ZERO,
        };
        counters.iter().map(wait).collect()
    }

    fn has_another(&self, account: &Account, same: impl Fn(&State) -> bool) -> bool {
        self.accounts.values().any(|other| other.patient != account.patient && same(&other.state))
    }
}

#[async_trait::async_trait]
impl Sites for Memory {
    async fn practice_of_website(&self, host: &str) -> Result<Option<PracticeId>, Unavailable> {
        Ok((host == self.website).then(|| PracticeId::new("main-street")))
    }

    async fn portal_is_enabled(&self, _: &PracticeId) -> Result<bool, Unavailable> {
        Ok(true)
    }

    async fn profile(&self, _: &PracticeId) -> Result<Profile, Unavailable> {
        Ok(Profile {
            name: "Main Street Clinic".to_owned(),
            phone: "(555) 010-0123".to_owned(),
            portal_url: format!("http://{}", self.website),
            languages: vec!["en".to_owned()],
            policy: Policy::default(),
            never_paused: Vec::new(),
            accent: None,
            logo: None,
        })
    }

    async fn local_time(&self, _: &PracticeId, at: Timestamp) -> Result<LocalTime, Unavailable> {
        let second = i64::try_from(at.0).map_err(Unavailable::because)?;
        let utc = jiff::Timestamp::from_second(second).map_err(Unavailable::because)?;
        let local = utc.to_zoned(jiff::tz::TimeZone::UTC);
        let date = Date {
            year: local.year().unsigned_abs(),
            month: local.month().unsigned_abs(),
            day: local.day().unsigned_abs(),
        };
        Ok(LocalTime { date, hour: local.hour().unsigned_abs(), minute: local.minute().unsigned_abs() })
    }
}

#[async_trait::async_trait]
impl Patients for Memory {
    async fn patient(&self, _: &PracticeId, id: &PatientId) -> Result<Option<Patient>, Unavailable> {
        Ok((id.as_str() == "P-1").then(|| Patient {
            id: id.clone(),
            name: PersonName::Full { given: "Maria".to_owned(), family: "Garcia".to_owned() },
            other_names: Vec::new(),
            birth_date: Some(Date { year: 1984, month: 2, day: 29 }),
            language: None,
        }))
    }
}

#[async_trait::async_trait]
impl Accounts for Memory {
    async fn account_of_patient(
        &self,
        _: &PracticeId,
        id: &PatientId,
    ) -> Result<Option<Account>, Unavailable> {
        Ok(self.kept().accounts.get(id).cloned())
    }

    async fn account_of_portal_id(
        &self,
        _: &PracticeId,
        look_ups: &[PortalIdLookUp],
    ) -> Result<Option<Account>, Unavailable> {
        Ok(self.find(|account| look_ups.iter().any(|look_up| has_portal_id(&account.state, look_up))))
    }

    async fn account_of_username(&self, _: &PracticeId, name: &str) -> Result<Option<Account>, Unavailable> {
        Ok(self.find(|account| has_username(&account.state, name)))
    }

    async fn save(
        &self,
        _: &PracticeId,
        new: &Account,
        because: &Event,
        clearing: &[[u8; 32]],
        at: Timestamp,
    ) -> Result<u64, SaveError> {
        let mut kept = self.kept();
        let stored = kept.accounts.get(&new.patient).map_or(0, |account| account.revision);
        if stored != new.revision {
            return Err(SaveError::Stale);
        }
        match &new.state {
            State::Invited(it) if kept.has_another(new, |s| has_portal_id(s, &it.portal_id.look_up)) => {
                return Err(SaveError::PortalIdTaken);
            }
            State::Active(it) | State::Off(Some(it))
                if kept.has_another(new, |s| has_username(s, &it.username)) =>
            {
                return Err(SaveError::UsernameTaken);
            }
            State::Invited(_) | State::Lapsed(_) | State::Active(_) | State::Off(_) => {}
        }
        let revision = stored + 1;
        kept.accounts.insert(new.patient.clone(), Account { revision, ..new.clone() });
        if new.state.credentials().is_none() {
            kept.factors.remove(&new.patient);
        }
        kept.attempts.retain(|key, _| !clearing.contains(key));
        kept.write(because, at);
        Ok(revision)
    }

    async fn note(&self, _: &PracticeId, event: &Event, at: Timestamp) -> Result<(), Unavailable> {
        self.kept().write(event, at);
        Ok(())
    }

    async fn history(
        &self,
        _: &PracticeId,
        id: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable> {
        let kept = self.kept();
        let about = kept.trail.iter().rev().filter(|entry| entry.event.patient.as_ref() == Some(id));
        let asked = about.filter(|entry| before.is_none_or(|before| entry.number < before));
        Ok(asked.take(limit.into()).cloned().collect())
    }

    async fn latest(
        &self,
        _: &PracticeId,
        id: &PatientId,
        actions: &[String],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable> {
        let kept = self.kept();
        let about = kept.trail.iter().rev().filter(|entry| entry.event.patient.as_ref() == Some(id));
        let mut asked = about.filter(|entry| before.is_none_or(|before| entry.number < before));
        Ok(asked.find(|entry| actions.contains(&entry.event.action)).cloned())
    }
}

fn has_portal_id(state: &State, look_up: &PortalIdLookUp) -> bool {
    matches!(state, State::Invited(invitation) if invitation.portal_id.look_up == *look_up)
}

fn has_username(state: &State, name: &str) -> bool {
    matches!(state, State::Active(it) | State::Off(Some(it)) if it.username == name)
}

#[async_trait::async_trait]
impl Sessions for Memory {
    async fn open_session(
        &self,
        _: &PracticeId,
        token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut kept = self.kept();
        kept.sessions.insert(token.0, session.clone());
        kept.write(because, at);
        Ok(())
    }

    async fn find_session(&self, _: &PracticeId, token: &TokenHash) -> Result<Option<Session>, Unavailable> {
        Ok(self.kept().sessions.get(&token.0).cloned())
    }

    async fn sessions_of(
        &self,
        _: &PracticeId,
        id: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
        let kept = self.kept();
        let theirs = kept.sessions.iter().filter(|(_, it)| it.patient == *id && it.purpose == purpose);
        let mut theirs: Vec<_> = theirs.map(|(token, it)| (TokenHash(*token), it.clone())).collect();
        theirs.sort_by_key(|(_, it)| std::cmp::Reverse(it.seen.0));
        theirs.truncate(64);
        Ok(theirs)
    }

    async fn touch_session(
        &self,
        _: &PracticeId,
        token: &TokenHash,
        seen: Timestamp,
    ) -> Result<(), Unavailable> {
        if let Some(session) = self.kept().sessions.get_mut(&token.0) {
            session.seen = session.seen.max(seen);
        }
        Ok(())
    }

    async fn close_session(
        &self,
        _: &PracticeId,
        token: &TokenHash,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut kept = self.kept();
        if kept.sessions.remove(&token.0).is_some() {
            kept.write(because, at);
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Attempts for Memory {
    async fn take(
        &self,
        _: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable> {
        let mut kept = self.kept();
        let waits = kept.waits(counters, at);
        if waits.iter().any(|wait| !wait.is_zero()) {
            return Ok(Verdict::Blocked(waits));
        }
        let counts = counters.iter().map(|counter| kept.count(counter, at));
        Ok(Verdict::Allowed(counts.collect()))
    }

    async fn look(
        &self,
        _: &PracticeId,
        counters: &[Counter],
        at: Timestamp,
    ) -> Result<Verdict, Unavailable> {
        let kept = self.kept();
        let waits = kept.waits(counters, at);
        if waits.iter().any(|wait| !wait.is_zero()) {
            return Ok(Verdict::Blocked(waits));
        }
        Ok(Verdict::Allowed(counters.iter().map(|counter| kept.counted(counter, at).0).collect()))
    }

    async fn clear(
        &self,
        _: &PracticeId,
        key_hashes: &[[u8; 32]],
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut kept = self.kept();
        kept.attempts.retain(|key, _| !key_hashes.contains(key));
        kept.write(because, at);
        Ok(())
    }

    async fn forgive(&self, _: &PracticeId, key_hashes: &[[u8; 32]]) -> Result<(), Unavailable> {
        let mut kept = self.kept();
        for hash in key_hashes {
            if let Some((count, _)) = kept.attempts.get_mut(hash) {
                *count = count.saturating_sub(1);
            }
        }
        Ok(())
    }
}
