//! Backing up while the hosts serve, and putting a backup back: whole, private, and never over anything else.

use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::shared::on_postgres;
use portal_tests::visitor::Visitor;
use portal_tests::{Setup, patient, staff, trail};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command with a file, and what came of it.
fn with_file(setup: &Setup, command: &str, option: &str, file: &Path) -> Output {
    setup.run(&[command, option, file.to_str().expect("a path")])
}

fn backup(setup: &Setup, to: &Path) -> Output {
    with_file(setup, "backup", "--output", to)
}

fn restore(setup: &Setup, from: &Path) -> Output {
    with_file(setup, "restore", "--from", from)
}

fn verify(setup: &Setup) -> Output {
    setup.run(&["audit", "verify"])
}

/// A backup of a fresh installation with nobody at work, and what it is of.
fn quiet() -> (Setup, PathBuf) {
    let setup = Setup::fresh();
    setup.make();
    let file = setup.folder().join("portal.backup");
    let made = backup(&setup, &file);
    assert!(made.status.success(), "{}", said(&made));
    (setup, file)
}

/// Another machine, with nothing but the key file of the first.
fn elsewhere(of: &Setup) -> Setup {
    let new = Setup::fresh();
    fs::create_dir(new.folder().join("state")).expect("a folder");
    let key = "state/host.key";
    fs::copy(of.folder().join(key), new.folder().join(key)).expect("the key file");
    new
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir()
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_are_at_work_is_whole_and_patients_log_in_where_it_is_put_back() {
    let host = Setup::fresh().with("--trusted-proxy", "127.0.0.1").start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    let seans = staff::invite(&desk, &SEAN).await;
    let (stop, tries) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let crowd = (0..4).map(|n| {
        let (stop, tries, portal) = (Arc::clone(&stop), Arc::clone(&tries), host.portal.clone());
        tokio::spawn(async move {
            for m in 0..200 {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let visitor = Visitor::from_address(&format!("10.{n}.{m}.1"), &portal);
                patient::log_in(&visitor, &format!("nobody{n}x{m}"), "a password of nobody").await;
                tries.fetch_add(1, Ordering::Relaxed);
            }
        })
    });
    let crowd: Vec<_> = crowd.collect();
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first.backup"), folder.path().join("second.backup"));

    let before = tries.load(Ordering::Relaxed);
    let begun = Instant::now();
    loop {
        let made = backup(&host.setup, &first);
        assert!(made.status.success(), "{}", said(&made));
        if tries.load(Ordering::Relaxed) > before {
            break;
        }
        // It was done before anybody else was.
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody was at work meanwhile");
        fs::remove_file(&first).expect("our own file");
    }
    let made = backup(&host.setup, &second);
    assert!(made.status.success(), "{}", said(&made));
    assert!(String::from_utf8_lossy(&made.stdout).contains("whole copy"), "{made:?}");
    stop.store(true, Ordering::Relaxed);
    for one in crowd {
        one.await.expect("the crowd goes home");
    }
    assert_eq!(names_in(folder.path()), ["first.backup", "second.backup"]);
    assert_eq!(fs::metadata(&second).expect("the backup").permissions().mode() & 0o777, 0o600);
    assert!(verify(&host.setup).status.success(), "the original is as it was");

    let new = elsewhere(&host.setup);
    let restored = restore(&new, &second);

    assert!(restored.status.success(), "{}", said(&restored));
    let verified = verify(&new);
    assert!(verified.status.success(), "{}", said(&verified));
    let trail = trail::exported(&new, &[]);
    let noted = trail.iter().find(|entry| entry.action == "practice.backup-restored").expect("on record");
    assert!(noted.kind == "system" && noted.detail.contains(" entries up to 20"), "{noted:?}");
    let beside = names_in(new.folder());
    assert!(!beside.iter().any(|name| name.contains("unfinished")), "{beside:?}");
    let host = new.start();
    assert!(patient::can_log_in(&host.portal, "maria", PASSWORD).await);
    patient::activate(&host.portal, &SEAN, &seans, "sean").await;
    let file = new.folder().join("portal.db");
    assert_eq!(fs::metadata(file).expect("the database").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_backup_overwrites_nothing_and_leaves_nothing_half_done() {
    let (setup, file) = quiet();
    let taken = fs::read(&file).expect("the backup");

    let again = backup(&setup, &file);
    let nowhere = backup(&setup, &setup.folder().join("no-such-folder/portal.backup"));

    for (refused, why) in [(&again, "portal.backup is there already"), (&nowhere, "cannot be made")] {
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(refused).contains(why), "{}", said(refused));
    }
    assert_eq!(fs::read(&file).expect("the backup"), taken);
    assert!(!names_in(setup.folder()).iter().any(|name| name.contains("unfinished")));
}

#[test]
fn a_copy_whose_trail_was_altered_is_called_no_backup() {
    let (setup, file) = quiet();
    fs::remove_file(&file).expect("the backup");
    assert!(setup.run(&["policy", "--set", "idle-minutes=31"]).status.success());
    let database = setup.folder().join("portal.db");
    let mut bytes = fs::read(&database).expect("the database");
    let detail = b" -> 31";
    let at = (0..bytes.len() - detail.len()).find(|at| bytes[*at..].starts_with(detail));
    bytes[at.expect("an entry of the trail") + detail.len() - 1] ^= 1;
    fs::write(&database, bytes).expect("the database");

    let refused = backup(&setup, &file);

    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(said(&refused).contains("is not as it was written"), "{}", said(&refused));
    assert!(!file.exists());
}

#[test]
fn a_backup_is_put_back_only_where_nothing_is() {
    let (setup, file) = quiet();
    let database = setup.folder().join("portal.db");
    let before = fs::read(&database).expect("the database");

    let refused = restore(&setup, &file);

    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("portal.db is there already"), "{}", said(&refused));
    assert_eq!(fs::read(&database).expect("the database"), before);
    // What an older one left would be taken for the new one's.
    let new = elsewhere(&setup);
    fs::write(new.folder().join("portal.db-wal"), b"left over").expect("a file");
    let refused = restore(&new, &file);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("portal.db-wal is still there"), "{}", said(&refused));
    assert!(!new.folder().join("portal.db").exists());
}

#[test]
fn a_backup_is_not_put_back_under_a_host_that_serves() {
    let (setup, file) = quiet();
    let host = setup.start();

    let other = setup.clone().on(&format!("sqlite:{}", setup.folder().join("other.db").display()));
    let refused = restore(&other, &file);

    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("a host is serving"), "{}", said(&refused));
    assert!(!setup.folder().join("other.db").exists());
    drop(host);
}

#[test]
fn with_another_key_file_or_none_a_backup_is_not_put_back() {
    let (_kept, file) = quiet();
    let (other, _) = quiet();

    let without = Setup::fresh();
    let refused = restore(&without, &file);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("there is no key file"), "{}", said(&refused));
    let wrong = elsewhere(&other);
    let refused = restore(&wrong, &file);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("belongs to another key file"), "{}", said(&refused));

    for setup in [without, wrong] {
        assert!(!names_in(setup.folder()).iter().any(|name| name.starts_with("portal.db")));
    }
}

#[test]
fn what_is_no_backup_is_not_put_back() {
    let (setup, _) = quiet();
    let new = elsewhere(&setup);
    let garbage = new.folder().join("garbage.backup");
    fs::write(&garbage, b"somebody's letter. ".repeat(500)).expect("a file");

    for (file, why) in [(garbage, "garbage.backup"), (new.folder().join("missing.backup"), "missing.backup")]
    {
        let refused = restore(&new, &file);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(why), "{}", said(&refused));
        assert!(!new.folder().join("portal.db").exists());
    }
}

#[tokio::test]
async fn where_a_newer_checkpoint_is_kept_it_says_that_something_is_lost_and_the_trail_goes_on_from_the_backup()
 {
    let (setup, file) = quiet();
    let mut host = setup.start();
    staff::sign_in(&host.ehr, FRONT_DESK).await;
    host.terminate();
    assert!(host.wait().success());
    for name in names_in(setup.folder()).iter().filter(|name| name.starts_with("portal.db")) {
        fs::remove_file(setup.folder().join(name)).expect("the disk is lost");
    }

    let restored = restore(&setup, &file);

    assert!(restored.status.success(), "{}", said(&restored));
    let told = String::from_utf8_lossy(&restored.stdout).into_owned();
    assert!(told.contains("what was done since is not in it"), "{told}");
    let state = setup.folder().join("state").read_dir().expect("the state folder").flatten();
    let aside =
        state.filter(|it| it.file_name().to_string_lossy().starts_with("audit.checkpoint.before-restore-"));
    assert_eq!(aside.count(), 1);
    let mut host = setup.start();
    staff::sign_in(&host.ehr, FRONT_DESK).await;
    host.terminate();
    assert!(host.wait().success());
    let verified = verify(&setup);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_both_say_which_programs_to_use() {
    let setup = on_postgres().await;
    let (_kept, file) = quiet();

    let out = backup(&setup, &setup.folder().join("portal.backup"));
    let to = format!("{}_new", setup.database.split('?').next().expect("an address"));
    let into = restore(&setup.clone().on(&to), &file);

    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("pg_dump"), "{}", said(&out));
    assert_eq!(into.status.code(), Some(1));
    assert!(!setup.folder().join("portal.backup").exists());
}
