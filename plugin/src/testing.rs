//! What the tests share: an EHR in memory, a browser, and people to speak of.

mod access;
mod activation;
mod authenticators;
mod batch;
mod bounds;
pub(crate) mod browser;
mod change_password;
mod counters;
mod credentials;
mod devices;
mod error_pages;
mod forms;
mod guessing;
mod history;
mod hostile;
mod languages;
mod looks;
pub(crate) mod memory;
mod memory_factors;
mod memory_sessions;
mod not_you;
mod own_account;
mod own_sessions;
mod pages;
mod passkeys;
mod paused;
pub(crate) mod people;
mod records;
mod same_work;
mod second_factors;
pub(crate) mod second_step;
mod second_step_pages;
mod sheet_code;
mod sign_in;
mod staff;
mod stay;
mod translated;

use crate::practice::{Policy, Practice};
use crate::settings::DEFAULT_THROTTLES;

/// The practice of every test.
pub(crate) fn practice() -> Practice {
    Practice {
        name: "Riverside Family Medicine".to_owned(),
        phone: "(555) 010-0199".to_owned(),
        portal_url: "https://portal.riverside.example".to_owned(),
        languages: vec!["en-US".to_owned()],
        policy: Policy {
            invitation_days: 7,
            minimum_password_length: 15,
            idle_minutes: 15,
            session_hours: 12,
            throttles: DEFAULT_THROTTLES,
            require_edit_right: false,
        },
        never_paused: Vec::new(),
        accent: None,
        logo_version: None,
    }
}
