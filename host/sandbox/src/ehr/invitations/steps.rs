//! Starting a list and cancelling it.

use super::{batch, closed, href, name, offer};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, go_to};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::invitations;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::tab::{Notice, Tone};
use sandbox_db::{BatchNumber, Menu};

/// `POST /invitations/{number}/start`: from here on it goes on in this member of staff's name.
pub(in crate::ehr) async fn start(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(number): Keys<u64>,
) -> Result<Response, Refusal> {
    take(&ehr, &staff, number, Step::Start).await
}

/// `GET /invitations/{number}/cancel`: asks first.
pub(in crate::ehr) async fn ask(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(number): Keys<u64>,
) -> Result<Response, Refusal> {
    let batch = batch(&ehr, number).await?;
    let href = href(batch.number);
    if !batch.state.can_be_cancelled() {
        return back(&ehr, &staff, batch.number, false).await;
    }
    let frame = staff.frame(&ehr, Some(Menu::Patients)).await?;
    draw_page(&CancelPage { frame, title: name(batch.number), href })
}

/// `POST /invitations/{number}/cancel`
pub(in crate::ehr) async fn cancel(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(number): Keys<u64>,
) -> Result<Response, Refusal> {
    take(&ehr, &staff, number, Step::Cancel).await
}

/// What is done to a list. Whoever may start one may cancel one.
enum Step {
    Start,
    Cancel,
}

async fn take(ehr: &EhrState, staff: &SignedIn, number: u64, step: Step) -> Result<Response, Refusal> {
    let number = batch(ehr, number).await?.number;
    if let Some(notice) = offer(ehr, staff).await?.notice() {
        return closed(ehr, staff, notice).await;
    }
    let (by, now) = (staff.by(), ehr.clock.now());
    let was_done = match step {
        Step::Start => ehr.database.start_batch(&ehr.practice, number, &by, now).await?,
        Step::Cancel => ehr.database.cancel_batch(&ehr.practice, number, &by, now).await?,
    };
    back(ehr, staff, number, was_done).await
}

/// Back to the list, which says how it stands; with a word where nothing was done.
async fn back(
    ehr: &EhrState,
    staff: &SignedIn,
    number: BatchNumber,
    was_done: bool,
) -> Result<Response, Refusal> {
    if !was_done {
        let text = invitations::DONE_BEFORE.to_owned();
        staff.leave_notice(ehr, Notice { tone: Tone::Warning, text }).await?;
    }
    Ok(go_to(&href(number)))
}

#[derive(Template)]
#[template(path = "invitation_cancel.html")]
struct CancelPage {
    frame: Frame,
    title: String,
    href: String,
}

#[cfg(test)]
mod tests {
    use super::super::testing::frame;
    use super::*;

    #[test]
    fn the_page_that_asks_before_a_list_is_cancelled() {
        let number = BatchNumber(7);
        let page = CancelPage { frame: frame(), title: name(number), href: href(number) };
        insta::assert_snapshot!("cancel", page.render().unwrap());
    }
}
