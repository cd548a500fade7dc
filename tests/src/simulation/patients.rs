//! Patients who activate their accounts while others guess.

use super::guest::{Guest, PAUSED, Seen};
use super::town::{Invited, KIOSK, Town};
use crate::people::PASSWORD;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use std::net::{IpAddr, Ipv4Addr};

/// What became of those who came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patients {
    /// How many came from home.
    pub came: u32,
    /// How many of them have an account now, having typed the Portal ID.
    pub typed: u32,
    /// How many of them were told that typing is paused.
    pub paused: u32,
    /// How many of those have an account now, having scanned the code on their sheet.
    pub scanned: u32,
    /// How many came to the practice's kiosk.
    pub at_kiosk: u32,
    /// How many of them have an account now. They all typed.
    pub typed_at_kiosk: u32,
    /// How many mistook a date at first.
    pub slips: u32,
}

/// Whether a patient types a wrong date first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// No.
    Careful,
    /// Yes.
    Slips,
}

impl Patients {
    /// A patient comes from home: types, and where that is paused, scans.
    pub async fn comes(&mut self, town: &Town, patient: &Invited, care: Care, random: &mut ChaCha8Rng) {
        self.came += 1;
        let mut guest = Guest::new(town, home(random));
        let page = guest.opens_confirmation().await;
        if care == Care::Slips && !page.says(PAUSED) {
            self.slips += 1;
            let slip = patient.details.of_unknown_age(random);
            guest.confirms(&page, &patient.sheet.typed(), &slip).await;
        }
        match guest.confirms(&page, &patient.sheet.typed(), &patient.details).await {
            Seen::Confirmed => self.typed += u32::from(chooses(&mut guest, patient).await),
            Seen::Refused => {}
            Seen::Paused => {
                self.paused += 1;
                let scanned = guest.opens_confirmation().await;
                let seen = guest.confirms(&scanned, &patient.sheet.scanned(), &patient.details).await;
                let is_in = seen == Seen::Confirmed && chooses(&mut guest, patient).await;
                self.scanned += u32::from(is_in);
            }
        }
    }

    /// A patient types at the practice's kiosk.
    pub async fn comes_to_the_kiosk(&mut self, town: &Town, patient: &Invited) {
        self.at_kiosk += 1;
        let mut guest = Guest::new(town, KIOSK.parse().expect("an address"));
        let page = guest.opens_confirmation().await;
        let seen = guest.confirms(&page, &patient.sheet.typed(), &patient.details).await;
        let is_in = seen == Seen::Confirmed && chooses(&mut guest, patient).await;
        self.typed_at_kiosk += u32::from(is_in);
    }

    /// How many came and have no account.
    pub fn shut_out(&self) -> u32 {
        self.came + self.at_kiosk - self.typed - self.scanned - self.typed_at_kiosk
    }
}

/// Chooses credentials; whether that made an account.
pub async fn chooses(guest: &mut Guest, patient: &Invited) -> bool {
    let page = guest.get("/credentials").await.expect(200);
    let username = format!("chart.{}", patient.chart.as_str());
    let form = page
        .form("Save")
        .fill("Username", &username)
        .fill("Password", PASSWORD)
        .fill("Password again", PASSWORD);
    guest.submits(&page, &form).await.says("Your account is ready")
}

/// An address that no attacker has.
pub fn home(random: &mut ChaCha8Rng) -> IpAddr {
    Ipv4Addr::new(100, random.random_range(64..128), random.random(), random.random()).into()
}
