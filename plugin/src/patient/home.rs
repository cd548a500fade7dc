//! The home page of a patient who is logged in, and the way out.

use super::cookies;
use super::page::Content;
use super::response::Response;
use super::routes::{Answer, LOGGED_OUT};
use super::session::SignedIn;
use super::visit::Visit;
use crate::audit::{Deed, Event};
use crate::rules::session::Purpose;
use crate::words::website;

/// The home page.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let greeting = website::greeting(&signed_in.patient.name.written());
    Ok(visit.page(website::HOME_TITLE, Content::Home { greeting: &greeting }))
}

/// Ends the session for good, here and on the host, whether it still held or not.
pub(super) fn log_out(visit: &Visit<'_>) -> Answer {
    if let Some(token) = visit.token(Purpose::Portal) {
        let token = token.hash();
        if let Some(session) = visit.ehr.find_session(&token)? {
            visit.ehr.close_session(&token, &Event::by_patient(&session.patient, Deed::SessionClosed))?;
        }
    }
    let forget = cookies::forget(visit.practice, Purpose::Portal);
    Ok(Response::see_other(LOGGED_OUT).with("set-cookie", forget))
}
