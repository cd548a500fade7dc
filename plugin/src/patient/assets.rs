//! The style sheet, the scripts and the icon: part of the component, the same for everyone at a practice.

use super::look::in_colours_of;
use super::response::Response;
use super::routes::Answer;
use super::visit::Visit;

const STYLE: &[u8] = include_bytes!("../../assets/style.css");
const STAY_SCRIPT: &[u8] = include_bytes!("../../assets/stay.js");
const CONFIRMATION_SCRIPT: &[u8] = include_bytes!("../../assets/activate.js");
const PASSKEY_SCRIPT: &[u8] = include_bytes!("../../assets/passkey.js");
const ICON: &[u8] = include_bytes!("../../assets/favicon.svg");

/// Part of the assets' addresses, so that browsers keep them for a year and still get the
/// new ones with a new version of the portal.
pub(super) const VERSION: u32 = fnv_1a(
    ICON,
    fnv_1a(STYLE, fnv_1a(PASSKEY_SCRIPT, fnv_1a(STAY_SCRIPT, fnv_1a(CONFIRMATION_SCRIPT, 0x811c_9dc5)))),
);

pub(super) fn style(visit: &Visit<'_>) -> Answer {
    let mut style = STYLE.to_vec();
    if let Some(accent) = visit.practice.accent {
        style.extend_from_slice(in_colours_of(accent).as_bytes());
    }
    Ok(Response::asset("text/css; charset=utf-8", style))
}

pub(super) fn stay_script(_visit: &Visit<'_>) -> Answer {
    Ok(Response::asset(SCRIPT, STAY_SCRIPT))
}

pub(super) fn confirmation_script(_visit: &Visit<'_>) -> Answer {
    Ok(Response::asset(SCRIPT, CONFIRMATION_SCRIPT))
}

pub(super) fn passkey_script(_visit: &Visit<'_>) -> Answer {
    Ok(Response::asset(SCRIPT, PASSKEY_SCRIPT))
}

pub(super) fn icon(_visit: &Visit<'_>) -> Answer {
    Ok(Response::asset("image/svg+xml", ICON))
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// FNV-1a: no security rests on it, and it runs at compile time.
const fn fnv_1a(mut bytes: &[u8], mut hash: u32) -> u32 {
    while let Some((&byte, rest)) = bytes.split_first() {
        hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
        bytes = rest;
    }
    hash
}
