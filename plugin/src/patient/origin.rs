//! Cross-site requests: a form is accepted from the portal's own pages only.

use super::request::Request;
use crate::practice::Practice;

/// Whether a POST may have come from another site. A page elsewhere cannot forge either
/// header; a client that sends neither is not a browser that could be tricked.
///
/// The origin may be the address the request came in on instead of the configured one, so
/// that a sandbox answers as `localhost` as well as `127.0.0.1`.
pub(super) fn is_cross_site(request: &Request, practice: &Practice) -> bool {
    let other_site = request.header("sec-fetch-site").any(|site| !matches!(site, "same-origin" | "none"));
    let other_origin = request.header("origin").any(|origin| {
        !is_portal(origin, practice) && !request.header("host").any(|host| is_at(origin, host))
    });
    other_site || other_origin
}

fn is_portal(origin: &str, practice: &Practice) -> bool {
    origin.eq_ignore_ascii_case(&practice.portal_url)
}

fn is_at(origin: &str, host: &str) -> bool {
    origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;

    fn cross_site(headers: &[(&str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
        let (method, target, client) = ("POST".to_owned(), "/".to_owned(), "192.0.2.7".to_owned());
        let request = Request { method, target, headers: headers.collect(), body: Vec::new(), client };
        is_cross_site(&request, &practice())
    }

    #[test]
    fn our_own_pages_are_accepted() {
        assert!(!cross_site(&[("origin", "https://portal.riverside.example")]));
        assert!(!cross_site(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://portal.riverside.example")
        ]));
        assert!(!cross_site(&[("host", "localhost:8081"), ("origin", "http://localhost:8081")]));
    }

    #[test]
    fn a_client_without_either_header_is_accepted() {
        assert!(!cross_site(&[]));
    }

    #[test]
    fn other_sites_are_refused() {
        assert!(cross_site(&[("sec-fetch-site", "cross-site")]));
        assert!(cross_site(&[("sec-fetch-site", "same-site")]));
        assert!(cross_site(&[("origin", "https://evil.example")]));
        assert!(cross_site(&[("origin", "null")]));
        assert!(cross_site(&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]));
        assert!(cross_site(&[
            ("host", "portal.riverside.example"),
            ("origin", "https://portal.riverside.example.evil.example")
        ]));
    }
}
