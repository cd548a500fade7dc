//! Access level > 3rd tab, User Access: the grid of modules by View, Add, Edit and Delete. Here the
//! box Connect EHR > View opens the Patient Portal Admin tab.

use super::editor::{self, Edited};
use super::saved;
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, Link, draw_page};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::rights::Access;
use sandbox_db::{Grant, Menu, Module};
use std::collections::BTreeSet;

const TAB: &str = "user-access";

/// `GET /administration/access-levels/{id}/user-access`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
) -> Result<Response, Refusal> {
    let level = editor::find(&ehr, &key).await?;
    let mut edited = Edited::of(&level, &staff, TAB);
    draw_page(&UserAccessPage {
        frame: staff.frame(&ehr, Some(Menu::Administration)).await?,
        tabs: std::mem::take(&mut edited.tabs),
        level: edited,
        columns: Access::ALL.map(Access::label),
        rows: grid(&level.grants),
    })
}

/// `POST /administration/access-levels/{id}/user-access`
pub(in crate::ehr) async fn save(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = editor::id(&key)?;
    let version = form.number("version")?;
    let grants: BTreeSet<Grant> = form
        .every("right")
        .map(|value| grant(value).ok_or(Refusal::MissingField("right")))
        .collect::<Result<_, _>>()?;
    ehr.database.set_rights(&ehr.practice, id, version, &grants, &staff.by(), ehr.clock.now()).await?;
    saved(&ehr, &staff, administration::RIGHTS_SAVED.to_owned(), &editor::href(id, TAB)).await
}

#[derive(Template)]
#[template(path = "access_level_rights.html")]
struct UserAccessPage {
    frame: Frame,
    tabs: Vec<Link>,
    level: Edited,
    columns: [&'static str; 4],
    rows: Vec<Row>,
}

struct Row {
    module: &'static str,
    ticks: Vec<Tick>,
}

struct Tick {
    value: String,
    /// What a screen reader says, such as Connect EHR View.
    label: String,
    ticked: bool,
}

fn grid(grants: &BTreeSet<Grant>) -> Vec<Row> {
    let tick = |module: Module, access: Access| Tick {
        value: Grant { module, access }.right().to_string(),
        label: format!("{} {}", module.label(), access.label()),
        ticked: grants.contains(&Grant { module, access }),
    };
    Module::ALL
        .iter()
        .map(|module| Row {
            module: module.label(),
            ticks: Access::ALL.map(|access| tick(*module, access)).into(),
        })
        .collect()
}

/// The tick a box's value stands for, such as `Connect EHR > View`.
fn grant(value: &str) -> Option<Grant> {
    Grant::all().find(|grant| grant.right().to_string() == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_box_of_the_grid_comes_back_as_the_tick_it_stands_for() {
        let all: BTreeSet<Grant> = Grant::all().collect();

        let boxes: Vec<Tick> = grid(&all).into_iter().flat_map(|row| row.ticks).collect();

        assert!(boxes.iter().all(|tick| tick.ticked));
        assert_eq!(boxes.iter().filter_map(|tick| grant(&tick.value)).collect::<BTreeSet<_>>(), all);
        assert!(boxes.iter().any(|tick| tick.label == "Connect EHR View"));
    }

    #[test]
    fn a_right_that_does_not_exist_is_none() {
        for value in ["", "Connect EHR", "Connect EHR > Own", "connect ehr > view"] {
            assert!(grant(value).is_none(), "{value}");
        }
    }
}
