//! Cross-site requests: a form is accepted from the portal's own pages only.

use super::request::Request;
use crate::practice::Practice;

/// Whether a POST may have come from another site. A page elsewhere cannot forge either
/// header; a client that sends neither is not a browser that could be tricked.
///
/// On plain HTTP, which is for sandboxes, the origin may be the address the request came in
/// on instead of the configured one, so that one answers as `localhost` as well as `127.0.0.1`.
pub fn is_cross_site(request: &Request, practice: &Practice) -> bool {
    let other_site = request.header("sec-fetch-site").any(|site| !matches!(site, "same-origin" | "none"));
    let other_origin = request.header("origin").any(|origin| {
        let is_sandbox = || !practice.is_secure() && request.header("host").any(|host| is_at(origin, host));
        !is_portal(origin, practice) && !is_sandbox()
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
        cross_site_at(&practice(), headers)
    }

    fn cross_site_at(practice: &Practice, headers: &[(&str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
        let (method, target, client) = ("POST".to_owned(), "/".to_owned(), "192.0.2.7".to_owned());
        let request = Request { method, target, headers: headers.collect(), body: Vec::new(), client };
        is_cross_site(&request, practice)
    }

    #[test]
    fn our_own_pages_are_accepted() {
        assert!(!cross_site(&[("origin", "https://portal.riverside.example")]));
        assert!(!cross_site(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://portal.riverside.example")
        ]));
    }

    #[test]
    fn a_sandbox_on_plain_http_is_itself_under_every_name_it_is_called_by() {
        let sandbox = Practice { portal_url: "http://127.0.0.1:8081".to_owned(), ..practice() };

        assert!(!cross_site_at(&sandbox, &[("host", "localhost:8081"), ("origin", "http://localhost:8081")]));
        assert!(cross_site_at(&sandbox, &[("host", "localhost:8081"), ("origin", "http://evil.example")]));
    }

    #[test]
    fn over_tls_only_the_configured_address_is_the_portal() {
        let elsewhere = "portal.other.example";

        for origin in ["http://portal.other.example", "https://portal.other.example"] {
            assert!(cross_site(&[("host", elsewhere), ("origin", origin)]));
        }
        assert!(cross_site(&[
            ("host", "portal.riverside.example"),
            ("origin", "http://portal.riverside.example")
        ]));
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
