//! `portal-host seed`: many synthetic patients, the same ones for the same seed, and none twice.

use portal_tests::Setup;
use portal_tests::artifacts::artifacts;
use portal_tests::people::{FRONT_DESK, MARIA};
use portal_tests::staff;
use std::process::Command;

fn seed(setup: &Setup, patients: u32) -> String {
    let output = Command::new(&artifacts().portal_host)
        .args(["seed", "--patients", &patients.to_string(), "--database", &setup.database, "--state"])
        .arg(setup.folder().join("state"))
        .output()
        .expect("portal-host can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Every patient the search for `search` lists, over all pages.
async fn listed(setup: &Setup, search: &str) -> Vec<String> {
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let start = desk.open("/patients").await.expect(200);
    let mut page =
        desk.submit(&start, &start.form("Search").fill("Search by name", search)).await.expect(200);
    let mut found = Vec::new();
    for _ in 0..200 {
        let links = portal_tests::html::links(&page.body);
        let patients = links.iter().filter(|(_, href)| href.starts_with("/patients/"));
        found.extend(patients.map(|(name, href)| format!("{href} {name}")));
        if !page.has_link("Next") {
            return found;
        }
        page = desk.open(&page.link("Next")).await.expect(200);
    }
    panic!("the pages do not end");
}

#[tokio::test]
async fn seeding_adds_the_number_asked_for_once_and_search_finds_them() {
    let setup = Setup::fresh();

    assert_eq!(seed(&setup, 2000), "2000 patients added");
    assert_eq!(seed(&setup, 2000), "0 patients added");

    let everyone = listed(&setup, "").await;
    let unique: std::collections::HashSet<_> = everyone.iter().collect();
    assert_eq!(unique.len(), everyone.len(), "someone is listed twice");
    assert!(everyone.len() >= 2010, "{}", everyone.len());
    let garcias = listed(&setup, "Garcia").await;
    assert!(garcias.len() > 3 && garcias.iter().all(|name| name.contains("arc")), "{garcias:?}");
    assert!(garcias.iter().any(|name| name.ends_with(MARIA.name)), "{garcias:?}");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_patients_in_another_database() {
    let (one, two) = (Setup::fresh(), Setup::fresh());
    seed(&one, 300);
    seed(&two, 100);
    seed(&two, 300);

    assert_eq!(listed(&one, "").await, listed(&two, "").await);
}

#[tokio::test]
async fn a_seeded_patient_can_be_invited() {
    let setup = Setup::fresh();
    seed(&setup, 50);
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let page = desk.open("/patients").await.expect(200);
    let (_, href) = portal_tests::html::links(&page.body)
        .into_iter()
        .rfind(|(_, href)| {
            href.starts_with("/patients/") && href.trim_start_matches("/patients/").parse::<u64>().is_ok()
        })
        .expect("a patient");
    let details = desk.open(&href).await.expect(200);
    let tab = desk.open(&details.link(staff::TAB)).await.expect(200);

    let tab = staff::press(&desk, &tab, staff::CREATE).await;

    assert!(staff::portal_id(&tab).is_some(), "{}", tab.text());
}
