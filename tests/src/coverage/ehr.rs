//! The EHR: every route, and what each kind of visitor must get there.

pub mod visitors;

use super::must::Must::{self, BeRefused, Do, Get, GoTo, Miss, See};
use super::{Form, Row, get, post};
use visitors::Visitors;

/// Every route there is.
pub fn routes() -> Vec<(String, String)> {
    let routes = portal_sandbox::ehr::routes();
    routes.iter().map(|route| (route.method.to_string(), route.path.to_owned())).collect()
}

const fn anyone(it: Must) -> Visitors<Must> {
    Visitors {
        stranger: it,
        patient: it,
        billing: it,
        front_desk: it,
        onlooker: it,
        admin: it,
        neighbour: it,
    }
}

/// For who is signed in, with whatever right.
const fn for_staff(it: Must) -> Visitors<Must> {
    let out = GoTo("/sign-in");
    Visitors { stranger: out, patient: out, neighbour: out, ..anyone(it) }
}

/// For who has the right to the portal's tab.
const fn for_the_tab(it: Must) -> Visitors<Must> {
    Visitors { billing: BeRefused, ..for_staff(it) }
}

/// For who may see what is administered.
const fn for_onlookers(it: Must) -> Visitors<Must> {
    Visitors { billing: BeRefused, front_desk: BeRefused, ..for_staff(it) }
}

/// For who may change it.
const fn for_admin(it: Must) -> Visitors<Must> {
    Visitors { onlooker: BeRefused, ..for_onlookers(it) }
}

/// What staff send from one of their pages, all of which carry the token of their session.
const fn form(fields: &'static [(&'static str, &'static str)]) -> Form<Visitors<Must>> {
    Form { page: "/helpdesk", fields, without_token: for_staff(BeRefused) }
}

/// The table.
pub const TABLE: &[Row<Visitors<Must>>] = &[
    get("/assets/ehr.css", anyone(Get("text/css"))),
    get("/assets/sheet.css", anyone(Get("text/css"))),
    get("/assets/back.js", anyone(Get("text/javascript"))),
    get("/assets/print.js", anyone(Get("text/javascript"))),
    // These practices have no logo.
    get("/assets/logo.svg", for_staff(Miss)),
    get("/sign-in", anyone(See("Sign in"))),
    post(
        "/sign-in",
        Form {
            page: "/sign-in",
            fields: &[("user_name", "frontdesk"), ("password", "sandbox-frontdesk")],
            without_token: anyone(BeRefused),
        },
        anyone(Do("/patients")),
    ),
    post("/sign-out", form(&[]), for_staff(Do("/sign-in"))),
    get("/", for_staff(GoTo("/patients"))),
    get("/helpdesk", for_staff(See("Helpdesk"))),
    // Patients
    get("/patients", for_staff(See("Maria Garcia"))),
    post("/patients", form(&[("search", "Garcia")]), for_staff(GoTo("/patients"))),
    get("/patients/{key}", for_staff(GoTo("/patients/{key}/demographics"))),
    get("/patients/{key}/demographics", for_staff(See("Address"))),
    get("/patients/{key}/additional", for_staff(See("Emergency contact"))),
    get("/patients/{key}/tabs/{tab}", for_the_tab(See("Not invited"))),
    get("/patients/{key}/tabs/{tab}/history/{before}", for_the_tab(See("Back to the newest"))),
    get("/patients/{key}/tabs/{tab}/actions/{action}", for_the_tab(See("Create this user"))),
    post(
        "/patients/{key}/tabs/{tab}/actions/{action}",
        form(&[]),
        for_the_tab(Do("/patients/{key}/tabs/{tab}")),
    ),
    // After the form above has invited the patient.
    get("/patients/{key}/tabs/{tab}/documents/{document}", for_the_tab(See("User Confirmation"))),
    // Many at once
    get("/invitations", for_the_tab(See("From chart numbers"))),
    post("/invitations", form(&[("numbers", "100001")]), for_the_tab(Do("/invitations/{any}"))),
    post(
        "/invitations/chosen",
        form(&[("who", "ticked"), ("patient", "100001")]),
        for_the_tab(Do("/invitations/{any}")),
    ),
    get("/invitations/{number}", for_the_tab(See("Invite 1 patient"))),
    get("/invitations/{number}/patients/{outcome}", for_the_tab(See("Back to the list"))),
    get("/invitations/{number}/sheets", for_the_tab(GoTo("/invitations/{number}"))),
    get("/invitations/{number}/cancel", for_the_tab(See("Cancel this list?"))),
    post("/invitations/{number}/cancel", form(&[]), for_the_tab(Do("/invitations/{any}"))),
    post("/invitations/{number}/start", form(&[]), for_the_tab(Do("/invitations/{number}"))),
    // Administration
    get("/administration", for_onlookers(GoTo("/administration/access-levels"))),
    get("/administration/access-levels", for_onlookers(See("Front Desk"))),
    post(
        "/administration/access-levels",
        form(&[("name", "{new name}"), ("description", "")]),
        for_admin(Do("/administration/access-levels/{any}/user-access")),
    ),
    get(
        "/administration/access-levels/{id}",
        for_onlookers(GoTo("/administration/access-levels/{id}/general")),
    ),
    get("/administration/access-levels/{id}/general", for_onlookers(See("Description"))),
    post(
        "/administration/access-levels/{id}/general",
        form(&[("version", "{version}"), ("name", "{new name}"), ("description", "")]),
        for_admin(Do("/administration/access-levels/{id}/general")),
    ),
    get("/administration/access-levels/{id}/menu-access", for_onlookers(See("The main menu shows"))),
    post(
        "/administration/access-levels/{id}/menu-access",
        form(&[("version", "{version}"), ("menu", "patients")]),
        for_admin(Do("/administration/access-levels/{id}/menu-access")),
    ),
    get("/administration/access-levels/{id}/user-access", for_onlookers(See("Connect EHR View"))),
    post(
        "/administration/access-levels/{id}/user-access",
        form(&[("version", "{version}"), ("right", "Connect EHR > View")]),
        for_admin(Do("/administration/access-levels/{id}/user-access")),
    ),
    get("/administration/users", for_onlookers(See("Bill Ingram"))),
    post(
        "/administration/users",
        form(&[("user", "billing"), ("was", "{level of billing}"), ("access_level", "{spare}")]),
        for_admin(Do("/administration/users")),
    ),
    get("/administration/modules", for_onlookers(See("Add-ons the practice pays for"))),
    // Last, since it leaves the portal switched off.
    post(
        "/administration/modules",
        form(&[("module", "patient-portal"), ("on", "no")]),
        for_admin(Do("/administration/modules")),
    ),
];
