//! The portal's pages built natively: the same code without a component around it, for an EHR that is asked for
//! nothing but the time, the practice and randomness. That is all that the start page takes.

use patient_portal::audit::{Deed, Entry, Event};
use patient_portal::calendar::{Date, LocalTime, Timestamp};
use patient_portal::ehr::{
    Accounts, AttemptVerdict, Attempts, Clock, Entropy, FactorsError, Level, Log, PasswordError,
    PasswordVerdict, Passwords, Patients, SaveError, SecondFactors, Sessions, Site, Unavailable,
};
use patient_portal::patient::{handle, request::Request, response::Response};
use patient_portal::people::{Patient, PatientId};
use patient_portal::practice::{Policy, Practice};
use patient_portal::rules::account::{Account, Revision};
use patient_portal::rules::password::{Password, PasswordHash};
use patient_portal::rules::portal_id::PortalId;
use patient_portal::rules::second_factor::{FactorId, Factors};
use patient_portal::rules::session::{Purpose, Session, Step};
use patient_portal::rules::throttle::Counter;
use patient_portal::rules::token::TokenHash;
use patient_portal::rules::username::Username;
use patient_portal::settings::DEFAULT_THROTTLES;
use std::time::SystemTime;

/// An EHR with a practice, and nobody in it.
pub struct Nobody(Practice);

impl Nobody {
    /// At a website with this address.
    pub fn at(portal_url: &str) -> Self {
        Self(Practice {
            name: "Lakeside Family Practice".to_owned(),
            phone: "(555) 010-0199".to_owned(),
            portal_url: portal_url.to_owned(),
            languages: ["en", "es", "zh"].map(str::to_owned).to_vec(),
            policy: Policy {
                invitation_days: 14,
                minimum_password_length: 15,
                idle_minutes: 15,
                session_hours: 12,
                throttles: DEFAULT_THROTTLES,
                require_edit_right: false,
            },
            never_paused: Vec::new(),
            accent: None,
            logo_version: None,
        })
    }

    /// The start page, for a visitor who is not known.
    pub fn start_page(&self, request: &Request) -> Response {
        handle(self, request)
    }
}

impl Clock for Nobody {
    #[expect(clippy::disallowed_methods, reason = "a benchmark decides nothing by the time")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Timestamp(since.map(|since| since.as_secs()).unwrap_or_default())
    }
}

impl Entropy for Nobody {
    #[expect(clippy::disallowed_methods, reason = "a benchmark keeps no secret")]
    fn fill(&self, buffer: &mut [u8]) {
        // Where there is none the page is as long.
        let _ = getrandom::fill(buffer);
    }
}

impl Log for Nobody {
    fn log(&self, _: Level, _: &'static str) {}
}

impl Site for Nobody {
    fn practice(&self) -> Practice {
        self.0.clone()
    }

    fn logo(&self) -> Option<String> {
        None
    }

    fn local_time(&self, _: Timestamp) -> LocalTime {
        LocalTime { date: Date::promised(2026, 1, 5), hour: 12, minute: 0 }
    }
}

impl Patients for Nobody {
    fn patient(&self, _: &PatientId) -> Result<Option<Patient>, Unavailable> {
        Err(Unavailable::BROKEN)
    }
}

impl Accounts for Nobody {
    fn account_of(&self, _: &PatientId) -> Result<Option<Account>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn account_invited_with(&self, _: &PortalId) -> Result<Option<Account>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn account_named(&self, _: &Username) -> Result<Option<Account>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn save(&self, _: &Account, _: &Event, _: &[Counter]) -> Result<Revision, SaveError> {
        Err(Unavailable::BROKEN.into())
    }

    fn note(&self, _: &Event) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn history(&self, _: &PatientId, _: Option<u64>, _: u16) -> Result<Vec<Entry>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn latest(&self, _: &PatientId, _: &[Deed], _: Option<u64>) -> Result<Option<Entry>, Unavailable> {
        Err(Unavailable::BROKEN)
    }
}

impl SecondFactors for Nobody {
    fn is_second_factor_required(&self) -> bool {
        false
    }

    fn factors_of(&self, _: &PatientId) -> Result<Factors, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn save_factors(&self, _: &Account, _: &Factors, _: &Event) -> Result<Revision, FactorsError> {
        Err(Unavailable::BROKEN.into())
    }

    fn advance_factor(&self, _: &PatientId, _: &FactorId, _: u64, _: &Event) -> Result<bool, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn open_step(&self, _: &TokenHash, _: &Step, _: &Event) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn find_step(&self, _: &TokenHash) -> Result<Option<Step>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn pass_step(&self, _: &TokenHash, _: &TokenHash, _: &Session, _: &Event) -> Result<bool, Unavailable> {
        Err(Unavailable::BROKEN)
    }
}

impl Sessions for Nobody {
    fn open_session(&self, _: &TokenHash, _: &Session, _: &Event) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn find_session(&self, _: &TokenHash) -> Result<Option<Session>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn sessions_of(&self, _: &PatientId, _: Purpose) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn touch_session(&self, _: &TokenHash, _: Timestamp) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn close_session(&self, _: &TokenHash, _: &Event) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }
}

impl Attempts for Nobody {
    fn take_attempt(&self, _: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn look_at(&self, _: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn clear_attempts(&self, _: &[Counter], _: &Event) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }

    fn forgive_attempt(&self, _: &[Counter]) -> Result<(), Unavailable> {
        Err(Unavailable::BROKEN)
    }
}

impl Passwords for Nobody {
    fn hash(&self, _: &Password) -> Result<PasswordHash, PasswordError> {
        Err(PasswordError::Failed)
    }

    fn verify(&self, _: &Password, _: Option<&PasswordHash>) -> Result<PasswordVerdict, PasswordError> {
        Err(PasswordError::Failed)
    }
}
