//! Refuses requests for another host, and changes that another website asks the browser to make. It stands beside the cookie's
//! `SameSite=Strict`, so that neither has to be perfect.

use super::EhrState;
use super::refusal::Refusal;
use crate::site::Site;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::ORIGIN;
use http::{HeaderMap, Method};
use portal_host::serve::host_of;

/// Lets a request through unless it is for another host, or changes something and comes from elsewhere.
pub(super) async fn check(State(ehr): State<EhrState>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    // A name that is rebound to this address from elsewhere is not ours.
    let Some(host) = host_of(&head).filter(|host| ehr.site.answers_to(host)) else {
        return Refusal::Misdirected.into_response();
    };
    let reads_only = matches!(head.method, Method::GET | Method::HEAD);
    if reads_only || comes_from_here(&head.headers, &ehr.site, &host) {
        next.run(Request::from_parts(head, body)).await
    } else {
        Refusal::ForeignOrigin.into_response()
    }
}

/// What a browser says of the page that sent the request. Browsers always say one of the two with
/// a form; a client that says neither carries no one's cookie by accident.
fn comes_from_here(headers: &HeaderMap, site: &Site, host: &str) -> bool {
    let site_is_ours = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site.as_bytes() == b"same-origin" || site.as_bytes() == b"none");
    let origin_is_ours = headers
        .get(ORIGIN)
        .is_none_or(|origin| origin.to_str().is_ok_and(|origin| site.is_origin(origin, host)));
    site_is_ours && origin_is_ours
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn comes_to(site: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let site = Site::new(Some(site), "127.0.0.1:8080".parse().unwrap()).unwrap();
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let mut head = http::Request::new(()).into_parts().0;
        head.headers.clone_from(&headers);
        let host = host_of(&head).unwrap_or_default();
        site.answers_to(&host) && comes_from_here(&headers, &site, &host)
    }

    fn comes(headers: &[(&'static str, &'static str)]) -> bool {
        comes_to("https://ehr.example", headers)
    }

    #[test]
    fn a_form_of_our_own_page_is_let_through() {
        let loopback = [
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-origin"),
        ];
        assert!(comes_to("http://127.0.0.1:8080", &loopback));
        assert!(comes(&[("host", "ehr.example"), ("origin", "https://EHR.example")]));
        assert!(comes(&[("host", "ehr.example")]));
        assert!(comes(&[("host", "ehr.example"), ("sec-fetch-site", "none")]));
    }

    #[test]
    fn a_form_of_another_page_is_refused() {
        assert!(!comes(&[("host", "ehr.example"), ("origin", "http://evil.example")]));
        assert!(!comes(&[("host", "ehr.example"), ("origin", "http://ehr.example")]));
        assert!(!comes(&[("host", "ehr.example"), ("origin", "null")]));
        assert!(!comes(&[("host", "ehr.example"), ("origin", "")]));
        assert!(!comes(&[("origin", "https://ehr.example")]));
        // The patient website of the sandbox: the same host, another port.
        let website = [("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8081")];
        assert!(!comes_to("http://127.0.0.1:8080", &website));
        assert!(!comes(&[("host", "ehr.example"), ("sec-fetch-site", "same-site")]));
        assert!(!comes(&[("host", "ehr.example"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn another_host_is_not_this_ehr() {
        assert!(!comes(&[("host", "evil.example")]));
        assert!(!comes(&[("host", "ehr.example"), ("host", "ehr.example")]));
    }

    #[test]
    fn one_sign_of_another_page_is_enough() {
        let both =
            [("host", "ehr.example"), ("origin", "https://ehr.example"), ("sec-fetch-site", "cross-site")];
        assert!(!comes(&both));
    }
}
