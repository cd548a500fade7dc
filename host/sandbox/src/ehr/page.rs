//! What the screens have in common: the frame around each page, where its links lead, and keys taken
//! from a path.

use super::refusal::Refusal;
use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use portal_host::tab::{Notice, Tone};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The frame: who is signed in, where they can go, and what came of what they just did.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) staff_name: String,
    /// The practice they work for.
    pub(super) practice: Arc<str>,
    pub(super) menu: Vec<Link>,
    pub(super) notice: Option<Notice>,
    /// What every form on the page carries.
    pub(super) form_token: String,
}

/// A place to go, in the menu or among tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) current: bool,
}

/// Draws a page.
pub(super) fn draw_page(page: &impl Template) -> Result<Response, Refusal> {
    let html = page.render()?;
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// Sends the browser on after a POST, so that neither reload nor back repeats it.
pub(super) fn go_to(href: &str) -> Response {
    Redirect::to(href).into_response()
}

/// A part of a path, such as a patient's key, whatever characters it has.
pub(super) fn segment(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// The keys in a path. What is not text, or not what the path should hold, leads nowhere: 404.
pub(super) struct Keys<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Keys<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        // No key has it, and not every database can be asked for it.
        if parts.uri.path().contains("%00") {
            return Err(Refusal::NotFound);
        }
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(keys)| Self(keys)).map_err(|_| Refusal::NotFound)
    }
}

/// How a notice looks and is announced.
pub(super) trait Announce {
    /// Its class in the stylesheet.
    fn class(&self) -> &'static str;
    /// Its ARIA role: an alert interrupts, a status waits.
    fn role(&self) -> &'static str;
    /// The word that says what the colour says.
    fn word(&self) -> &'static str;
}

impl Announce for Tone {
    fn class(&self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    fn role(&self) -> &'static str {
        match self {
            Self::Info | Self::Success => "status",
            Self::Warning | Self::Danger => "alert",
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Info => "Please note:",
            Self::Success => "Done.",
            Self::Warning => "Attention:",
            Self::Danger => "Problem:",
        }
    }
}
