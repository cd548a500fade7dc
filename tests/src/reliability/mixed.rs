//! A practice's day, five things a second: patients activate and log in, come back, get something wrong or only look
//! at pages, and staff look at tabs.

use super::journeys::{Came, Invited, journey, logs_in};
use super::outcome::Requests;
use crate::people::FRONT_DESK;
use crate::staff;
use crate::visitor::Visitor;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Between one thing and the next.
pub const BEAT: Duration = Duration::from_millis(200);

/// Of so many things one of each kind is done.
const KINDS: u32 = 5;

/// Where a patient's tab is.
const TAB: &str = "tabs/patient-portal-admin";

/// Nobody's.
const WRONG_PASSWORD: &str = "seven loud herons at dawn";

/// How many patients a day of this length needs.
pub fn patients_for(day: Duration) -> u32 {
    u32::try_from(day.as_millis() / (BEAT * KINDS).as_millis()).unwrap_or(u32::MAX)
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Day {
    /// Journeys from the sheet to the home page.
    pub activated: u64,
    /// Times that somebody came back and got home.
    pub came_back: u64,
    /// Times that somebody got something wrong, and was told so.
    pub wrong: u64,
    /// Times that somebody only looked, patients and staff.
    pub looked: u64,
    /// Things that did not end as they should.
    pub astray: u64,
}

/// Does all this for so long; every request is counted.
///
/// # Panics
/// Where staff cannot sign in, or one of the things does.
pub async fn day(
    portal: &str,
    ehr: &str,
    invited: &[Invited],
    long: Duration,
    requests: &Arc<Requests>,
) -> Day {
    let desk = staff::sign_in(ehr, FRONT_DESK).await;
    let (mut under_way, mut day, begun) = (JoinSet::new(), Day::default(), Instant::now());
    let mut beats = interval(BEAT);
    // Somebody who is late makes nobody hurry.
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut beat, mut next) = (0_u32, invited.iter());
    let mut home: Vec<Invited> = Vec::new();
    while begun.elapsed() < long {
        beats.tick().await;
        let kind = beat % KINDS;
        beat += 1;
        let (portal, requests, desk) = (portal.to_owned(), Arc::clone(requests), desk.clone());
        let known = home.get(beat as usize * 7 % home.len().max(1)).cloned();
        match (kind, known) {
            (0, _) => {
                let Some(patient) = next.next().cloned() else { continue };
                under_way.spawn(async move {
                    let came = journey(&portal, &patient, &requests).await;
                    Done::Activated((came == Came::Home).then_some(patient))
                });
            }
            (1, Some(patient)) => drop(under_way.spawn(async move {
                Done::CameBack(logs_in(&patient.at(&portal), &patient, &requests).await)
            })),
            (2, _) => drop(under_way.spawn(async move { Done::Wrong(errs(&portal, beat, &requests).await) })),
            (3, _) => drop(under_way.spawn(async move {
                Done::Looked(looks(&Visitor::at(&portal), &["/", "/activate", "/forgotten"], &requests).await)
            })),
            (4, Some(patient)) => drop(under_way.spawn(async move {
                let tab = format!("/patients/{}/{TAB}", patient.chart);
                Done::Looked(looks(&desk, &["/patients", &tab], &requests).await)
            })),
            // Nobody is home yet.
            _ => {}
        }
        while let Some(done) = under_way.try_join_next() {
            day.add(done.expect("it comes to an end"), &mut home);
        }
    }
    while let Some(done) = under_way.join_next().await {
        day.add(done.expect("it comes to an end"), &mut home);
    }
    day
}

/// What one of the things came to.
enum Done {
    Activated(Option<Invited>),
    CameBack(bool),
    Wrong(bool),
    Looked(bool),
}

impl Day {
    fn add(&mut self, done: Done, home: &mut Vec<Invited>) {
        let (counter, is_well) = match done {
            Done::Activated(patient) => {
                let is_well = patient.is_some();
                home.extend(patient);
                (&mut self.activated, is_well)
            }
            Done::CameBack(is_well) => (&mut self.came_back, is_well),
            Done::Wrong(is_well) => (&mut self.wrong, is_well),
            Done::Looked(is_well) => (&mut self.looked, is_well),
        };
        if is_well {
            *counter += 1;
        } else {
            self.astray += 1;
        }
    }
}

/// Somebody with a paper of years ago, who then guesses at a login; whether both were refused as they should be.
async fn errs(portal: &str, beat: u32, requests: &Requests) -> bool {
    let network = format!("10.{}.{}.2", 100 + beat / 60_000, beat / 240 % 250);
    let visitor = Visitor::from_address(&network, portal);
    let Some(page) = requests.get(&visitor, "/activate").await else { return false };
    let portal_id = format!("{:06}", u64::from(beat) * 104_729 % 1_000_000);
    let form = page
        .form("Confirm")
        .fill("Patient Portal ID", &portal_id)
        .fill("First initial of your first name", "Q")
        .fill("First initial of your last name", "X")
        .fill("Date of birth", "01/01/1901");
    let Some(claim) = requests.send(&visitor, &page, &form).await else { return false };
    let Some(page) = requests.get(&visitor, "/").await else { return false };
    let form =
        page.form("Log in").fill("Username", &format!("nobody.{beat}")).fill("Password", WRONG_PASSWORD);
    let log_in = requests.send(&visitor, &page, &form).await;
    claim.status == 422 && log_in.is_some_and(|answer| answer.status == 422)
}

/// Whether all of these pages came.
async fn looks(visitor: &Visitor, paths: &[&str], requests: &Requests) -> bool {
    for path in paths {
        if requests.get(visitor, path).await.is_none_or(|page| page.status != 200) {
            return false;
        }
    }
    true
}
