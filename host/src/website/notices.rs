//! The few pages the host writes itself, for when the component is not asked or did not answer.
//! Plain words, nothing technical, and nothing that was typed is repeated.

use super::notice_words::{Language, Said};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::time::Duration;

/// Where these pages find their style. The component cannot answer under this path.
pub(super) const STYLESHEET: &str = "/portal-host.css";

/// How the page itself is read, so that a part that is read alike need not say so.
const LEFT_TO_RIGHT: &str = "ltr";

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

    /// The first language is the page's own, each other has a part of it.
    fn page(&self) -> String {
        let [first, others @ ..] = Language::ALL;
        let Said { title, text } = self.said(first);
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{STYLESHEET}\">\n</head>\n\
             <body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n",
            first.tag(),
        );
        for language in others {
            page.push_str(&part(language.tag(), language.direction(), &self.said(language)));
        }
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }
}

/// The same in another language.
fn part(tag: &str, direction: &str, Said { title, text }: &Said) -> String {
    let direction = if direction == LEFT_TO_RIGHT { String::new() } else { format!(" dir=\"{direction}\"") };
    format!("<section lang=\"{tag}\"{direction}>\n<h2>{title}</h2>\n<p>{text}</p>\n</section>\n")
}

impl IntoResponse for Notice {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Html(self.page())).into_response();
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

#[cfg(test)]
mod tests {
    use super::super::notice_words::escaped;
    use super::*;

    fn all() -> [Notice; 8] {
        [
            Notice::NoSuchWebsite,
            Notice::NotAvailableHere,
            Notice::AddressTooLong,
            Notice::TooMuchSent,
            Notice::SentTooSlowly,
            Notice::BrokeOff,
            Notice::TryAgain { retry_after: Duration::from_secs(3) },
            Notice::Broken { reference: "0x2a".to_owned() },
        ]
    }

    #[test]
    fn every_page_says_its_text_in_every_language_the_first_one_first() {
        for notice in all() {
            let page = notice.page();
            let mut rest = page.as_str();
            for (at, language) in Language::ALL.into_iter().enumerate() {
                let Said { title, text } = notice.said(language);
                let begins = if at == 0 { "<html" } else { "<section" };
                let (_, own) = rest.split_once(&format!("{begins} lang=\"{}\"", language.tag())).unwrap();
                let (_, own) =
                    own.split_once(&format!(">{title}</h{}>\n<p>{text}</p>", at.min(1) + 1)).unwrap();
                rest = own;
            }
        }
    }

    #[test]
    fn all_words_there_are_for_these_pages_are_said_on_one() {
        let pages = all().map(|notice| notice.page()).concat();
        for words in Language::ALL.into_iter().flat_map(Language::plain) {
            assert!(pages.contains(&escaped(words)), "{words}");
        }
        assert!(pages.contains("reference: 0x2a"), "{pages}");
    }

    #[test]
    fn a_part_that_is_read_from_the_right_says_so() {
        let said = Said { title: "T".to_owned(), text: "t".to_owned() };
        assert!(part("he", "rtl", &said).starts_with("<section lang=\"he\" dir=\"rtl\">"));
        assert!(part("es", "ltr", &said).starts_with("<section lang=\"es\">"));
    }
}
