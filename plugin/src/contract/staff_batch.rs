//! Many at once, as the contract spells it.

use super::bindings::exports::ehr::patient_portal::staff_batch as wit;
use super::bindings::exports::ehr::patient_portal::staff_tab::{Document, Refusal, Viewer};
use super::lent::Host;
use super::{Portal, report_panics};
use crate::people::PatientId;
use crate::staff::batch::{self, Outcome, Reason};

impl wit::Guest for Portal {
    fn invite(viewer: Viewer, batch: String, patients: Vec<String>) -> Result<Vec<wit::Outcome>, Refusal> {
        report_panics();
        let patients: Vec<_> = patients.into_iter().map(PatientId).collect();
        let outcomes = batch::invite(&Host, &viewer.into(), &batch, &patients)?;
        Ok(outcomes.into_iter().map(wit::Outcome::from).collect())
    }

    fn sheets(viewer: Viewer, patients: Vec<String>) -> Result<Vec<Option<Document>>, Refusal> {
        report_panics();
        let patients: Vec<_> = patients.into_iter().map(PatientId).collect();
        let sheets = batch::sheets(&Host, &viewer.into(), &patients)?;
        Ok(sheets.into_iter().map(|sheet| sheet.map(Document::from)).collect())
    }
}

impl From<Outcome> for wit::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Invited => Self::Invited,
            Outcome::LeftOut(reason) => Self::LeftOut(reason.into()),
        }
    }
}

impl From<Reason> for wit::Reason {
    fn from(reason: Reason) -> Self {
        Self { id: reason.id().to_owned(), label: reason.label().to_owned() }
    }
}
