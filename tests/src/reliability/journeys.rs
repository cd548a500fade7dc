//! Patients who activate their accounts and log in while machines fail: each tries again, as people do, when a
//! page says to.

use super::outcome::Requests;
use crate::html::Form;
use crate::patient::{NOT_CONFIRMED, is_home};
use crate::people::PASSWORD;
use crate::visitor::{Answer, Visitor};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How long somebody waits before trying again.
const PAUSE: Duration = Duration::from_millis(250);

/// How often, before they give up.
const PATIENCE: u32 = 240;

/// Somebody with a Portal ID, and what they would type.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The EHR's key.
    pub chart: String,
    /// The six digits.
    pub portal_id: String,
    /// The first letters of their names.
    pub initials: (String, String),
    /// MM/DD/YYYY.
    pub born: String,
    /// Where they are.
    pub network: String,
}

impl Invited {
    /// The name they log in with.
    pub fn username(&self) -> String {
        format!("chart.{}", self.chart)
    }

    /// A browser of theirs, new at the website.
    pub fn at(&self, portal: &str) -> Visitor {
        Visitor::from_address(&self.network, portal)
    }
}

/// How far somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Told that the account is ready, and home after logging in.
    Home,
    /// Told so, and not home.
    Ready,
    /// Not told so.
    Nowhere,
}

/// One journey from the sheet to the home page.
pub async fn journey(portal: &str, patient: &Invited, requests: &Arc<Requests>) -> Came {
    let visitor = patient.at(portal);
    if !activates(&visitor, patient, requests).await {
        return Came::Nowhere;
    }
    if logs_in(&patient.at(portal), patient, requests).await { Came::Home } else { Came::Ready }
}

/// Everyone's journey, so many at a time; how far each came, by chart number.
///
/// # Panics
/// Where a journey does.
pub async fn walk(
    portal: &str,
    invited: &[Invited],
    at_once: usize,
    requests: &Arc<Requests>,
) -> BTreeMap<String, Came> {
    let turns = Arc::new(Semaphore::new(at_once));
    let mut walking = JoinSet::new();
    for patient in invited.iter().cloned() {
        let (turns, requests, portal) = (Arc::clone(&turns), Arc::clone(requests), portal.to_owned());
        walking.spawn(async move {
            let _turn = turns.acquire_owned().await.expect("a turn");
            let came = journey(&portal, &patient, &requests).await;
            (patient.chart, came)
        });
    }
    let mut came = BTreeMap::new();
    while let Some(done) = walking.join_next().await {
        let (chart, how) = done.expect("a journey");
        came.insert(chart, how);
        if came.len().is_multiple_of(100) {
            eprintln!("{} journeys are over", came.len());
        }
    }
    came
}

/// One journey begins after the other, this far apart, until told that it is enough; once everyone has been, those
/// who came home come back and log in. How far each came, by chart number.
///
/// # Panics
/// Where a journey does.
pub async fn walk_steadily(
    portal: &str,
    invited: &[Invited],
    apart: Duration,
    enough: &AtomicBool,
    requests: &Arc<Requests>,
) -> BTreeMap<String, Came> {
    let (mut walking, mut came) = (JoinSet::new(), BTreeMap::new());
    let mut beats = tokio::time::interval(apart);
    for patient in invited.iter().cycle() {
        beats.tick().await;
        while let Some(done) = walking.try_join_next() {
            let (chart, how) = done.expect("a journey");
            came.insert(chart, how);
        }
        if enough.load(Ordering::Relaxed) {
            break;
        }
        let (patient, before) = (patient.clone(), came.remove(&patient.chart));
        let (portal, requests) = (portal.to_owned(), Arc::clone(requests));
        walking.spawn(async move {
            let how = match before {
                None => journey(&portal, &patient, &requests).await,
                Some(Came::Home) if !logs_in(&patient.at(&portal), &patient, &requests).await => Came::Ready,
                Some(how) => how,
            };
            (patient.chart, how)
        });
    }
    while let Some(done) = walking.join_next().await {
        let (chart, how) = done.expect("a journey");
        came.insert(chart, how);
    }
    came
}

/// Whether the account is ready, as the website says or as a log in shows where its answer was lost.
async fn activates(visitor: &Visitor, patient: &Invited, requests: &Arc<Requests>) -> bool {
    for _ in 0..PATIENCE {
        let Some(page) = requests.get(visitor, "/activate").await else { continue };
        let form = page
            .form("Confirm")
            .fill("Patient Portal ID", &patient.portal_id)
            .fill("First initial of your first name", &patient.initials.0)
            .fill("First initial of your last name", &patient.initials.1)
            .fill("Date of birth", &patient.born);
        let Some(answer) = requests.send(visitor, &page, &form).await else { continue };
        if answer.says(NOT_CONFIRMED) {
            // Used already, where the answer to the last form was lost.
            return logs_in(&patient.at(visitor.base()), patient, requests).await;
        }
        let Some(page) = requests.get(visitor, "/credentials").await else { continue };
        if !page.has_button("Save") {
            continue;
        }
        let username = patient.username();
        let form = page
            .form("Save")
            .fill("Username", &username)
            .fill("Password", PASSWORD)
            .fill("Password again", PASSWORD);
        if let Some(answer) = requests.send(visitor, &page, &form).await
            && answer.leads_to().as_deref() == Some("/activated")
        {
            return true;
        }
    }
    false
}

/// Whether they got home with their username and password.
pub async fn logs_in(visitor: &Visitor, patient: &Invited, requests: &Arc<Requests>) -> bool {
    for _ in 0..PATIENCE {
        let Some(page) = requests.get(visitor, "/").await else { continue };
        if page.leads_to().is_some() {
            // In already, where the answer to the last form was lost.
            return requests.get(visitor, "/home").await.is_some_and(|home| is_home(&home));
        }
        let form = page.form("Log in").fill("Username", &patient.username()).fill("Password", PASSWORD);
        let Some(answer) = requests.send(visitor, &page, &form).await else { continue };
        if answer.status == 422 {
            return false;
        }
        if let Some(home) = requests.get(visitor, "/home").await
            && is_home(&home)
        {
            return true;
        }
    }
    false
}

impl Requests {
    /// A page, or none where there was no answer but an apology, after a pause.
    pub async fn get(&self, visitor: &Visitor, path: &str) -> Option<Answer> {
        let begun = Instant::now();
        self.answered(begun, path, visitor.try_get(path).await).await
    }

    /// What a filled-in form came to, likewise.
    pub async fn send(&self, visitor: &Visitor, page: &Answer, form: &Form) -> Option<Answer> {
        let begun = Instant::now();
        self.answered(begun, &page.path, visitor.try_to_send(page, form).await).await
    }

    async fn answered(&self, begun: Instant, path: &str, answer: Option<Answer>) -> Option<Answer> {
        let status = answer.as_ref().map(|answer| answer.status);
        let answer = answer.filter(|answer| answer.status < 500 && answer.status != 429);
        if answer.is_some() {
            self.count(true, begun.elapsed());
        } else {
            let what = status.map_or("no answer".to_owned(), |status| status.to_string());
            self.count_failure(format!("{what} at {path}"));
            tokio::time::sleep(PAUSE).await;
        }
        answer
    }
}
