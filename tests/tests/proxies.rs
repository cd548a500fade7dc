//! Whose word is taken for where somebody is: the audit trail and the limits go by the address that a
//! proxy of ours told, and by nothing that a client wrote itself.

use portal_tests::guesses::other_ids;
use portal_tests::people::{FRONT_DESK, Person};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, patient, staff, trail};

/// Nobody in the sandbox.
const STRANGER: Person = Person { name: "", search: "", first: "Q", last: "Q", born: "01/01/1901" };
/// Wrong answers taken from one network in a day.
const PER_NETWORK_A_DAY: usize = 20;

/// Tries to sign in as staff, and to be confirmed as a patient, with these `X-Forwarded-For` headers;
/// the addresses that are then on record.
async fn recorded(host: &Installation, forwarded: &[&str]) -> (String, String) {
    let headers: Vec<_> = forwarded.iter().map(|said| ("x-forwarded-for", *said)).collect();
    // Refused or, after some tries from one network, blocked: on record either way.
    let refused = staff::try_to_sign_in(&Visitor::sending(&host.ehr, &headers), "nobody", "nothing").await;
    assert!(matches!(refused.status, 422 | 429), "{}", refused.text());
    let visitor = Visitor::sending(&host.portal, &headers);
    patient::confirm(&visitor, &STRANGER, "000000").await.expect(422);
    let trail = trail::exported(&host.setup, &[]);
    let last = |action: &str| {
        let mut matching = trail.iter().filter(|entry| entry.action.starts_with(action));
        let last = matching.next_back().unwrap_or_else(|| panic!("no {action}"));
        assert_eq!((last.by.as_str(), last.kind.as_str()), (last.address.as_str(), "visitor"));
        last.address.clone()
    };
    (last("staff.sign-in-"), last("activation."))
}

#[tokio::test]
async fn a_header_that_anyone_can_send_changes_nothing_where_no_proxy_is_trusted() {
    let host = Setup::fresh().start();
    for forwarded in ["198.51.100.7", "127.0.0.1, 198.51.100.8", "2001:db8::7"] {
        assert_eq!(recorded(&host, &[forwarded]).await, ("127.0.0.1".into(), "127.0.0.1".into()));
    }
    // Nor does a new address with every guess escape the limit of the one network.
    let before = trail::exported(&host.setup, &[]).len();
    for (n, id) in other_ids(PER_NETWORK_A_DAY, &["000000"]).iter().enumerate() {
        let visitor = Visitor::from_address(&format!("198.51.{n}.1"), &host.portal);
        let letter = char::from(b'A' + u8::try_from(n).expect("few")).to_string();
        let somebody = Person { first: letter.leak(), ..STRANGER };
        patient::confirm(&visitor, &somebody, id).await.expect(422);
    }

    let trail = trail::exported(&host.setup, &["--user", "127.0.0.1"]);
    let counts = trail::counted(&trail);
    // Three of them by the loop above.
    assert_eq!(counts["activation.refused"], PER_NETWORK_A_DAY);
    assert_eq!(counts["activation.blocked"], 3);
    assert_eq!(trail::exported(&host.setup, &[]).len(), before + PER_NETWORK_A_DAY);
}

#[tokio::test]
async fn a_proxy_that_is_trusted_is_believed_as_far_as_proxies_speak_and_no_further() {
    let setup = Setup::fresh().with("--trusted-proxy", "127.0.0.0/8").with("--trusted-proxy", "10.0.0.0/24");
    let host = setup.start();
    for (forwarded, client) in [
        (vec!["198.51.100.1"], "198.51.100.1"),
        // Several hops of ours, in one header and in two.
        (vec!["198.51.100.2, 10.0.0.7"], "198.51.100.2"),
        (vec!["198.51.100.3", "10.0.0.7"], "198.51.100.3"),
        // What the client wrote stands before what our proxy added.
        (vec!["203.0.113.5, 198.51.100.4"], "198.51.100.4"),
        (vec!["127.0.0.1, 198.51.100.5"], "198.51.100.5"),
        // Another network's proxy is not ours.
        (vec!["198.51.100.6, 10.0.1.7"], "10.0.1.7"),
        (vec!["2001:db8:1:2::3"], "2001:db8:1:2::3"),
        (vec!["::ffff:198.51.100.8"], "198.51.100.8"),
    ] {
        let expected = (client.to_owned(), client.to_owned());
        assert_eq!(recorded(&host, &forwarded).await, expected, "{forwarded:?}");
    }
}

#[tokio::test]
async fn junk_in_the_header_stops_the_reading_and_breaks_nothing() {
    let host =
        Setup::fresh().with("--trusted-proxy", "127.0.0.1").with("--trusted-proxy", "10.0.0.7").start();
    let long = "1.".repeat(4_000);
    // Whatever cannot be read is the word of the last proxy that could: its own address stands.
    for (junk, client) in [
        ("", "127.0.0.1"),
        (",,,", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("198.51.100.7:443", "127.0.0.1"),
        ("[2001:db8::1]", "127.0.0.1"),
        ("198.51.100.999", "127.0.0.1"),
        ("=1+1", "127.0.0.1"),
        ("' OR 1=1 --", "127.0.0.1"),
        (&long, "127.0.0.1"),
        ("198.51.100.7, , 10.0.0.7", "10.0.0.7"),
        ("10.0.0.7", "10.0.0.7"),
    ] {
        let expected = (client.to_owned(), client.to_owned());
        assert_eq!(recorded(&host, &[junk]).await, expected, "{junk:.20}");
    }
    assert_eq!(staff::sign_in(&host.ehr, FRONT_DESK).await.get("/patients").await.status, 200);
}

#[tokio::test]
async fn from_a_trusted_proxy_each_network_has_a_limit_of_its_own() {
    let host = Setup::fresh().with("--trusted-proxy", "127.0.0.1").start();
    let guess = async |n: usize, address: &str, id: &str| {
        let letter = char::from(b'A' + u8::try_from(n).expect("few")).to_string();
        let somebody = Person { first: letter.leak(), ..STRANGER };
        patient::confirm(&Visitor::from_address(address, &host.portal), &somebody, id).await.expect(422);
    };
    let ids = other_ids(PER_NETWORK_A_DAY + 2, &[]);
    for (n, id) in ids.iter().enumerate().take(PER_NETWORK_A_DAY + 1) {
        guess(n, "198.51.100.1", id).await;
    }
    guess(PER_NETWORK_A_DAY + 1, "198.51.100.2", &ids[PER_NETWORK_A_DAY + 1]).await;

    let of = |address: &str| {
        let trail = trail::exported(&host.setup, &["--user", address]);
        let counts = trail::counted(&trail);
        let of = |action| counts.get(action).copied().unwrap_or_default();
        (of("activation.refused"), of("activation.blocked"))
    };
    assert_eq!(of("198.51.100.1"), (PER_NETWORK_A_DAY, 1));
    assert_eq!(of("198.51.100.2"), (1, 0));
}

#[test]
fn what_is_no_network_is_refused_at_the_command_line() {
    for network in ["localhost", "10.0.0.0/33", "10.0.0", ""] {
        let refused = Setup::fresh().with("--trusted-proxy", network).expect_failure();
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains("--trusted-proxy") && said.contains("192.0.2.0/24"), "{said}");
    }
}
