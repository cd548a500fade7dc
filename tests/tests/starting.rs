//! Starting, failing to start, stopping and dying: what the operator is told, and what is kept.

use portal_tests::artifacts::{patched, real_component};
use portal_tests::patient;
use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff;
use portal_tests::visitor::Visitor;
use portal_tests::{Setup, raw};
use std::net::TcpListener;
use std::path::PathBuf;
use tokio::io::AsyncWriteExt;

/// Words that tell of a panic or a bare error value instead of a sentence.
const NOT_FOR_PEOPLE: [&str; 6] = ["panicked", "RUST_BACKTRACE", "Some(", "Err(", "unwrap", "Os {"];

/// Expects a host to give up, and what it says to name `what`.
fn gives_up_naming(setup: &Setup, what: &[&str]) -> String {
    let output = setup.expect_failure();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty(), "it said it was ready");
    for what in what {
        assert!(said.contains(what), "{what:?} is not named: {said}");
    }
    for stray in NOT_FOR_PEOPLE {
        assert!(!said.contains(stray), "{stray:?} is said: {said}");
    }
    said
}

/// A component made of these bytes.
fn component(bytes: &[u8]) -> Setup {
    let mut setup = Setup::fresh();
    let path = setup.folder().join("odd.wasm");
    std::fs::write(&path, bytes).expect("a file");
    setup.component = path;
    setup
}

#[test]
fn a_folder_in_place_of_the_database_is_named() {
    let mut setup = Setup::fresh();
    let folder = setup.folder().join("a-folder");
    std::fs::create_dir(&folder).expect("a folder");
    setup.database = format!("sqlite:{}", folder.display());

    gives_up_naming(&setup, &["error:", "a-folder"]);
}

#[test]
fn a_file_that_is_no_database_is_named_and_left_alone() {
    let mut setup = Setup::fresh();
    let file = setup.folder().join("garbage.db");
    let garbage = b"this is not a database at all, but somebody's letter. ".repeat(200);
    std::fs::write(&file, &garbage).expect("a file");
    setup.database = format!("sqlite:{}", file.display());

    gives_up_naming(&setup, &["error:", "garbage.db"]);

    assert_eq!(std::fs::read(&file).expect("the file"), garbage);
}

#[test]
fn a_database_of_a_kind_not_known_is_named() {
    let mut setup = Setup::fresh();
    // Only the scheme: an address may hold a password.
    setup.database = "oracle://planted:planted@somewhere".to_owned();

    let said = gives_up_naming(&setup, &["error:", "oracle", "sqlite:"]);

    assert!(!said.contains("planted"), "{said}");
}

#[test]
fn an_address_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = taken.local_addr().expect("an address").to_string();
    for of in ["ehr", "portal"] {
        let mut setup = Setup::fresh();
        match of {
            "ehr" => setup.ehr.clone_from(&address),
            _ => setup.portal.clone_from(&address),
        }

        gives_up_naming(&setup, &["error:", &address, "in use"]);
    }
}

#[test]
fn a_missing_component_is_named() {
    let mut setup = Setup::fresh();
    setup.component = PathBuf::from("/nowhere/at-all.wasm");

    gives_up_naming(&setup, &["error:", "/nowhere/at-all.wasm"]);
}

#[test]
fn a_component_that_was_copied_in_part_is_told_apart() {
    let whole = real_component();
    for length in [0, 4, 12, whole.len() / 2, whole.len() - 1] {
        gives_up_naming(&component(&whole[..length]), &["error:", "odd.wasm", "not a WebAssembly component"]);
    }
}

#[test]
fn a_file_that_is_not_webassembly_is_told_apart() {
    for bytes in [&b"#!/bin/sh\necho hello\n"[..], b"\x7fELF\x02\x01\x01", &[0; 4096]] {
        gives_up_naming(&component(bytes), &["error:", "odd.wasm", "not a WebAssembly component"]);
    }
}

#[test]
fn a_core_module_is_told_apart() {
    gives_up_naming(&component(b"\0asm\x01\0\0\0"), &["error:", "odd.wasm", "not a WebAssembly component"]);
}

#[test]
fn a_component_without_the_exports_is_told_apart() {
    // An empty component: well-formed, and it gives nothing.
    gives_up_naming(&component(b"\0asm\x0d\0\x01\0"), &["error:", "odd.wasm", "staff-tab"]);
}

#[test]
fn a_component_built_for_another_version_of_the_contract_is_named_with_its_import() {
    let other = patched("ehr:patient-portal/accounts@0.1.2", "ehr:patient-portal/accounts@0.9.1");

    gives_up_naming(&component(&other), &["error:", "odd.wasm", "another version", "accounts@0.9.1"]);
}

#[test]
fn a_component_built_for_another_version_of_the_contract_is_named_with_its_export() {
    let other = patched("ehr:patient-portal/staff-tab@0.1.2", "ehr:patient-portal/staff-tab@0.9.1");

    gives_up_naming(&component(&other), &["error:", "odd.wasm", "another version", "staff-tab"]);
}

#[test]
fn a_component_whose_functions_have_other_types_is_refused_before_anybody_asks_them() {
    let other = patched("left-out", "left-off");

    gives_up_naming(&component(&other), &["error:", "odd.wasm", "another version"]);
}

#[test]
fn a_component_that_asks_for_more_than_the_contract_lends_is_refused() {
    let greedy = patched("ehr:patient-portal/patients@0.1.2", "ehr:patient-portal/password@0.1.2");

    gives_up_naming(&component(&greedy), &["error:", "odd.wasm", "patient-portal/password"]);
}

#[test]
fn a_flipped_byte_never_starts_a_host_that_crashes() {
    let whole = real_component();
    for nth in 1..=8 {
        let mut bytes = whole.clone();
        let at = whole.len() / 9 * nth;
        bytes[at] ^= 0xFF;
        let setup = component(&bytes);
        // A flip in a name section or a text may well still load: then it serves.
        let output = std::panic::catch_unwind(|| drop(setup.start()));
        let said = setup.log();
        assert!(!said.contains("panicked"), "{said}");
        if output.is_err() {
            assert!(said.contains("error:") && said.contains("odd.wasm"), "byte {at}: {said}");
        }
    }
}

#[tokio::test]
async fn a_second_start_on_the_same_state_keeps_everything() {
    let setup = Setup::fresh();
    let first = setup.start();
    let desk = staff::sign_in(&first.ehr, FRONT_DESK).await;
    let used = staff::invite(&desk, &MARIA).await;
    patient::activate(&first.portal, &MARIA, &used, "maria").await;
    let open = staff::invite(&desk, &SEAN).await;
    drop(first);

    let second = setup.start();

    assert!(patient::can_log_in(&second.portal, "maria", PASSWORD).await);
    patient::activate(&second.portal, &SEAN, &open, "sean").await;
    let desk = staff::sign_in(&second.ehr, FRONT_DESK).await;
    assert!(staff::open_tab(&desk, &MARIA).await.says("Active since"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_killed_midway_has_kept_what_it_acknowledged() {
    let setup = Setup::fresh();
    let mut host = setup.start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let maria = staff::invite(&desk, &MARIA).await;
    let sean = staff::invite(&desk, &SEAN).await;
    patient::activate(&host.portal, &MARIA, &maria, "maria").await;
    // Others are at work when the power goes.
    let busy = Visitor::at(&host.portal);
    busy.get("/").await;
    let noise = tokio::spawn(async move {
        for n in 0..60 {
            let someone = format!("someone{n}");
            let (token, login) = (busy.form_token().unwrap_or_default(), format!("{}/login", busy.base()));
            let form =
                [("form_token", token.as_str()), ("username", &*someone), ("password", "not the right one")];
            if busy.client().post(login).form(&form).send().await.is_err() {
                return;
            }
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    host.kill();
    noise.await.expect("the noise ends");

    let again = setup.start();

    assert!(patient::can_log_in(&again.portal, "maria", PASSWORD).await);
    patient::activate(&again.portal, &SEAN, &sean, "sean").await;
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_is_under_way_and_exits_with_zero() {
    let setup = Setup::fresh();
    let mut host = setup.start();
    let visitor = Visitor::at(&host.portal);
    let page = visitor.get("/").await;
    let token = visitor.form_token().expect("a form");
    let cookie = page.headers["set-cookie"].to_str().expect("a cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    // A request under way: its head is there, its body is not yet.
    let mut under_way = raw::connect(&host.portal).await;
    let authority = host.portal.trim_start_matches("http://").to_owned();
    let body = format!("form_token={token}&username=maria&password=some+long+password");
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Cookie: {cookie}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    under_way.write_all(head.as_bytes()).await.expect("a head");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;

    host.terminate();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(tokio::net::TcpStream::connect(&authority).await.is_err(), "it still takes new visitors");
    under_way.write_all(body.as_bytes()).await.expect("a body");
    let answer = raw::read(&mut under_way).await;
    drop(under_way);

    assert!(answer.contains("do not match"), "{answer}");
    assert_eq!(host.wait().code(), Some(0), "{}", setup.log());
}

#[tokio::test]
async fn told_to_stop_while_idle_it_ends_at_once() {
    let mut host = Setup::fresh().start();
    let idle = raw::connect(&host.portal).await;
    let begun = std::time::Instant::now();

    host.terminate();

    assert_eq!(host.wait().code(), Some(0));
    assert!(begun.elapsed() < std::time::Duration::from_secs(15), "an idle connection holds it up");
    drop(idle);
}
