//! The patient portal: every rule, page and word of it, compiled to one WebAssembly component.
//!
//! A practice invites a patient: staff create the user in the Patient Portal Admin tab and
//! print a sheet with a six-digit Patient Portal ID. At home the patient types the ID, two
//! initials and a date of birth, chooses a username and a password, and logs in.
//!
//! The crate is a pure core in a thin shell:
//!
//! - [`rules`] decides. Values go in, values come out; no clock, no store, no randomness of its own.
//! - [`staff`] and [`patient`] are the two faces. They ask the EHR, let the rules decide and
//!   say the outcome in the words of [`words`].
//! - [`ehr`] is all that the portal is lent, as traits. Tests lend it from memory.
//! - `contract` is the only place that knows the generated bindings of `wit/`.
//!
//! Deliberately absent: any way to list or search patients, to name a practice, to see a
//! staff password, to choose a password hash, to open a file or a socket, and to remember
//! anything from one request to the next.

// What only makes sense inside a component: the allocator, the source of randomness, and the
// exports, whose symbol names no native linker takes.
#[cfg(target_family = "wasm")]
mod allocator;
#[cfg(target_family = "wasm")]
mod contract;
#[cfg(target_family = "wasm")]
mod randomness_hook;

pub mod audit;
pub mod calendar;
pub mod ehr;
pub mod patient;
pub mod people;
pub mod practice;
pub mod randomness;
pub mod rules;
pub mod settings;
pub mod staff;
pub mod words;

#[cfg(test)]
mod testing;
