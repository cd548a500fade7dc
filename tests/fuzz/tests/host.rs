//! What the host and its database read from outside: key files, networks, who a proxy speaks for, and
//! a place in a list of search results.

use axum::routing::get;
use axum::{Extension, Router};
use portal_fuzz::{Target, fuzz};
use portal_host::serve::{Bounds, ClientAddress, Listener, Network, TrustedProxies};
use portal_host::{HostKeys, KeyFileError};
use reqwest::header::{HeaderMap, HeaderValue};
use sandbox_db::Cursor;
use secrecy::ExposeSecret;
use std::net::IpAddr;

/// The file. What is in the corpus are keys that nothing was ever kept under.
#[test]
fn key_file() {
    let words = &["\n", "1 ", "2 ", "3 ", "#", "abababababababab", "4294967296 ", "+1 "];
    fuzz!(Target::named("key_file", words), |input: &[u8]| {
        let lines = input.split(|&byte| byte == b'\n').count();
        let says_nothing = input.split(|&byte| byte == b'\n').all(|line| {
            let line = line.trim_ascii();
            line.is_empty() || line.starts_with(b"#")
        });
        match HostKeys::read(input) {
            Ok(keys) => {
                let written = keys.written();
                let again =
                    HostKeys::read(written.expose_secret().as_bytes()).expect("a key file is read back");
                assert_eq!(again.current(), keys.current());
                assert_eq!(again.written().expose_secret(), written.expose_secret());
                assert_eq!(again.counter("practice", "x"), keys.counter("practice", "x"));
                assert!(input.len() == 64 || !says_nothing);
            }
            Err(KeyFileError::NoKey) => assert!(says_nothing),
            Err(error @ (KeyFileError::Malformed { line } | KeyFileError::OutOfOrder { line })) => {
                assert!((1..=lines).contains(&line), "line {line} of {lines}");
                let digits = error.to_string().replace(&line.to_string(), "");
                assert!(!digits.contains("abababab"), "{error} repeats the key");
            }
        }
    });
}

#[test]
fn network() {
    let words = &["192.0.2.0/24", "2001:db8::/32", "::ffff:10.0.0.1", "/", "/0", "/128", "/129", "."];
    fuzz!(Target::named("network", words), |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let network = text.parse::<Network>();
        if let Ok(network) = network {
            assert_eq!(network.to_string().parse(), Ok(network), "{text:?}");
        }
        if text.parse::<IpAddr>().is_ok() {
            assert!(network.is_ok(), "{text:?}");
        }
    });
}

/// The text of an address's query.
#[test]
fn search_place() {
    let words = &["a.", "b.", ".", "0", "-1", "100001", "18446744073709551616"];
    fuzz!(Target::named("search_place", words), |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let Ok(place) = text.parse::<Cursor>() else { return };
        let written = place.to_string();
        let again = written.parse::<Cursor>();
        assert_eq!(again.ok(), Some(place), "{text:?} as {written:?}");
    });
}

/// Each line is a header `X-Forwarded-For`, sent by a proxy that is trusted.
#[test]
fn forwarded_for() {
    let words = &[
        ", ",
        ",",
        "\n",
        "192.0.2.7",
        "10.9.9.9",
        "127.0.0.1",
        "::ffff:10.0.0.1",
        "2001:db8::7",
        "[::1]:80",
        "unknown",
        "_hidden",
    ];
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (address, client) = runtime.block_on(async {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"].map(|network| network.parse().expect("a network"));
        let listener = Listener::bind("127.0.0.1:0".parse().expect("an address"), Bounds::default()).await;
        let listener = listener.expect("an address").behind(TrustedProxies::new(trusted));
        let address = format!("http://{}/", listener.address());
        let echo = get(async |Extension(ClientAddress(client)): Extension<ClientAddress>| client.to_string());
        tokio::spawn(listener.serve(Router::new().route("/", echo), std::future::pending()));
        (address, reqwest::Client::new())
    });
    let said_to_be = std::panic::AssertUnwindSafe(|lines: &[HeaderValue]| {
        let headers = lines.iter().map(|line| ("x-forwarded-for".parse().expect("a name"), line.clone()));
        let headers: HeaderMap = headers.collect();
        runtime.block_on(async {
            let answer = client.get(&address).headers(headers).send().await.expect("an answer");
            (answer.status().as_u16(), answer.text().await.expect("a whole answer"))
        })
    });
    fuzz!(Target::named("forwarded_for", words), |input: &[u8]| {
        // What is no header never gets through.
        let lines = input.split(|&byte| byte == b'\n').filter_map(|line| HeaderValue::from_bytes(line).ok());
        // More than the host takes of a head is refused as a whole.
        let lines: Vec<HeaderValue> = lines.filter(|line| line.len() < 2000).take(10).collect();
        let (status, client) = said_to_be(&lines);
        assert_eq!((status, client), (200, expected(&lines).to_string()), "{lines:?}");
    });
}

/// The last in the whole list that no trusted proxy vouches against: reading stops at what is no address.
fn expected(lines: &[HeaderValue]) -> IpAddr {
    let said = lines.iter().flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let mut said: Vec<&[u8]> = said.collect();
    let mut client: IpAddr = [127, 0, 0, 1].into();
    while let IpAddr::V4(proxy) = client
        && matches!(proxy.octets(), [127 | 10, ..])
        && let Some(next) = said.pop()
        && let Ok(next) = std::str::from_utf8(next)
        && let Ok(next) = next.trim_matches([' ', '\t']).parse::<IpAddr>()
    {
        client = next.to_canonical();
    }
    client
}
