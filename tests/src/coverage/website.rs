//! The patients' website: every route, and what each kind of visitor must get there.

pub mod visitors;

use super::must::Must::{self, BeRefused, Do, Get, GoTo, Miss, See};
use super::{Form, Row, get, post};
use visitors::Visitors;

/// The one file the host serves itself, for pages that the component does not write.
pub const HOSTS_OWN: [(&str, &str); 1] = [("GET", "/portal-host.css")];

/// Every route there is: the component's, and the host's own.
pub fn routes() -> Vec<(String, String)> {
    let routes = patient_portal::patient::routes::all().chain(HOSTS_OWN);
    routes.map(|(method, path)| (method.to_owned(), path.to_owned())).collect()
}

/// The login page: who is logged in is sent home.
const LOG_IN: Visitors<Must> =
    Visitors { patient: GoTo("/home"), other_patient: GoTo("/home"), ..Visitors::all(See("New here?")) };

/// A page for patients who are logged in. A token that is no session's tells no more than one that has
/// run out.
const fn for_patients(maria: Must, sean: Must) -> Visitors<Must> {
    Visitors {
        patient: maria,
        other_patient: sean,
        capability_as_session: GoTo("/session-ended"),
        staff_as_patient: GoTo("/session-ended"),
        neighbour: GoTo("/session-ended"),
        ..Visitors::all(GoTo("/"))
    }
}

/// A form that changes the second step, sent without its token: who is logged in is told how it stands, and
/// whose token is no session's learns no more than from a page.
const CHANGE_WITHOUT_TOKEN: Visitors<Must> = for_patients(BeRefused, BeRefused);

/// A page for who was confirmed minutes ago.
const fn for_confirmed(capability: Must) -> Visitors<Must> {
    Visitors {
        capability,
        session_as_capability: GoTo("/time-is-up"),
        staff_as_patient: GoTo("/time-is-up"),
        confirmed_neighbour: GoTo("/time-is-up"),
        ..Visitors::all(GoTo("/activate"))
    }
}

/// A form that whoever shows a cookie for a session has to send with that cookie's token. Who shows none
/// has nothing that a forged form could use.
const fn of_a_session(without: &'static str) -> Visitors<Must> {
    Visitors {
        patient: BeRefused,
        other_patient: BeRefused,
        capability_as_session: BeRefused,
        staff_as_patient: BeRefused,
        neighbour: BeRefused,
        ..Visitors::all(GoTo(without))
    }
}

/// The table.
pub const TABLE: &[Row<Visitors<Must>>] = &[
    get("/", LOG_IN),
    get("/login", LOG_IN),
    post(
        "/login",
        Form {
            page: "/activate",
            fields: &[("username", "maria"), ("password", crate::people::PASSWORD)],
            without_token: Visitors::all(BeRefused),
        },
        Visitors::all(Do("/home")),
    ),
    get("/activate", Visitors::all(See("User Confirmation"))),
    post(
        "/activate",
        Form {
            page: "/activate",
            fields: &[
                ("portal_id", "{ana}"),
                ("first_initial", "A"),
                ("last_initial", "S"),
                ("birth_date", "03/03/2010"),
            ],
            without_token: Visitors::all(BeRefused),
        },
        Visitors::all(Do("/credentials")),
    ),
    get("/credentials", for_confirmed(See("Create your login"))),
    post(
        "/credentials",
        Form {
            page: "/credentials",
            fields: &[
                ("username", "elodie"),
                ("password", crate::people::PASSWORD),
                ("password_again", crate::people::PASSWORD),
            ],
            without_token: Visitors {
                capability: BeRefused,
                session_as_capability: BeRefused,
                staff_as_patient: BeRefused,
                confirmed_neighbour: BeRefused,
                ..Visitors::all(GoTo("/activate"))
            },
        },
        // A member of staff knows no token of a form of this website.
        Visitors { staff_as_patient: BeRefused, ..for_confirmed(Do("/activated")) },
    ),
    get("/activated", Visitors::all(See("Your account is ready"))),
    get("/time-is-up", Visitors::all(See("Your time is up"))),
    get("/home", for_patients(See("Hello, Maria Garcia"), See("Hello, Sean O'Brien"))),
    get("/account", for_patients(See("Your account"), See("Your account"))),
    get("/account/password", for_patients(See("Change your password"), See("Change your password"))),
    post(
        "/account/password",
        Form {
            page: "/account/password",
            // The same one again, so that whoever changed it can log in afterwards.
            fields: &[
                ("current_password", crate::people::PASSWORD),
                ("password", crate::people::PASSWORD),
                ("password_again", crate::people::PASSWORD),
            ],
            without_token: of_a_session("/"),
        },
        Visitors {
            staff_as_patient: BeRefused,
            ..for_patients(Do("/account/password-changed"), Do("/account/password-changed"))
        },
    ),
    get("/account/password-changed", Visitors::all(See("Your password was changed"))),
    post(
        "/account/sessions",
        Form {
            page: "/account",
            fields: &[("session", "0000000000000000")],
            without_token: of_a_session("/"),
        },
        Visitors { staff_as_patient: BeRefused, ..for_patients(GoTo("/account"), GoTo("/account")) },
    ),
    post(
        "/account/all-sessions",
        Form { page: "/account", fields: &[], without_token: of_a_session("/") },
        Visitors { staff_as_patient: BeRefused, ..for_patients(Do("/logged-out"), Do("/logged-out")) },
    ),
    get("/account/second-step", for_patients(See("Second step at log in"), See("Second step at log in"))),
    get("/account/second-step/app", for_patients(See("Cannot scan it?"), See("Cannot scan it?"))),
    post(
        "/account/second-step/app",
        // A secret that none of our pages drew: refused before anything is asked of it.
        Form {
            page: "/account/second-step/app",
            fields: &[("secret", "x"), ("code", "000000"), ("current_password", crate::people::PASSWORD)],
            without_token: CHANGE_WITHOUT_TOKEN,
        },
        for_patients(BeRefused, BeRefused),
    ),
    // The website has a bare address for a name, which no passkey can be bound to.
    get(
        "/account/second-step/passkey",
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    post(
        "/account/second-step/passkey",
        Form {
            page: "/account/second-step",
            fields: &[("name", "x"), ("passkey", "{}"), ("current_password", crate::people::PASSWORD)],
            without_token: CHANGE_WITHOUT_TOKEN,
        },
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    // There is nothing to remove and nothing for codes to stand in for.
    get(
        "/account/second-step/remove",
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    post(
        "/account/second-step/remove",
        Form {
            page: "/account/second-step",
            fields: &[("which", "x"), ("current_password", crate::people::PASSWORD)],
            without_token: CHANGE_WITHOUT_TOKEN,
        },
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    get(
        "/account/second-step/recovery-codes",
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    post(
        "/account/second-step/recovery-codes",
        Form {
            page: "/account/second-step",
            fields: &[("current_password", crate::people::PASSWORD)],
            without_token: CHANGE_WITHOUT_TOKEN,
        },
        for_patients(GoTo("/account/second-step"), GoTo("/account/second-step")),
    ),
    // Nobody here has said a password to an account with a second step.
    get("/second-step", Visitors::all(GoTo("/"))),
    post(
        "/second-step",
        Form { page: "/login", fields: &[("code", "000000")], without_token: Visitors::all(GoTo("/")) },
        Visitors::all(GoTo("/")),
    ),
    post(
        "/second-step/passkey",
        Form { page: "/login", fields: &[("passkey", "{}")], without_token: Visitors::all(GoTo("/")) },
        Visitors::all(GoTo("/")),
    ),
    get("/second-step/recovery-code", Visitors::all(GoTo("/"))),
    post(
        "/second-step/recovery-code",
        Form { page: "/login", fields: &[("code", "x")], without_token: Visitors::all(GoTo("/")) },
        Visitors::all(GoTo("/")),
    ),
    get("/password.js", Visitors::all(Get("text/javascript"))),
    get("/passkey.js", Visitors::all(Get("text/javascript"))),
    // The practice has no logo.
    get("/logo.svg", Visitors::all(Miss)),
    get("/forgotten", Visitors::all(See("Forgot your username or password?"))),
    post(
        "/language",
        Form {
            page: "/forgotten",
            fields: &[("page", "/forgotten"), ("language", "en")],
            // It is on every page and changes nothing that anyone else would notice.
            without_token: Visitors::all(GoTo("/forgotten")),
        },
        Visitors::all(GoTo("/forgotten")),
    ),
    post(
        "/logout",
        Form { page: "/home", fields: &[], without_token: of_a_session("/logged-out") },
        Visitors {
            patient: Do("/logged-out"),
            other_patient: Do("/logged-out"),
            staff_as_patient: BeRefused,
            ..Visitors::all(GoTo("/logged-out"))
        },
    ),
    post(
        "/stay",
        Form { page: "/home", fields: &[], without_token: of_a_session("/") },
        Visitors { staff_as_patient: BeRefused, ..for_patients(GoTo("/home"), GoTo("/home")) },
    ),
    get("/still-there", for_patients(See("Are you still there?"), See("Are you still there?"))),
    get("/logged-out", Visitors::all(See("You are logged out"))),
    get("/session-ended", Visitors::all(See("You were logged out"))),
    get("/stay.js", Visitors::all(Get("text/javascript"))),
    get("/activate.js", Visitors::all(Get("text/javascript"))),
    get("/style.css", Visitors::all(Get("text/css"))),
    get("/favicon.svg", Visitors::all(Get("image/svg+xml"))),
    get("/favicon.ico", Visitors::all(Get("image/svg+xml"))),
    get("/portal-host.css", Visitors::all(Get("text/css"))),
];
