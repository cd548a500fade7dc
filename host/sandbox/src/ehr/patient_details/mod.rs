//! Patient Details: who is on the screen, and the tab bar over everything known about them.

pub(super) mod action;
pub(super) mod additional;
pub(super) mod demographics;
pub(super) mod document;
pub(super) mod history;
pub(super) mod on_file;
mod qr;
pub(super) mod tab;

use super::EhrState;
use super::guard::SignedIn;
use super::page::{Announce, Frame, Link, segment};
use super::refusal::Refusal;
use askama::Template;
use portal_host::identity::PatientId;
use portal_host::tab::{Fact, Value};
use sandbox_db::PatientDetails;

/// The top of every page of Patient Details.
struct Chart {
    name: String,
    birth_date: String,
    chart_number: String,
    tabs: Vec<Link>,
}

/// Where a tab of the EHR's own is.
fn own_tab_href(patient: &PatientId, tab: &str) -> String {
    format!("/patients/{}/{tab}", segment(patient.as_str()))
}

/// What is on file about a patient, or 404.
async fn details(ehr: &EhrState, patient: &PatientId) -> Result<PatientDetails, Refusal> {
    ehr.database.patient_details(&ehr.practice, patient).await?.ok_or(Refusal::NotFound)
}

/// The chart's top, with `current` among its tabs.
async fn chart(
    ehr: &EhrState,
    staff: &SignedIn,
    patient: &PatientId,
    current: &str,
) -> Result<Chart, Refusal> {
    Ok(chart_of(ehr, staff, &details(ehr, patient).await?, current))
}

fn chart_of(ehr: &EhrState, staff: &SignedIn, details: &PatientDetails, current: &str) -> Chart {
    let mut tabs = vec![
        ("Demographics".to_owned(), own_tab_href(&details.id, "demographics")),
        ("Additional Demographic Info".to_owned(), own_tab_href(&details.id, "additional")),
    ];
    let portal = ehr.portal.tab();
    if staff.holds(&portal.requires) {
        tabs.push((portal.title.clone(), tab::tab_href(&details.id, &portal.id)));
    }
    Chart {
        name: details.name.written(),
        birth_date: on_file::birth_date(details.birth_date),
        chart_number: details.id.to_string(),
        tabs: tabs.into_iter().map(|(label, href)| Link { current: href == current, label, href }).collect(),
    }
}

/// A tab of the EHR's own: labelled values.
#[derive(Template)]
#[template(path = "patient_facts.html")]
struct FactsPage {
    frame: Frame,
    patient: Chart,
    title: &'static str,
    facts: Vec<Fact>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame as `frontdesk` sees it.
    pub(super) fn signed_in_frame() -> Frame {
        let patients = Link { label: "Patients".into(), href: "/patients".into(), current: true };
        Frame {
            staff_name: "Front Desk".into(),
            practice: "Lakeside Family Practice".into(),
            menu: vec![patients],
            notice: None,
            form_token: "f00d".into(),
        }
    }

    /// A chart's top.
    pub(super) fn maria() -> Chart {
        let link =
            |label: &str, href: &str, current| Link { label: label.into(), href: href.into(), current };
        Chart {
            name: "Maria Garcia".into(),
            birth_date: "02/29/1984".into(),
            chart_number: "7".into(),
            tabs: vec![
                link("Demographics", "/patients/7/demographics", false),
                link("Patient Portal Admin", "/patients/7/tabs/portal", true),
            ],
        }
    }

    #[test]
    fn demographics_are_escaped() {
        let value = Value::Text("<script>alert(1)</script> & \"Co\"".into());
        let facts = vec![Fact { label: "Occupation".into(), value }];
        let page = FactsPage { frame: signed_in_frame(), patient: maria(), title: "Demographics", facts };

        let drawn = page.render().unwrap();

        assert!(
            drawn.contains("<dd>&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Co&#34;</dd>"),
            "{drawn}"
        );
    }
}
