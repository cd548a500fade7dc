//! A small but honest EHR to try the patient portal in: staff screens over `sandbox-db`, the patient
//! website, and the `portal-host` command that serves both.
//!
//! `ehr` draws the staff's screens; `state` is the folder everything is kept in, `key_file` the keys and
//! `checkpoints` what is kept of the audit trail outside the database; `staff_cookies` keeps the two
//! addresses' cookies apart; `logging` writes the log; `serve`, with `housekeeping`, `inviting` and `renewal` beside it,
//! and the `commands` are read by `cli`, which has `examples` of each, with the `options` of `serve` and the `config`
//! that may say the same; `practices` are those that a host serves, `served_names` keeps it to their names, and `which`
//! is the one that a command is about; `progress` is what a person sees of work that takes long, and `next_step` what
//! one reads after a failure.

mod checkpoints;
mod cli;
mod commands;
mod config;
mod descriptors;
pub mod ehr;
mod examples;
mod housekeeping;
mod inviting;
mod kept;
mod key_file;
mod logging;
mod next_step;
mod options;
mod practices;
mod progress;
mod renewal;
mod sandbox;
mod serve;
mod served_names;
mod sign_ins;
mod site;
mod staff_cookies;
mod state;
mod which;

pub use cli::{run, understands};
