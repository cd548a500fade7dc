//! What was put on record about attempts at User Confirmation, as the practice's auditor gets it.

use super::town::Town;
use crate::trail;
use patient_portal::audit::Deed;
use patient_portal::words::staff::NO_SHEET;
use sandbox_db::export::{Format, Selection};
use std::collections::HashSet;
use std::net::IpAddr;

/// Every attempt has one of these on record.
const OUTCOMES: [Deed; 4] =
    [Deed::ActivationConfirmed, Deed::ActivationRefused, Deed::InvitationBurnt, Deed::ActivationBlocked];

/// The attempts of a practice.
pub struct Record(Vec<(IpAddr, Outcome)>);

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Checked,
    Blocked,
    Astray,
}

/// What became of somebody's attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Those that were compared with an invitation and answered by it: all that a guesser can gain by.
    pub checked: u32,
    /// Those that were turned away whatever was in them.
    pub blocked: u32,
    /// Those with a code that leads to no invitation any more, so that there was nothing to compare.
    pub astray: u32,
}

impl Attempts {
    /// All of them.
    pub fn all(&self) -> u32 {
        self.checked + self.blocked + self.astray
    }
}

impl Record {
    /// Reads the whole trail.
    ///
    /// # Panics
    /// Where it cannot be read.
    pub async fn of(town: &Town) -> Self {
        let mut file = Vec::new();
        let (database, practice, all) =
            (&town.practice.database, &town.practice.practice, Selection::default());
        database.export_audit(practice, &all, Format::Csv, &mut file, |_| ()).await.expect("an export");
        let attempts = trail::read(&file).into_iter().filter_map(|entry| {
            let deed = Deed::named(&entry.action).filter(|deed| OUTCOMES.contains(deed))?;
            let outcome = if deed == Deed::ActivationBlocked {
                Outcome::Blocked
            } else if entry.detail == NO_SHEET {
                Outcome::Astray
            } else {
                Outcome::Checked
            };
            Some((entry.by.parse().expect("an address"), outcome))
        });
        Self(attempts.collect())
    }

    /// What became of the attempts from these addresses.
    pub fn from(&self, addresses: &HashSet<IpAddr>) -> Attempts {
        let mut attempts = Attempts::default();
        for (_, outcome) in self.0.iter().filter(|(by, _)| addresses.contains(by)) {
            match outcome {
                Outcome::Checked => attempts.checked += 1,
                Outcome::Blocked => attempts.blocked += 1,
                Outcome::Astray => attempts.astray += 1,
            }
        }
        attempts
    }
}
