//! Pages that say the same to everyone.

use super::page::Content;
use super::routes::{ACCOUNT, Answer, CONFIRMATION, START};
use super::visit::Visit;
use crate::words::{account, labels, second_step, website};

/// The account is active: on to the login page. Nobody is logged in on the way, so that a
/// patient has used the new password once before needing it.
pub(super) fn activated(visit: &Visit<'_>) -> Answer {
    let second_step = second_step::offer_at_activation(visit.ehr.is_second_factor_required());
    let text = format!("{} {second_step}", website::ACTIVATED_TEXT);
    let content = Content::Done { text: &text, path: START, link: website::TO_LOG_IN };
    Ok(visit.page(website::ACTIVATED_TITLE, content))
}

/// A forgotten username or password: the practice knows who is calling, and no question about a
/// secret does. It asks for nothing and tells nothing about anyone.
pub(super) fn forgotten(visit: &Visit<'_>) -> Answer {
    let text = website::forgotten_text(visit.practice);
    let content = Content::Done { text: &text, path: START, link: website::TO_LOG_IN };
    Ok(visit.page(website::FORGOTTEN_TITLE, content))
}

/// The password was changed. Who could not be kept logged in is told so as well.
pub(super) fn password_changed(visit: &Visit<'_>) -> Answer {
    let (text, link) = (account::PASSWORD_CHANGED_TEXT, account::TO_ACCOUNT);
    Ok(visit.page(account::PASSWORD_CHANGED, Content::Done { text, path: ACCOUNT, link }))
}

/// Logged out.
pub(super) fn logged_out(visit: &Visit<'_>) -> Answer {
    let content = Content::Done { text: website::LOGGED_OUT_TEXT, path: START, link: website::LOG_IN_AGAIN };
    Ok(visit.page(website::LOGGED_OUT_TITLE, content))
}

/// Confirmed too long ago: nothing was saved.
pub(super) fn time_is_up(visit: &Visit<'_>) -> Answer {
    let (text, link) = (website::TIME_IS_UP_TEXT, labels::ACTIVATE_ACCOUNT);
    Ok(visit.page(website::TIME_IS_UP_TITLE, Content::Done { text, path: CONFIRMATION, link }))
}

/// Logged out by the clock, from another browser, or because the login was changed.
pub(super) fn session_ended(visit: &Visit<'_>) -> Answer {
    let (text, link) = (website::SESSION_ENDED_TEXT, website::LOG_IN_AGAIN);
    Ok(visit.page(website::SESSION_ENDED_TITLE, Content::Done { text, path: START, link }))
}
