//! The patients of a list of whom the same came, page by page, each with the way to their tab.

use super::show::{key, label};
use super::{batch, counted, href, name, place};
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
/// The query of the page with the patients after one.
const AFTER: &str = "after";

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
    let after = place(query.as_deref(), AFTER);
    let mut rows = ehr
        .database
        .batch_patients(&ehr.practice, batch.number, &wanted, after, ROWS.saturating_add(1))
        .await?;
    let has_more = rows.len() > usize::from(ROWS);
    rows.truncate(ROWS.into());
    let here = format!("{}/patients/{}", href(batch.number), segment(&outcome));
    let last = rows.last().filter(|_| has_more);
    draw_page(&PatientsPage {
        title: format!("{}: {}", name(batch.number), label(&wanted, &batch.state)),
        count: counted(count, "patient", "patients"),
        next: last.map(|last| format!("{here}?{AFTER}={}", last.position)),
        first: after.map(|_| here),
        rows: rows.iter().map(|listed| Row::of(listed, &ehr.portal.tab().id)).collect(),
        back: href(batch.number),
        frame: staff.frame(&ehr, Some(Menu::Patients)).await?,
    })
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
    fn of(listed: &ListedPatient, tab: &str) -> Self {
        Self {
            name: listed.name.written(),
            href: tab_href(&listed.patient, tab),
            chart_number: listed.patient.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::frame;
    use super::*;
    use portal_host::identity::PatientId;
    use portal_host::lent::PersonName;
    use sandbox_db::BatchNumber;

    /// The page with these rows, which has pages before and after it.
    fn drawn(rows: Vec<Row>) -> String {
        let number = BatchNumber(7);
        let here = format!("{}/patients/invited", href(number));
        let page = PatientsPage {
            title: format!("{}: Invited", name(number)),
            count: counted(rows.len() as u64, "patient", "patients"),
            next: (!rows.is_empty()).then(|| format!("{here}?{AFTER}=1")),
            first: Some(here),
            rows,
            back: href(number),
            frame: frame(),
        };
        page.render().unwrap()
    }

    fn listed(position: u64, chart_number: &str, given: &str, family: &str) -> ListedPatient {
        let name = PersonName::Full { given: given.into(), family: family.into() };
        ListedPatient { position, patient: PatientId::new(chart_number), name }
    }

    #[test]
    fn the_patients_of_a_list_in_every_state() {
        let tab = "patient-portal-admin";
        let rows = [listed(0, "100001", "Maria", "Garcia"), listed(1, "10/02", "Seán", "O’Brien <b>")];
        let rows = rows.iter().map(|listed| Row::of(listed, tab)).collect();
        insta::assert_snapshot!("patients", drawn(rows));
        insta::assert_snapshot!("patients_none", drawn(Vec::new()));
    }
}
