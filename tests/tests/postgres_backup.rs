//! The commands of docs/postgresql.md, run as they stand there from making the database to putting a backup back:
//! the trail is whole, and who had an account by then logs in.

use portal_tests::artifacts::{artifacts, root};
use portal_tests::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD};
use portal_tests::{Setup, patient, staff};
use std::path::Path;
use std::process::{Command, Output};
use throwaway_postgres::{address_of, program, server};

/// The first block of this kind under this heading, but for the address that it names: the tests have another.
fn documented(heading: &str, kind: &str) -> String {
    let document = std::fs::read_to_string(root().join("docs/postgresql.md")).expect("the document");
    let (_, section) = document.split_once(&format!("## {heading}\n")).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let (_, block) = section.split_once(&format!("```{kind}\n")).expect("a block");
    let (block, _) = block.split_once("```").expect("its end");
    block.lines().filter(|line| !line.starts_with("export ")).map(|line| format!("{line}\n")).collect()
}

/// Runs a script in this folder, with PostgreSQL's programs and ours in the path.
fn run(script: &str, folder: &Path, database: &str) -> Output {
    let postgres = program("pg_dump");
    let folders = [&postgres, &artifacts().portal_host].map(|program| program.parent().expect("a folder"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = folders.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&path));
    Command::new("sh")
        .args(["-euc", script])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .env("PORTAL_DATABASE", database)
        .output()
        .expect("a shell")
}

fn succeeds(script: &str, folder: &Path, database: &str) -> String {
    let output = run(script, folder, database);
    let (told, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}{told}{said}");
    told.into_owned()
}

/// As a superuser, whom the document calls a user who may create roles and databases.
fn created(sql: &str, folder: &Path) {
    std::fs::write(folder.join("create.sql"), sql).expect("a file");
    succeeds("psql -v ON_ERROR_STOP=1 -f create.sql \"$PORTAL_DATABASE\"", folder, server().as_str());
}

#[tokio::test]
async fn a_backup_that_was_put_back_as_documented_is_whole_and_patients_log_in() {
    let setup = Setup::fresh();
    let (folder, owned) = (setup.folder().to_owned(), address_of("portal", Some("portal_owner")));
    created(&documented("Set it up", "sql"), &folder);
    succeeds(&documented("Set it up", "sh"), &folder, &owned);
    let key_file = folder.join("portal-state/host.key").display().to_string();
    let served = setup.with("--key-file", &key_file);
    let mut host = served.clone().on(&address_of("portal", Some("portal"))).start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let (maria, elodie) = (staff::invite(&desk, &MARIA).await, staff::invite(&desk, &ELODIE).await);
    patient::activate(&host.portal, &MARIA, &maria, "maria84").await;

    succeeds(&documented("Back up", "sh"), &folder, &owned);
    patient::activate(&host.portal, &ELODIE, &elodie, "elodie91").await;
    host.terminate();
    assert_eq!(host.wait().code(), Some(0), "{}", host.log());
    created(&documented("Put it back", "sql"), &folder);
    let restored = address_of("portal_restored", Some("portal_owner"));
    let told = succeeds(&documented("Put it back", "sh"), &folder, &restored);

    assert!(told.contains("the audit trail is whole"), "{told}");
    let host = served.on(&address_of("portal_restored", Some("portal"))).start();
    assert!(patient::can_log_in(&host.portal, "maria84", PASSWORD).await);
    // As of the backup: the Portal ID that was used since is open again.
    assert!(!patient::can_log_in(&host.portal, "elodie91", PASSWORD).await);
    patient::activate(&host.portal, &ELODIE, &elodie, "elodie91").await;
    let removed = "DELETE FROM audit_entry";
    let refused =
        run(&format!("psql -v ON_ERROR_STOP=1 -c '{removed}' \"$PORTAL_DATABASE\""), &folder, &restored);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("append-only"), "{refused:?}");
    drop(host);
    // For a server that is not thrown away.
    created(
        "DROP DATABASE portal_restored; DROP DATABASE portal; DROP ROLE portal; DROP ROLE portal_owner;",
        &folder,
    );
}
