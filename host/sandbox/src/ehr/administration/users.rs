//! Administration > Users: which access level each staff user has.

use super::{USERS, areas, saved};
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Link, draw_page, go_to};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::identity::StaffId;
use portal_host::rights::Access;
use portal_host::tab::{Notice, Tone};
use sandbox_db::{AccessLevelId, AssignError, Menu, Module};

/// `GET /administration/users`
pub(in crate::ehr) async fn list(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    let users = ehr.database.staff_list(&ehr.practice).await?;
    let levels = ehr.database.access_levels(&ehr.practice).await?;
    draw_page(&UsersPage {
        users: users
            .into_iter()
            .map(|user| User {
                id: user.id.to_string(),
                name: user.name,
                level: user.access_level,
                level_name: user.access_level_name,
            })
            .collect(),
        levels: levels.into_iter().map(|level| Level { id: level.id, name: level.name }).collect(),
        may_edit: staff.may(Module::Users, Access::Edit),
        tabs: areas(&staff, USERS),
        frame: staff.frame(&ehr, Some(Menu::Administration)).await?,
    })
}

/// `POST /administration/users`: gives one user an access level.
pub(in crate::ehr) async fn assign(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let user = StaffId::new(form.required("user")?);
    let level: AccessLevelId = form.number("access_level")?;
    let was: AccessLevelId = form.number("was")?;
    let user = ehr.database.staff(&ehr.practice, &user).await?.ok_or(Refusal::NotFound)?;
    let now = ehr.clock.now();
    match ehr.database.assign_access_level(&ehr.practice, &user.id, was, level, &staff.by(), now).await {
        Ok(()) => saved(&ehr, &staff, administration::assigned(&user.name), USERS).await,
        Err(AssignError::LastAdministrator) => {
            let text = administration::last_administrator(&user.name);
            staff.leave_notice(&ehr, Notice { tone: Tone::Warning, text }).await?;
            Ok(go_to(USERS))
        }
        Err(AssignError::NoSuchStaff | AssignError::NoSuchAccessLevel) => Err(Refusal::NotFound),
        Err(AssignError::Stale) => Err(Refusal::Stale),
        Err(AssignError::Beyond) => Err(Refusal::Beyond),
        Err(AssignError::Store(error)) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    frame: Frame,
    tabs: Vec<Link>,
    users: Vec<User>,
    levels: Vec<Level>,
    may_edit: bool,
}

struct User {
    id: String,
    name: String,
    level: AccessLevelId,
    level_name: String,
}

struct Level {
    id: AccessLevelId,
    name: String,
}
