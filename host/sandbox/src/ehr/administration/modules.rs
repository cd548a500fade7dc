//! Administration > Modules: add-ons switched on and off.

use super::{MODULES, areas, saved};
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Link, draw_page};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::rights::Access;
use sandbox_db::{AddOn, Menu, Module};

/// `GET /administration/modules`
pub(in crate::ehr) async fn list(State(ehr): State<EhrState>, staff: SignedIn) -> Result<Response, Refusal> {
    let add_ons = ehr.database.add_ons(&ehr.practice).await?;
    draw_page(&ModulesPage {
        modules: add_ons
            .into_iter()
            .map(|state| Row { id: state.add_on.key(), name: state.add_on.label(), on: state.is_on })
            .collect(),
        may_edit: staff.may(Module::Modules, Access::Edit),
        tabs: areas(&staff, MODULES),
        frame: staff.frame(&ehr, Some(Menu::Administration)).await?,
    })
}

/// `POST /administration/modules`: switches one on or off. The form says which, not "the other way":
/// sent twice, it does the same as once.
pub(in crate::ehr) async fn switch(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let add_on = AddOn::from_key(form.required("module")?).ok_or(Refusal::NotFound)?;
    let on = match form.required("on")? {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::MissingField("on")),
    };
    ehr.database.switch_add_on(&ehr.practice, add_on, on, &staff.by(), ehr.clock.now()).await?;
    let switched = if on { administration::switched_on } else { administration::switched_off };
    let text = switched(add_on.label());
    saved(&ehr, &staff, text, MODULES).await
}

#[derive(Template)]
#[template(path = "modules.html")]
struct ModulesPage {
    frame: Frame,
    tabs: Vec<Link>,
    modules: Vec<Row>,
    may_edit: bool,
}

struct Row {
    id: &'static str,
    name: &'static str,
    on: bool,
}
