//! A small but honest EHR to try the patient portal in: staff screens over `sandbox-db`, the patient
//! website, and the `portal-host` command that serves both.
//!
//! `ehr` draws the staff's screens; `state` is the folder everything is kept in; `staff_cookies` keeps
//! the two addresses' cookies apart; `serve` and `seed` are the commands, read by `cli`.

mod cli;
pub mod ehr;
mod sandbox;
mod seed;
mod serve;
mod sign_ins;
mod staff_cookies;
mod state;

pub use cli::run;
