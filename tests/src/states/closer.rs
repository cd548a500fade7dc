//! What axe does not look for: the language, what fields are for, and where the keys lead.

use super::State;
use super::seen::Way;
use crate::axe::Found;
use crate::browser::{Browser, DESKTOP, Theme};

/// What WCAG 2.2, 1.3.5 asks for, and password managers need: each field of this name tells this purpose.
const PURPOSES: [(&str, &str); 10] = [
    ("birth_date", "bday"),
    ("user_name", "username"),
    ("portal_id", "off"),
    ("first_initial", "off"),
    ("last_initial", "off"),
    ("current_password", "current-password"),
    ("password_again", "new-password"),
    ("name", "off"),
    ("search", "off"),
    ("answer.reason", "off"),
];

/// Which purpose the field of this name must tell on this page.
fn purpose(state: &State, name: &str) -> Option<&'static str> {
    let route = state.route.1;
    match name {
        "username" => Some("username"),
        "password" if route == "/credentials" || route == "/account/password" => Some("new-password"),
        "password" => Some("current-password"),
        "code" => Some("one-time-code"),
        name => PURPOSES.iter().find(|(known, _)| *known == name).map(|(_, purpose)| *purpose),
    }
}

/// Adds what is wrong besides.
///
/// # Panics
/// Where the browser is gone.
pub async fn look(browser: &Browser, state: &State, way: Way, found: &mut Found) {
    if found.language != way.language {
        found.faults.push(format!("it says that it is in {:?}", found.language));
    }
    for (name, told) in &found.purposes {
        let must = purpose(state, name);
        if must.is_some_and(|must| must != told) {
            found.faults.push(format!("the field {name} is for {told:?}, and not for {must:?}"));
        }
    }
    if (way.screen == DESKTOP) == (way.theme == Theme::Light) {
        found.faults.extend(browser.walk_through().await);
    }
}
