//! A plugin's tab within Patient Details: what the portal says, drawn in the EHR's own style.

use super::history::History;
use super::{Chart, chart};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, segment};
use crate::ehr::refusal::{Refusal, unless_off};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::identity::PatientId;
use portal_host::tab::{Action, Fact, Notice, Value, View, Weight};
use sandbox_db::Menu;

/// `GET /patients/{key}/tabs/{tab}`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((key, tab)): Keys<(String, String)>,
) -> Result<Response, Refusal> {
    is_the_portals(&ehr, &tab)?;
    let patient = PatientId::new(key);
    let href = tab_href(&patient, &tab);
    let chart = chart(&ehr, &staff, &patient, &href).await?;
    let title = ehr.portal.tab().title.clone();
    let shown = ehr.portal.show(&ehr.practice, &staff.viewer(), &patient).await;
    let view = unless_off(shown)?;
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    match view {
        Some(view) => draw_page(&TabPage::of(frame, chart, title, view, &href)),
        None => draw_page(&TabOffPage { frame, patient: chart, title, helpdesk: helpdesk(&ehr).await? }),
    }
}

/// Whether `tab` is the tab of the one plugin the sandbox loads.
pub(super) fn is_the_portals(ehr: &EhrState, tab: &str) -> Result<(), Refusal> {
    if tab == ehr.portal.tab().id { Ok(()) } else { Err(Refusal::NotFound) }
}

/// Where the practice submits a ticket to the Helpdesk.
async fn helpdesk(ehr: &EhrState) -> Result<String, Refusal> {
    let settings = ehr.database.practice_settings(&ehr.practice).await?;
    Ok(settings.map_or_else(|| "/helpdesk".to_owned(), |settings| settings.helpdesk_url))
}

/// Where a tab of a patient is.
pub(in crate::ehr) fn tab_href(patient: &PatientId, tab: &str) -> String {
    format!("/patients/{}/tabs/{}", segment(patient.as_str()), segment(tab))
}

/// Where an action of a tab is.
pub(super) fn action_href(tab_href: &str, action: &str) -> String {
    format!("{tab_href}/actions/{}", segment(action))
}

#[derive(Template)]
#[template(path = "patient_tab.html")]
struct TabPage {
    frame: Frame,
    patient: Chart,
    title: String,
    notices: Vec<Notice>,
    facts: Vec<Fact>,
    steps: Vec<Step>,
    history: History,
}

#[derive(Template)]
#[template(path = "patient_tab_off.html")]
struct TabOffPage {
    frame: Frame,
    patient: Chart,
    title: String,
    /// Where to ask for what the practice has not got.
    helpdesk: String,
}

impl TabPage {
    fn of(frame: Frame, patient: Chart, title: String, view: View, href: &str) -> Self {
        let View { notices, facts, documents, actions, history } = view;
        let mut documents: Vec<Step> = documents
            .into_iter()
            .map(|document| Step {
                kind: StepKind::Document,
                class: "button",
                href: format!("{href}/documents/{}", segment(&document.id)),
                label: document.label,
            })
            .collect();
        // Where no action is the usual next step, opening the document is.
        if !actions.iter().any(|action| action.weight == Weight::Primary)
            && let Some(first) = documents.first_mut()
        {
            first.class = "button primary";
        }
        let of_weight =
            |weight| actions.iter().filter(move |action| action.weight == weight).map(|a| Step::act(a, href));
        let steps = of_weight(Weight::Primary)
            .chain(documents)
            .chain(of_weight(Weight::Normal))
            .chain(of_weight(Weight::Danger))
            .collect();
        Self { frame, patient, title, notices, facts, steps, history: History::of(history, href) }
    }
}

/// Something to press: the next step first, what takes something away last.
struct Step {
    kind: StepKind,
    class: &'static str,
    href: String,
    label: String,
}

/// What pressing it does.
enum StepKind {
    /// Opens a document.
    Document,
    /// Opens a page that asks before anything is done.
    Question,
    /// Does it.
    Act,
}

impl Step {
    fn act(action: &Action, tab_href: &str) -> Self {
        let asks = action.confirm.is_some() || !action.asks.is_empty();
        Self {
            kind: if asks { StepKind::Question } else { StepKind::Act },
            class: match action.weight {
                Weight::Primary => "button primary",
                Weight::Normal => "button",
                Weight::Danger => "button danger",
            },
            href: action_href(tab_href, &action.id),
            label: action.label.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ehr::patient_details::tests::{maria, signed_in_frame};
    use portal_host::tab::{DocumentLink, Field, HistoryPage, Row, Tone};

    fn action(id: &str, label: &str, weight: Weight) -> Action {
        Action { id: id.into(), label: label.into(), weight, confirm: None, asks: vec![] }
    }

    fn drawn(view: View) -> String {
        let title = "Patient Portal Admin".to_owned();
        TabPage::of(signed_in_frame(), maria(), title, view, "/patients/7/tabs/portal").render().unwrap()
    }

    fn nothing() -> View {
        View {
            notices: vec![],
            facts: vec![],
            documents: vec![],
            actions: vec![],
            history: HistoryPage::default(),
        }
    }

    #[test]
    fn a_patient_not_invited_yet_has_one_step_that_stands_out() {
        let view = View {
            facts: vec![Fact { label: "Status".into(), value: Value::Text("Not invited".into()) }],
            actions: vec![action("create", "Create this user", Weight::Primary)],
            ..nothing()
        };

        insta::assert_snapshot!(drawn(view));
    }

    #[test]
    fn an_invited_patient_has_the_id_in_large_type_and_the_sheet_to_print() {
        let view = View {
            notices: vec![Notice { tone: Tone::Warning, text: "Two <wrong> answers so far.".into() }],
            facts: vec![
                Fact { label: "Patient Portal ID".into(), value: Value::Code("482 913".into()) },
                Fact { label: "Valid until".into(), value: Value::Text("11/29/2026".into()) },
            ],
            documents: vec![DocumentLink {
                id: "instructions".into(),
                label: "Print Patient Instructions".into(),
            }],
            actions: vec![
                Action {
                    asks: vec![Field { name: "reason".into(), label: "Reason".into(), required: true }],
                    ..action("turn-off", "Turn access off", Weight::Danger)
                },
                Action {
                    confirm: Some("The old ID stops working at once.".into()),
                    ..action("reissue", "Issue a new ID", Weight::Normal)
                },
            ],
            history: HistoryPage {
                rows: vec![Row {
                    at: "11/22/2026 3:04 PM".into(),
                    who: "Front Desk".into(),
                    what: "Created".into(),
                }],
                earlier: Some(41),
            },
        };

        insta::assert_snapshot!(drawn(view));
    }

    #[test]
    fn without_the_module_the_tab_says_so_and_where_to_ask() {
        let page = TabOffPage {
            frame: signed_in_frame(),
            patient: maria(),
            title: "Patient Portal Admin".into(),
            helpdesk: "/helpdesk".into(),
        };

        insta::assert_snapshot!(page.render().unwrap());
    }

    #[test]
    fn keys_and_ids_cannot_leave_their_place_in_an_address() {
        let href = tab_href(&PatientId::new("7/../8?x#y é"), "portal");

        assert_eq!(href, "/patients/7%2F..%2F8%3Fx%23y%20%C3%A9/tabs/portal");
        assert_eq!(action_href("/t", "a b/c"), "/t/actions/a%20b%2Fc");
    }
}
