//! Where "submit a ticket to the Helpdesk" leads: a real EHR has one, the sandbox says so.

use super::EhrState;
use super::guard::SignedIn;
use super::page::{Announce, Frame, draw_page};
use super::refusal::Refusal;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// `GET /helpdesk`
pub(super) async fn show(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    draw_page(&HelpdeskPage { frame: staff.frame(&ehr, None).await? })
}

#[derive(Template)]
#[template(path = "helpdesk.html")]
struct HelpdeskPage {
    frame: Frame,
}
