//! The stylesheets and the scripts, built into the program, and the practice's logo: there is no folder to serve
//! files from, so no path leads anywhere else.

use super::EhrState;
use super::guard::SignedIn;
use super::refusal::Refusal;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName};
use portal_host::lent::Sites;

type Asset = ([(HeaderName, &'static str); 1], &'static str);

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// `GET /assets/ehr.css`
pub(super) async fn ehr_css() -> Asset {
    ([(CONTENT_TYPE, CSS)], include_str!("../../assets/ehr.css"))
}

/// `GET /assets/sheet.css`
pub(super) async fn sheet_css() -> Asset {
    ([(CONTENT_TYPE, CSS)], include_str!("../../assets/sheet.css"))
}

/// `GET /assets/logo.svg`: the practice's own, for its sheets.
pub(super) async fn logo(State(ehr): State<EhrState>, _staff: SignedIn) -> Result<Response, Refusal> {
    let profile = ehr.database.profile(&ehr.practice).await?;
    let logo = profile.logo.ok_or(Refusal::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/svg+xml; charset=utf-8")], logo.svg().to_owned()).into_response())
}

/// `GET /assets/back.js`
pub(super) async fn back_js() -> Asset {
    ([(CONTENT_TYPE, JAVASCRIPT)], include_str!("../../assets/back.js"))
}

/// `GET /assets/print.js`
pub(super) async fn print_js() -> Asset {
    ([(CONTENT_TYPE, JAVASCRIPT)], include_str!("../../assets/print.js"))
}
