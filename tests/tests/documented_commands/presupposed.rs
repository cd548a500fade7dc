//! What a document takes for granted where it says to type something: an installation that has been at work, a second
//! practice, a backup, a signature; and what has to be seen afterwards, beyond an end that is well.

use crate::allowed::subcommand;
use crate::place::{NOBODYS_KEY, Place};
use crate::server;
use portal_tests::artifacts::{real_component, root, target_folder};
use portal_tests::tree::files;
use portal_tests::vendor::Vendor;
use std::fs;

const CONFIGURATION: &str = "--config /etc/portal-host/portal-host.toml";

/// A database that is not where a host keeps its own.
const OTHER_DATABASE: &str = "--database sqlite:sandbox.db";

/// Whether it is a command about an installation that is there.
fn is_about_one(typed: &str) -> bool {
    ["audit", "keys", "backup", "policy", "restore"].contains(&subcommand(typed))
}

/// Makes what is needed for this command.
pub fn make(place: &mut Place, typed: &str) {
    if is_about_one(typed) && !place.of("here/portal-state").exists() {
        place.types("portal-host seed --patients 3");
        place.types(&format!("portal-host seed --patients 3 {CONFIGURATION}"));
    }
    if is_about_one(typed) && typed.contains(OTHER_DATABASE) {
        place.types(&format!("portal-host seed --patients 3 {OTHER_DATABASE}"));
    }
    if typed.starts_with("mv new/") {
        fs::create_dir(place.of("here/new")).expect("a folder");
        let vendor = Vendor::new();
        let component = place.of("here/new/patient-portal.wasm");
        fs::write(&component, real_component()).expect("a component");
        vendor.sign_beside(&component, &real_component());
        place.key = Some(vendor.key());
    }
    if typed.contains("--example leaks ") {
        // A run that kept logs.
        place.types("cargo xtask test --test require_edit_right");
    }
    if typed.contains("--practice hillside") {
        place.is_configured_as("docs/several-practices.toml");
        if is_about_one(typed) {
            let seed = format!("portal-host seed --patients 3 --practice hillside {CONFIGURATION}");
            place.types(&seed);
            place.types(&format!("{seed} --state portal-state"));
        }
    }
    if typed.contains(" restore ") {
        a_backup(place, typed);
    }
    if typed.contains("--key-file host.key") && !place.of("here/host.key").exists() {
        fs::copy(place.of("here/portal-state/host.key"), place.of("here/host.key")).expect("a key file");
    }
    if typed.contains("postgres://owner@") {
        // Another page may have had one.
        let anew = "DROP DATABASE IF EXISTS portal_of_owner; CREATE DATABASE portal_of_owner;";
        server::tell(anew).unwrap_or_else(|why| panic!("{why}"));
    }
    if (typed.contains("RW…") || typed.contains(NOBODYS_KEY)) && place.key.is_none() {
        place.key = Some(a_key(place));
    }
}

/// A backup of an installation whose database is then gone: one that the document has said to take, or else a new one.
fn a_backup(place: &mut Place, typed: &str) {
    let configured = typed.contains("--config ");
    let backup = place.of("backup/portal-2026-01-31.db");
    let taken = fs::read_dir(place.of("backup")).expect("a folder").flatten().next();
    match taken {
        Some(taken) if configured => fs::rename(taken.path(), &backup).expect("a backup"),
        other => {
            other.into_iter().for_each(|other| fs::remove_file(other.path()).expect("one of another"));
            let of = if configured { CONFIGURATION } else { "" };
            place.types(&format!("portal-host backup --output /backup/portal-2026-01-31.db {of}"));
        }
    }
    let state = place.of(if configured { "var" } else { "here/portal-state" });
    if typed.contains("--key-file host.key") {
        // Another machine, with what was kept apart.
        fs::copy(backup, place.of("here/portal-2026-01-31.db")).expect("a backup");
        fs::copy(state.join("host.key"), place.of("here/host.key")).expect("a key file");
        return fs::remove_dir_all(state).expect("nothing else is there");
    }
    for file in fs::read_dir(state).expect("the state folder").flatten() {
        if file.file_name().to_string_lossy().starts_with("sandbox.db") {
            fs::remove_file(file.path()).expect("it is moved away");
        }
    }
}

/// Whose signature is beside the component: of whoever made one there, or of a new vendor.
fn a_key(place: &Place) -> String {
    if let Ok(public) = fs::read_to_string(place.of("here/patient-portal.pub")) {
        return public.lines().nth(1).expect("its second line").to_owned();
    }
    let vendor = Vendor::new();
    vendor.sign_beside(&place.of("here/patient-portal.wasm"), &real_component());
    vendor.key()
}

/// What follows is done with the component that was gathered.
fn take_what_is_shipped(place: &Place) {
    let gathered = target_folder().join("dist-quick");
    for beside in ["portal-host", "portal-host.toml", "wit/world.wit"] {
        assert!(gathered.join(beside).is_file(), "{beside} is not there");
    }
    fs::copy(gathered.join("patient-portal.wasm"), place.of("here/patient-portal.wasm"))
        .expect("the component");
}

/// What an export begins with.
const COLUMNS: &str = "time,action,by,name,";

/// What a command says that did what it is for, by what is in it: the first that fits counts.
const SAYS: [(&str, &str); 18] = [
    ("plugin inspect", "size "),
    ("audit verify", " is whole: "),
    ("minisign -V", "verified"),
    ("portal-host seed ", "patients added"),
    ("--version", "portal-host "),
    ("--help", "Examples:"),
    ("help seed", "Examples:"),
    ("xtask component", "shipped/patient-portal.wasm"),
    ("xtask host", "debug/portal-host"),
    ("xtask bench", "Goals "),
    ("xtask simulate", "everybody has to stay at or below the bound"),
    ("xtask timing", "requests of each kind"),
    ("xtask reliability --from ", "faults              none"),
    ("xtask reliability --soak ", "open files "),
    ("xtask reliability", "lost or doubled     nothing"),
    ("--example leaks", " hold 0 of "),
    ("xtask fuzz", " 100 times"),
    ("cargo bench", "page\n"),
];

/// Looks at what a command said or wrote that could end well and be of no use.
pub fn look(place: &Place, typed: &str, said: &str) {
    if typed == "cargo xtask dist" {
        return take_what_is_shipped(place);
    }
    for (chore, page) in
        [("cargo xtask words", "docs/words.md"), ("cargo xtask contract", "docs/contract.md")]
    {
        if typed == chore {
            let read = |path| fs::read_to_string(path).expect("the page");
            assert!(read(place.of("here").join(page)) == read(root().join(page)), "{page} is out of date");
        }
    }
    if typed.contains("cargo test ") || typed.contains("xtask test ") || typed.ends_with("xtask test") {
        let passed = passed(said);
        let is_one = typed.contains(" NAME") || typed.contains("PORTAL_TEST_POSTGRES_URL");
        assert!(passed == 1 || (passed > 1 && !is_one), "{typed}: {passed} passed: {said}");
    }
    if typed.starts_with("INSTA_UPDATE=") {
        snapshots_are_as_they_were(place);
    }
    if let Some((_, file)) = typed.split_once("--output ").filter(|_| typed.contains("--format csv")) {
        let file = file.split(' ').next().expect("a name");
        let export = fs::read_to_string(place.of("here").join(file)).expect("the export");
        assert!(export.starts_with(COLUMNS), "{typed}: {export}");
    }
    let has_to_say = if typed.contains(" check ") && !typed.starts_with("cargo ") {
        if place.key.is_some() { ", signed" } else { "ok      component" }
    } else if let Some((_, says)) = SAYS.iter().find(|(part, _)| typed.contains(part)) {
        says
    } else {
        return;
    };
    assert!(said.contains(has_to_say), "{typed}: {has_to_say:?} is not said: {said}");
}

/// How many tests passed.
fn passed(said: &str) -> usize {
    let results =
        said.lines().filter_map(|line| line.split_once("test result: ok. ")?.1.split_once(" passed"));
    results.map(|(count, _)| count.parse::<usize>().expect("a number")).sum()
}

/// Whatever was accepted, that which `cargo.sh` had spoiled too, is what was committed.
fn snapshots_are_as_they_were(place: &Place) {
    let copy = place.of("here/copy");
    let copied = files(&copy, &[".snap"]);
    assert!(copied.len() > 10, "{copied:?}");
    for copied in copied {
        let committed = root().join(copied.strip_prefix(&copy).expect("below it"));
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        assert!(read(&copied) == read(&committed), "{} has changed", committed.display());
    }
}
