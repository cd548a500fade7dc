//! What a document takes for granted where it says to type something: an installation that has been at work, a second
//! practice, a backup, a signature; and what has to be seen afterwards, beyond an end that is well.

use crate::allowed::subcommand;
use crate::place::{NOBODYS_KEY, Place};
use crate::server;
use portal_tests::artifacts::{real_component, target_folder};
use portal_tests::vendor::Vendor;
use std::fs;

const CONFIGURATION: &str = "--config /etc/portal-host/portal-host.toml";

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

/// Looks at what a command said that could end well and be of no use.
pub fn look(place: &Place, typed: &str, said: &str) {
    if typed == "cargo xtask dist" {
        return take_what_is_shipped(place);
    }
    let has_to_say = if typed.contains("plugin inspect") {
        "size "
    } else if typed.contains(" check ") && place.key.is_some() {
        ", signed"
    } else if typed.contains(" check ") {
        "ok      component"
    } else if typed.contains("audit verify") {
        " is whole: "
    } else if typed.contains("minisign -V") {
        "verified"
    } else if typed.contains("seed ") {
        "patients added"
    } else {
        return;
    };
    assert!(said.contains(has_to_say), "{typed}: {has_to_say:?} is not said: {said}");
}
