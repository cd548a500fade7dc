//! Which practice a request is for, and whether that practice has the portal.

use super::notices::Notice;
use crate::identity::PracticeId;
use crate::lent::Unavailable;
use crate::portal::Portal;
use crate::runtime::log_unavailable;
use http::header;
use http::request::Parts;

/// Finds the practice by the request's host name.
///
/// # Errors
/// The page to show instead: no practice here, no module, or try again.
pub(super) async fn find_practice(portal: &Portal, head: &Parts) -> Result<PracticeId, Notice> {
    let host = match head.uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => head.headers.get(header::HOST).and_then(|host| host.to_str().ok()),
    };
    let host = host.ok_or(Notice::NoSuchWebsite)?.to_ascii_lowercase();
    let unavailable = |what| {
        move |unavailable: Unavailable| {
            log_unavailable(what, &unavailable);
            Notice::TryAgain { retry_after: unavailable.retry_after }
        }
    };
    let found = portal.ehr().practice_of_website(&host).await;
    let practice = found.map_err(unavailable("the practice of a website"))?.ok_or(Notice::NoSuchWebsite)?;
    let enabled = portal.ehr().portal_is_enabled(&practice).await;
    if enabled.map_err(unavailable("whether the practice has the portal"))? {
        Ok(practice)
    } else {
        Err(Notice::NotAvailableHere)
    }
}
