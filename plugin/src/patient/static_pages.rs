//! Pages that say the same to everyone.

use super::page::Content;
use super::routes::{Answer, START};
use super::visit::Visit;
use crate::words::website;

/// The account is active: on to the login page. Nobody is logged in on the way, so that a
/// patient has used the new password once before needing it.
pub(super) fn activated(visit: &Visit<'_>) -> Answer {
    let content = Content::Done { text: website::ACTIVATED_TEXT, path: START, link: website::TO_LOG_IN };
    Ok(visit.page(website::ACTIVATED_TITLE, content))
}

/// Logged out.
pub(super) fn logged_out(visit: &Visit<'_>) -> Answer {
    let content = Content::Done { text: website::LOGGED_OUT_TEXT, path: START, link: website::LOG_IN_AGAIN };
    Ok(visit.page(website::LOGGED_OUT_TITLE, content))
}
