//! Every state of the sandbox EHR.

use super::At::{Broken, Off, Strict};
use super::Then::{Press, Send};
use super::Who::{Admin, Billing, Desk, Onlooker, Stranger};
use super::{NoPage, State};

/// Something else than the form token of the page.
const STALE: (&str, &str) = ("form_token", "0");

const SIGN_IN: &str = "/sign-in";
const TAB: &str = "/patients/{key}/tabs/{tab}";
const EARLIER: &str = "/patients/{key}/tabs/{tab}/history/{before}";
const ACTION: &str = "/patients/{key}/tabs/{tab}/actions/{action}";
const DOCUMENT: &str = "/patients/{key}/tabs/{tab}/documents/{document}";
const LISTS: &str = "/invitations";
const LIST: &str = "/invitations/{number}";
const LEVELS: &str = "/administration/access-levels";
const GENERAL: &str = "/administration/access-levels/{id}/general";
const MENUS: &str = "/administration/access-levels/{id}/menu-access";
const RIGHTS: &str = "/administration/access-levels/{id}/user-access";
const USERS: &str = "/administration/users";
const MODULES: &str = "/administration/modules";

/// What the routes that show no page of their own do instead.
pub const NO_PAGES: &[NoPage] = &[
    NoPage("GET", "/", "goes to /patients"),
    NoPage("GET", "/patients/{key}", "goes to its demographics"),
    NoPage("GET", "/administration", "goes to its first area"),
    NoPage("GET", "/administration/access-levels/{id}", "goes to its first tab"),
    NoPage("POST", "/sign-out", "goes to /sign-in"),
    NoPage("POST", "/patients", "goes to GET /patients"),
    NoPage("POST", "/invitations/chosen", "goes to the list"),
    NoPage("POST", "/invitations/{number}/start", "goes to the list"),
    NoPage("POST", "/invitations/{number}/cancel", "goes to the list"),
    NoPage("POST", MENUS, "goes back to the tab"),
    NoPage("POST", RIGHTS, "goes back to the tab"),
    NoPage("POST", USERS, "goes to GET of the same"),
    NoPage("POST", MODULES, "goes to GET of the same"),
];

/// The list. What uses something up stands after what needs it.
pub const STATES: &[State] = &[
    State::get("sign-in", SIGN_IN, Stranger, "This is a sandbox"),
    State::post(
        "sign-in-refused",
        SIGN_IN,
        Stranger,
        &[("user_name", "frontdesk"), ("password", "wrong")],
        422,
        "Not signed in.",
    ),
    State::post(
        "sign-in-too-old",
        SIGN_IN,
        Stranger,
        &[("user_name", "frontdesk"), ("password", "x"), STALE],
        403,
        "too long",
    ),
    State::post(
        "sign-in-too-many",
        SIGN_IN,
        Stranger,
        &[("user_name", "nobody.here"), ("password", "wrong")],
        429,
        "Too many",
    ),
    State::get("helpdesk", "/helpdesk", Desk, "submits a ticket"),
    // Patients
    State::get("patients", "/patients", Desk, "Invite many…"),
    State::get("patients-without-inviting", "/patients", Billing, "Chart number"),
    State::get("demographics", "/patients/{key}/demographics", Desk, "Address")
        .opening("/patients/100001/demographics"),
    State::get("additional", "/patients/{key}/additional", Desk, "Emergency contact")
        .opening("/patients/100001/additional"),
    // The tab
    State::get("tab-not-invited", TAB, Desk, "Not invited").opening("{tab of}100009"),
    State::get("tab-invited", TAB, Desk, "Print Patient Instructions").opening("{tab of}100006"),
    State::get("tab-expired", TAB, Desk, "Invitation expired").opening("{tab of}{expired}"),
    State::get("tab-burnt", TAB, Desk, "too many wrong answers").opening("{tab of}{burnt}"),
    State::get("tab-active", TAB, Desk, "Active since").opening("{tab of}100001"),
    State::get("tab-active-with-app", TAB, Desk, "Second step App").opening("{tab of}100003"),
    State::get("tab-stopped", TAB, Desk, "until it is unlocked").opening("{tab of}100008"),
    State::get("tab-off", TAB, Desk, "Off since").opening("{tab of}{off}"),
    State::get("tab-without-birth-date", TAB, Desk, "Not invited").opening("{tab of}100010"),
    State::get("tab-look-only", TAB, Desk, "You can look here").opening("{tab of}100001").at(Strict),
    State::get("tab-module-off", TAB, Desk, "add-on for an additional fee").opening("{tab of}100001").at(Off),
    State::get("tab-no-right", TAB, Billing, "access level").opening("{tab of}100001").refused(403),
    State::get("history", EARLIER, Desk, "Back to the newest").opening("{tab of}100001/history/9999"),
    State::get("history-none", EARLIER, Desk, "Nothing was done before").opening("{tab of}100001/history/1"),
    State::get("action-turn-off", ACTION, Desk, "Reason").opening("{turn off}"),
    State::get("action-reset", ACTION, Desk, "stop working at once").opening("{reset}"),
    State::post("action-mistake", ACTION, Desk, &[("answer.reason", "")], 422, "Turn access off")
        .opening("{turn off}"),
    State::get("sheet", DOCUMENT, Desk, "User Confirmation").opening("{tab of}100006/documents/instructions"),
    State::get("tab-created", TAB, Desk, "The user was created")
        .opening("{tab of}100007")
        .then(Press("Create this user")),
    State::get("tab-overtaken", TAB, Desk, "nothing was done").opening("{gone action}"),
    State::get("tab-broken", DOCUMENT, Desk, "reference")
        .opening("{tab of}100001/documents/trap")
        .at(Broken)
        .refused(500),
    // Many at once
    State::get("lists", LISTS, Desk, "From chart numbers"),
    State::get("lists-none-yet", LISTS, Admin, "From chart numbers").at(Strict),
    State::get("lists-nobody-ticked", LISTS, Desk, "Tick at least one patient")
        .opening("/patients")
        .then(Press("Invite those ticked…")),
    State::post("lists-mistake", LISTS, Desk, &[("numbers", "")], 422, "Not done."),
    State::get("lists-module-off", LISTS, Desk, "does not have the Patient Portal module").at(Off),
    State::get("list-proposed", LIST, Desk, "Lines left out").opening("{proposed}"),
    State::get("list-of-nobody", LIST, Desk, "nobody on this list").opening("{nobody}"),
    State::get("list-running", LIST, Desk, "You can close this page").opening("{running}?still"),
    State::get("list-over", LIST, Desk, "One page for each patient").opening("{over}"),
    State::get("list-discarded", LIST, Desk, "List").opening("{discarded}"),
    State::get("list-patients", "/invitations/{number}/patients/{outcome}", Desk, "Back to the list")
        .opening("{invited of over}"),
    State::get("list-cancel", "/invitations/{number}/cancel", Desk, "Cancel this list?")
        .opening("{running}/cancel"),
    State::get("list-sheets", "/invitations/{number}/sheets", Desk, "User Confirmation")
        .opening("{over}/sheets"),
    // What is searched for stays for as long as one is signed in.
    State::get("patients-found", "/patients", Desk, "Alma Silva").then(Send(&[("search", "Silva")])),
    State::get("patients-none-found", "/patients", Desk, "No patient matches")
        .then(Send(&[("search", "zzzz")])),
    // Administration
    State::get("access-levels", LEVELS, Admin, "Create access level"),
    State::get("access-levels-look-only", LEVELS, Onlooker, "Front Desk").at(Strict),
    State::post(
        "access-levels-mistake",
        LEVELS,
        Admin,
        &[("name", ""), ("description", "")],
        422,
        "Give the access level a name.",
    ),
    State::get("access-level", GENERAL, Admin, "Description").opening("{level}/general"),
    State::get("access-level-built-in", GENERAL, Admin, "cannot be changed").opening("{built in}/general"),
    State::get("access-level-look-only", GENERAL, Onlooker, "not change it")
        .opening("{level}/general")
        .at(Strict),
    State::post(
        "access-level-mistake",
        GENERAL,
        Admin,
        &[("name", ""), ("description", "")],
        422,
        "Give the access level a name.",
    )
    .opening("{level}/general"),
    State::post(
        "access-level-overtaken",
        GENERAL,
        Admin,
        &[("version", "999"), ("name", "Front Desk")],
        409,
        "saved",
    )
    .opening("{level}/general"),
    State::get("access-level-menus", MENUS, Admin, "The main menu shows").opening("{level}/menu-access"),
    State::get("access-level-rights", RIGHTS, Admin, "Connect EHR View").opening("{level}/user-access"),
    State::get("users", USERS, Admin, "Bill Ingram"),
    State::get("users-look-only", USERS, Onlooker, "Bill Ingram").at(Strict),
    State::get("users-last-administrator", USERS, Admin, "last administrator")
        .then(Send(&[("user", "admin"), ("access_level", "{level number}")])),
    State::get("modules", MODULES, Admin, "Switch off"),
    State::get("modules-off", MODULES, Admin, "Switch on").at(Off),
    State::get("modules-look-only", MODULES, Onlooker, "Patient Portal").at(Strict),
    // What keeps a page from being shown
    State::get("ehr-not-found", "*", Desk, "Go to Patients").opening("/nothing/here").refused(404),
    State::get("ehr-wrong-method", "*", Desk, "Go to Patients").opening("/sign-out").refused(405),
    State::post("ehr-stale-form", "*", Admin, &[("user", "billing"), STALE], 403, "Go to Patients")
        .opening(USERS),
    State::post("ehr-from-elsewhere", SIGN_IN, Stranger, &[], 403, "Go to Patients")
        .then(super::Then::SendFromElsewhere),
];
