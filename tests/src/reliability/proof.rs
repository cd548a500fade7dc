//! Whether everything that was acknowledged is there, and nothing twice.

use super::journeys::{Came, Invited};
use crate::{Setup, patient, people, trail};
use std::collections::BTreeMap;

/// What must not be, and is, in words; none where everybody came home and all of it is on record once.
pub async fn faults(
    portal: &str,
    setup: &Setup,
    invited: &[Invited],
    came: &BTreeMap<String, Came>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for patient in invited {
        let Some(how) = came.get(&patient.chart) else { continue };
        if *how != Came::Home {
            faults.push(format!("a journey ended {how:?}"));
        }
        if *how != Came::Nowhere && !patient::can_log_in(portal, &patient.username(), people::PASSWORD).await
        {
            faults.push("an account that was acknowledged is not there".to_owned());
        }
    }
    let mut activated: BTreeMap<String, u32> = BTreeMap::new();
    for entry in trail::exported(setup, &[]) {
        if entry.action == "credentials.set" {
            *activated.entry(entry.patient).or_default() += 1;
        }
    }
    for (chart, how) in came {
        let times = activated.get(chart).copied().unwrap_or_default();
        if times > 1 || times == 0 && *how != Came::Nowhere {
            faults.push(format!("an activation is on record {times} times"));
        }
    }
    let verified = setup.run(&["audit", "verify"]);
    if !verified.status.success() {
        faults.push(String::from_utf8_lossy(&verified.stderr).into_owned());
    }
    faults
}
