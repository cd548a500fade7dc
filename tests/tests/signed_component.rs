//! Where an operator names keys, only what somebody with one of them signed is served: from the start, and when
//! another version is put in place.

use portal_host::signature_beside;
use portal_tests::Setup;
use portal_tests::artifacts::{patched, real_component};
use portal_tests::vendor::Vendor;
use portal_tests::versions::{AFTER, BEFORE, Crowd, main_page_says, put, replaceable, until_logged};
use std::process::Output;

const TAKEN: &str = "another version of the component answers";

/// A setup that asks for this vendor's signature, and has it.
fn signed_by(vendor: &Vendor) -> Setup {
    let setup = replaceable().with("--plugin-key", &vendor.key());
    vendor.sign_beside(&setup.component, &real_component());
    setup
}

/// What a host that does not start says.
fn refused(setup: &Setup) -> String {
    let Output { status, stderr, .. } = setup.expect_failure();
    let said = String::from_utf8(stderr).expect("UTF-8");
    assert_eq!(status.code(), Some(1), "{said}");
    said
}

/// Whether a check with these options finds the component in order, and what it says of it.
fn checked(setup: &Setup, options: &[&str]) -> (bool, String) {
    let component = setup.component.to_str().expect("a path");
    let output = setup.run(&[&["check", "--component", component], options].concat());
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    let line = shown.lines().find(|line| line.contains("  component: ")).expect("a line about it");
    (line.starts_with("ok "), line.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_version_is_picked_up_without_dropping_a_request_and_a_new_key_beside_the_old_one_too() {
    let (vendor, vendors_new_key) = (Vendor::new(), Vendor::new());
    let host = signed_by(&vendor).with("--plugin-key", &vendors_new_key.key()).start();
    let place = &host.setup.component;
    let crowd = Crowd::at(&host.portal);
    assert!(main_page_says(&host, BEFORE).await);

    // With the old key, then with the new one.
    for (version, (signer, shows)) in [(&vendor, AFTER), (&vendors_new_key, BEFORE)].into_iter().enumerate() {
        let component = if shows == AFTER { patched(BEFORE, AFTER) } else { real_component() };
        signer.sign_beside(place, &component);
        put(place, &component);
        until_logged(&host, TAKEN, version + 1).await;
        assert!(main_page_says(&host, shows).await);
    }
    // The same component under another signature is not called another version.
    vendor.sign_beside(place, &real_component());
    until_logged(&host, "what answers was put in place anew", 1).await;

    assert!(main_page_says(&host, BEFORE).await);
    assert_eq!(host.log().matches(TAKEN).count(), 2, "{}", host.log());
    crowd.got_every_page().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_without_a_good_signature_is_refused_and_the_one_before_goes_on() {
    let (vendor, another) = (Vendor::new(), Vendor::new());
    let mut host = signed_by(&vendor).start();
    let place = host.setup.component.clone();
    let crowd = Crowd::at(&host.portal);
    let (now, next) = (real_component(), patched(BEFORE, AFTER));
    let beside = signature_beside(&place);
    let no_signature_at_all = || std::fs::remove_file(&beside).expect("a signature");
    let altered = format!("was not made with the key {} over these bytes", vendor.key_id());
    let by_another =
        format!("was made with the key {}, and asked for is {}", another.key_id(), vendor.key_id());
    let cases: [(&dyn Fn(), &str); 4] = [
        (&no_signature_at_all, "there is none; put the one there that came with the component"),
        (&|| another.sign_beside(&place, &next), &by_another),
        (&|| vendor.sign_beside(&place, &now), &altered),
        (&|| put(&beside, b"patient-portal 1.2.0, signed"), "it is no signature of minisign"),
    ];

    for (refused, (sign, why)) in cases.into_iter().enumerate() {
        sign();
        put(&place, &next);
        until_logged(&host, why, 1).await;
        assert!(host.log().matches("a new version of the component was refused").count() > refused);
        assert!(main_page_says(&host, BEFORE).await, "{why}");
    }
    // One that is signed is taken all the same, afterwards.
    vendor.sign_beside(&place, &next);
    until_logged(&host, TAKEN, 1).await;

    assert!(main_page_says(&host, AFTER).await);
    crowd.got_every_page().await;
    assert!(host.is_running() && !host.log().contains("panicked"), "{}", host.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_that_comes_after_its_component_is_picked_up() {
    let vendor = Vendor::new();
    let host = signed_by(&vendor).start();
    let next = patched(BEFORE, AFTER);

    // The one of the version before is still there.
    put(&host.setup.component, &next);
    until_logged(&host, "a new version of the component was refused", 1).await;
    assert!(main_page_says(&host, BEFORE).await);
    vendor.sign_beside(&host.setup.component, &next);
    until_logged(&host, TAKEN, 1).await;

    assert!(main_page_says(&host, AFTER).await);
}

#[test]
fn a_host_starts_only_with_what_is_signed_even_if_it_ran_and_was_compiled_before() {
    let (vendor, another) = (Vendor::new(), Vendor::new());
    let setup = replaceable();
    drop(setup.start());
    let place = &setup.component;
    let asking = setup.clone().with("--plugin-key", &vendor.key());
    let key = ["--plugin-key", &vendor.key()];

    for (sign, why) in [
        (None, "there is none; put the one there"),
        (Some((&another, real_component())), "was made with the key"),
        (Some((&vendor, patched(BEFORE, AFTER))), "was not made with the key"),
    ] {
        if let Some((signer, of)) = &sign {
            signer.sign_beside(place, of);
        }
        let said = refused(&asking);
        for named in ["portal.wasm is not loaded without a good signature", "portal.wasm.minisig: ", why] {
            assert!(said.contains(named), "{named}: {said}");
        }
        let (in_order, line) = checked(&setup, &key);
        assert!(!in_order && line.contains(why), "{line}");
    }
    vendor.sign_beside(place, &real_component());

    drop(asking.start());
    let (in_order, line) = checked(&setup, &key);
    assert!(in_order && line.ends_with(", signed"), "{line}");
}

#[test]
fn where_a_digest_and_a_key_are_given_both_must_hold() {
    let vendor = Vendor::new();
    let setup = signed_by(&vendor);
    let (in_order, line) = checked(&setup, &[]);
    assert!(in_order, "{line}");
    let digest = line.rsplit(' ').next().expect("the digest");
    let another = digest.replace(|digit: char| digit != '0', "0");

    // Signed, but not the one that was pinned; then pinned, but not signed any more.
    assert!(
        refused(&setup.clone().with("--pin-plugin", &another))
            .contains("is not the component that was pinned")
    );
    let pinned = setup.clone().with("--pin-plugin", digest);
    drop(pinned.start());
    std::fs::remove_file(signature_beside(&setup.component)).expect("a signature");

    assert!(refused(&pinned).contains("is not loaded without a good signature"));
}

#[test]
fn a_key_that_is_none_is_refused_at_the_command_line() {
    let refused = Setup::fresh().with("--plugin-key", "minisign.pub").expect_failure();

    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("the second line of its .pub file"));
}
