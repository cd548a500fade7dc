//! Refuses changes that another website asks the browser to make. It stands beside the cookie's
//! `SameSite=Strict`, so that neither has to be perfect.

use super::refusal::Refusal;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Method};

/// Lets a request through unless it changes something and comes from elsewhere.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let reads_only = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads_only || comes_from_here(request.headers()) {
        next.run(request).await
    } else {
        Refusal::ForeignOrigin.into_response()
    }
}

/// What a browser says of the page that sent the request. Browsers always say one of the two with
/// a form; a client that says neither carries no one's cookie by accident.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let site_is_ours = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site.as_bytes() == b"same-origin" || site.as_bytes() == b"none");
    let origin_is_ours = headers.get(ORIGIN).is_none_or(|origin| {
        let host = headers.get(HOST).map(http::HeaderValue::as_bytes);
        let authority = origin
            .as_bytes()
            .strip_prefix(b"http://")
            .or_else(|| origin.as_bytes().strip_prefix(b"https://"));
        match (authority, host) {
            (Some(authority), Some(host)) => authority.eq_ignore_ascii_case(host),
            (None, _) | (_, None) => false,
        }
    });
    site_is_ours && origin_is_ours
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn comes(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        comes_from_here(&headers)
    }

    #[test]
    fn a_form_of_our_own_page_is_let_through() {
        assert!(comes(&[
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-origin"),
        ]));
        assert!(comes(&[("host", "ehr.example"), ("origin", "https://EHR.example")]));
        assert!(comes(&[("host", "ehr.example")]));
        assert!(comes(&[("host", "ehr.example"), ("sec-fetch-site", "none")]));
    }

    #[test]
    fn a_form_of_another_page_is_refused() {
        assert!(!comes(&[("host", "ehr.example"), ("origin", "http://evil.example")]));
        assert!(!comes(&[("host", "ehr.example"), ("origin", "null")]));
        assert!(!comes(&[("host", "ehr.example"), ("origin", "")]));
        assert!(!comes(&[("origin", "http://ehr.example")]));
        // The patient website of the sandbox: the same host, another port.
        assert!(!comes(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8081")]));
        assert!(!comes(&[("host", "ehr.example"), ("sec-fetch-site", "same-site")]));
        assert!(!comes(&[("host", "ehr.example"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn one_sign_of_another_page_is_enough() {
        assert!(!comes(&[
            ("host", "ehr.example"),
            ("origin", "http://ehr.example"),
            ("sec-fetch-site", "cross-site"),
        ]));
    }
}
