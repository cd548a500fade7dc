//! Access level > 2nd tab, Menu Access: what the main menu shows its users.

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
use sandbox_db::{AccessLevel, Menu};
use std::collections::BTreeSet;

const TAB: &str = "menu-access";

/// `GET /administration/access-levels/{id}/menu-access`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
) -> Result<Response, Refusal> {
    let level = editor::find(&ehr, &key).await?;
    let mut edited = Edited::of(&level, &staff, TAB);
    draw_page(&MenuAccessPage {
        frame: staff.frame(&ehr, Some(Menu::Administration)).await?,
        tabs: std::mem::take(&mut edited.tabs),
        level: edited,
        menus: ticks(&level),
    })
}

/// `POST /administration/access-levels/{id}/menu-access`
pub(in crate::ehr) async fn save(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(key): Keys<String>,
    form: Form,
) -> Result<Response, Refusal> {
    let id = editor::id(&key)?;
    let version = form.number("version")?;
    let menus: BTreeSet<Menu> = form
        .every("menu")
        .map(|key| Menu::from_key(key).ok_or(Refusal::MissingField("menu")))
        .collect::<Result<_, _>>()?;
    ehr.database.set_menus(&ehr.practice, id, version, &menus, &staff.by(), ehr.clock.now()).await?;
    saved(&ehr, &staff, administration::MENUS_SAVED.to_owned(), &editor::href(id, TAB)).await
}

#[derive(Template)]
#[template(path = "access_level_menus.html")]
struct MenuAccessPage {
    frame: Frame,
    tabs: Vec<Link>,
    level: Edited,
    menus: Vec<Tick>,
}

struct Tick {
    value: &'static str,
    label: &'static str,
    ticked: bool,
}

fn ticks(level: &AccessLevel) -> Vec<Tick> {
    Menu::ALL
        .iter()
        .map(|menu| Tick { value: menu.key(), label: menu.label(), ticked: level.menus.contains(menu) })
        .collect()
}
