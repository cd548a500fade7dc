//! Pages that say the same to everyone.

use super::page::Content;
use super::routes::{ACCOUNT, Answer, CONFIRMATION, START};
use super::visit::Visit;

/// The account is active: on to the login page. Nobody is logged in on the way, so that a
/// patient has used the new password once before needing it.
pub(super) fn activated(visit: &Visit<'_>) -> Answer {
    let (website, words) = (visit.language.website(), visit.language.second_step());
    let second_step = if visit.ehr.is_second_factor_required() {
        words.offer_at_activation_required()
    } else {
        words.offer_at_activation()
    };
    let text = format!("{} {second_step}", website.activated_text());
    let content = Content::Done { text: &text, path: START, link: visit.language.website().to_log_in() };
    Ok(visit.page(visit.language.website().activated_title(), content))
}

/// A forgotten username or password: the practice knows who is calling, and no question about a
/// secret does. It asks for nothing and tells nothing about anyone.
pub(super) fn forgotten(visit: &Visit<'_>) -> Answer {
    let words = visit.language.website();
    let text = words.forgotten_text(visit.practice);
    let content = Content::Done { text: &text, path: START, link: words.to_log_in() };
    Ok(visit.page(words.forgotten_title(), content))
}

/// The password was changed. Who could not be kept logged in is told so as well.
pub(super) fn password_changed(visit: &Visit<'_>) -> Answer {
    let words = visit.language.account();
    let (text, link) = (words.password_changed_text(), words.to_account());
    Ok(visit.page(words.password_changed(), Content::Done { text, path: ACCOUNT, link }))
}

/// Logged out.
pub(super) fn logged_out(visit: &Visit<'_>) -> Answer {
    let words = visit.language.website();
    let content = Content::Done { text: words.logged_out_text(), path: START, link: words.log_in_again() };
    Ok(visit.page(words.logged_out_title(), content))
}

/// Confirmed too long ago: nothing was saved.
pub(super) fn time_is_up(visit: &Visit<'_>) -> Answer {
    let words = visit.language.website();
    let (text, link) = (words.time_is_up_text(), visit.language.labels().activate_account());
    Ok(visit.page(words.time_is_up_title(), Content::Done { text, path: CONFIRMATION, link }))
}

/// Logged out by the clock, from another browser, or because the login was changed.
pub(super) fn session_ended(visit: &Visit<'_>) -> Answer {
    let words = visit.language.website();
    let (text, link) = (words.session_ended_text(), words.log_in_again());
    Ok(visit.page(words.session_ended_title(), Content::Done { text, path: START, link }))
}
