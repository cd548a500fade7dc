//! How many fields a patient fills in and how many screens they see, from the sheet to the home page.

use crate::Installation;
use crate::browser::{Browser, Paper};
use crate::people::{ELODIE, FRONT_DESK, PASSWORD, Person, SEAN};
use crate::staff::{self, PRINT};

/// What a journey came to.
#[derive(Clone, Copy, Default)]
pub struct Journey {
    /// Fields that were filled in.
    pub fields: usize,
    /// Screens that were seen.
    pub screens: usize,
    /// Links and buttons that were pressed.
    pub presses: usize,
}

/// Both ways.
pub struct Journeys {
    /// The address and the Portal ID are typed.
    pub typed: Journey,
    /// The phone's camera reads the square code.
    pub scanned: Journey,
}

/// Lets two patients walk, each with a phone.
///
/// # Panics
/// Where anything is not where it should be.
pub async fn measure() -> Journeys {
    let host = Installation::fresh();
    let desk = Browser::desktop().await;
    staff::sign_in_at(&desk, &host.ehr, FRONT_DESK).await;
    let (portal_id, _) = sheet(&desk, &host, &ELODIE).await;
    let (_, code) = sheet(&desk, &host, &SEAN).await;
    desk.close().await;
    let typed = Walk::from(&host.portal, "New here?").await.activates(&ELODIE, Some(&portal_id)).await;
    let scanned = Walk::from(&code, "User Confirmation").await.activates(&SEAN, None).await;
    Journeys { typed, scanned }
}

/// The Portal ID on somebody's sheet, and what a camera reads off it.
async fn sheet(desk: &Browser, host: &Installation, person: &Person) -> (String, String) {
    staff::open_tab_at(desk, &host.ehr, person).await;
    desk.press(staff::CREATE).await;
    let portal_id = staff::portal_id_at(desk).await;
    desk.follow(PRINT).await;
    let printed = desk.print(&format!("figures-{}", person.search), Paper::Letter).await;
    let [code] = printed.scan().try_into().expect("one code on the sheet");
    (portal_id, code)
}

/// A patient on the way.
struct Walk {
    phone: Browser,
    journey: Journey,
}

impl Walk {
    async fn from(address: &str, first: &str) -> Self {
        let phone = Browser::phone().await;
        phone.open(address).await;
        let mut walk = Self { phone, journey: Journey::default() };
        walk.sees(first).await;
        walk
    }

    async fn activates(mut self, person: &Person, portal_id: Option<&str>) -> Journey {
        if let Some(portal_id) = portal_id {
            self.journey.presses += 1;
            self.phone.follow("Activate Account").await;
            self.sees("User Confirmation").await;
            self.fills("Patient Portal ID", portal_id).await;
        }
        self.fills("First initial of your first name", person.first).await;
        self.fills("First initial of your last name", person.last).await;
        self.fills("Date of birth", person.born).await;
        self.presses("Confirm", "Create your login").await;
        self.fills("Username", person.first).await;
        self.fills("Password", PASSWORD).await;
        self.fills("Password again", PASSWORD).await;
        self.presses("Save", "Your account is ready").await;
        self.journey.presses += 1;
        self.phone.follow("Go to the login page").await;
        self.sees("New here?").await;
        self.fills("Username", person.first).await;
        self.fills("Password", PASSWORD).await;
        self.presses("Log in", "You are logged in.").await;
        self.phone.close().await;
        self.journey
    }

    async fn fills(&mut self, field: &str, text: &str) {
        // Two characters at least make a username.
        let text = if field == "Username" { format!("{text}-on-a-phone") } else { text.to_owned() };
        self.phone.fill(field, &text).await;
        self.journey.fields += 1;
    }

    async fn presses(&mut self, button: &str, next: &str) {
        self.phone.press(button).await;
        self.journey.presses += 1;
        self.sees(next).await;
    }

    async fn sees(&mut self, words: &str) {
        self.phone.see(words).await;
        self.journey.screens += 1;
    }
}
