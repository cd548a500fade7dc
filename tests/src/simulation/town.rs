//! A practice with as many patients as a simulation needs, and its front desk.

use super::details::Details;
use super::{LOOSEST, details::Ticket};
use crate::practice::{Practice, shown_id};
use crate::staff::{CREATE, PRINT, REISSUE};
use axum::Router;
use jiff::civil::Date;
use portal_host::identity::PatientId;
use portal_host::lent::{Patients, PersonName, Policy, Throttles};
use portal_host::tab::{Block, View};
use portal_host::website;
use sandbox_db::seed_patients;
use std::sync::Arc;

/// Patients are made up from this seed, and have chart numbers that begin with ten more.
const PATIENTS: u64 = 1;

/// The practice's kiosk, for which typing never pauses.
pub const KIOSK: &str = "192.0.2.7";

/// How guessing is throttled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Throttling {
    /// As the portal comes.
    Default,
    /// The loosest there is.
    Loosest,
}

/// Somebody with a Portal ID, and the sheet in their hands.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The EHR's key.
    pub chart: PatientId,
    /// What they type.
    pub details: Details,
    /// What they hold.
    pub sheet: Sheet,
}

/// What a printed sheet has on it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The six digits.
    pub portal_id: String,
    /// What its QR code holds after the number sign.
    pub code: String,
}

impl Sheet {
    /// To be typed.
    pub fn typed(&self) -> Ticket {
        Ticket::Typed(self.portal_id.clone())
    }

    /// To be scanned.
    pub fn scanned(&self) -> Ticket {
        Ticket::Scanned(self.code.clone())
    }
}

/// A practice, its patients, its website.
pub struct Town {
    /// Clock, database, portal.
    pub practice: Practice,
    /// What answers a guest.
    pub website: Router,
    patients: u64,
    next: u64,
}

impl Town {
    /// A practice with this many patients, none of them invited, whose invitations hold for so many days.
    ///
    /// # Panics
    /// Where the portal does not load.
    pub async fn with(patients: u32, throttling: Throttling, invitation_days: u16) -> Self {
        Self::at(Practice::open().await, patients, throttling, invitation_days).await
    }

    /// The same at this practice.
    ///
    /// # Panics
    /// Where there are no such patients.
    pub async fn at(practice: Practice, patients: u32, throttling: Throttling, invitation_days: u16) -> Self {
        let throttles = match throttling {
            Throttling::Default => Throttles::default(),
            Throttling::Loosest => LOOSEST,
        };
        let policy = Policy { throttles, invitation_days, ..Policy::default() };
        let (database, key) = (&practice.database, &practice.practice);
        let kiosk = [KIOSK.to_owned()];
        database.set_policy(key, &policy, &kiosk, None, practice.now()).await.expect("a policy");
        // Some have no date of birth on file or one name only, and are passed over.
        let patients = u64::from(patients) * 11 / 10 + 10;
        seed_patients(database, key, patients, PATIENTS, |_| ()).await.expect("patients");
        let website = website::router(Arc::clone(&practice.portal));
        Self { practice, website, patients, next: 0 }
    }

    /// The front desk invites the next patient and prints the sheet.
    ///
    /// # Panics
    /// Where nobody is left to invite, or it does not work.
    pub async fn invites(&mut self) -> Invited {
        let (chart, details) = self.next_patient().await;
        self.presses(&chart, CREATE).await;
        let sheet = self.prints(&chart).await;
        Invited { chart, details, sheet }
    }

    /// Invites so many whose sheets nobody in the simulation uses.
    ///
    /// # Panics
    /// As [`Self::invites`].
    pub async fn invites_others(&mut self, many: u32) {
        for _ in 0..many {
            let (chart, _) = self.next_patient().await;
            self.presses(&chart, CREATE).await;
        }
    }

    /// The front desk issues another Portal ID and prints its sheet.
    ///
    /// # Panics
    /// Where it does not work.
    pub async fn issues_another(&self, to: &Invited) -> Invited {
        self.presses(&to.chart, REISSUE).await;
        Invited { sheet: self.prints(&to.chart).await, ..to.clone() }
    }

    /// Whether the tab shows a Portal ID for this patient.
    pub async fn shows_an_id(&self, patient: &Invited) -> bool {
        shown_id(&self.tab(&patient.chart).await).is_some()
    }

    async fn next_patient(&mut self) -> (PatientId, Details) {
        while self.next < self.patients {
            let chart = PatientId::new(format!("{}{:07}", PATIENTS + 10, self.next));
            self.next += 1;
            if let Some(details) = self.details(&chart).await {
                return (chart, details);
            }
        }
        panic!("everybody in town is invited");
    }

    /// What this patient would type, where both names and the date of birth are on file.
    async fn details(&self, chart: &PatientId) -> Option<Details> {
        let asked = self.practice.database.patient(&self.practice.practice, chart).await;
        let patient = asked.expect("an answer").expect("a patient");
        let PersonName::Full { given, family } = &patient.name else { return None };
        let born = patient.birth_date?;
        let (month, day) = (i8::try_from(born.month).ok()?, i8::try_from(born.day).ok()?);
        let born = Date::new(i16::try_from(born.year).ok()?, month, day).ok()?;
        Some(Details { first: given.chars().next()?, last: family.chars().next()?, born })
    }

    async fn tab(&self, chart: &PatientId) -> View {
        let Practice { portal, practice, viewer, .. } = &self.practice;
        portal.show(practice, viewer, chart).await.expect("the tab")
    }

    async fn presses(&self, chart: &PatientId, label: &str) {
        let view = self.tab(chart).await;
        let action = view.actions.iter().find(|action| action.label == label);
        let action = &action.unwrap_or_else(|| panic!("no {label}: {view:?}")).id;
        let Practice { portal, practice, viewer, .. } = &self.practice;
        portal.perform(practice, viewer, chart, action, Vec::new()).await.expect("it is done");
    }

    async fn prints(&self, chart: &PatientId) -> Sheet {
        let view = self.tab(chart).await;
        let document = view.documents.iter().find(|document| document.label == PRINT).expect("a sheet");
        let Practice { portal, practice, viewer, .. } = &self.practice;
        let sheet = portal.open(practice, viewer, chart, &document.id).await.expect("a sheet");
        let code = sheet.blocks.iter().find_map(|block| match block {
            Block::QrCode(address) => address.split_once('#').map(|(_, code)| code.to_owned()),
            Block::Heading(_) | Block::Text(_) | Block::Steps(_) | Block::Facts(_) => None,
        });
        let portal_id = shown_id(&view).expect("a Portal ID");
        Sheet { portal_id, code: code.expect("a code") }
    }
}
