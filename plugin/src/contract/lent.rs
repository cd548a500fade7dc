//! What the EHR lends, over the component's imports.

use super::bindings::ehr::patient_portal::{
    accounts, attempts, log, look, passwords, patients, sessions, site,
};
use super::bindings::wasi::{clocks::wall_clock, random::random};
use crate::audit::{Deed, Entry, Event};
use crate::calendar::{LocalTime, Timestamp};
use crate::ehr::{
    Accounts, AttemptVerdict, Attempts, Clock, Entropy, Level, Log, PasswordError, PasswordVerdict,
    Passwords, Patients, SaveError, Sessions, Site, Unavailable,
};
use crate::people::{Patient, PatientId};
use crate::practice::{Policy, Practice, Throttles};
use crate::rules::account::{Account, Revision};
use crate::rules::colour::Colour;
use crate::rules::password::{Password, PasswordHash};
use crate::rules::portal_id::PortalId;
use crate::rules::session::{Purpose, Session};
use crate::rules::throttle::Counter;
use crate::rules::token::TokenHash;
use crate::rules::username::Username;

/// The host on the other side of the component's imports.
pub(super) struct Host;

impl Clock for Host {
    fn now(&self) -> Timestamp {
        Timestamp(wall_clock::now().seconds)
    }
}

impl Entropy for Host {
    fn fill(&self, buffer: &mut [u8]) {
        match random_bytes(buffer.len()) {
            Some(bytes) => buffer.copy_from_slice(&bytes),
            // A Portal ID or a token made of zeros would be worse than no answer at all.
            None => std::process::abort(),
        }
    }
}

/// So many bytes from the host's generator; none where it answers with another number of them.
pub(crate) fn random_bytes(length: usize) -> Option<Vec<u8>> {
    let bytes = random::get_random_bytes(length.try_into().unwrap_or(u64::MAX));
    if bytes.len() == length {
        return Some(bytes);
    }
    log::log(log::Level::Error, "the host answered with another number of random bytes than asked for");
    None
}

impl Log for Host {
    fn log(&self, level: Level, message: &'static str) {
        let level = match level {
            Level::Warn => log::Level::Warn,
            Level::Error => log::Level::Error,
        };
        log::log(level, message);
    }
}

impl Site for Host {
    fn practice(&self) -> Practice {
        let site::Profile { name, phone, portal_url, languages, policy, never_paused } = site::describe();
        let throttles = policy.throttles;
        let policy = Policy {
            invitation_days: policy.invitation_days,
            minimum_password_length: policy.minimum_password_length,
            idle_minutes: policy.idle_minutes,
            session_hours: policy.session_hours,
            throttles: Throttles {
                per_portal_id: throttles.per_portal_id,
                per_person_a_day: throttles.per_person_a_day,
                per_person: throttles.per_person,
                per_network_a_day: throttles.per_network_a_day,
                per_website_an_hour: throttles.per_website_an_hour,
            },
            require_edit_right: policy.require_edit_right,
        };
        let accent = look::accent().map(|look::Colour { red, green, blue }| Colour { red, green, blue });
        let logo_version = look::logo_version();
        Practice { name, phone, portal_url, languages, policy, never_paused, accent, logo_version }
    }

    fn logo(&self) -> Option<String> {
        look::logo()
    }

    fn local_time(&self, at: Timestamp) -> LocalTime {
        let site::LocalTime { date, hour, minute } = site::to_local(at.0);
        LocalTime { date: date.into(), hour, minute }
    }
}

impl Patients for Host {
    fn patient(&self, id: &PatientId) -> Result<Option<Patient>, Unavailable> {
        Ok(patients::get(&id.0)?.map(Patient::from))
    }
}

impl Accounts for Host {
    fn account_of(&self, patient: &PatientId) -> Result<Option<Account>, Unavailable> {
        accounts::find_by_patient(&patient.0)?.map(Account::try_from).transpose()
    }

    fn account_invited_with(&self, portal_id: &PortalId) -> Result<Option<Account>, Unavailable> {
        accounts::find_by_portal_id(&portal_id.digits())?.map(Account::try_from).transpose()
    }

    fn account_named(&self, username: &Username) -> Result<Option<Account>, Unavailable> {
        accounts::find_by_username(username.as_str())?.map(Account::try_from).transpose()
    }

    fn save(&self, account: &Account, because: &Event, clearing: &[Counter]) -> Result<Revision, SaveError> {
        let saved = accounts::save(&account.into(), &because.into(), &keys(clearing));
        saved.map(Revision).map_err(|error| match error {
            accounts::SaveError::Stale => SaveError::Stale,
            accounts::SaveError::PortalIdTaken => SaveError::PortalIdTaken,
            accounts::SaveError::UsernameTaken => SaveError::UsernameTaken,
            accounts::SaveError::Unavailable(unavailable) => SaveError::Unavailable(unavailable.into()),
        })
    }

    fn note(&self, event: &Event) -> Result<(), Unavailable> {
        Ok(accounts::note(&event.into())?)
    }

    fn history(
        &self,
        patient: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable> {
        let entries = accounts::history(&patient.0, before, limit)?;
        Ok(entries.into_iter().map(Entry::from).collect())
    }

    fn latest(
        &self,
        patient: &PatientId,
        deeds: &[Deed],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable> {
        let actions: Vec<_> = deeds.iter().map(|deed| deed.name().to_owned()).collect();
        Ok(accounts::latest(&patient.0, &actions, before)?.map(Entry::from))
    }
}

impl Sessions for Host {
    fn open_session(&self, token: &TokenHash, session: &Session, because: &Event) -> Result<(), Unavailable> {
        Ok(sessions::open(&token.0, &session.into(), &because.into())?)
    }

    fn find_session(&self, token: &TokenHash) -> Result<Option<Session>, Unavailable> {
        Ok(sessions::find(&token.0)?.map(Session::from))
    }

    fn sessions_of(
        &self,
        patient: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
        let kept = sessions::list(&patient.0, purpose.into())?;
        let known = |kept: sessions::Kept| Some((TokenHash::stored(&kept.token_hash)?, kept.session.into()));
        Ok(kept.into_iter().filter_map(known).collect())
    }

    fn touch_session(&self, token: &TokenHash, seen: Timestamp) -> Result<(), Unavailable> {
        Ok(sessions::touch(&token.0, seen.0)?)
    }

    fn close_session(&self, token: &TokenHash, because: &Event) -> Result<(), Unavailable> {
        Ok(sessions::close(&token.0, &because.into())?)
    }
}

impl Attempts for Host {
    fn take_attempt(&self, counters: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        let taken: Vec<_> = counters.iter().map(attempts::Counter::from).collect();
        verdict(attempts::take(&taken)?, counters)
    }

    fn look_at(&self, counters: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        let seen: Vec<_> = counters.iter().map(attempts::Counter::from).collect();
        verdict(attempts::look(&seen)?, counters)
    }

    fn clear_attempts(&self, counters: &[Counter], because: &Event) -> Result<(), Unavailable> {
        Ok(attempts::clear(&keys(counters), &because.into())?)
    }

    fn forgive_attempt(&self, counters: &[Counter]) -> Result<(), Unavailable> {
        Ok(attempts::forgive(&keys(counters))?)
    }
}

fn keys(counters: &[Counter]) -> Vec<String> {
    counters.iter().map(|counter| counter.key.clone()).collect()
}

/// The host's verdict, which is about each counter that was asked for.
fn verdict(verdict: attempts::Verdict, asked: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
    let (attempts::Verdict::Allowed(numbers) | attempts::Verdict::Blocked(numbers)) = &verdict;
    if numbers.len() != asked.len() {
        log::log(log::Level::Error, "the host answered about another number of counters than asked for");
        return Err(Unavailable::BROKEN);
    }
    Ok(match verdict {
        attempts::Verdict::Allowed(counts) => AttemptVerdict::Allowed(counts),
        attempts::Verdict::Blocked(waits) => AttemptVerdict::Blocked(waits),
    })
}

impl Passwords for Host {
    fn hash(&self, password: &Password) -> Result<PasswordHash, PasswordError> {
        Ok(PasswordHash(passwords::hash(password.expose())?))
    }

    fn verify(
        &self,
        password: &Password,
        hash: Option<&PasswordHash>,
    ) -> Result<PasswordVerdict, PasswordError> {
        let hash = hash.map(|PasswordHash(phc)| phc.as_str());
        Ok(match passwords::verify(password.expose(), hash)? {
            passwords::Verdict::Right => PasswordVerdict::Right,
            passwords::Verdict::RightButOutdated => PasswordVerdict::RightButOutdated,
            passwords::Verdict::Wrong => PasswordVerdict::Wrong,
        })
    }
}
