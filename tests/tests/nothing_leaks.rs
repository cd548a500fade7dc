//! What must stay where it is: staff pages off the public address, what people typed out of the
//! operator's log, and pages about a person out of every cache.

use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD, Person};
use portal_tests::visitor::Visitor;
use portal_tests::{Installation, patient, raw, staff};
use reqwest::Method;

const FORM: &str = "application/x-www-form-urlencoded";
/// Paths of the EHR, and words that only staff see.
const STAFF_PATHS: [&str; 16] = [
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

#[tokio::test]
async fn the_log_repeats_nothing_that_people_typed() {
    let mut host = Installation::fresh();
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

    let log = host.log();

    for planted in [
        "planted",
        PASSWORD,
        "Maria",
        "Garcia",
        "1984",
        "02/29",
        id.as_str(),
        &format!("{} {}", &id[..3], &id[3..]),
        "100001",
    ] {
        // What is printed for people at the start is not about anyone.
        let line = log.lines().find(|line| line.contains(planted) && !line.contains("127.0.0.1"));
        assert!(line.is_none(), "{planted:?} is in the log: {line:?}");
    }
    assert!(host.is_running());
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
