//! The staff's side of the EHR as attackers meet it: guessed passwords, forms sent by other websites,
//! sessions left open, another host's name.

use portal_tests::people::{ADMIN, BILLING, FRONT_DESK, MARIA};
use portal_tests::staff::{self, CREATE};
use portal_tests::visitor::{Answer, FORM_TOKEN, Visitor};
use portal_tests::{Installation, Setup, past, trail};
use reqwest::header::{COOKIE, HOST, ORIGIN, RETRY_AFTER, SET_COOKIE};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// Wrong passwords for one user name from one network before the first wait.
const FIRST_STEP: usize = 5;
/// What a wrong user name or password is told, and what somebody who tried too often is.
const WRONG: &str = "The user name or the password is wrong.";
const TOO_OFTEN: &str = "Too many tries to sign in";

fn behind_a_proxy() -> Installation {
    Setup::fresh().with("--trusted-proxy", "127.0.0.1").start()
}

/// Someone new, at this address, types this.
async fn tries(host: &Installation, address: &str, user: &str, password: &str) -> Answer {
    staff::try_to_sign_in(&Visitor::from_address(address, &host.ehr), user, password).await
}

/// `count` wrong passwords, all of which are looked at.
async fn guesses(host: &Installation, address: &str, user: &str, count: usize) {
    for n in 0..count {
        let answer = tries(host, address, user, &format!("guess {n}")).await.expect(422);
        assert!(answer.says(WRONG), "{}", answer.text());
    }
}

/// How many seconds the next try from there is told to wait. It is the right password.
async fn wait(host: &Installation, address: &str, user: &str) -> i64 {
    let answer = tries(host, address, user, &right_password(host, user).await).await.expect(429);
    assert!(answer.says(TOO_OFTEN), "{}", answer.text());
    answer.headers[RETRY_AFTER].to_str().expect("text").parse().expect("seconds")
}

async fn right_password(host: &Installation, user: &str) -> String {
    staff::password_of(&Visitor::at(&host.ehr).get("/sign-in").await, user)
}

async fn gets_in(host: &Installation, address: &str, user: &str) -> bool {
    let answer = tries(host, address, user, &right_password(host, user).await).await;
    answer.leads_to().as_deref() == Some("/patients")
}

/// The headers, without those that no two answers share.
fn headers(answer: &Answer) -> Vec<(String, String)> {
    let shared = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id", "retry-after", "set-cookie"].contains(&name.as_str()));
    let mut shared: Vec<_> = shared.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    shared.sort();
    shared
}

/// The page without what was typed, and without the token that is every browser's own.
fn page(answer: &Answer) -> String {
    let mut parts = answer.body.split(" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').expect("a value ends").1)
}

#[tokio::test]
async fn whoever_goes_on_guessing_a_staff_password_waits_longer_and_longer() {
    let host = behind_a_proxy();
    let guesser = "203.0.113.1";
    guesses(&host, guesser, FRONT_DESK, FIRST_STEP).await;
    let first = wait(&host, guesser, FRONT_DESK).await;
    assert!((1..=MINUTE).contains(&first), "{first}");

    past::let_pass(&host.setup, first).await;
    guesses(&host, guesser, FRONT_DESK, FIRST_STEP).await;
    let second = wait(&host, guesser, FRONT_DESK).await;
    assert!((13 * MINUTE..=15 * MINUTE).contains(&second), "{second}");
    // A minute is not enough any more, and waiting in vain makes it no longer.
    past::let_pass(&host.setup, MINUTE).await;
    assert!(wait(&host, guesser, FRONT_DESK).await <= second - MINUTE);

    past::let_pass(&host.setup, second - MINUTE).await;
    guesses(&host, guesser, FRONT_DESK, FIRST_STEP).await;
    past::let_pass(&host.setup, MINUTE).await;
    guesses(&host, guesser, FRONT_DESK, FIRST_STEP).await;
    let third = wait(&host, guesser, FRONT_DESK).await;
    assert!((40 * MINUTE..=HOUR).contains(&third), "{third}");

    past::let_pass(&host.setup, third).await;
    assert!(gets_in(&host, guesser, FRONT_DESK).await, "the wait is over");
    // The right password took only itself back: what was guessed before it counts on.
    let trail = trail::exported(&host.setup, &["--user", guesser]);
    let counts = trail::counted(&trail);
    assert_eq!((counts["staff.sign-in-refused"], counts["staff.sign-in-blocked"]), (4 * FIRST_STEP, 4));
}

#[tokio::test]
async fn guesses_at_one_user_from_everywhere_are_counted_together() {
    let host = behind_a_proxy();
    for network in 0..10 {
        guesses(&host, &format!("203.0.113.{network}"), FRONT_DESK, FIRST_STEP).await;
    }

    wait(&host, "198.51.100.1", FRONT_DESK).await;

    assert!(gets_in(&host, "198.51.100.1", BILLING).await, "a colleague is not kept out");
}

#[tokio::test]
async fn a_guesser_keeps_neither_colleagues_nor_other_networks_out() {
    let host = behind_a_proxy();
    let guesser = "203.0.113.1";
    guesses(&host, guesser, FRONT_DESK, FIRST_STEP).await;

    wait(&host, guesser, FRONT_DESK).await;

    assert!(gets_in(&host, "192.0.2.10", FRONT_DESK).await, "the user herself, elsewhere");
    assert!(gets_in(&host, guesser, BILLING).await, "a colleague in the same place");
    // Another spelling is the same user, and one line's IPv6 network is one place.
    let spelled = tries(&host, guesser, " FrontDesk ", "guess").await;
    assert_eq!(spelled.status, 429, "{}", spelled.text());
    guesses(&host, "2001:db8:1:2::1", ADMIN, FIRST_STEP).await;
    wait(&host, "2001:db8:1:2:ffff::2", ADMIN).await;
    assert!(gets_in(&host, "2001:db8:1:3::1", ADMIN).await);
}

#[tokio::test]
async fn neither_a_wrong_password_nor_a_wait_tells_whether_a_user_exists() {
    let host = behind_a_proxy();
    // As long, so that the page it is typed back into is as well.
    let nobody = "frontdisk";
    for (known, unknown) in [("203.0.113.1", "203.0.113.2"), ("203.0.113.3", "203.0.113.3")] {
        for n in 0..=FIRST_STEP {
            let password = format!("guess {n}");
            let one = tries(&host, known, FRONT_DESK, &password).await;
            let other = tries(&host, unknown, nobody, &password).await;

            let expected = if n < FIRST_STEP { 422 } else { 429 };
            assert_eq!((one.status, other.status), (expected, expected), "{n}");
            assert_eq!(headers(&one), headers(&other));
            assert_eq!(page(&one), page(&other));
        }
    }
    // The right password gets in the way of waiting as little as a wrong one: both are not looked at.
    let right = tries(&host, "203.0.113.1", FRONT_DESK, &right_password(&host, FRONT_DESK).await).await;
    let wrong = tries(&host, "203.0.113.1", FRONT_DESK, "guess").await;
    assert_eq!((right.status, headers(&right)), (429, headers(&wrong)));
    assert_eq!(page(&right), page(&wrong));
    assert!(right.headers.get(SET_COOKIE).is_none());
}

#[tokio::test]
async fn a_form_from_elsewhere_or_for_another_session_is_refused_and_changes_nothing() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let colleague = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    staff::open_tab(&colleague, &MARIA).await;
    let create = tab.form(CREATE).action;
    let own = desk.form_token().expect("a token");
    let others = colleague.form_token().expect("a token");
    assert_ne!(own, others, "two sessions of one user share a token");
    let visit = Visitor::at(&host.ehr);
    visit.get("/sign-in").await.expect(200);
    let before_signing_in = visit.form_token().expect("a token");
    let before = trail::exported(&host.setup, &[]);

    for token in [None, Some(""), Some(&others), Some(&before_signing_in), Some(&own.to_uppercase())] {
        let fields: Vec<(&str, &str)> = token.iter().map(|token| (FORM_TOKEN, *token)).collect();
        for path in [create.as_str(), "/sign-out", "/patients"] {
            let refused = desk.post_as_it_is(path, &fields).await.expect(403);
            assert!(!refused.says("Maria"), "{path}");
        }
    }
    // Two tokens, the wrong one first; and the right one in the address instead of the form.
    let both = [(FORM_TOKEN, others.as_str()), (FORM_TOKEN, own.as_str())];
    desk.post_as_it_is(&create, &both).await.expect(403);
    desk.post_as_it_is(&format!("{create}?{FORM_TOKEN}={own}"), &[]).await.expect(403);
    for (name, value) in [
        (ORIGIN.as_str(), "https://evil.example"),
        (ORIGIN.as_str(), "null"),
        // The patients' website on the same machine is another origin.
        (ORIGIN.as_str(), host.portal.as_str()),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = desk.client().post(format!("{}{create}", host.ehr)).header(name, value);
        let answer = desk.send(request.form(&[(FORM_TOKEN, &own)]), &create).await.expect(403);
        assert!(answer.says("That request came from another website"), "{name}: {}", answer.text());
    }

    assert_eq!(trail::exported(&host.setup, &[]), before, "something was done");
    // The very form that was refused is as good as ever where it belongs.
    desk.post_as_it_is(&create, &[(FORM_TOKEN, &own)]).await.expect(303);
    assert!(staff::portal_id(&staff::open_tab(&desk, &MARIA).await).is_some());
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_websites_form() {
    let host = Installation::fresh();
    let password = right_password(&host, FRONT_DESK).await;
    let form = [("user_name", FRONT_DESK), ("password", password.as_str())];
    let elsewhere = Visitor::at(&host.ehr);
    elsewhere.get("/sign-in").await.expect(200);
    let token = elsewhere.form_token().expect("a token");

    // Without a token, with another browser's, and from another page.
    let visitor = Visitor::at(&host.ehr);
    visitor.get("/sign-in").await.expect(200);
    let untold = visitor.post_as_it_is("/sign-in", &form).await;
    let borrowed = visitor.post("/sign-in", &[form.as_slice(), &[(FORM_TOKEN, &token)]].concat()).await;
    let own = visitor.form_token().expect("a token");
    let request = visitor.client().post(format!("{}/sign-in", host.ehr));
    let request = request.header("sec-fetch-site", "cross-site");
    let foreign = request.form(&[form.as_slice(), &[(FORM_TOKEN, &own)]].concat());
    let foreign = visitor.send(foreign, "/sign-in").await;

    for refused in [untold, borrowed, foreign] {
        assert_eq!(refused.status, 403, "{}", refused.text());
        let opens = |cookie: &str| cookie.contains("ehr_session");
        let cookies = refused.headers.get_all(SET_COOKIE);
        assert!(!cookies.iter().any(|cookie| opens(cookie.to_str().expect("text"))));
    }
    assert_eq!(visitor.get("/patients").await.leads_to().as_deref(), Some("/sign-in"));
    // Nothing but what the host itself did when it started.
    let trail = trail::exported(&host.setup, &[]);
    assert!(trail.iter().all(|entry| entry.action == "practice.website-opened"), "{trail:?}");
}

#[tokio::test]
async fn a_session_ends_half_an_hour_after_the_last_click_and_after_a_working_day() {
    let host = Installation::fresh();
    let is_in = async |staff: &Visitor| staff.get("/patients").await.status == 200;
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;

    past::let_pass(&host.setup, 29 * MINUTE).await;
    assert!(is_in(&desk).await);
    past::let_pass(&host.setup, 29 * MINUTE).await;
    assert!(is_in(&desk).await, "each click counts afresh");
    past::let_pass(&host.setup, 30 * MINUTE).await;
    let tab = desk.get("/patients/100001/tabs/patient-portal-admin").await;
    assert_eq!((tab.status, tab.leads_to().as_deref()), (303, Some("/sign-in")));

    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    for _ in 0..29 {
        past::let_pass(&host.setup, 24 * MINUTE).await;
        assert!(is_in(&desk).await);
    }
    past::let_pass(&host.setup, 24 * MINUTE).await;
    assert!(!is_in(&desk).await, "twelve hours of clicking");
}

#[tokio::test]
async fn signing_in_and_out_ends_the_session_on_the_host() {
    let host = Installation::fresh();
    let desk = Visitor::at(&host.ehr);
    let password = right_password(&host, FRONT_DESK).await;
    let session = async || {
        let answer = staff::try_to_sign_in(&desk, FRONT_DESK, &password).await.expect(303);
        let cookie = answer.headers[SET_COOKIE].to_str().expect("text");
        cookie.split(';').next().expect("a pair").to_owned()
    };
    let stolen_is_good = async |cookie: &str| {
        let thief = Visitor::at(&host.ehr);
        let request = thief.client().get(format!("{}/patients", host.ehr)).header(COOKIE, cookie);
        thief.send(request, "/patients").await.status == 200
    };
    let first = session().await;
    assert!(stolen_is_good(&first).await, "the cookie is what opens it");

    let second = session().await;
    assert_ne!(first, second);
    assert!(!stolen_is_good(&first).await, "signing in again leaves the old session open");
    assert!(stolen_is_good(&second).await);

    let page = desk.open("/patients").await.expect(200);
    desk.submit(&page, &page.form("Sign out")).await.expect(200);
    assert!(!stolen_is_good(&second).await, "signing out leaves the session open");
}

#[tokio::test]
async fn a_request_for_another_host_is_for_nobody_here() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let port = host.ehr.rsplit(':').next().expect("a port");
    let website = host.portal.trim_start_matches("http://");
    for name in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", website, "ehr.example.org", ""]
    {
        for path in ["/patients", "/sign-in", "/assets/ehr.css", "/no-such-page"] {
            let request = desk.client().get(format!("{}{path}", host.ehr)).header(HOST, name);
            let answer = desk.send(request, path).await;
            assert_eq!(answer.status, 421, "{name:?}{path}: {}", answer.text());
            assert!(!answer.says("Maria") && answer.headers.get(SET_COOKIE).is_none(), "{name:?}{path}");
        }
    }
    let localhost = format!("LOCALHOST:{port}");
    let request = desk.client().get(format!("{}/sign-in", host.ehr)).header(HOST, localhost);
    desk.send(request, "/sign-in").await.expect(200);
}

#[tokio::test]
async fn behind_tls_cookies_are_the_hosts_own_and_come_back_over_nothing_else() {
    // The host does not say where it listens, since people find it elsewhere.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    drop(listener);
    let mut setup = Setup::fresh().with("--ehr-url", "https://ehr.example.org");
    setup.ehr.clone_from(&address);
    let _host = setup.start();
    let base = format!("http://{address}");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
    let client = client.expect("an HTTP client");
    let asker = Visitor::sending(&base, &[("host", "ehr.example.org")]);
    let page = asker.get("/sign-in").await.expect(200);
    let visit = cookie(&page);
    assert!(visit.starts_with("__Host-ehr_visit="), "{visit}");

    let pair = visit.split(';').next().expect("a pair");
    let token = asker.form_token().expect("a token");
    let password = staff::password_of(&page, FRONT_DESK);
    let form = [("user_name", FRONT_DESK), ("password", &password), (FORM_TOKEN, &token)];
    let request = client.post(format!("{base}/sign-in")).header(COOKIE, pair);
    let signed_in = asker.send(request.form(&form), "/sign-in").await.expect(303);

    let session = cookie(&signed_in);
    assert!(session.starts_with("__Host-ehr_session="), "{session}");
    for cookie in [&visit, &session] {
        let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
        assert_eq!(attributes, ["HttpOnly", "SameSite=Strict", "Path=/", "Secure"], "{cookie}");
    }
    // Without the prefix anyone on the network could have set it.
    let plain = session.split(';').next().expect("a pair").replace("__Host-", "");
    let request = client.get(format!("{base}/patients")).header(COOKIE, plain);
    let refused = asker.send(request, "/patients").await;
    assert_eq!(refused.leads_to().as_deref(), Some("/sign-in"));
}

/// The one cookie that came.
fn cookie(answer: &Answer) -> String {
    let cookies: Vec<_> = answer.headers.get_all(SET_COOKIE).iter().collect();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    cookies[0].to_str().expect("text").to_owned()
}
