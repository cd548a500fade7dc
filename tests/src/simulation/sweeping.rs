//! Someone who knows a patient's initials and date of birth, and tries one Portal ID after the other, each
//! from another network, for as long as an invitation can last.

use super::arithmetic::sweeping;
use super::attackers::Attackers;
use super::details::{Ticket, another_portal_id};
use super::guest::{Guest, Seen};
use super::patients::{Care, Patients, chooses, home};
use super::record::{Attempts, Record};
use super::report::Report;
use super::town::{Throttling, Town};
use super::{DAY, MINUTE};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// How likely it may be while an invitation is open.
const BOUND: f64 = 2e-5;

/// The longest that an invitation is open.
const DAYS: u16 = 21;

/// Guesses a day, and from how many networks.
const A_DAY: u16 = 30;
const NETWORKS: u16 = 300;

/// For three weeks, against one patient, while others come.
pub async fn for_three_weeks(throttling: Throttling, seed: u64) -> Report {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut town = Town::with(u32::from(DAYS) + 1, throttling, DAYS).await;
    let victim = town.invites().await;
    let mut attackers = Attackers::with(NETWORKS, 0);
    let mut patients = Patients::default();
    for _ in 0..DAYS {
        for _ in 0..A_DAY {
            let ticket = Ticket::Typed(another_portal_id(&victim.sheet.portal_id, &mut random));
            attackers.guess(&town, &ticket, &victim.details, &mut random).await;
        }
        let neighbour = town.invites().await;
        patients.comes(&town, &neighbour, Care::Careful, &mut random).await;
        // The invitation must not expire before the end: less than a minute is left of its last day.
        town.practice.wait(DAY - MINUTE / u64::from(DAYS)).await;
    }
    let right = attackers.guess(&town, &victim.sheet.typed(), &victim.details, &mut random).await;

    // The patient herself: what she types is no longer looked at, but the code on her sheet still is.
    let mut guest = Guest::new(&town, home(&mut random));
    let page = guest.opens_confirmation().await;
    let typed = guest.confirms(&page, &victim.sheet.typed(), &victim.details).await;
    let scanned = guest.confirms(&page, &victim.sheet.scanned(), &victim.details).await;
    let another = town.issues_another(&victim).await;
    let typed_anew = guest.confirms(&page, &another.sheet.typed(), &another.details).await;
    let is_in = typed_anew == Seen::Confirmed && chooses(&mut guest, &another).await;

    let attempts = Record::of(&town).await.from(&attackers.used);
    let mut report = Report {
        attack: "sweeping",
        throttling,
        simulated: format!("{DAYS} days of {DAYS}"),
        sent: 0,
        attempts: Attempts::default(),
        let_in: 0,
        chance: sweeping(attempts.checked),
        bound: BOUND,
        patients,
        seen: vec![format!(
            "the right ID on the last day: {right:?}; the patient herself types: {typed:?}, scans: {scanned:?}, \
             types a new ID: {typed_anew:?}"
        )],
        wrong: Vec::new(),
    };
    report.adds(&attackers, attempts);
    report.expects(right == Seen::Refused, "the right ID was taken after all those guesses");
    report.expects(scanned == Seen::Confirmed, "the patient cannot get in with her code");
    report.expects(is_in, "the patient cannot get in with a new Portal ID");
    report.expects(patients.paused == 0, "sweeping for one patient paused it for everybody");
    report
}
