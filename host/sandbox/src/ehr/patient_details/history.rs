//! The history that a plugin's tab gives page by page, in the tab and on pages of its own.

use super::tab::{is_the_portals, tab_href};
use super::{Chart, chart};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, go_to};
use crate::ehr::refusal::{Refusal, unless_off};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::identity::PatientId;
use portal_host::tab::{HistoryPage, Row};
use sandbox_db::Menu;

/// `GET /patients/{key}/tabs/{tab}/history/{before}`
pub(in crate::ehr) async fn earlier(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((key, tab, before)): Keys<(String, String, u64)>,
) -> Result<Response, Refusal> {
    is_the_portals(&ehr, &tab)?;
    let patient = PatientId::new(key);
    let back = tab_href(&patient, &tab);
    let asked = ehr.portal.earlier(&ehr.practice, &staff.viewer(), &patient, before).await;
    // The tab itself says that the practice has not got the module.
    let Some(page) = unless_off(asked)? else { return Ok(go_to(&back)) };
    let chart = chart(&ehr, &staff, &patient, &back).await?;
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    let title = ehr.portal.tab().title.clone();
    draw_page(&Earlier { frame, patient: chart, title, history: History::of(page, &back), back })
}

/// Part of the history, and where there is more.
pub(super) struct History {
    pub(super) rows: Vec<Row>,
    pub(super) earlier_href: Option<String>,
}

impl History {
    pub(super) fn of(page: HistoryPage, tab_href: &str) -> Self {
        let HistoryPage { rows, earlier } = page;
        Self { rows, earlier_href: earlier.map(|before| format!("{tab_href}/history/{before}")) }
    }
}

#[derive(Template)]
#[template(path = "patient_history.html")]
struct Earlier {
    frame: Frame,
    patient: Chart,
    title: String,
    history: History,
    back: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ehr::patient_details::tests::{maria, signed_in_frame};

    #[test]
    fn a_page_of_history_leads_further_back_and_to_the_newest() {
        let row = Row { at: "11/22/2026 3:04 PM".into(), who: "Front <Desk>".into(), what: "Created".into() };
        let page = HistoryPage { rows: vec![row], earlier: Some(17) };
        let back = "/patients/7/tabs/portal".to_owned();
        let history = History::of(page, &back);
        let title = "Patient Portal Admin".to_owned();

        let drawn =
            Earlier { frame: signed_in_frame(), patient: maria(), title, history, back }.render().unwrap();

        assert!(drawn.contains("href=\"/patients/7/tabs/portal/history/17\""), "{drawn}");
        assert!(drawn.contains("href=\"/patients/7/tabs/portal\">Back to the newest</a>"), "{drawn}");
        assert!(drawn.contains("Front &#60;Desk&#62;"), "{drawn}");
    }
}
