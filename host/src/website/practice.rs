//! Which practice a request is for, and whether that practice has the portal.

use super::notices::Notice;
use crate::identity::PracticeId;
use crate::lent::Unavailable;
use crate::portal::Portal;
use crate::serve::host_of;
use http::request::Parts;

/// Finds the practice by the request's host name.
///
/// # Errors
/// The page to show instead: no practice here, no module, or try again.
pub(super) async fn find_practice(portal: &Portal, head: &Parts) -> Result<PracticeId, Notice> {
    let host = host_of(head).ok_or(Notice::NoSuchWebsite)?;
    let practice = portal.practice_of_website(&host).await?.ok_or(Notice::NoSuchWebsite)?;
    if portal.is_enabled(&practice).await? { Ok(practice) } else { Err(Notice::NotAvailableHere) }
}

impl From<Unavailable> for Notice {
    fn from(Unavailable { retry_after, .. }: Unavailable) -> Self {
        Self::TryAgain { retry_after }
    }
}
