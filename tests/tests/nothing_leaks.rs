//! What must stay where it is: staff pages off the public address, what people typed out of the
//! operator's log, and pages about a person out of every cache.

use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD, Person};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, Setup, patient, raw, staff};
use reqwest::Method;
use serde_json::Value;

const FORM: &str = "application/x-www-form-urlencoded";
/// Paths of the EHR, and words that only staff see.
const STAFF_PATHS: [&str; 17] = [
    "/sign-in",
    "/sign-out",
    "/patients",
    "/patients/100001",
    "/patients/100001/demographics",
    "/patients/100001/additional",
    "/patients/100001/tabs/patient-portal-admin",
    "/patients/100001/tabs/patient-portal-admin/actions/create",
    "/patients/100001/tabs/patient-portal-admin/documents/instructions",
    "/administration",
    "/administration/access-levels",
    "/administration/users",
    "/administration/modules",
    "/helpdesk",
    "/assets/ehr.css",
    "/assets/back.js",
    "/assets/print.js",
];
const STAFF_WORDS: [&str; 6] = [
    "Sandbox EHR",
    "sandbox-admin",
    "Access Levels",
    "Demographics",
    "Patient Portal Admin",
    "Create this user",
];

#[tokio::test]
async fn the_public_address_never_serves_a_staff_page() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    for path in STAFF_PATHS {
        // Even with a staff session's cookie: cookies do not know ports.
        for method in [Method::GET, Method::POST, Method::HEAD] {
            let request = desk.client().request(method.clone(), format!("{}{path}", host.portal));
            let answer = desk.send(request.header("content-type", FORM), path).await;
            assert_eq!(answer.status, 404, "{method} {path} on the public address: {}", answer.text());
            for word in STAFF_WORDS {
                assert!(!answer.body.contains(word), "{word:?} at {path} on the public address");
            }
        }
    }
}

/// Staff and patients do what they do, with words planted wherever somebody types; gives what must not be logged.
async fn busy_day(host: &Installation) -> Vec<String> {
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    desk.get(&format!("{}/documents/instructions", staff::open_tab(&desk, &MARIA).await.path))
        .await
        .expect(200);
    let wrong = Person { born: "02/28/1984", ..MARIA };
    patient::confirm(&Visitor::at(&host.portal), &wrong, &id).await;
    patient::log_in(&Visitor::at(&host.portal), "planted-username", "planted password words").await;
    let visitor = patient::activate(&host.portal, &MARIA, &id, "planted-username").await;
    assert!(patient::is_home(&patient::log_in(&visitor, "planted-username", PASSWORD).await));
    visitor.get("/home?planted-query=1").await;
    raw::exchange(
        &host.portal,
        b"GET /planted-path HTTP/1.1\r\nHost: planted-host\r\nCookie: planted-cookie\r\n\r\n",
    )
    .await;
    let again = Visitor::at(&host.portal);
    let form = [("username", "planted-username"), ("password", PASSWORD)];
    let logged_in = again.post("/login", &form).await.expect(303);
    let cookies = logged_in.headers.get_all("set-cookie").iter();
    let tokens = cookies.filter_map(|cookie| cookie.to_str().ok()?.split([';', '=']).nth(1));
    let mut planted: Vec<String> = tokens.map(str::to_owned).collect();
    assert!(!planted.is_empty() && planted.iter().all(|token| token.len() > 20), "{planted:?}");
    planted.extend(visitor.form_token().into_iter().chain(desk.form_token()));
    planted.push(format!("{} {}", &id[..3], &id[3..]));
    planted.push(id);
    planted.extend(["planted", PASSWORD, "Maria", "Garcia", "1984", "02/29", "100001"].map(str::to_owned));
    planted
}

#[tokio::test]
async fn the_log_repeats_nothing_that_people_typed() {
    let mut host = Installation::fresh();

    let planted = busy_day(&host).await;

    let log = host.log();
    for planted in planted {
        // What is printed for people at the start is not about anyone.
        let line = log.lines().find(|line| line.contains(&planted) && !line.contains("127.0.0.1"));
        assert!(line.is_none(), "{planted:?} is in the log: {line:?}");
    }
    assert!(host.is_running());
}

#[tokio::test]
async fn a_log_in_json_is_json_from_the_first_line_to_the_last_and_repeats_nothing_either() {
    let mut host = Setup::fresh().with("--log-format", "json").start();

    let planted = busy_day(&host).await;
    let asked = Visitor::at(&host.portal).get("/").await;
    host.terminate();
    assert_eq!(host.wait().code(), Some(0));

    let log = host.log();
    let request = asked.headers["x-request-id"].to_str().expect("text");
    let mut answered = 0;
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        for field in ["timestamp", "level", "target", "message"] {
            assert!(entry[field].is_string(), "{field} is missing: {line}");
        }
        if entry["message"] == "answered" {
            assert!(entry["status"].is_u64() && entry["ms"].is_u64() && entry["id"].is_string(), "{line}");
            answered += u32::from(entry["id"] == request);
        }
        // Addresses and moments have digits of their own.
        let told = line.replace(entry["timestamp"].as_str().expect("checked"), "");
        for planted in planted.iter().filter(|_| !line.contains("127.0.0.1")) {
            assert!(!told.contains(planted.as_str()), "{planted:?} is in the log: {line}");
        }
    }
    assert_eq!(answered, 1, "the request that was asked about: {log}");
    assert!(log.contains("\"message\":\"ready\"") && log.lines().count() > 20, "{log}");
}

#[test]
fn why_a_host_does_not_start_is_an_entry_of_a_log_in_json_too() {
    let mut setup = Setup::fresh().with("--log-format", "json");
    setup.component = "/nowhere/at-all.wasm".into();

    let output = setup.expect_failure();

    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let entries: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let last = entries.last().expect("an entry");
    assert_eq!(last["level"], "ERROR", "{said}");
    assert!(
        last["message"].as_str().is_some_and(|message| message.contains("/nowhere/at-all.wasm")),
        "{said}"
    );
}

#[tokio::test]
async fn pages_about_a_person_are_kept_by_no_cache_and_framed_by_nobody() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    let sheet = desk.open(&tab.link(staff::PRINT)).await;
    let maria = Visitor::at(&host.portal);
    let credentials = patient::confirm(&maria, &MARIA, &id).await;
    patient::choose(&maria, &credentials, "maria", PASSWORD).await;
    let home = patient::log_in(&maria, "maria", PASSWORD).await;
    assert!(patient::is_home(&home));

    for page in [&tab, &sheet, &credentials, &home] {
        let header = |name: &str| {
            page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        assert!(header("cache-control").contains("no-store"), "{}", page.path);
        assert_eq!(header("x-content-type-options"), "nosniff", "{}", page.path);
        let policy = header("content-security-policy");
        for directive in
            ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(directive), "{}: {policy}", page.path);
        }
        assert!(!policy.contains("unsafe"), "{}: {policy}", page.path);
        assert!(!header("referrer-policy").contains("unsafe"), "{}", page.path);
        assert!(!page.body.contains(" style=") && !page.body.contains(" onclick="), "{}", page.path);
    }
}

#[tokio::test]
async fn session_cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let host = Installation::fresh();
    let ehr = Visitor::at(&host.ehr);
    let page = ehr.get("/sign-in").await;
    let password = staff::password_of(&page, FRONT_DESK);
    let signed_in = ehr.post("/sign-in", &[("user_name", FRONT_DESK), ("password", &password)]).await;
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    let form = [("username", "maria"), ("password", PASSWORD)];
    let logged_in = Visitor::at(&host.portal).post("/login", &form).await;

    for answer in [signed_in, logged_in] {
        let cookie = answer.headers["set-cookie"].to_str().expect("text").to_owned();
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute} is missing at {}", answer.path);
        }
        assert!(!cookie.contains("Domain"), "{}", answer.path);
    }
}

#[tokio::test]
async fn a_session_ends_on_the_host_and_not_only_in_the_browser() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    patient::activate(&host.portal, &MARIA, &id, "maria").await;
    let form = [("username", "maria"), ("password", PASSWORD)];
    let maria = Visitor::at(&host.portal);
    let logged_in = maria.post("/login", &form).await.expect(303);
    let cookie =
        logged_in.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a pair").to_owned();
    let stolen = || async {
        let thief = Visitor::at(&host.portal);
        thief
            .send(thief.client().get(format!("{}/home", host.portal)).header("cookie", &cookie), "/home")
            .await
            .status
    };
    assert_eq!(stolen().await, 200, "the cookie is what opens it");

    let home = maria.open("/home").await.expect(200);
    maria.submit(&home, &home.form("Log out")).await.expect(200);

    assert_eq!(stolen().await, 303, "the cookie still works after logging out");
}
