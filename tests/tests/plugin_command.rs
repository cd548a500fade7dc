//! What an operator learns about a component before it is served, and that no other is served than was pinned.

use portal_host::signature_beside;
use portal_tests::Setup;
use portal_tests::artifacts::{artifacts, patched, real_component};
use portal_tests::vendor::Vendor;
use portal_tests::versions::{put, replaceable};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What `sha256sum` says of the file.
fn sha256sum(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().expect("sha256sum");
    String::from_utf8_lossy(&output.stdout).split(' ').next().expect("a digest").to_owned()
}

fn inspect(path: &Path) -> (Option<i32>, String, String) {
    inspect_with(path, &[])
}

fn inspect_with(path: &Path, options: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(&artifacts().portal_host)
        .args(["plugin", "inspect"])
        .arg(path)
        .args(options)
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .output()
        .expect("portal-host can be run");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A file of these bytes in a folder of a setup's.
fn inspected(bytes: &[u8]) -> (Option<i32>, String, String) {
    let setup = Setup::fresh();
    let path = setup.folder().join("odd.wasm");
    std::fs::write(&path, bytes).expect("a file");
    inspect(&path)
}

#[test]
fn the_portals_component_is_described_and_can_be_loaded() {
    let path = &artifacts().component;

    let (code, shown, said) = inspect(path);

    assert_eq!((code, said.as_str()), (Some(0), ""));
    let size = std::fs::metadata(path).expect("the component").len();
    for line in [
        &format!("size      {size} bytes"),
        &format!("sha-256   {}", sha256sum(path)),
        "signature none",
        "contract  0.1.2",
        "imports   ehr:patient-portal/accounts@0.1.2",
        "exports   ehr:patient-portal/staff-tab@0.1.2",
        "exports   ehr:patient-portal/patient-pages@0.1.2",
        "this host can load it",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
    }
}

#[test]
fn a_component_of_an_older_contract_is_described_and_can_be_loaded() {
    let (code, shown, said) = inspect(&artifacts().faulty_component);

    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(
        shown.contains("contract  0.1.0\n") && shown.contains("exports   ehr:patient-portal/staff-tab@0.1.0")
    );
}

#[test]
fn what_cannot_be_loaded_is_described_as_far_as_it_can_be_and_it_says_why_not() {
    let whole = std::fs::read(&artifacts().component).expect("the component was built");
    for (bytes, contract, why) in [
        (&b"\0asm\x01\0\0\0"[..], "none", "not a WebAssembly component"),
        (b"\0asm\x0d\0\x01\0", "none", "staff-tab"),
        (b"#!/bin/sh\necho \x1b[31mhello\n", "none", "not a WebAssembly component"),
        (b"", "none", "not a WebAssembly component"),
        (&whole[..whole.len() / 2], "none", "not a WebAssembly component"),
    ] {
        let (code, shown, said) = inspected(bytes);

        assert_eq!(code, Some(1), "{shown}");
        assert!(shown.contains(&format!("size      {} bytes\n", bytes.len())), "{shown}");
        assert!(shown.contains(&format!("contract  {contract}\n")), "{shown}");
        assert!(!shown.contains("can load it") && !shown.contains('\x1b'), "{shown}");
        assert!(said.starts_with("error: this host cannot load it") && said.contains(why), "{said}");
    }
}

#[test]
fn a_component_for_another_version_of_the_contract_says_which() {
    let bytes = patched("ehr:patient-portal/accounts@0.1.2", "ehr:patient-portal/accounts@0.9.1");

    let (code, shown, said) = inspected(&bytes);

    assert_eq!(code, Some(1));
    assert!(shown.contains("contract  0.1.2, 0.9.1\n"), "{shown}");
    assert!(said.contains("another version") && said.contains("accounts@0.9.1"), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (code, shown, said) = inspect(Path::new("/nowhere/at-all.wasm"));

    assert_eq!((code, shown.as_str()), (Some(1), ""));
    assert!(said.contains("/nowhere/at-all.wasm"), "{said}");
}

#[test]
fn a_signature_is_described_and_called_good_only_where_its_key_was_named() {
    let (vendor, another) = (Vendor::new(), Vendor::new());
    let setup = replaceable();
    let path = &setup.component;
    let comment = "patient-portal 1.2.0\tbuilt on Friday \x1b[31m";
    put(&signature_beside(path), vendor.signature(&real_component(), comment).as_bytes());
    let (key, anothers) = (["--plugin-key", &vendor.key()], ["--plugin-key", &another.key()]);
    let of_the_key = format!("signature by the key {}, ", vendor.key_id());
    let commented = "comment   patient-portal 1.2.0 built on Friday \\u{1b}[31m\n";

    let (code, shown, said) = inspect(path);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(
        shown.contains(&format!("{of_the_key}not checked: name the key with --plugin-key\n{commented}")),
        "{shown}"
    );
    for keys in [key.to_vec(), [anothers, key].concat()] {
        let (code, shown, said) = inspect_with(path, &keys);
        assert_eq!((code, said.as_str()), (Some(0), ""));
        assert!(shown.contains(&format!("{of_the_key}good\n{commented}")), "{shown}");
        assert!(shown.ends_with("this host can load it\n"), "{shown}");
    }
    let (code, shown, said) = inspect_with(path, &anothers);
    assert_eq!(code, Some(1));
    assert!(shown.contains(&format!("{of_the_key}not good\n")) && !shown.contains("comment"), "{shown}");
    assert!(shown.contains("contract  0.1.2\n") && !shown.contains("can load it"), "{shown}");
    assert!(said.contains("was made with the key") && said.contains(&another.key_id()), "{said}");
    put(&signature_beside(path), b"none at all");
    let (code, shown, _) = inspect(path);
    assert_eq!(code, Some(0));
    assert!(shown.contains("signature it is no signature of minisign"), "{shown}");
}

#[test]
fn a_component_with_the_pinned_digest_is_served_and_any_other_is_not() {
    let digest = sha256sum(&artifacts().component);
    drop(Setup::fresh().with("--pin-plugin", &digest.to_uppercase()).start());

    let mut setup = Setup::fresh().with("--pin-plugin", &digest);
    setup.component = setup.folder().join("altered.wasm");
    let mut bytes = std::fs::read(&artifacts().component).expect("the component was built");
    // A custom section more: it would do all the same.
    bytes.extend_from_slice(b"\0\x02\x01x");
    std::fs::write(&setup.component, bytes).expect("a file");

    let refused = setup.expect_failure();

    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    let found = sha256sum(&setup.component);
    for named in ["altered.wasm is not the component that was pinned", &digest, &found] {
        assert!(said.contains(named), "{named}: {said}");
    }
    assert_ne!(digest, found);
}

#[test]
fn a_pin_that_is_no_digest_is_refused_at_the_command_line() {
    let refused = Setup::fresh().with("--pin-plugin", "abc").expect_failure();

    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("64 hexadecimal digits"));
}
