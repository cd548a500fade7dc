//! Someone who found a patient's sheet: they have the Portal ID, the code and the name, and guess the date of
//! birth.

use super::DAY;
use super::arithmetic::found_paper;
use super::attackers::Attackers;
use super::guest::Seen;
use super::patients::{Care, Patients};
use super::record::{Attempts, Record};
use super::report::Report;
use super::town::{Throttling, Town};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// How likely it may be for one sheet.
const BOUND: f64 = 0.000_2;

/// Sheets that are found, one after the other.
const SHEETS: u8 = 10;

/// Guesses for each, half of them typed and half with the code, each from another network.
const GUESSES: u16 = 24;

/// Every other day a sheet is found, for three weeks.
pub async fn every_other_day(throttling: Throttling, seed: u64) -> Report {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut town = Town::with(2 * u32::from(SHEETS), throttling, 7).await;
    let mut patients = Patients::default();
    let mut found = Vec::new();
    let mut wrong = Vec::new();
    for number in 0..SHEETS {
        let owner = town.invites().await;
        let mut finder = Attackers::with(GUESSES, number);
        for guess in 0..GUESSES {
            let ticket = if guess.is_multiple_of(2) { owner.sheet.typed() } else { owner.sheet.scanned() };
            let details = owner.details.of_unknown_age(&mut random);
            finder.guess(&town, &ticket, &details, &mut random).await;
        }
        // Too late for the right one.
        for ticket in [owner.sheet.typed(), owner.sheet.scanned()] {
            if finder.guess(&town, &ticket, &owner.details, &mut random).await != Seen::Refused {
                wrong.push("the right date of birth was taken after all those guesses".to_owned());
            }
        }
        if town.shows_an_id(&owner).await {
            wrong.push("the tab shows an ID that is burnt".to_owned());
        }
        found.push(finder);
        let neighbour = town.invites().await;
        patients.comes(&town, &neighbour, Care::Slips, &mut random).await;
        town.practice.wait(DAY).await;
        let owner = town.issues_another(&owner).await;
        patients.comes(&town, &owner, Care::Careful, &mut random).await;
        town.practice.wait(DAY).await;
    }
    let record = Record::of(&town).await;
    let attempts: Vec<Attempts> = found.iter().map(|finder| record.from(&finder.used)).collect();
    let most = attempts.iter().map(|attempts| attempts.checked).max().unwrap_or_default();
    let mut report = Report {
        attack: "found paper",
        throttling,
        simulated: format!("{SHEETS} sheets, {} days", 2 * SHEETS),
        sent: 0,
        attempts: Attempts::default(),
        let_in: 0,
        chance: found_paper(most),
        bound: BOUND,
        patients,
        seen: vec![format!(
            "at most {most} guesses were checked for one sheet, which is what the chance is of"
        )],
        wrong,
    };
    for (finder, attempts) in found.iter().zip(attempts) {
        report.adds(finder, attempts);
    }
    report.expects(patients.paused == 0, "a sheet that was found paused it for everybody");
    report
}
