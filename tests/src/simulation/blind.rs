//! Those who know nobody: they guess an ID, initials and a date of birth, from as many networks as they
//! like, or from one.

use super::arithmetic::{OPEN_INVITATIONS, blind};
use super::attackers::Attackers;
use super::details::{Details, Ticket};
use super::patients::{Care, Patients};
use super::record::{Attempts, Record};
use super::report::Report;
use super::town::{Invited, Throttling, Town};
use super::{DAY, HOUR, MINUTE};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// How likely it may be in a week that anybody's account is activated by guessing.
const BOUND_OF_A_WEEK: f64 = 1e-5;

const HOURS_OF_A_WEEK: u32 = 7 * 24;

/// Networks that guess together: more than are ever blocked one by one.
const NETWORKS: u16 = 300;

/// In how many parts an hour passes.
const PARTS: u32 = 6;

/// Every so many hours a patient comes from home, and to the kiosk.
const PATIENT_EVERY: u32 = 2;
const KIOSK_EVERY: u32 = 4;

/// Once a day they send this many times as many in an hour, and no more of it may be checked.
const RUSH: u32 = 5;

/// Many networks send `an_hour` guesses every hour for so many hours, evenly.
pub async fn from_everywhere(throttling: Throttling, hours: u32, an_hour: u32, seed: u64) -> Report {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (homes, kiosks) = (hours.div_ceil(PATIENT_EVERY), hours.div_ceil(KIOSK_EVERY));
    let mut town = Town::with(OPEN_INVITATIONS, throttling, 7).await;
    let mut at_home = invited(&mut town, homes).await;
    let mut at_kiosk = invited(&mut town, kiosks).await;
    town.invites_others(OPEN_INVITATIONS - homes - kiosks).await;
    let mut attackers = Attackers::with(NETWORKS, 0);
    let mut patients = Patients::default();
    for hour in 0..hours {
        let comes_in = random.random_range(0..PARTS);
        let rush = if hour % 24 == 12 { RUSH } else { 1 };
        for part in 0..PARTS {
            for _ in 0..an_hour * rush / PARTS {
                guess(&mut attackers, &town, &mut random).await;
            }
            if hour.is_multiple_of(PATIENT_EVERY) && part == comes_in {
                let patient = at_home.pop().expect("a patient");
                let care = if at_home.len().is_multiple_of(3) { Care::Slips } else { Care::Careful };
                patients.comes(&town, &patient, care, &mut random).await;
            }
            if hour.is_multiple_of(KIOSK_EVERY) && part == PARTS - 1 {
                patients.comes_to_the_kiosk(&town, &at_kiosk.pop().expect("a patient")).await;
            }
            town.practice.wait(HOUR / u64::from(PARTS)).await;
        }
    }
    let simulated = format!("{hours} h of a week");
    let bound = BOUND_OF_A_WEEK * f64::from(hours) / f64::from(HOURS_OF_A_WEEK);
    let mut report = report("blind", throttling, &attackers, patients, &town).await;
    report.seen.push(format!(
        "{} networks; {} guesses told of a pause; {} patients mistook a date first",
        attackers.networks(),
        attackers.paused,
        patients.slips
    ));
    report = Report { simulated, bound, ..report };
    if throttling == Throttling::Default {
        report.expects(attackers.paused > attackers.sent / 4, "typing was hardly paused");
        report.expects(patients.typed > 0 && patients.scanned > 0, "not both ways in were tried");
    }
    report
}

/// One line, an IPv6 /64, sends 40 guesses a day for so many days, from another address each.
pub async fn from_one_network(throttling: Throttling, days: u32, seed: u64) -> Report {
    const A_DAY: u32 = 40;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut town = Town::with(days, throttling, 7).await;
    let mut at_home = invited(&mut town, days).await;
    let mut attackers = Attackers::of_one_line();
    let mut patients = Patients::default();
    while let Some(patient) = at_home.pop() {
        for _ in 0..A_DAY {
            guess(&mut attackers, &town, &mut random).await;
            town.practice.wait(MINUTE).await;
        }
        patients.comes(&town, &patient, Care::Slips, &mut random).await;
        town.practice.wait(DAY - u64::from(A_DAY) * MINUTE).await;
    }
    let simulated = format!("{days} days of a week");
    let bound = BOUND_OF_A_WEEK * f64::from(days) / 7.0;
    let mut report = report("blind, one network", throttling, &attackers, patients, &town).await;
    report.expects(attackers.paused == 0 && patients.paused == 0, "one network paused it for everybody");
    report.expects(report.attempts.blocked > 0, "nothing was blocked");
    Report { simulated, bound, ..report }
}

async fn invited(town: &mut Town, many: u32) -> Vec<Invited> {
    let mut invited = Vec::new();
    for _ in 0..many {
        invited.push(town.invites().await);
    }
    invited
}

async fn guess(attackers: &mut Attackers, town: &Town, random: &mut ChaCha8Rng) {
    let ticket = Ticket::Typed(format!("{:06}", random.random_range(0..1_000_000)));
    let details = Details::guessed(random);
    attackers.guess(town, &ticket, &details, random).await;
}

async fn report(
    attack: &'static str,
    throttling: Throttling,
    attackers: &Attackers,
    patients: Patients,
    town: &Town,
) -> Report {
    let attempts = Record::of(town).await.from(&attackers.used);
    let mut report = Report {
        attack,
        throttling,
        simulated: String::new(),
        sent: 0,
        attempts: Attempts::default(),
        let_in: 0,
        chance: blind(attempts.checked),
        bound: 0.0,
        patients,
        seen: Vec::new(),
        wrong: Vec::new(),
    };
    report.adds(attackers, attempts);
    report
}
