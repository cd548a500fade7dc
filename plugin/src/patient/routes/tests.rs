//! The whole table of routes: methods, access, headers.

use super::{Handler, Method, ROUTES, Route};
use crate::patient::response::Response;
use crate::testing::browser::{Browser, PASSWORD, all, header, location, text};
use crate::testing::memory::Memory;
use crate::testing::second_step::signed_in_with_app;

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"];

fn form_headers() -> [(&'static str, &'static str); 1] {
    [("content-type", "application/x-www-form-urlencoded")]
}

fn methods_of(path: &str) -> Vec<&'static str> {
    let here = ROUTES.iter().filter(|route| route.path == path);
    here.flat_map(|route| match route.method {
        Method::Get => vec!["GET", "HEAD"],
        Method::Post => vec!["POST"],
    })
    .collect()
}

fn ask(ehr: &Memory, route: &Route) -> Response {
    match route.method {
        Method::Get => Browser::new(ehr).get(route.path),
        Method::Post => Browser::new(ehr).post(route.path, &[]),
    }
}

#[test]
fn every_route_answers_its_own_methods_and_names_them_to_others() {
    let ehr = Memory::new();
    for route in ROUTES {
        let allowed = methods_of(route.path);
        for method in METHODS {
            let response = Browser::new(&ehr).send(method, route.path, &form_headers(), Vec::new());
            if allowed.contains(&method) {
                assert_ne!(response.status, 405, "{method} {}", route.path);
            } else {
                assert_eq!(response.status, 405, "{method} {}", route.path);
                assert_eq!(header(&response, "allow"), Some(allowed.join(", ").as_str()));
            }
        }
    }
}

#[test]
fn no_route_stands_twice_in_the_table() {
    for (n, route) in ROUTES.iter().enumerate() {
        let same = |other: &&Route| other.path == route.path && other.method == route.method;
        assert!(!ROUTES.iter().skip(n + 1).any(|other| same(&other)), "{}", route.path);
    }
}

#[test]
fn a_page_for_some_sends_everyone_else_away() {
    let ehr = Memory::new();
    for route in ROUTES {
        let expected = match route.handler {
            Handler::Anyone(_) => continue,
            Handler::Confirmed(_) => ("/activate", "/time-is-up"),
            Handler::HalfWay(_) | Handler::SignedIn(_) | Handler::SettingUp(_) | Handler::Changing(_) => {
                ("/", "/session-ended")
            }
        };
        assert_eq!(location(&ask(&ehr, route)), Some(expected.0), "{}", route.path);
        let made_up = Browser::new(&ehr);
        made_up.set_cookie("__Host-portal", &"00".repeat(32));
        made_up.set_cookie("__Host-activation", &"00".repeat(32));
        made_up.set_cookie("__Host-step", &"00".repeat(32));
        let response = match route.method {
            Method::Get => made_up.get(route.path),
            Method::Post => made_up.post(route.path, &[]),
        };
        assert_eq!(location(&response), Some(expected.1), "{}", route.path);
    }
}

/// How many forms on it log out; none where it is no page at all.
fn ways_out(answer: &Response) -> Option<usize> {
    let is_page = header(answer, "content-type").is_some_and(|it| it.starts_with("text/html"));
    (answer.status == 200 && is_page)
        .then(|| text(answer).matches(r#"<form method="post" action="/logout">"#).count())
}

#[test]
fn every_page_behind_the_log_in_has_one_way_out_and_no_page_of_a_stranger_has() {
    let (ehr, ehr_with_app) = (Memory::new(), Memory::new());
    let (plain, with_app) = (Browser::signed_in(&ehr), signed_in_with_app(&ehr_with_app));
    for route in ROUTES.iter().filter(|route| route.method == Method::Get) {
        match route.handler {
            Handler::Anyone(_) | Handler::Confirmed(_) | Handler::HalfWay(_) => {
                assert_eq!(ways_out(&ask(&ehr, route)).unwrap_or_default(), 0, "{}", route.path);
            }
            // Some are there only for who has an app.
            Handler::SignedIn(_) | Handler::SettingUp(_) | Handler::Changing(_) => {
                let pages = [plain.get(route.path), with_app.get(route.path)];
                let ways: Vec<_> = pages.iter().filter_map(ways_out).collect();
                assert!(!ways.is_empty() && ways.iter().all(|ways| *ways == 1), "{}: {ways:?}", route.path);
            }
        }
    }
}

#[test]
fn a_language_sent_along_changes_no_form_but_those_that_are_shown_in_it() {
    let outcome = |route: &Route, fields: &[(&str, &str)]| {
        let ehr = Memory::new();
        let browser = Browser::signed_in(&ehr);
        let answer = browser.post(route.path, fields);
        let cookies = all(&answer, "set-cookie").len();
        (answer.status, location(&answer).map(str::to_owned), cookies, ehr.deeds())
    };
    let forms = ROUTES.iter().filter(|route| route.method == Method::Post && route.drawn.is_some());
    for route in forms.filter(|route| !route.is_translated) {
        let sent = [("current_password", PASSWORD), ("language", "en")];
        assert_eq!(outcome(route, &sent), outcome(route, &sent[..1]), "{}", route.path);
    }
}

#[test]
fn every_form_refuses_other_sites() {
    let ehr = Memory::new();
    for route in ROUTES.iter().filter(|route| route.method == Method::Post) {
        for forged in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            let headers = [form_headers()[0], forged];
            let response = Browser::new(&ehr).send("POST", route.path, &headers, Vec::new());
            assert_eq!(response.status, 403, "{}", route.path);
        }
    }
    assert!(ehr.calls.borrow().is_empty(), "a forged form reaches no store");
}

#[test]
fn every_form_refuses_what_is_not_a_form() {
    let ehr = Memory::new();
    for route in ROUTES.iter().filter(|route| route.method == Method::Post) {
        let json = Browser::new(&ehr).send(
            "POST",
            route.path,
            &[("content-type", "application/json")],
            b"{}".to_vec(),
        );
        let untyped = Browser::new(&ehr).send("POST", route.path, &[], b"a=1".to_vec());
        assert_eq!((json.status, untyped.status), (415, 415), "{}", route.path);
    }
}

#[test]
fn head_is_get_without_the_body() {
    let ehr = Memory::new();
    for route in ROUTES.iter().filter(|route| route.method == Method::Get) {
        let browser = Browser::new(&ehr);
        browser.get("/");
        let get = browser.get(route.path);
        let head = browser.send("HEAD", route.path, &[], Vec::new());
        assert_eq!((head.status, &head.headers), (get.status, &get.headers), "{}", route.path);
        assert!(head.body.is_empty());
    }
}

#[test]
fn every_response_carries_the_headers_that_protect_it() {
    let ehr = Memory::new();
    let mut responses: Vec<_> = ROUTES.iter().map(|route| ask(&ehr, route)).collect();
    responses.push(Browser::new(&ehr).get("/nowhere"));
    for response in responses {
        let policy = header(&response, "content-security-policy").unwrap();
        for part in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part));
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(header(&response, "strict-transport-security"), Some("max-age=31536000"));
        assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"));
        assert_eq!(header(&response, "referrer-policy"), Some("same-origin"));
        assert_eq!(header(&response, "cross-origin-opener-policy"), Some("same-origin"));
        let is_asset = header(&response, "content-type").is_some_and(|kind| !kind.starts_with("text/html"));
        assert_eq!(header(&response, "cache-control") == Some("no-store"), !is_asset);
        for (name, _) in &response.headers {
            assert_eq!(all(&response, name).len(), 1, "{name}");
        }
    }
}

#[test]
fn a_sandbox_on_plain_http_does_not_ask_for_tls() {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().portal_url = "http://127.0.0.1:8081".to_owned();

    assert_eq!(header(&Browser::new(&ehr).get("/"), "strict-transport-security"), None);
}

#[test]
fn the_address_the_login_form_is_sent_to_shows_it_too() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.get("/");

    assert_eq!(browser.get("/login"), browser.get("/"));
}

#[test]
fn an_unknown_path_is_not_found_whatever_the_method() {
    let ehr = Memory::new();
    for path in
        ["/nowhere", "/HOME", "/home/", "//home", "/home/../", "", "*", "http://evil.example/", "/%68ome"]
    {
        for method in METHODS {
            let response = Browser::new(&ehr).send(method, path, &form_headers(), Vec::new());
            assert_eq!(response.status, 404, "{method} {path}");
        }
    }
}

#[test]
fn a_query_changes_nothing() {
    let ehr = Memory::new();
    let browser = Browser::new(&ehr);
    browser.get("/");

    assert_eq!(browser.get("/?portal_id=482913"), browser.get("/"));
}
