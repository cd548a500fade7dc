//! The home page of a patient who is logged in, and the way out.

use super::account;
use super::cookies::Cookie;
use super::page::{Content, Home, Timeout};
use super::routes::{Answer, LOGGED_OUT, forgetting};
use super::session::{self, SignedIn};
use super::visit::Visit;

/// The home page.
pub(super) fn show(visit: &Visit<'_>, signed_in: &SignedIn) -> Answer {
    let words = visit.language.website();
    let greeting = words.greeting(signed_in.patient.name.written());
    let news = [account::other_login(visit, signed_in)?, account::last_change(visit, signed_in)?];
    let home = Home {
        greeting: &greeting,
        news: news.into_iter().flatten().collect(),
        not_you: visit.language.account().not_you(visit.practice),
        offers_second_step: !visit.ehr.factors_of(&signed_in.patient.id)?.are_on(),
    };
    Ok(visit.page(words.home_title(), Content::Home { home, timeout: Timeout::of(signed_in, visit) }))
}

/// Ends the session for good, here and on the host, whether it still held or not.
pub(super) fn log_out(visit: &Visit<'_>) -> Answer {
    session::close_portal(visit, None)?;
    Ok(forgetting(visit, Cookie::Portal, LOGGED_OUT))
}
