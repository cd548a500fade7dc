//! Which practice a request is for, and whether that practice has the portal.

use super::notices::Notice;
use crate::identity::PracticeId;
use crate::lent::Unavailable;
use crate::portal::Portal;
use http::header::HOST;
use http::request::Parts;

/// Finds the practice by the request's host name.
///
/// # Errors
/// The page to show instead: no practice here, no module, or try again.
pub(super) async fn find_practice(portal: &Portal, head: &Parts) -> Result<PracticeId, Notice> {
    let host = host(head).ok_or(Notice::NoSuchWebsite)?;
    let practice = portal.practice_of_website(&host).await?.ok_or(Notice::NoSuchWebsite)?;
    if portal.is_enabled(&practice).await? { Ok(practice) } else { Err(Notice::NotAvailableHere) }
}

/// The one host name a request is for, in lower case. A request that names two is for none: a proxy
/// may have gone by the other.
fn host(head: &Parts) -> Option<String> {
    let mut named = head.headers.get_all(HOST).iter();
    let (host, another) = (named.next()?.to_str().ok()?.to_ascii_lowercase(), named.next());
    let agrees = head.uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(&host));
    (agrees && another.is_none()).then_some(host)
}

impl From<Unavailable> for Notice {
    fn from(Unavailable { retry_after, .. }: Unavailable) -> Self {
        Self::TryAgain { retry_after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host_of(target: &str, hosts: &[&str]) -> Option<String> {
        let request =
            hosts.iter().fold(http::Request::get(target), |request, host| request.header(HOST, *host));
        host(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn a_request_is_for_the_one_host_it_names() {
        assert_eq!(host_of("/", &["Portal.Example"]).as_deref(), Some("portal.example"));
        assert_eq!(host_of("http://portal.example/", &["PORTAL.example"]).as_deref(), Some("portal.example"));
    }

    #[test]
    fn a_request_that_names_no_host_or_two_is_for_none() {
        assert_eq!(host_of("/", &[]), None);
        assert_eq!(host_of("/", &["portal.example", "other.example"]), None);
        assert_eq!(host_of("http://other.example/", &["portal.example"]), None);
    }
}
