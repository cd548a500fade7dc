//! The member of staff who is asking, and the answers they may get instead of what they asked for.

use thiserror::Error;

use crate::ehr::{Ehr, Unavailable};
use crate::people::{Patient, PatientId, StaffId};

/// The row on Administration > Access Levels > User Access that grants the tab.
pub const MODULE: &str = "Connect EHR";

/// What an access level can grant over a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Look. It is all the tab asks for, whatever is done in it.
    View,
    /// Add.
    Add,
    /// Edit.
    Edit,
    /// Delete.
    Delete,
}

/// One tick in the grid of rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The row.
    pub module: String,
    /// The column.
    pub access: Access,
}

/// A member of staff, signed in to the EHR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// The rights that hold at this moment.
    pub rights: Vec<Right>,
}

impl Viewer {
    /// The patient, if this viewer may deal with their portal account. The EHR checked
    /// before it called; checking again costs nothing and forgives a mistake there.
    pub fn may_see(&self, ehr: &dyn Ehr, patient: &PatientId) -> Result<Patient, Refusal> {
        let allowed = self.rights.iter().any(|right| right.module == MODULE && right.access == Access::View);
        if !allowed {
            return Err(Refusal::Forbidden);
        }
        ehr.patient(patient)?.ok_or(Refusal::NoSuchPatient)
    }
}

/// Why the tab did not do what it was asked for.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// The viewer lacks the right.
    #[error("the viewer lacks the right to view {MODULE}")]
    Forbidden,
    /// The EHR has no such patient.
    #[error("there is no such patient")]
    NoSuchPatient,
    /// No action or document of this id, or not now.
    #[error("no action or document of this id is offered now")]
    NotOffered,
    /// The host cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}
