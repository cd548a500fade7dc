//! The member of staff who is asking, and the answers they may get instead of what they asked for.

use thiserror::Error;

use crate::ehr::{Ehr, Unavailable};
use crate::people::{Patient, PatientId, StaffId};
use crate::practice::Practice;

/// The row on Administration > Access Levels > User Access that grants the tab.
pub const MODULE: &str = "Connect EHR";

/// What an access level can grant over a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Look. It is all the tab asks for, whatever is done in it, unless the practice wants more.
    View,
    /// Add.
    Add,
    /// Edit: what changing anything in the tab takes, where the practice wants it so.
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
        if !self.holds(Access::View) {
            return Err(Refusal::Forbidden);
        }
        ehr.patient(patient)?.ok_or(Refusal::NoSuchPatient)
    }

    /// Whether this viewer may change what they see.
    pub fn may_change(&self, practice: &Practice) -> bool {
        self.holds(Access::View) && (!practice.policy.require_edit_right || self.holds(Access::Edit))
    }

    fn holds(&self, access: Access) -> bool {
        self.rights.iter().any(|right| right.module == MODULE && right.access == access)
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
    /// An answer given with the action is not one.
    #[error("the answer {field} cannot be taken")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong, in words for the viewer.
        problem: &'static str,
    },
    /// The host cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}
