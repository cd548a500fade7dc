//! Administration > Access Levels: the list, and creating one.

use super::{ACCESS_LEVELS, areas, editor, saved};
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Link, draw_page};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal_host::rights::Access;
use sandbox_db::{AccessLevelError, AccessLevelSummary, Menu, Module};

/// `GET /administration/access-levels`
pub(in crate::ehr) async fn list(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    draw_list(&ehr, &staff, editor::Naming::default()).await
}

/// `POST /administration/access-levels`: creates one and goes to where its rights are set.
pub(in crate::ehr) async fn create(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let mut naming = editor::Naming::of(&form)?;
    if naming.problem.is_none() {
        let (name, description, now) = (&naming.name, &naming.description, ehr.clock.now());
        let created =
            ehr.database.create_access_level(&ehr.practice, name, description, &staff.by(), now).await;
        match created {
            Ok(id) => {
                let text = administration::LEVEL_CREATED.to_owned();
                return saved(&ehr, &staff, text, &editor::href(id, "user-access")).await;
            }
            Err(AccessLevelError::NameTaken) => naming.problem = Some(administration::NAME_TAKEN.to_owned()),
            Err(
                error @ (AccessLevelError::NoSuchAccessLevel
                | AccessLevelError::Stale
                | AccessLevelError::BuiltIn
                | AccessLevelError::Beyond
                | AccessLevelError::Store(_)),
            ) => return Err(error.into()),
        }
    }
    let page = draw_list(&ehr, &staff, naming).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn draw_list(ehr: &EhrState, staff: &SignedIn, naming: editor::Naming) -> Result<Response, Refusal> {
    let levels = ehr.database.access_levels(&ehr.practice).await?;
    let editor::Naming { name, description, problem } = naming;
    draw_page(&AccessLevelsPage {
        levels: levels.into_iter().map(Row::of).collect(),
        may_add: staff.may(Module::AccessLevels, Access::Add),
        tabs: areas(staff, ACCESS_LEVELS),
        name,
        description,
        problem,
        longest_name: editor::LONGEST_NAME,
        longest_description: editor::LONGEST_DESCRIPTION,
        frame: staff.frame(ehr, Some(Menu::Administration)).await?,
    })
}

#[derive(Template)]
#[template(path = "access_levels.html")]
struct AccessLevelsPage {
    frame: Frame,
    tabs: Vec<Link>,
    levels: Vec<Row>,
    may_add: bool,
    name: String,
    description: String,
    problem: Option<String>,
    longest_name: usize,
    longest_description: usize,
}

struct Row {
    href: String,
    name: String,
    description: String,
    users: u64,
}

impl Row {
    fn of(level: AccessLevelSummary) -> Self {
        let AccessLevelSummary { id, name, description, built_in: _, users } = level;
        Self { href: editor::href(id, "general"), name, description, users }
    }
}
