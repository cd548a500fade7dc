//! What the host and its database read from outside: key files, networks, who a proxy speaks for, a place
//! in a list of search results, and a list of chart numbers.

use axum::routing::get;
use axum::{Extension, Router};
use portal_fuzz::{Target, fuzz};
use portal_host::serve::{Bounds, ClientAddress, Listener, Network, TrustedProxies};
use portal_host::{HostKeys, KeyFileError};
use portal_sandbox::ehr::read_keys;
use reqwest::header::{HeaderMap, HeaderValue};
use sandbox_db::{Cursor, LineFault};
use secrecy::ExposeSecret;
use std::collections::BTreeSet;
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

/// The file. No line is lost: each that is not blank is a patient, a fault or the heading.
#[test]
fn chart_numbers() {
    let words =
        &["100001", "\n", "\r\n", "\r", ",", ";", "\t", "\"", "\"\"", "Chart number", "\u{feff}", "\0", " "];
    fuzz!(Target::named("chart_numbers", words), |input: &[u8]| {
        let wanted = read_keys(input);
        let body = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
        let lines: Vec<&[u8]> = body.split(|byte| matches!(byte, b'\n' | b'\r')).collect();
        let filled = lines.iter().filter(|line| !line.trim_ascii().is_empty()).count();
        let told = wanted.patients.len() + wanted.faults.len();
        let was_cut = wanted.faults.iter().any(|faulty| faulty.fault == LineFault::Beyond);
        assert!(told == filled || told + 1 == filled || was_cut, "{told} of {filled}");
        let numbers = wanted.patients.iter().map(|(line, _)| line.expect("a line"));
        let numbers: Vec<u64> = numbers.chain(wanted.faults.iter().map(|faulty| faulty.line)).collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), told, "a line is told of twice");
        assert!(numbers.iter().all(|line| (1..=lines.len() as u64).contains(line)));
        let keys: BTreeSet<_> = wanted.patients.iter().map(|(_, key)| key).collect();
        assert_eq!(keys.len(), wanted.patients.len());
        for key in keys {
            let key = key.as_str();
            assert!((1..=128).contains(&key.len()) && key.trim() == key && !key.contains(char::is_control));
        }
        assert!(wanted.faults.iter().all(|faulty| faulty.cell.chars().count() <= 41));
    });
}
