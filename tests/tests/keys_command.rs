//! The key file and `portal-host keys rotate`: who may read it, and that nothing is lost when it changes,
//! is the wrong one, or the power fails in between.

use portal_tests::people::{ALMA, ELODIE, FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, patient, staff, trail};
use sqlx::Connection;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn key_file(setup: &Setup) -> PathBuf {
    setup.folder().join("state/host.key")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The numbers of the keys in the file, the current one last.
fn keys_in(setup: &Setup) -> Vec<u32> {
    let file = fs::read_to_string(key_file(setup)).expect("the key file");
    let keys = file.lines().filter(|line| !line.starts_with('#'));
    keys.map(|key| key.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")).collect()
}

/// Runs a command that must succeed; what it printed.
fn run(setup: &Setup, arguments: &[&str]) -> String {
    let output = setup.run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    String::from_utf8(output.stdout).expect("words")
}

fn stop(mut host: Installation) {
    host.terminate();
    assert!(host.wait().success(), "{}", host.log());
}

#[test]
fn the_key_file_is_made_for_its_owner_alone_and_refused_when_others_may_read_it() {
    let setup = Setup::fresh();
    setup.make();
    let file = key_file(&setup);
    let mode = || fs::metadata(&file).expect("the key file").permissions().mode() & 0o7777;
    assert_eq!(mode(), 0o600);
    let keys = fs::read(&file).expect("the key file");

    for open in [0o640, 0o604] {
        fs::set_permissions(&file, Permissions::from_mode(open)).expect("our own file");
        for arguments in [["audit", "verify"].as_slice(), &["keys", "rotate"], &["policy"]] {
            let refused = setup.run(arguments);
            assert_eq!(refused.status.code(), Some(1), "{arguments:?} with mode {open:o}");
            let (said, fix) = (said(&refused), format!("chmod 600 {}", file.display()));
            assert!(said.contains("others than its owner may read") && said.contains(&fix), "{said}");
        }
        let refused = setup.expect_failure();
        assert!(said(&refused).contains("chmod 600"), "{}", said(&refused));
        assert_eq!((mode(), fs::read(&file).expect("the key file")), (open, keys.clone()));
    }
    fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("our own file");
    trail::assert_whole(&setup);
}

#[tokio::test]
async fn after_a_rotation_and_another_one_everything_that_was_kept_still_works() {
    let setup = Setup::fresh();
    let mut host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let used = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &used, "maria").await;
    let open = [staff::invite(&desk, &SEAN).await, staff::invite(&desk, &ELODIE).await];
    let refused = setup.run(&["keys", "rotate"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("a host is serving from"), "{}", said(&refused));
    assert_eq!(keys_in(&setup), [1]);

    for (number, person) in [(2, &SEAN), (3, &ELODIE)] {
        stop(host);
        let told = run(&setup, &["keys", "rotate"]);
        let waiting = 4 - number;
        let expected = format!(
            "key {number} is the current key; {waiting} open Portal IDs and 0 second factors and recovery codes are \
             sealed with it"
        );
        assert!(told.starts_with(&expected), "{told}");
        assert_eq!(keys_in(&setup), (1..=number).collect::<Vec<_>>());
        let mode = fs::metadata(key_file(&setup)).expect("the key file").permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
        trail::assert_whole(&setup);

        host = setup.start();
        let rehashed = || {
            let trail = trail::exported(&setup, &[]);
            let of = |action| trail::counted(&trail).get(action).copied().unwrap_or_default();
            (of("password.rehashed"), of("staff.password-rehashed"))
        };
        let before = rehashed();
        let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
        let id = &open[usize::try_from(number).expect("a small number") - 2];
        assert_eq!(staff::portal_id(&staff::open_tab(&desk, person).await).as_ref(), Some(id));
        patient::activate(&host.portal, person, id, &format!("patient{number}")).await;
        assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
        assert!(!patient::can_log_in(&host.portal, "maria", "quite another password").await);
        assert_eq!(rehashed(), (before.0 + 1, before.1 + 1), "once each, under the new key");
        staff::sign_in(&host.ehr, FRONT_DESK).await;
        assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
        assert_eq!(rehashed(), (before.0 + 1, before.1 + 1), "again though the key is the same");
    }
    stop(host);
    trail::assert_whole(&setup);
}

#[tokio::test]
async fn a_key_file_of_another_installation_is_noticed_and_nothing_is_lost() {
    let (setup, elsewhere) = (Setup::fresh(), Setup::fresh());
    elsewhere.make();
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let used = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &used, "maria").await;
    let id = staff::invite(&desk, &SEAN).await;
    stop(host);
    let right = fs::read(key_file(&setup)).expect("the key file");
    fs::copy(key_file(&elsewhere), key_file(&setup)).expect("another key");

    let refused = setup.run(&["audit", "verify"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("belongs to another key file"), "{}", said(&refused));
    for refused in [setup.run(&["keys", "rotate"]), setup.expect_failure()] {
        assert_eq!(refused.status.code(), Some(1), "went on with keys that open nothing");
        assert!(said(&refused).contains("belongs to another key file"), "{}", said(&refused));
    }

    fs::write(key_file(&setup), &right).expect("the right key");
    trail::assert_whole(&setup);
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    assert_eq!(staff::portal_id(&staff::open_tab(&desk, &SEAN).await).as_ref(), Some(&id));
    patient::activate(&host.portal, &SEAN, &id, "sean").await;
    assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
}

#[test]
fn a_key_file_that_cannot_be_understood_is_named_by_its_line_and_left_alone() {
    let setup = Setup::fresh();
    setup.make();
    let right = fs::read(key_file(&setup)).expect("the key file");
    let cut_off = &right[..right.len() - 20];
    fs::write(key_file(&setup), cut_off).expect("our own file");

    for refused in [setup.run(&["audit", "verify"]), setup.run(&["keys", "rotate"]), setup.expect_failure()] {
        assert_eq!(refused.status.code(), Some(1));
        let said = said(&refused);
        assert!(said.contains("restore it from a backup") && said.contains("line 3"), "{said}");
        let digits = String::from_utf8_lossy(&cut_off[cut_off.len() - 40..]).into_owned();
        assert!(!said.contains(digits.trim()), "the key is repeated: {said}");
    }

    assert_eq!(fs::read(key_file(&setup)).expect("the key file"), cut_off);
    fs::write(key_file(&setup), &right).expect("our own file");
    trail::assert_whole(&setup);
}

#[tokio::test]
async fn a_rotation_cut_off_by_a_power_failure_loses_nothing_and_is_done_by_running_it_again() {
    let setup = Setup::fresh();
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let used = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &used, "maria").await;
    let (seans, almas) = (staff::invite(&desk, &SEAN).await, staff::invite(&desk, &ALMA).await);
    stop(host);

    cut_off_half_way(&setup).await;

    // The new key is in the file, and everything in the database is under the old one.
    assert_eq!(keys_in(&setup), [1, 2]);
    assert_eq!(trail::counted(&trail::exported(&setup, &[])).get("keys.rotated"), None);
    trail::assert_whole(&setup);
    let host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    assert_eq!(staff::portal_id(&staff::open_tab(&desk, &SEAN).await).as_ref(), Some(&seans));
    patient::activate(&host.portal, &SEAN, &seans, "sean").await;
    stop(host);

    let told = run(&setup, &["keys", "rotate"]);

    assert!(told.starts_with("key 3 is the current key; 1 open Portal IDs"), "{told}");
    trail::assert_whole(&setup);
    let host = setup.start();
    for username in ["maria", "sean"] {
        assert!(patient::can_log_in(&host.portal, username, PASSWORD).await, "{username}");
    }
    patient::activate(&host.portal, &ALMA, &almas, "alma").await;
    assert!(patient::is_home(&patient::log_in(&Visitor::at(&host.portal), "alma", PASSWORD).await));
}

/// Begins a rotation and kills it once the new key is in the key file, before the database was touched:
/// somebody else is writing there all the while.
async fn cut_off_half_way(setup: &Setup) {
    let mut other = sqlx::SqliteConnection::connect(&setup.database).await.expect("the database");
    let writing = other.begin_with("BEGIN IMMEDIATE").await.expect("the right to write");
    let mut rotating = rotating(setup);
    let begun = Instant::now();
    while keys_in(setup).len() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(20), "no new key in the file");
        assert!(rotating.try_wait().expect("it can be watched").is_none(), "it gave up");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    rotating.kill().expect("it can be killed");
    assert!(!rotating.wait().expect("its end").success());
    writing.rollback().await.expect("nothing was written");
}

fn rotating(setup: &Setup) -> Child {
    Command::new(&portal_tests::artifacts::artifacts().portal_host)
        .args(["keys", "rotate", "--database", &setup.database, "--state"])
        .arg(setup.folder().join("state"))
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("portal-host can be run")
}
