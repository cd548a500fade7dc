//! The sandbox EHR's own side: what its screens ask for and change. Every change by a member of
//! staff is written to the audit trail in the same transaction.

pub(crate) mod access_level_edits;
pub(crate) mod access_levels;
pub(crate) mod add_ons;
pub(crate) mod batches;
mod modules;
pub(crate) mod patient_details;
mod patient_query;
mod patient_search;
mod person;
pub(crate) mod practice;
pub(crate) mod practices;
mod search_cursor;
pub(crate) mod search_statements;
pub(crate) mod staff;
pub(crate) mod staff_assignment;
pub(crate) mod staff_searches;
pub(crate) mod staff_sessions;

pub use access_level_edits::AccessLevelError;
pub use access_levels::{AccessLevel, AccessLevelId, AccessLevelSummary};
pub use add_ons::{AddOn, AddOnState};
pub use batches::{
    Batch, BatchNumber, BatchOutcome, BatchState, FaultyLine, LineFault, ListedPatient, Wanted, Work, Worker,
};
pub use modules::{Grant, Menu, Module};
pub use patient_details::{Address, Contact, PatientDetails};
pub use patient_search::{PatientPage, PatientSummary};
pub use person::{MaritalStatus, Sex};
pub use practice::{PracticeSettings, WebsiteError};
pub use practices::PracticeDetails;
pub use search_cursor::Cursor;
pub use staff::{Staff, StaffAccess, StaffSignIn};
pub use staff_assignment::AssignError;
pub use staff_sessions::StaffSession;
