//! Access level > 1st tab, General: its name and what it is for.

use super::editor::{self, Edited, Naming};
use super::saved;
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, Link, draw_page, go_to};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use sandbox_db::{AccessLevel, AccessLevelError, Menu};

const TAB: &str = "general";

/// `GET /administration/access-levels/{id}`: General is where the editor opens.
pub(in crate::ehr) async fn go_there(Keys(key): Keys<String>) -> Result<Response, Refusal> {
    Ok(go_to(&editor::href(editor::id(&key)?, TAB)))
}

/// `GET /administration/access-levels/{id}/general`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
) -> Result<Response, Refusal> {
    let level = editor::find(&ehr, &key).await?;
    let naming = Naming { name: level.name.clone(), description: level.description.clone(), problem: None };
    draw(&ehr, &staff, &level, naming).await
}

/// `POST /administration/access-levels/{id}/general`
pub(in crate::ehr) async fn save(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = editor::id(&key)?;
    let version = form.number("version")?;
    let mut naming = Naming::of(&form)?;
    if naming.problem.is_none() {
        let (name, description, now) = (&naming.name, &naming.description, ehr.clock.now());
        let updated = ehr
            .database
            .update_general(&ehr.practice, id, version, name, description, &staff.by(), now)
            .await;
        match updated {
            Ok(_) => {
                let text = administration::LEVEL_SAVED.to_owned();
                return saved(&ehr, &staff, text, &editor::href(id, TAB)).await;
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
    // The version that was read goes back with what was typed: a later save by someone else is
    // still noticed.
    let level = AccessLevel { version, ..editor::find(&ehr, &key).await? };
    let page = draw(&ehr, &staff, &level, naming).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn draw(
    ehr: &EhrState,
    staff: &SignedIn,
    level: &AccessLevel,
    naming: Naming,
) -> Result<Response, Refusal> {
    let mut level = Edited::of(level, staff, TAB);
    let Naming { name, description, problem } = naming;
    draw_page(&GeneralPage {
        frame: staff.frame(ehr, Some(Menu::Administration)).await?,
        tabs: std::mem::take(&mut level.tabs),
        level,
        name,
        description,
        problem,
        longest_name: editor::LONGEST_NAME,
        longest_description: editor::LONGEST_DESCRIPTION,
    })
}

#[derive(Template)]
#[template(path = "access_level_general.html")]
struct GeneralPage {
    frame: Frame,
    tabs: Vec<Link>,
    level: Edited,
    name: String,
    description: String,
    problem: Option<String>,
    longest_name: usize,
    longest_description: usize,
}
