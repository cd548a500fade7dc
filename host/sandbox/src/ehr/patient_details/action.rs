//! An action that a plugin's tab offers: the page that asks first, and the POST that does it.

use super::tab::{action_href, is_the_portals, tab_href};
use super::{Chart, chart};
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, go_to};
use crate::ehr::refusal::{Refusal, unless_off};
use crate::ehr::words::patients;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal_host::TabError;
use portal_host::identity::PatientId;
use portal_host::tab::{Action, Notice, Tone, Weight};
use sandbox_db::Menu;

/// Before the name of an answer in a form, so that no plugin's field can be taken for one of ours.
const ANSWER: &str = "answer.";

/// `GET /patients/{key}/tabs/{tab}/actions/{action}`: asks what the action wants to know first.
pub(in crate::ehr) async fn ask(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((key, tab, action)): Keys<(String, String, String)>,
) -> Result<Response, Refusal> {
    is_the_portals(&ehr, &tab)?;
    let patient = PatientId::new(key);
    draw_question(&ehr, &staff, &patient, &action, &[], None).await
}

/// `POST /patients/{key}/tabs/{tab}/actions/{action}`
pub(in crate::ehr) async fn perform(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((key, tab, action)): Keys<(String, String, String)>,
    form: Form,
) -> Result<Response, Refusal> {
    is_the_portals(&ehr, &tab)?;
    let patient = PatientId::new(key);
    let answers = form.under(ANSWER);
    let outcome =
        ehr.portal.perform(&ehr.practice, &staff.viewer(), &patient, &action, answers.clone()).await;
    match outcome {
        Ok(notice) => back_to_tab(&ehr, &staff, &patient, notice).await,
        Err(TabError::NotOffered) => back_to_tab(&ehr, &staff, &patient, no_longer_offered()).await,
        Err(TabError::Invalid { field, problem }) => {
            let problem = Some((field, problem));
            draw_question(&ehr, &staff, &patient, &action, &answers, problem).await
        }
        // The tab itself says that the practice has not got the module.
        Err(TabError::ModuleOff) => Ok(go_to(&portal_tab(&ehr, &patient))),
        Err(
            error @ (TabError::Forbidden
            | TabError::NoSuchPatient
            | TabError::Unavailable { .. }
            | TabError::Failed(_)),
        ) => Err(error.into()),
    }
}

fn portal_tab(ehr: &EhrState, patient: &PatientId) -> String {
    tab_href(patient, &ehr.portal.tab().id)
}

async fn back_to_tab(
    ehr: &EhrState,
    staff: &SignedIn,
    patient: &PatientId,
    notice: Notice,
) -> Result<Response, Refusal> {
    staff.leave_notice(ehr, notice).await?;
    Ok(go_to(&portal_tab(ehr, patient)))
}

/// Someone else was quicker, or the page was old.
fn no_longer_offered() -> Notice {
    Notice { tone: Tone::Warning, text: patients::CHANGED_MEANWHILE.to_owned() }
}

/// Draws the page that asks, with what was answered and what was wrong with it.
async fn draw_question(
    ehr: &EhrState,
    staff: &SignedIn,
    patient: &PatientId,
    action: &str,
    answers: &[(String, String)],
    problem: Option<(String, String)>,
) -> Result<Response, Refusal> {
    let back = portal_tab(ehr, patient);
    let shown = ehr.portal.show(&ehr.practice, &staff.viewer(), patient).await;
    let Some(view) = unless_off(shown)? else { return Ok(go_to(&back)) };
    let Some(action) = view.actions.into_iter().find(|offered| offered.id == action) else {
        return back_to_tab(ehr, staff, patient, no_longer_offered()).await;
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let chart = chart(ehr, staff, patient, &back).await?;
    let frame = staff.frame(ehr, Some(Menu::Patients)).await?;
    let page = draw_page(&ActionPage::of(frame, chart, action, answers, problem, back))?;
    Ok((status, page).into_response())
}

#[derive(Template)]
#[template(path = "patient_action.html")]
struct ActionPage {
    frame: Frame,
    patient: Chart,
    label: String,
    class: &'static str,
    confirm: Option<String>,
    asks: Vec<Ask>,
    /// A problem with something the page has no field for.
    problem_elsewhere: Option<String>,
    href: String,
    back: String,
}

struct Ask {
    id: String,
    name: String,
    label: String,
    required: bool,
    answer: String,
    problem: Option<String>,
}

impl ActionPage {
    fn of(
        frame: Frame,
        patient: Chart,
        action: Action,
        answers: &[(String, String)],
        mut problem: Option<(String, String)>,
        back: String,
    ) -> Self {
        let asks = (1..)
            .zip(action.asks)
            .map(|(nth, field)| Ask {
                id: format!("answer-{nth}"),
                name: format!("{ANSWER}{}", field.name),
                answer: answers
                    .iter()
                    .find(|(name, _)| *name == field.name)
                    .map(|(_, answer)| answer.clone())
                    .unwrap_or_default(),
                problem: problem.take_if(|(name, _)| *name == field.name).map(|(_, problem)| problem),
                label: field.label,
                required: field.required,
            })
            .collect();
        Self {
            frame,
            patient,
            class: match action.weight {
                Weight::Primary | Weight::Normal => "button primary",
                Weight::Danger => "button danger chosen",
            },
            confirm: action.confirm,
            asks,
            problem_elsewhere: problem.map(|(_, problem)| problem),
            href: action_href(&back, &action.id),
            label: action.label,
            back,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ehr::patient_details::tests::{maria, signed_in_frame};
    use portal_host::tab::Field;

    fn turn_off() -> Action {
        Action {
            id: "turn-off".into(),
            label: "Turn access off".into(),
            weight: Weight::Danger,
            confirm: Some("The patient can no longer log in.".into()),
            asks: vec![Field { name: "reason".into(), label: "Reason".into(), required: true }],
        }
    }

    fn drawn(answers: &[(String, String)], problem: Option<(String, String)>) -> String {
        let back = "/patients/7/tabs/portal".to_owned();
        ActionPage::of(signed_in_frame(), maria(), turn_off(), answers, problem, back).render().unwrap()
    }

    #[test]
    fn an_action_asks_before_it_takes_something_away() {
        insta::assert_snapshot!(drawn(&[], None));
    }

    #[test]
    fn a_wrong_answer_is_kept_with_the_problem_beside_it() {
        let answers = [("reason".to_owned(), "<b>".to_owned())];

        let page = drawn(&answers, Some(("reason".into(), "Write a few more words.".into())));

        assert!(page.contains("value=\"&#60;b&#62;\""), "{page}");
        assert!(
            page.contains("id=\"answer-1-problem\" role=\"alert\">Write a few more words.</p>"),
            "{page}"
        );
        assert!(page.contains("aria-invalid=\"true\" aria-describedby=\"answer-1-problem\""), "{page}");
    }

    #[test]
    fn a_problem_with_something_not_asked_for_is_shown_all_the_same() {
        let page = drawn(&[], Some(("other".into(), "Not now.".into())));

        assert!(page.contains("<span>Not now.</span>"), "{page}");
    }
}
