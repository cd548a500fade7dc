//! Every route of the EHR with what it needs. The router is built from this table and the coverage
//! test reads it.

use super::administration::{access_levels, general, menu_access, modules, user_access, users};
use super::patient_details::{action, additional, demographics, document, history, tab};
use super::router::{Needs, Route};
use super::{assets, helpdesk, invitations, patients, sign_in};
use axum::response::Redirect;
use portal_host::rights::Access::{Add, Edit, View};
use sandbox_db::Module;

/// The table.
pub fn routes() -> Vec<Route> {
    let may = Needs::right;
    vec![
        Route::get("/assets/ehr.css", Needs::Nothing, assets::ehr_css),
        Route::get("/assets/sheet.css", Needs::Nothing, assets::sheet_css),
        Route::get("/assets/back.js", Needs::Nothing, assets::back_js),
        Route::get("/assets/print.js", Needs::Nothing, assets::print_js),
        Route::get("/assets/logo.svg", Needs::SignIn, assets::logo),
        Route::get("/sign-in", Needs::Nothing, sign_in::ask),
        Route::post("/sign-in", Needs::Nothing, sign_in::sign_in),
        Route::post("/sign-out", Needs::SignIn, sign_in::sign_out),
        Route::get("/", Needs::SignIn, async || Redirect::to("/patients")),
        Route::get("/helpdesk", Needs::SignIn, helpdesk::show),
        // Patients
        Route::get("/patients", may(Module::Patients, View), patients::list),
        Route::post("/patients", may(Module::Patients, View), patients::search),
        Route::get("/patients/{key}", may(Module::Patients, View), demographics::go_there),
        Route::get("/patients/{key}/demographics", may(Module::Patients, View), demographics::show),
        Route::get("/patients/{key}/additional", may(Module::Patients, View), additional::show),
        Route::get("/patients/{key}/tabs/{tab}", Needs::PortalTab, tab::show),
        Route::get("/patients/{key}/tabs/{tab}/history/{before}", Needs::PortalTab, history::earlier),
        Route::get("/patients/{key}/tabs/{tab}/actions/{action}", Needs::PortalTab, action::ask),
        Route::post("/patients/{key}/tabs/{tab}/actions/{action}", Needs::PortalTab, action::perform),
        Route::get("/patients/{key}/tabs/{tab}/documents/{document}", Needs::PortalTab, document::show),
        // Many at once
        Route::get("/invitations", Needs::PortalTab, invitations::make::ask),
        Route::upload("/invitations", Needs::PortalTab, invitations::make::from_numbers),
        Route::post("/invitations/chosen", Needs::PortalTab, invitations::make::from_the_patient_list),
        Route::get("/invitations/{number}", Needs::PortalTab, invitations::show::show),
        Route::get("/invitations/{number}/patients/{outcome}", Needs::PortalTab, invitations::patients::list),
        Route::get("/invitations/{number}/sheets", Needs::PortalTab, invitations::sheets::print),
        Route::get("/invitations/{number}/cancel", Needs::PortalTab, invitations::steps::ask),
        Route::post("/invitations/{number}/cancel", Needs::PortalTab, invitations::steps::cancel),
        Route::post("/invitations/{number}/start", Needs::PortalTab, invitations::steps::start),
        // Administration
        Route::get("/administration", Needs::SignIn, super::administration::go_there),
        Route::get("/administration/access-levels", may(Module::AccessLevels, View), access_levels::list),
        Route::post("/administration/access-levels", may(Module::AccessLevels, Add), access_levels::create),
        Route::get("/administration/access-levels/{id}", may(Module::AccessLevels, View), general::go_there),
        Route::get(
            "/administration/access-levels/{id}/general",
            may(Module::AccessLevels, View),
            general::show,
        ),
        Route::post(
            "/administration/access-levels/{id}/general",
            may(Module::AccessLevels, Edit),
            general::save,
        ),
        Route::get(
            "/administration/access-levels/{id}/menu-access",
            may(Module::AccessLevels, View),
            menu_access::show,
        ),
        Route::post(
            "/administration/access-levels/{id}/menu-access",
            may(Module::AccessLevels, Edit),
            menu_access::save,
        ),
        Route::get(
            "/administration/access-levels/{id}/user-access",
            may(Module::AccessLevels, View),
            user_access::show,
        ),
        Route::post(
            "/administration/access-levels/{id}/user-access",
            may(Module::AccessLevels, Edit),
            user_access::save,
        ),
        Route::get("/administration/users", may(Module::Users, View), users::list),
        Route::post("/administration/users", may(Module::Users, Edit), users::assign),
        Route::get("/administration/modules", may(Module::Modules, View), modules::list),
        Route::post("/administration/modules", may(Module::Modules, Edit), modules::switch),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Method;
    use std::collections::BTreeSet;

    #[test]
    fn no_route_is_there_twice() {
        let all = routes();

        let distinct: BTreeSet<_> = all.iter().map(|route| (route.method.as_str(), route.path)).collect();

        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn only_signing_in_and_what_it_is_drawn_with_need_nothing() {
        let open: Vec<&str> =
            routes().iter().filter(|route| route.needs == Needs::Nothing).map(|route| route.path).collect();

        let drawn_with = ["/assets/ehr.css", "/assets/sheet.css", "/assets/back.js", "/assets/print.js"];
        assert_eq!(open, [drawn_with.as_slice(), &["/sign-in", "/sign-in"]].concat());
    }

    #[test]
    fn to_see_is_never_enough_to_change() {
        for route in routes().iter().filter(|route| route.method == Method::POST) {
            if let Needs::Right(grant) = route.needs
                // Searching changes nothing but what the searcher's own list shows.
                && route.path != "/patients"
            {
                assert_ne!(grant.access, View, "{}", route.path);
            }
        }
    }
}
