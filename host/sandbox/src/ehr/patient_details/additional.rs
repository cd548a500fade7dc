//! Patient Details > Additional Demographic Info.

use super::on_file::fact;
use super::{FactsPage, chart_of, details, own_tab_href};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Keys, draw_page};
use crate::ehr::refusal::Refusal;
use axum::extract::State;
use axum::response::Response;
use portal_host::identity::PatientId;
use portal_host::lent::PersonName;
use portal_host::tab::Fact;
use sandbox_db::{Menu, PatientDetails};

/// `GET /patients/{key}/additional`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
) -> Result<Response, Refusal> {
    let details = details(&ehr, &PatientId::new(key)).await?;
    let patient = chart_of(&ehr, &staff, &details, &own_tab_href(&details.id, "additional"));
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    draw_page(&FactsPage { frame, patient, title: "Additional Demographic Info", facts: facts(&details) })
}

fn facts(patient: &PatientDetails) -> Vec<Fact> {
    let other_names: Vec<String> = patient.other_names.iter().map(PersonName::written).collect();
    let contact = &patient.emergency_contact;
    vec![
        fact("Preferred name", &patient.preferred_name),
        fact("Other names", &other_names.join("; ")),
        fact("Preferred language", patient.language.as_deref().unwrap_or_default()),
        fact("Marital status", patient.marital_status.label()),
        fact("Occupation", &patient.occupation),
        fact("Emergency contact", &contact.name),
        fact("Relationship", &contact.relationship),
        fact("Emergency phone", &contact.phone),
    ]
}
