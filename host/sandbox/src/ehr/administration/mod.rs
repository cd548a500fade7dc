//! Administration: access levels, who has which, and the modules the practice pays for.

pub(super) mod access_levels;
mod editor;
pub(super) mod general;
pub(super) mod menu_access;
pub(super) mod modules;
pub(super) mod user_access;
pub(super) mod users;

use super::EhrState;
use super::guard::SignedIn;
use super::page::{Link, go_to};
use super::refusal::Refusal;
use axum::response::Response;
use portal_host::rights::Access;
use portal_host::tab::{Notice, Tone};
use sandbox_db::Module;

const ACCESS_LEVELS: &str = "/administration/access-levels";
const USERS: &str = "/administration/users";
const MODULES: &str = "/administration/modules";

/// `GET /administration`: the first area the access level lets one see.
pub(super) async fn go_there(staff: SignedIn) -> Result<Response, Refusal> {
    let first = areas(&staff, "").into_iter().next().ok_or(Refusal::Forbidden)?;
    Ok(go_to(&first.href))
}

/// The areas of Administration that `staff` may see, `current` marked.
fn areas(staff: &SignedIn, current: &str) -> Vec<Link> {
    [(Module::AccessLevels, ACCESS_LEVELS), (Module::Users, USERS), (Module::Modules, MODULES)]
        .into_iter()
        .filter(|(module, _)| staff.may(*module, Access::View))
        .map(|(module, href)| Link {
            label: module.label().to_owned(),
            href: href.to_owned(),
            current: href == current,
        })
        .collect()
}

/// Says what was saved on the page that shows it.
async fn saved(ehr: &EhrState, staff: &SignedIn, text: String, href: &str) -> Result<Response, Refusal> {
    staff.leave_notice(ehr, Notice { tone: Tone::Success, text }).await?;
    Ok(go_to(href))
}
