//! What the portal decides: pure functions over values that are passed in.
//!
//! Nothing here reads a clock, draws a random byte or asks the EHR, so every rule is tested
//! natively, and a rule reads as the sentence it enforces.

pub mod account;
pub mod birth_date;
pub mod colour;
pub mod confirmation;
pub mod initials;
pub mod password;
pub mod portal_id;
pub mod reason;
pub mod second_factor;
pub mod session;
pub mod throttle;
pub mod token;
pub mod trail;
pub mod typed;
pub mod username;
