//! The patients of a list of whom the same came, page by page, each with the way to their tab.

use super::show::{key, label};
use super::{batch, counted, href, name};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, segment};
use crate::ehr::patient_details::tab::tab_href;
use crate::ehr::refusal::Refusal;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use sandbox_db::{BatchOutcome, ListedPatient, Menu};

/// As many as a screen or two.
const ROWS: u16 = 50;

/// `GET /invitations/{number}/patients/{outcome}`
pub(in crate::ehr) async fn list(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((number, outcome)): Keys<(u64, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let batch = batch(&ehr, number).await?;
    let outcomes = ehr.database.batch_outcomes(&ehr.practice, batch.number).await?;
    let wanted = outcomes.into_iter().find(|(known, _)| key(known) == outcome);
    // While a host is at it there may be none of these any more.
    let (wanted, count) = match wanted {
        Some(found) => found,
        None if outcome == key(&BatchOutcome::Open) => (BatchOutcome::Open, 0),
        None => return Err(Refusal::NotFound),
    };
    let after = after(query.as_deref().unwrap_or_default());
    let mut rows = ehr
        .database
        .batch_patients(&ehr.practice, batch.number, &wanted, after, ROWS.saturating_add(1))
        .await?;
    let has_more = rows.len() > usize::from(ROWS);
    rows.truncate(ROWS.into());
    let here = format!("{}/patients/{}", href(batch.number), segment(&outcome));
    let last = rows.last().filter(|_| has_more);
    draw_page(&PatientsPage {
        title: format!("{}: {}", name(batch.number), label(&wanted).unwrap_or("Not looked at yet")),
        count: counted(count, "patient", "patients"),
        next: last.map(|last| format!("{here}?after={}", last.position)),
        first: after.map(|_| here),
        rows: rows.into_iter().map(|listed| Row::of(&ehr, &listed)).collect(),
        back: href(batch.number),
        frame: staff.frame(&ehr, Some(Menu::Patients)).await?,
    })
}

/// Where in the list an address points. What is not well-formed points at its beginning.
fn after(query: &str) -> Option<u64> {
    query.strip_prefix("after=")?.parse().ok()
}

#[derive(Template)]
#[template(path = "invitation_patients.html")]
struct PatientsPage {
    frame: Frame,
    title: String,
    count: String,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    back: String,
}

struct Row {
    name: String,
    href: String,
    chart_number: String,
}

impl Row {
    fn of(ehr: &EhrState, listed: &ListedPatient) -> Self {
        Self {
            name: listed.name.written(),
            href: tab_href(&listed.patient, &ehr.portal.tab().id),
            chart_number: listed.patient.to_string(),
        }
    }
}
