//! The sandbox EHR's database: its staff, access levels and patients, and the tables in which it
//! keeps what the portal asks it to keep. Rows and statements; no rule of the portal.
//!
//! Everything is asked of a [`Database`]. It implements what `portal_host::lent` asks of an EHR, and
//! offers the sandbox's own screens the rest. Every call names its practice, and every statement
//! begins with it: there is no way to ask for another practice's rows.

mod audit;
mod backend;
mod columns;
mod copy;
mod database;
mod driver;
mod ehr;
mod folding;
mod host_keys;
mod keywords;
mod portal;
mod seed;
mod store_error;

#[cfg(test)]
mod contract;

pub use audit::{AuditFault, AuditSummary, Broken, By, Checkpoint, export};
pub use copy::{Copied, CopyError, copy};
pub use database::{Database, OpenError};
pub use ehr::{
    AccessLevel, AccessLevelError, AccessLevelId, AccessLevelSummary, AddOn, AddOnState, Address,
    AssignError, Batch, BatchNumber, BatchOutcome, BatchState, Contact, Cursor, FaultyLine, Grant, LineFault,
    ListedPatient, MaritalStatus, Menu, Module, PatientDetails, PatientPage, PatientSummary, PracticeDetails,
    PracticeSettings, Sex, Staff, StaffAccess, StaffSession, StaffSignIn, Wanted, WebsiteError, Work, Worker,
};
pub use portal::{ResealError, Resealed};
pub use seed::{SeedError, StaffPasswordHashes, lakeside, seed_patients, seed_practice, seed_sandbox};
pub use store_error::StoreError;
