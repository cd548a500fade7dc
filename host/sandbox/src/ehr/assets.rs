//! The stylesheets and the one script, built into the program: there is no folder to serve files
//! from, so no path leads anywhere else.

use http::header::{CONTENT_TYPE, HeaderName};

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

/// `GET /assets/print.js`
pub(super) async fn print_js() -> Asset {
    ([(CONTENT_TYPE, JAVASCRIPT)], include_str!("../../assets/print.js"))
}
