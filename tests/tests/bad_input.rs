//! Whatever is sent to either address: an answer below 500 in plain words, and a host that lives on.

use portal_tests::people::FRONT_DESK;
use portal_tests::visitor::{Answer, FORM_TOKEN, Visitor};
use portal_tests::{Installation, raw, staff};
use reqwest::Method;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const FORM: &str = "application/x-www-form-urlencoded";
/// Longer than any form.
const TOO_LONG: usize = (64 << 10) + 1;
/// What a page for people never says.
const NOT_FOR_PEOPLE: [&str; 12] = [
    "panicked",
    "backtrace",
    "stack trace",
    "unwrap",
    "Option",
    "Result",
    "Err(",
    "src/",
    ".rs:",
    "sqlx",
    "wasm",
    "axum",
];

fn shared() -> &'static Installation {
    static SHARED: OnceLock<Installation> = OnceLock::new();
    SHARED.get_or_init(Installation::fresh)
}

fn both() -> [&'static str; 2] {
    [&shared().ehr, &shared().portal]
}

/// Where each address takes a form from anyone, with its fields.
fn open_forms() -> [(&'static str, &'static str, &'static [&'static str]); 3] {
    let host = shared();
    [
        (&host.ehr, "/sign-in", &["user_name", "password"]),
        (&host.portal, "/login", &["username", "password"]),
        (&host.portal, "/activate", &["portal_id", "first_initial", "last_initial", "birth_date"]),
    ]
}

fn assert_plain(answer: &Answer, what: &str) {
    assert!((200..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
    let text = answer.text();
    for stray in NOT_FOR_PEOPLE {
        assert!(!text.contains(stray), "{what}: {stray:?} is on the page: {text}");
    }
}

async fn post(base: &str, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    let visitor = Visitor::at(base);
    let request = visitor.client().post(format!("{base}{path}")).header("content-type", kind).body(body);
    visitor.send(request, path).await
}

#[tokio::test]
async fn a_body_longer_than_any_form_is_413_declared_or_in_chunks() {
    for (base, path, _) in open_forms() {
        let long = "x".repeat(TOO_LONG);
        let answer = post(base, path, FORM, format!("username={long}")).await;
        assert_eq!(answer.status, 413, "{base}{path}: {}", answer.text());
        assert_plain(&answer, path);

        let authority = base.trim_start_matches("http://");
        let mut chunked = format!(
            "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        for _ in 0..20 {
            chunked.push_str(&format!("1000\r\n{}\r\n", "x".repeat(0x1000)));
        }
        chunked.push_str("0\r\n\r\n");
        let answer = raw::exchange(base, chunked.as_bytes()).await;
        assert_eq!(raw::status(&answer), 413, "{base}{path} in chunks: {answer}");

        let declared = format!(
            "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: {FORM}\r\nContent-Length: 99999999999\r\n\r\n"
        );
        let answer = raw::exchange(base, declared.as_bytes()).await;
        assert_eq!(raw::status(&answer), 413, "{base}{path} declared: {answer}");
    }
}

#[tokio::test]
async fn a_body_that_never_comes_is_not_waited_for_for_ever() {
    let waited = open_forms().map(|(base, path, _)| async move {
        let mut slow = raw::connect(base).await;
        let authority = base.trim_start_matches("http://");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: {FORM}\r\nContent-Length: 100\r\n\r\nuser"
        );
        slow.write_all(head.as_bytes()).await.expect("a head");
        let mut first = [0; 12];
        let came = tokio::time::timeout(Duration::from_secs(40), slow.read(&mut first)).await;
        (base, path, came.map(|_| String::from_utf8_lossy(&first).into_owned()))
    });
    for (base, path, answer) in futures_util::future::join_all(waited).await {
        let answer = answer.unwrap_or_else(|_| panic!("{base}{path} still waits for a body"));
        assert!(answer.starts_with("HTTP/1.1 408") || answer.starts_with('\0'), "{base}{path}: {answer}");
    }
}

#[tokio::test]
async fn malformed_forms_get_a_plain_answer() {
    for (base, path, fields) in open_forms() {
        let good: Vec<String> = fields.iter().map(|field| format!("{field}=1")).collect();
        let mut bodies: Vec<Vec<u8>> = vec![
            Vec::new(),
            b"&&&===&".to_vec(),
            b"%zz=%zz&%=%&%4".to_vec(),
            b"\xff\xfe\x80=\xc0\xaf".to_vec(),
            vec![0; 1000],
            b"a=b&".repeat(4000),
            format!("{}=%00%00", fields[0]).into_bytes(),
            format!("{}=%FF%FE", fields[0]).into_bytes(),
            format!("{0}&{0}", good.join("&")).into_bytes(),
            format!("{}&{}={}", good.join("&"), fields[0], "x".repeat(60_000)).into_bytes(),
            "=".repeat(60_000).into_bytes(),
        ];
        bodies.extend((0..good.len()).map(|missing| {
            let kept =
                good.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, field)| field.as_str());
            kept.collect::<Vec<_>>().join("&").into_bytes()
        }));
        for body in bodies {
            let start = String::from_utf8_lossy(&body).chars().take(60).collect::<String>();
            assert_plain(&post(base, path, FORM, body).await, &format!("{base}{path} {start:?}"));
        }
        for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense", ""] {
            let answer = post(base, path, kind, "{\"username\": 1}").await;
            assert_plain(&answer, &format!("{base}{path} as {kind:?}"));
            assert!(answer.status >= 400, "{kind:?} was taken for a form at {base}{path}");
        }
    }
}

#[tokio::test]
async fn odd_text_in_every_field_gets_a_plain_answer() {
    let odd = [
        "'; DROP TABLE patients; --",
        "<script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../etc/passwd",
        "\u{202e}gnp.exe",
        "𝕸𝖆𝖗𝖎𝖆",
        "😀",
        "٣",
        "½",
        "０１２３４５",
        "-1",
        "999999999999999999999",
        "00/00/0000",
        "13/13/13",
        "\t\r\n",
        "%s%n",
        "a\u{301}\u{301}\u{301}\u{301}",
        "\u{feff}",
        "NaN",
        "1e6",
    ];
    for (base, path, fields) in open_forms() {
        let visitor = Visitor::at(base);
        for text in odd {
            let form: Vec<(&str, &str)> = fields.iter().map(|field| (*field, text)).collect();
            let answer = visitor.post(path, &form).await;
            assert_plain(&answer, &format!("{base}{path} {text:?}"));
            assert!(!answer.body.contains("<script>alert"), "markup was let through at {path}");
        }
    }
}

#[tokio::test]
async fn malformed_cookies_are_as_good_as_none() {
    let cookies: [&[u8]; 10] = [
        b"=",
        b";;;;",
        b"portal=",
        b"portal=\xff\xfe",
        b"portal=short",
        b"portal=a; portal=b",
        b"ehr_session=zz",
        b"activation=%00",
        b"portal=\"quoted\"; x",
        b"\xf0\x28\x8c\x28",
    ];
    for base in both() {
        for cookie in cookies {
            for path in ["/", "/home", "/credentials", "/patients"] {
                let visitor = Visitor::at(base);
                let value = reqwest::header::HeaderValue::from_bytes(cookie).expect("bytes HTTP can carry");
                let answer = visitor
                    .send(visitor.client().get(format!("{base}{path}")).header("cookie", value), path)
                    .await;
                assert_plain(&answer, &format!("{base}{path} with {cookie:?}"));
            }
        }
    }
}

#[tokio::test]
async fn unknown_pages_are_404_and_wrong_methods_405_with_what_is_allowed() {
    let host = shared();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let known = [
        (&host.ehr, "/sign-in"),
        (&host.portal, "/login"),
        (&host.portal, "/activate"),
        (&host.portal, "/logout"),
    ];
    for visitor in [desk.clone(), Visitor::at(&host.portal)] {
        for path in [
            "/no-such-page",
            "/..%2f..%2fetc%2fpasswd",
            "//",
            "/%00",
            "/%ff",
            "/login/",
            "/ACTIVATE",
            "/.git/config",
        ] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status, 404, "{}{path}: {}", visitor.base(), answer.text());
            assert_plain(&answer, path);
        }
    }
    for (base, path) in known {
        let visitor = Visitor::at(base);
        for method in
            [Method::PUT, Method::DELETE, Method::PATCH, Method::from_bytes(b"BREW").expect("a method")]
        {
            let answer =
                visitor.send(visitor.client().request(method.clone(), format!("{base}{path}")), path).await;
            assert_eq!(answer.status, 405, "{method} {base}{path}: {}", answer.text());
            let allow = answer.headers.get("allow").and_then(|allow| allow.to_str().ok()).unwrap_or_default();
            assert!(allow.contains("POST"), "{method} {base}{path} allows {allow:?}");
            assert_plain(&answer, path);
        }
    }
    let answer = Visitor::at(&host.portal).get("/logout").await;
    assert_eq!((answer.status, answer.headers["allow"].to_str().ok()), (405, Some("POST")));
}

#[tokio::test]
async fn an_unknown_patient_tab_action_or_document_is_404_or_says_it_is_gone() {
    let desk = staff::sign_in(&shared().ehr, FRONT_DESK).await;
    let long = format!("/patients/{}", "9".repeat(4000));
    let (tab, odd) = ("/tabs/patient-portal-admin", "/patients/100001/tabs");
    for path in [
        "/patients/0",
        "/patients/nobody",
        "/patients/%00",
        "/patients/%F0%9F%98%80",
        "/patients/100001/no-such-tab",
        &long,
        &format!("/patients/nobody{tab}"),
        &format!("/patients/nobody{tab}/documents/instructions"),
        &format!("{odd}/no-such-tab"),
    ] {
        let answer = desk.open(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert_plain(&answer, path);
    }
    let answer = desk.post(&format!("/patients/nobody{tab}/actions/create"), &[]).await;
    assert_eq!(answer.status, 404, "{}", answer.text());
    let answer = desk.post(&format!("{odd}/patient-portal-admin/actions/no-such-action"), &[]).await;
    let acted = desk.follow(answer).await;
    let opened = desk.open(&format!("{odd}/patient-portal-admin/documents/no-such-document")).await;
    for (answer, said) in [(acted, "so nothing was done"), (opened, "That cannot be printed any more.")] {
        assert_plain(&answer, "an unknown action or document");
        assert!(answer.says(said), "{}", answer.text());
    }
}

#[tokio::test]
async fn what_is_not_http_is_answered_or_dropped_and_the_host_lives_on() {
    let target = "a".repeat(10_000);
    let endless = "a".repeat(100_000);
    let many: String = (0..300).map(|n| format!("x-{n}: y\r\n")).collect();
    let requests: Vec<(Vec<u8>, &[u16])> = vec![
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), &[0, 400]),
        (b"GARBAGE\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET / HTTP/9.9\r\n\r\n".to_vec(), &[0, 400, 505]),
        (b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n".to_vec(), &[0, 400]),
        (b"GET / HTTP/1.1\r\nHost: \xff\xff\r\n\r\n".to_vec(), &[0, 400, 421, 404]),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), &[400, 421, 404]),
        (b"GET / HTTP/1.1\r\nHost: no-such-host.example\r\n\r\n".to_vec(), &[421, 404]),
        (b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_vec(), &[0, 400]),
        (
            b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"
                .to_vec(),
            &[0, 400],
        ),
        (format!("GET /{endless} HTTP/1.1\r\nHost: x\r\n\r\n").into_bytes(), &[0, 414, 431]),
        (format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {endless}\r\n\r\n").into_bytes(), &[0, 431]),
        (format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n").into_bytes(), &[0, 431]),
        (vec![0; 1 << 20], &[0, 400, 414, 431]),
        (b"\n".repeat(100_000), &[0, 400, 431]),
    ];
    for base in both() {
        for (request, expected) in &requests {
            let answer = raw::exchange(base, request).await;
            let start = String::from_utf8_lossy(request).chars().take(50).collect::<String>();
            assert!(expected.contains(&raw::status(&answer)), "{base} {start:?}: {answer}");
            assert!(!answer.contains("panicked"), "{answer}");
        }
    }
    let portal = &shared().portal;
    let long = Visitor::at(portal).get(&format!("/?{target}")).await;
    assert_eq!(long.status, 414, "{}", long.text());
    Visitor::at(portal).get("/").await.expect(200);
    Visitor::at(&shared().ehr).get("/sign-in").await.expect(200);
}

#[tokio::test]
async fn a_form_from_another_website_is_refused_on_both_addresses() {
    for (base, path, fields) in open_forms() {
        for (header, value) in
            [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
        {
            let visitor = Visitor::at(base);
            visitor.open(path).await.expect(200);
            let token = visitor.form_token().expect("a form");
            let mut form: Vec<(&str, &str)> = fields.iter().map(|field| (*field, "1")).collect();
            form.push((FORM_TOKEN, &token));
            let request = visitor.client().post(format!("{base}{path}")).header(header, value).form(&form);
            let answer = visitor.send(request, path).await.expect(403);
            let is_why = ["came from another website", "did not come from our own pages"];
            assert!(
                is_why.iter().any(|why| answer.says(why)),
                "{base}{path} with {header}: {value}: {}",
                answer.text()
            );
        }
    }
}
