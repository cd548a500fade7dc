//! Many at once: invites those on a list who can be invited, says of each of the others why not, and prints
//! the sheets.

use super::invite::{Outcome as Issued, issue};
use super::sheet;
use super::view::Document;
use super::viewer::{Refusal, Viewer};
use crate::audit::{Deed, Event};
use crate::ehr::{Ehr, Unavailable};
use crate::people::PatientId;
use crate::practice::Practice;
use crate::rules::account::{Account, Change, Invitation, Standing, standing};
use crate::rules::confirmation::MissingDetail;
use crate::settings::{LIST_NAME_LONGEST, MOST_AT_ONCE};
use crate::words::batch as words;

/// What came of one patient on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The patient has a Portal ID from this list.
    Invited,
    /// Nothing was changed.
    LeftOut(Reason),
}

/// Why a patient was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The patient can log in.
    HasAccess,
    /// The patient has a Portal ID that works.
    InvitedBefore,
    /// Staff turned access off: whether it should be on again is for a person to say.
    AccessOff,
    /// The EHR has not got what User Confirmation asks for.
    Missing(MissingDetail),
    /// The EHR has no such patient.
    NoSuchPatient,
    /// Other people changed the account again and again while it was looked at.
    ChangedMeanwhile,
}

impl Reason {
    /// A key that never changes, since an EHR keeps it with its list.
    pub fn id(self) -> &'static str {
        match self {
            Self::HasAccess => "has-access",
            Self::InvitedBefore => "invited-before",
            Self::AccessOff => "access-off",
            Self::Missing(MissingDetail::BirthDate) => "no-birth-date",
            Self::Missing(MissingDetail::Initials) => "no-initials",
            Self::NoSuchPatient => "no-such-patient",
            Self::ChangedMeanwhile => "changed-meanwhile",
        }
    }

    /// The reason in words.
    pub fn label(self) -> &'static str {
        words::reason(self)
    }
}

/// Invites these patients, who are on the list that staff know by this name, and says what came of each.
/// Asked again it answers the same and invites nobody twice: an invitation carries the list it is from.
pub fn invite(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    list: &str,
    patients: &[PatientId],
) -> Result<Vec<Outcome>, Refusal> {
    let practice = ehr.practice();
    if !viewer.may_change(&practice) {
        return Err(Refusal::Forbidden);
    }
    if list.trim().is_empty() || list.len() > LIST_NAME_LONGEST || list.chars().any(char::is_control) {
        return Err(Refusal::Invalid { field: "batch", problem: words::BAD_NAME });
    }
    few(patients)?;
    let on_record = words::on_record(list);
    patients.iter().map(|patient| invite_one(ehr, &practice, viewer, &on_record, patient)).collect()
}

/// The sheet of each of these patients, on record; none for who has no Portal ID that works.
pub fn sheets(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patients: &[PatientId],
) -> Result<Vec<Option<Document>>, Refusal> {
    few(patients)?;
    patients.iter().map(|patient| sheet_of(ehr, viewer, patient)).collect()
}

fn sheet_of(ehr: &dyn Ehr, viewer: &Viewer, id: &PatientId) -> Result<Option<Document>, Refusal> {
    let patient = match viewer.may_see(ehr, id) {
        Ok(patient) => patient,
        Err(Refusal::NoSuchPatient) => return Ok(None),
        Err(
            refusal @ (Refusal::Forbidden
            | Refusal::NotOffered
            | Refusal::Invalid { .. }
            | Refusal::Unavailable(_)),
        ) => return Err(refusal),
    };
    match ehr.account_of(&patient.id)? {
        Some(account) => Ok(sheet::print(ehr, viewer, &patient, &account)?),
        None => Ok(None),
    }
}

fn few(patients: &[PatientId]) -> Result<(), Refusal> {
    if patients.len() > MOST_AT_ONCE {
        return Err(Refusal::Invalid { field: "patients", problem: words::TOO_MANY });
    }
    Ok(())
}

fn invite_one(
    ehr: &dyn Ehr,
    practice: &Practice,
    viewer: &Viewer,
    on_record: &str,
    id: &PatientId,
) -> Result<Outcome, Refusal> {
    let Some(patient) = ehr.patient(id)? else {
        return Ok(Outcome::LeftOut(Reason::NoSuchPatient));
    };
    // Whoever was faster may have been another host with the same list: looking once more tells.
    for _ in 0..2 {
        let account = ehr.account_of(&patient.id)?;
        if account.is_some() && is_from_this_list(ehr, &patient.id, on_record)? {
            return Ok(Outcome::Invited);
        }
        let (change, deed) = match start(account.as_ref(), ehr) {
            Ok(start) => start,
            Err(reason) => return Ok(Outcome::LeftOut(reason)),
        };
        let event = Event::by_staff(&viewer.id, &patient.id, deed).saying(on_record.to_owned());
        match issue(ehr, practice, &patient, account.as_ref(), change, &event)? {
            Issued::Issued => return Ok(Outcome::Invited),
            Issued::Missing(detail) => return Ok(Outcome::LeftOut(Reason::Missing(detail))),
            Issued::NotFromHere | Issued::Overtaken => {}
        }
    }
    Ok(Outcome::LeftOut(Reason::ChangedMeanwhile))
}

/// The change that invites, and what it is called on record.
type Start = (fn(Invitation) -> Change, Deed);

/// How an invitation starts from where the patient stands, if one does.
fn start(account: Option<&Account>, ehr: &dyn Ehr) -> Result<Start, Reason> {
    match standing(account, ehr.now()) {
        Standing::NotInvited => Ok((Change::Create, Deed::InvitationIssued)),
        Standing::Expired | Standing::Burnt(_) => Ok((Change::Reissue, Deed::InvitationReissued)),
        Standing::Invited(_) => Err(Reason::InvitedBefore),
        Standing::Active(_) => Err(Reason::HasAccess),
        Standing::Off(_) => Err(Reason::AccessOff),
    }
}

/// Whether the patient's latest Portal ID came from this list, whatever became of it since.
fn is_from_this_list(ehr: &dyn Ehr, patient: &PatientId, on_record: &str) -> Result<bool, Unavailable> {
    let latest = ehr.latest(patient, Deed::OF_INVITATIONS, None)?;
    Ok(latest.is_some_and(|entry| entry.detail.as_deref() == Some(on_record)))
}
