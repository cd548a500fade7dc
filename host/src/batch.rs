//! Many at once: a list of patients invited a few at a time. The EHR keeps the list and how far it is; the
//! portal says whom to invite and whom to leave out.

use crate::contract::{InviteMany, Sheets};
use crate::identity::{PatientId, PracticeId};
use crate::portal::{Portal, TabError};
use crate::tab;

/// How many patients the portal takes in one call.
pub const MOST_AT_ONCE: u8 = 8;

/// Why a patient was left out, in the portal's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable key, fit for a URL: the same for everyone left out for the same reason.
    pub id: String,
    /// Fits one patient and many.
    pub label: String,
}

/// What came of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The patient has a Portal ID from this list.
    Invited,
    /// Nothing was changed.
    LeftOut(Reason),
}

/// The part of a loaded portal that invites many at once. Components built for the contract 0.1.0 have none.
#[derive(Clone, Copy)]
pub struct Batches<'p>(&'p Portal);

impl Portal {
    /// What invites many at once, where this component can.
    pub fn batches(&self) -> Option<Batches<'_>> {
        self.invites_many().then_some(Batches(self))
    }
}

impl Batches<'_> {
    /// Invites these patients, [`MOST_AT_ONCE`] at the most, and says what came of each, in their order.
    /// Without any it only says whether the viewer may.
    ///
    /// `list` is what staff know the list by, such as `list 7`, never used for another of the practice, and
    /// at most 64 bytes. Asked again for the same list the portal answers the same and invites nobody
    /// twice, so after any error but a refusal the caller asks again.
    ///
    /// # Errors
    /// See [`TabError`].
    pub async fn invite(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        list: &str,
        patients: &[PatientId],
    ) -> Result<Vec<Outcome>, TabError> {
        self.0.admit(practice, viewer).await?;
        let (viewer, list, patients) = (viewer.clone(), list.to_owned(), patients.to_vec());
        self.0.ask_tab(practice, InviteMany { viewer, list, patients }).await
    }

    /// The page to print and hand over of each of these patients, [`MOST_AT_ONCE`] at the most, in their
    /// order; none for who has no Portal ID that works. Each is put on record.
    ///
    /// # Errors
    /// See [`TabError`].
    pub async fn sheets(
        &self,
        practice: &PracticeId,
        viewer: &tab::Viewer,
        patients: &[PatientId],
    ) -> Result<Vec<Option<tab::Document>>, TabError> {
        self.0.admit(practice, viewer).await?;
        let (viewer, patients) = (viewer.clone(), patients.to_vec());
        self.0.ask_tab(practice, Sheets { viewer, patients }).await
    }
}
