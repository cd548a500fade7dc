//! The style sheet, the scripts and the icon, which are part of the component, and the practice's logo: the same for everyone
//! at a practice.

use super::look::in_colours_of;
use super::problem::Problem;
use super::response::{Keep, Response};
use super::routes::Answer;
use super::visit::Visit;
use crate::practice::Practice;

/// One sheet for the browser, in this order: later files override earlier ones.
pub(crate) const STYLE: &str = concat!(
    include_str!("../../assets/style/tokens.css"),
    "\n",
    include_str!("../../assets/style/base.css"),
    "\n",
    include_str!("../../assets/style/frame.css"),
    "\n",
    include_str!("../../assets/style/parts.css"),
    "\n",
    include_str!("../../assets/style/forms.css"),
    "\n",
    include_str!("../../assets/style/circumstances.css"),
);
const STAY_SCRIPT: &[u8] = include_bytes!("../../assets/stay.js");
const CONFIRMATION_SCRIPT: &[u8] = include_bytes!("../../assets/activate.js");
const PASSKEY_SCRIPT: &[u8] = include_bytes!("../../assets/passkey.js");
const PASSWORD_SCRIPT: &[u8] = include_bytes!("../../assets/password.js");
/// The portal's own colour, in the icon.
const OWN_COLOUR: &str = "#0b5d66";
const ICON: &[u8] = include_bytes!("../../assets/favicon.svg");

/// Part of the assets' addresses, so that browsers keep them for a year and still get the
/// new ones with a new version of the portal.
pub(super) const VERSION: u32 = fnv_1a(
    ICON,
    fnv_1a(
        STYLE.as_bytes(),
        fnv_1a(
            PASSWORD_SCRIPT,
            fnv_1a(PASSKEY_SCRIPT, fnv_1a(STAY_SCRIPT, fnv_1a(CONFIRMATION_SCRIPT, 0x811c_9dc5))),
        ),
    ),
);

/// The same for the style sheet, which has the practice's own colours.
pub(super) fn version_of_style(practice: &Practice) -> u32 {
    practice.accent.map_or(VERSION, |accent| fnv_1a(in_colours_of(accent).as_bytes(), VERSION))
}

pub(super) fn style(visit: &Visit<'_>) -> Answer {
    let mut style = STYLE.as_bytes().to_vec();
    if let Some(accent) = visit.practice.accent {
        style.extend_from_slice(in_colours_of(accent).as_bytes());
    }
    Ok(asset(visit, version_of_style(visit.practice), "text/css; charset=utf-8", style))
}

pub(super) fn stay_script(visit: &Visit<'_>) -> Answer {
    Ok(asset(visit, VERSION, SCRIPT, STAY_SCRIPT))
}

pub(super) fn confirmation_script(visit: &Visit<'_>) -> Answer {
    Ok(asset(visit, VERSION, SCRIPT, CONFIRMATION_SCRIPT))
}

pub(super) fn passkey_script(visit: &Visit<'_>) -> Answer {
    Ok(asset(visit, VERSION, SCRIPT, PASSKEY_SCRIPT))
}

pub(super) fn password_script(visit: &Visit<'_>) -> Answer {
    Ok(asset(visit, VERSION, SCRIPT, PASSWORD_SCRIPT))
}

pub(super) fn icon(visit: &Visit<'_>) -> Answer {
    let version = version_of_style(visit.practice);
    Ok(match (visit.practice.accent, str::from_utf8(ICON)) {
        (Some(accent), Ok(icon)) => {
            asset(visit, version, "image/svg+xml", icon.replace(OWN_COLOUR, &accent.to_string()))
        }
        (Some(_) | None, _) => asset(visit, version, "image/svg+xml", ICON),
    })
}

/// The practice's own, as it gave it.
pub(super) fn logo(visit: &Visit<'_>) -> Answer {
    match (visit.practice.logo_version, visit.ehr.logo()) {
        // Whoever opens it by itself sees a picture that can neither run nor lead anywhere.
        (Some(version), Some(logo)) => Ok(asset(visit, version, "image/svg+xml; charset=utf-8", logo)
            .with("content-security-policy", "sandbox")),
        (Some(_) | None, _) => Err(Problem::NotFound),
    }
}

/// A file that browsers keep where it was asked for by the address that a page of now would name. Under any other
/// address it is asked for again: while hosts change one after the other, that may be the address of what
/// another host serves already.
fn asset(visit: &Visit<'_>, version: u32, media_type: &'static str, content: impl Into<Vec<u8>>) -> Response {
    let is_named =
        visit.request.target.split_once("?v=").is_some_and(|(_, named)| named == version.to_string());
    let keep = if is_named { Keep::AYear } else { Keep::NotUnasked };
    Response::asset(keep, media_type, content)
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
