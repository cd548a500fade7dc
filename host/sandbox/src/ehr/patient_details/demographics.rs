//! Patient Details > Demographics.

use super::on_file::{self, fact};
use super::{FactsPage, chart_of, details, own_tab_href};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Keys, draw_page};
use crate::ehr::refusal::Refusal;
use axum::extract::State;
use axum::response::{Redirect, Response};
use portal_host::identity::PatientId;
use portal_host::tab::Fact;
use sandbox_db::{Menu, PatientDetails};

/// `GET /patients/{key}`: Demographics is where a chart opens.
pub(in crate::ehr) async fn go_there(
    State(ehr): State<EhrState>,
    Keys(key): Keys<String>,
) -> Result<Redirect, Refusal> {
    let patient = details(&ehr, &PatientId::new(key)).await?;
    Ok(Redirect::to(&own_tab_href(&patient.id, "demographics")))
}

/// `GET /patients/{key}/demographics`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
) -> Result<Response, Refusal> {
    let details = details(&ehr, &PatientId::new(key)).await?;
    let patient = chart_of(&ehr, &staff, &details, &own_tab_href(&details.id, "demographics"));
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    draw_page(&FactsPage { frame, patient, title: "Demographics", facts: facts(&details) })
}

fn facts(patient: &PatientDetails) -> Vec<Fact> {
    let address = &patient.address;
    let town = format!("{} {} {}", address.city, address.state, address.postal_code);
    let lines = [address.street.trim(), town.trim()];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    vec![
        fact("Name", &patient.name.written()),
        fact("Date of birth", &on_file::birth_date(patient.birth_date)),
        fact("Sex", patient.sex.label()),
        fact("Phone", &patient.phone),
        fact("E-mail", &patient.email),
        fact("Address", &lines.join(", ")),
    ]
}
