//! Pictures of a page must not differ from run to run: what is drawn at random or told by the clock is put out of
//! sight by something of the same shape.

use crate::browser::Browser;

/// Replaces what differs.
const MASK: &str = include_str!("mask.js");

/// Puts what differs from run to run out of the page that is open.
///
/// # Panics
/// Where the browser does not take it.
pub async fn hide_what_differs(browser: &Browser) {
    browser.find_out(&format!("({MASK})()")).await;
}
