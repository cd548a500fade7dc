//! What every response of the EHR tells the browser to refuse (OWASP ASVS 5.0 chapter 3).

use super::EhrState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{self, HeaderName, HeaderValue};

/// Everything comes from here, and nothing is inline: injected markup can neither run nor style,
/// send a form elsewhere, nor be framed.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Not no-referrer: browsers would then send `Origin: null` with our own forms. A path may hold a
    // chart number, which in this way stays within the EHR.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Never to come back over plain HTTP.
const OVER_TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers, whatever the response is.
pub(super) async fn response(State(ehr): State<EhrState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend(HEADERS);
    if ehr.site.is_secure() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, OVER_TLS_ONLY);
    }
    response
}
