//! The patient list: one search box, one page of results, and the way to the pages before and after.

use super::EhrState;
use super::form::Form;
use super::guard::SignedIn;
use super::invitations::{OnTheList, on_the_patient_list};
use super::page::{Announce, Frame, draw_page, go_to, segment};
use super::patient_details::on_file;
use super::refusal::Refusal;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use portal_host::lent::PersonName;
use sandbox_db::{Cursor, Menu, PatientPage, PatientSummary};

/// As many as fit a screen without losing sight of the search box, or nearly.
const ROWS: u16 = 20;
/// No name is longer, in characters.
const LONGEST_SEARCH: usize = 100;

/// `GET /patients`: a page of what this session last searched for.
pub(super) async fn list(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let from = from(query.as_deref().unwrap_or_default());
    let search = ehr.database.kept_search(&ehr.practice, staff.token_hash()).await?;
    let page = ehr.database.search_patients(&ehr.practice, &search, from.as_ref(), ROWS).await?;
    let OnTheList { way, choice } = on_the_patient_list(&ehr, &staff).await;
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    draw_page(&PatientsPage::of(frame, search, &page, way, choice))
}

/// `POST /patients`: what to search for is kept with the session, never in an address, since
/// addresses end up in histories and logs and this one would name a person.
pub(super) async fn search(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let search = form.required("search")?.trim().chars();
    let search: String = search.filter(|c| !c.is_control()).take(LONGEST_SEARCH).collect();
    ehr.database.keep_search(&ehr.practice, staff.token_hash(), &search).await?;
    Ok(go_to("/patients"))
}

/// Where in the list an address points. What is not well-formed points at its beginning.
fn from(query: &str) -> Option<Cursor> {
    let from = form_urlencoded::parse(query.as_bytes()).find(|(sent, _)| sent == "from");
    from.and_then(|(_, cursor)| cursor.parse().ok())
}

/// Where a page of the list is. A cursor holds no name.
fn page_href(from: &Cursor) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    format!("/patients?{}", query.append_pair("from", &from.to_string()).finish())
}

#[derive(Template)]
#[template(path = "patients.html")]
struct PatientsPage {
    frame: Frame,
    search: String,
    rows: Vec<Row>,
    /// Whether there is a way to the lists of patients to invite.
    may_invite: bool,
    /// Whether patients can be chosen here for such a list.
    offers_many: bool,
    previous: Option<String>,
    next: Option<String>,
}

struct Row {
    href: String,
    name: String,
    /// The other name that was found, where it was not the name of record.
    found_as: Option<String>,
    birth_date: String,
    sex: &'static str,
    phone: String,
    chart_number: String,
}

impl PatientsPage {
    fn of(frame: Frame, search: String, page: &PatientPage, may_invite: bool, offers_many: bool) -> Self {
        Self {
            frame,
            rows: page.patients.iter().map(Row::of).collect(),
            may_invite,
            offers_many,
            previous: page.previous.as_ref().map(page_href),
            next: page.next.as_ref().map(page_href),
            search,
        }
    }
}

impl Row {
    fn of(patient: &PatientSummary) -> Self {
        Self {
            href: format!("/patients/{}", segment(patient.id.as_str())),
            name: patient.name.written(),
            found_as: patient.found_as.as_ref().map(PersonName::written),
            birth_date: on_file::birth_date(patient.birth_date),
            sex: patient.sex.label(),
            phone: patient.phone.clone(),
            chart_number: patient.id.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_further_on_is_asked_for_by_its_cursor_alone() {
        let cursor: Cursor = "a.1.0.100 001".parse().unwrap();

        let href = page_href(&cursor);

        assert_eq!(href, "/patients?from=a.1.0.100+001");
        assert_eq!(from(href.split_once('?').unwrap().1), Some(cursor));
    }

    #[test]
    fn an_odd_address_shows_the_list_from_its_beginning() {
        for query in ["", "from", "from=%FF", "&&=&from=z"] {
            assert!(from(query).is_none(), "{query}");
        }
    }
}
