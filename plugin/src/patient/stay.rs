//! The time-out warning, with a way to stay (WCAG 2.2, 2.2.1).
//!
//! With JavaScript it opens in place. Without, the browser is sent to a page of its own a minute
//! before the end; looking at that page is no sign of life and does not make the session last longer.

use super::cookies::Cookie;
use super::page::{Content, Timeout};
use super::response::Response;
use super::routes::{Answer, HOME, SESSION_ENDED, START, forgetting};
use super::session::{SignedIn, Visitor};
use super::visit::Visit;

/// The patient pressed the button: the session was touched on the way here.
pub(super) fn stay(_visit: &Visit<'_>, _signed_in: &SignedIn) -> Answer {
    Ok(Response::see_other(HOME))
}

/// Asks whether the patient is still there.
pub(super) fn ask(visit: &Visit<'_>) -> Answer {
    Ok(match SignedIn::peek(visit)? {
        Visitor::Known(signed_in) => {
            let timeout = Timeout::of(&signed_in, visit);
            visit.page(visit.language.website().stay_title(), Content::StillThere { timeout })
        }
        Visitor::TooLate => forgetting(visit, Cookie::Portal, SESSION_ENDED),
        Visitor::Unknown => Response::see_other(START),
    })
}
