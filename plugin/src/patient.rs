//! The patient website: bytes in, bytes out, and never a trap for what a visitor sends.
//!
//! [`routes`] is the one table of pages. Each page has a file that reads its form, asks
//! the rules and answers with a page or a redirect.

use crate::ehr::Ehr;

mod account;
mod add_app;
mod add_passkey;
mod assets;
mod confirmation;
pub mod cookies;
mod credentials;
mod current_password;
pub mod form;
mod form_view;
mod home;
mod language;
mod log_in;
mod look;
mod new_password;
pub mod origin;
mod page;
pub mod problem;
mod remove_factor;
pub mod request;
pub mod response;
pub mod routes;
mod said;
mod second_factors;
mod second_step;
mod session;
mod sessions;
mod sign_in;
mod static_pages;
mod stay;
mod visit;

use request::Request;
use response::Response;

/// What the address of the style sheet ends with in this build.
#[cfg(test)]
pub(crate) fn style_version() -> u32 {
    assets::VERSION
}

/// What the tests of pages look up in the style sheet.
#[cfg(test)]
pub(crate) use assets::STYLE;

/// Answers one request. What goes wrong inside becomes a page.
pub fn handle(ehr: &dyn Ehr, request: &Request) -> Response {
    let practice = ehr.practice();
    let response = routes::answer(ehr, &practice, request)
        .unwrap_or_else(|problem| problem.page(ehr, &practice, request));
    let response = if practice.is_secure() { response.over_tls_only() } else { response };
    if request.method == "HEAD" { response.without_body() } else { response }
}
