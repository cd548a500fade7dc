//! The commands of docs/postgresql.md, from making the database to putting a backup back, around what people do
//! meanwhile: the trail is whole, and who had an account by then logs in.

#[path = "documented_commands/allowed.rs"]
mod allowed;
#[path = "documented_commands/fences.rs"]
mod fences;
#[path = "documented_commands/place.rs"]
mod place;
#[path = "documented_commands/server.rs"]
mod server;
#[path = "documented_commands/serving.rs"]
mod serving;

use fences::{Step, What, steps};
use place::Place;
use portal_tests::artifacts::root;
use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD};
use portal_tests::{Setup, patient, staff};
use server::{Made, address};

const PAGE: &str = "docs/postgresql.md";

/// Does what stands under this heading, up to where it starts a host: that is the test's own. Then what was said.
fn follow(place: &mut Place, heading: &str) -> String {
    let page = std::fs::read_to_string(root().join(PAGE)).expect("the page");
    let mut said = String::new();
    for Step { what, .. } in steps(PAGE, &page).into_iter().filter(|step| step.heading == heading) {
        match what {
            What::Typed(command) if command.contains("postgres://portal:") => break,
            What::Typed(command) => said.push_str(&place.types(&command)),
            What::Sql(statements) => place.tells_the_server(&statements),
            What::Configured(_) | What::Balanced(_) => {}
        }
    }
    said
}

#[tokio::test]
async fn a_backup_that_was_put_back_as_documented_is_whole_and_patients_log_in() {
    let _made = Made::nothing_yet();
    let mut place = Place::new();
    follow(&mut place, "Set it up");
    let key_file = place.of("here/portal-state/host.key").display().to_string();
    let served = Setup::fresh().with("--key-file", &key_file);
    let mut host = served.clone().on(&address("portal", "portal")).start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let (maria, elodie) = (staff::invite(&desk, &MARIA).await, staff::invite(&desk, &ELODIE).await);
    patient::activate(&host.portal, &MARIA, &maria, "maria84").await;

    follow(&mut place, "Back up");
    patient::activate(&host.portal, &ELODIE, &elodie, "elodie91").await;
    host.terminate();
    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
    let told = follow(&mut place, "Put it back");

    assert!(told.contains("the audit trail is whole"), "{told}");
    let host = served.on(&address("portal", "portal_restored")).start();
    assert!(patient::can_log_in(&host.portal, "maria84", PASSWORD).await);
    // As of the backup: the Portal ID that was used since is open again.
    assert!(!patient::can_log_in(&host.portal, "elodie91", PASSWORD).await);
    patient::activate(&host.portal, &ELODIE, &elodie, "elodie91").await;
    // As the owner, whose address was exported last.
    let removed = "psql -v ON_ERROR_STOP=1 -c 'DELETE FROM audit_entry' \"$PORTAL_DATABASE\"";
    let refused = place.shell(removed).output().expect("bash can be run");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("append-only"), "{refused:?}");
}
