//! Responses, and the headers every one of them carries.

use super::page::Page;

/// Nothing but our own style and images, and forms to ourselves: no script at all.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The same for pages with a script of ours, which is a file of its own.
const WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action \
     'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// One response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// 200-599.
    pub status: u16,
    /// All but what HTTP framing asks for.
    pub headers: Vec<(&'static str, String)>,
    /// What to show.
    pub body: Vec<u8>,
}

/// How long browsers keep a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// It never changes under its address.
    AYear,
    /// They ask whether it has changed each time.
    NotUnasked,
}

impl Response {
    /// A page. It is about a person, or may lead to one, so nothing keeps a copy.
    pub(super) fn page(status: u16, page: &Page<'_>) -> Self {
        match page.html() {
            Ok(html) => {
                let policy = if page.has_script() { WITH_SCRIPT } else { CONTENT_SECURITY_POLICY };
                Self::under(policy, status, "no-store")
                    .with("content-type", HTML)
                    .with_body(html.into_bytes())
            }
            // Rendering writes to memory and cannot fail; if it does, say so without a template.
            Err(_) => Self::new(500, "no-store")
                .with("content-type", "text/plain; charset=utf-8")
                .with_body(b"This page cannot be shown now. Please try again later.".to_vec()),
        }
    }

    /// Sends the browser on to another page of ours, with a GET.
    pub(super) fn see_other(path: &'static str) -> Self {
        Self::new(303, "no-store").with("location", path.to_owned())
    }

    /// A file that is the same for everyone at a practice.
    pub(super) fn asset(keep: Keep, media_type: &'static str, content: impl Into<Vec<u8>>) -> Self {
        let cache_control = match keep {
            Keep::AYear => "public, max-age=31536000, immutable",
            Keep::NotUnasked => "no-cache",
        };
        Self::new(200, cache_control).with("content-type", media_type).with_body(content.into())
    }

    fn new(status: u16, cache_control: &'static str) -> Self {
        Self::under(CONTENT_SECURITY_POLICY, status, cache_control)
    }

    fn under(policy: &'static str, status: u16, cache_control: &'static str) -> Self {
        let always = [
            ("cache-control", cache_control),
            ("content-security-policy", policy),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms.
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
        ];
        let headers = always.map(|(name, value)| (name, value.to_owned())).into();
        Self { status, headers, body: Vec::new() }
    }

    /// The same response with one more header.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same response, telling the browser never to come back over plain HTTP.
    pub(super) fn over_tls_only(self) -> Self {
        self.with("strict-transport-security", "max-age=31536000")
    }

    fn with_body(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }

    /// The same response as a HEAD request gets it.
    pub(super) fn without_body(self) -> Self {
        self.with_body(Vec::new())
    }
}

const HTML: &str = "text/html; charset=utf-8";
