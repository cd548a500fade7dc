//! The few pages the host writes itself, for when the component is not asked or did not answer.
//! Plain words, nothing technical, and nothing that was typed is repeated.

use axum::response::{Html, IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::time::Duration;

/// Where these pages find their style. The component cannot answer under this path.
pub(super) const STYLESHEET: &str = "/portal-host.css";

/// A page of the host's own.
#[derive(Debug)]
pub(super) enum Notice {
    /// No practice is served under this host name.
    NoSuchWebsite,
    /// The practice does not have the module.
    NotAvailableHere,
    /// The path or query is too long.
    AddressTooLong,
    /// The body is too long.
    TooMuchSent,
    /// The body did not come in time.
    SentTooSlowly,
    /// The body broke off.
    BrokeOff,
    /// Too busy, or the EHR cannot answer now.
    TryAgain {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The component failed.
    Broken {
        /// What the operator finds the cause by.
        reference: String,
    },
}

impl Notice {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchWebsite | Self::NotAvailableHere => StatusCode::NOT_FOUND,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::TooMuchSent => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SentTooSlowly => StatusCode::REQUEST_TIMEOUT,
            Self::BrokeOff => StatusCode::BAD_REQUEST,
            Self::TryAgain { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Notice {
    fn into_response(self) -> Response {
        let (english, spanish) = (self.in_english(), self.in_spanish());
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{}</title>\n<link rel=\"stylesheet\" href=\"{STYLESHEET}\">\n</head>\n\
             <body>\n<main>\n<h1>{}</h1>\n<p>{}</p>\n\
             <section lang=\"es\">\n<h2>{}</h2>\n<p>{}</p>\n</section>\n</main>\n</body>\n</html>\n",
            english.title, english.title, english.text, spanish.title, spanish.text,
        );
        let mut response = (self.status(), Html(page)).into_response();
        let headers = response.headers_mut();
        for (name, value) in PROTECTION {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Self::TryAgain { retry_after } = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after.as_secs().max(1)));
        }
        response
    }
}

/// What keeps these pages from being framed, sniffed, cached or scripted.
const PROTECTION: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The style of these pages.
pub(super) async fn stylesheet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, include_str!("notices.css")).into_response()
}
