//! The same journey by plain HTTP, seeing every redirect, and once in Chromium with scripts off.

use portal_tests::Installation;
use portal_tests::browser::Browser;
use portal_tests::html;
use portal_tests::patient::{self, NOT_CONFIRMED, NOT_LOGGED_IN};
use portal_tests::people::{
    ADMIN, BILLING, EVERYONE, FRONT_DESK, MARIA, NO_BIRTH_DATE, PASSWORD, Person, SEAN, XIUYING,
};
use portal_tests::staff::{self, CREATE, PRINT, REISSUE, TAB};
use portal_tests::visitor::{Answer, Visitor};

#[tokio::test]
async fn a_change_is_answered_by_a_redirect_to_the_page_that_shows_it() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;

    let created = desk.send_form(&tab, &tab.form(CREATE)).await.expect(303);
    assert_eq!(created.leads_to().as_deref(), Some(tab.path.as_str()));
    let tab = desk.follow(created).await.expect(200);
    let id = staff::portal_id(&tab).expect("a Portal ID");

    let maria = Visitor::at(&host.portal);
    let page = maria.open("/activate").await.expect(200);
    let form = page
        .form("Confirm")
        .fill("Patient Portal ID", &id)
        .fill("First initial of your first name", "m")
        .fill("First initial of your last name", "g")
        .fill("Date of birth", "2-29-1984");
    let confirmed = maria.send_form(&page, &form).await.expect(303);
    assert_eq!(confirmed.leads_to().as_deref(), Some("/credentials"));
    let page = maria.follow(confirmed).await.expect(200);
    let form = page
        .form("Save")
        .fill("Username", "Maria.Garcia")
        .fill("Password", PASSWORD)
        .fill("Password again", PASSWORD);
    let saved = maria.send_form(&page, &form).await.expect(303);
    assert_eq!(saved.leads_to().as_deref(), Some("/activated"));
    let done = maria.follow(saved).await.expect(200);
    let login = maria.open(&done.link("Go to the login page")).await.expect(200);
    // The username counts in any case.
    let form = login.form("Log in").fill("Username", "MARIA.garcia").fill("Password", PASSWORD);
    let in_ = maria.send_form(&login, &form).await.expect(303);
    assert_eq!(in_.leads_to().as_deref(), Some("/home"));
    let home = maria.follow(in_).await.expect(200);
    assert!(home.says("Maria Garcia"), "{}", home.text());
    let out = maria.send_form(&home, &home.form("Log out")).await.expect(303);
    assert_eq!(out.leads_to().as_deref(), Some("/logged-out"));
    let again = maria.get("/home").await.expect(303);
    assert_eq!(again.leads_to().as_deref(), Some("/"));
}

#[tokio::test]
async fn everyone_in_the_sandbox_can_be_invited_and_activate() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    for (number, person) in EVERYONE.iter().enumerate() {
        let id = staff::invite(&desk, person).await;
        let username = format!("patient{number}");
        let visitor = patient::activate(&host.portal, person, &id, &username).await;
        let home = patient::log_in(&visitor, &username, PASSWORD).await;
        assert!(home.says(person.name), "{}: {}", person.name, home.text());
    }
}

#[tokio::test]
async fn a_portal_id_may_be_typed_with_spaces_and_hyphens_and_works_once() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &SEAN).await;
    let typed = format!(" {} - {} ", &id[..3], &id[3..]);
    patient::activate(&host.portal, &SEAN, &typed, "sean").await;

    let other = patient::confirm(&Visitor::at(&host.portal), &SEAN, &id).await;

    assert!(other.says(NOT_CONFIRMED), "{}", other.text());
}

#[tokio::test]
async fn wrong_in_any_way_gets_one_and_the_same_answer() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let used = staff::invite(&desk, &XIUYING).await;
    patient::activate(&host.portal, &XIUYING, &used, "xiuying").await;
    let unknown = if id == "000000" { "000001" } else { "000000" };
    let stranger = || Visitor::at(&host.portal);

    let answers = [
        patient::confirm(&stranger(), &MARIA, unknown).await,
        patient::confirm(&stranger(), &SEAN, &id).await,
        patient::confirm(&stranger(), &XIUYING, &used).await,
        patient::confirm(&stranger(), &Person { born: "02/28/1984", ..MARIA }, &id).await,
    ];

    for answer in &answers {
        assert!(answer.says(NOT_CONFIRMED), "{}", answer.text());
        assert_eq!(without_what_was_typed(answer), without_what_was_typed(&answers[0]));
        assert_eq!(answer.status, answers[0].status);
        let names = |a: &Answer| {
            let mut names: Vec<_> = a.headers.keys().map(ToString::to_string).collect();
            names.sort();
            names
        };
        assert_eq!(names(answer), names(&answers[0]));
    }
    // And an unknown user is told what a wrong password is told.
    let unknown_user = patient::log_in(&stranger(), "nobody.at.all", PASSWORD).await;
    let wrong_password = patient::log_in(&stranger(), "xiuying", "quite another password").await;
    assert!(unknown_user.says(NOT_LOGGED_IN) && wrong_password.says(NOT_LOGGED_IN));
    assert_eq!(unknown_user.status, wrong_password.status);
    assert_eq!(without_what_was_typed(&unknown_user), without_what_was_typed(&wrong_password));
}

/// The page without the values in its fields: those are the visitor's own words, sent back.
fn without_what_was_typed(page: &Answer) -> String {
    let mut parts = page.body.split(" value=\"");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        page.push_str(part.split_once('"').expect("a value ends").1);
    }
    page
}

#[tokio::test]
async fn creating_a_user_a_second_time_keeps_the_first_portal_id() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let before = staff::open_tab(&desk, &MARIA).await;
    let form = before.form(CREATE);
    let first = staff::portal_id(&desk.submit(&before, &form).await).expect("a Portal ID");

    let again = desk.submit(&before, &form).await.expect(200);

    assert_eq!(staff::portal_id(&again), Some(first));
    assert!(again.says("changed after you opened the page, so nothing was done"));
    // Once where it tells what was done meanwhile, and once in the history.
    assert_eq!(again.text().matches("Created this user and issued a Portal ID").count(), 2);
}

#[tokio::test]
async fn a_right_taken_away_is_gone_with_the_next_request() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    let admin = staff::sign_in(&host.ehr, ADMIN).await;
    let levels = admin.open("/administration/access-levels").await.expect(200);
    let level = html::links(&levels.body)
        .into_iter()
        .find(|(name, href)| href.starts_with("/administration/access-levels/") && name.contains("Front"))
        .expect("the front desk's access level")
        .1;
    let general = admin.open(&level).await.expect(200);
    let rights = admin.open(&general.link("User Access")).await.expect(200);
    admin.submit(&rights, &rights.form("Save").tick("Connect EHR View", false)).await.expect(200);

    desk.get(&tab.path).await.expect(403);
    let details = staff::find(&desk, &MARIA).await;
    assert!(!details.has_link(TAB));
    let refused = desk.send_form(&tab, &tab.form(CREATE)).await.expect(403);
    assert!(!refused.says("Maria"), "a refusal names the patient");
}

#[tokio::test]
async fn without_the_right_tab_actions_and_documents_are_refused() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    let billing = staff::sign_in(&host.ehr, BILLING).await;

    assert!(!staff::find(&billing, &MARIA).await.has_link(TAB));
    billing.get(&tab.path).await.expect(403);
    billing.get(&format!("{}/documents/instructions", tab.path)).await.expect(403);
    billing.post(&format!("{}/actions/create", tab.path), &[]).await.expect(403);
    for path in ["/administration/users", "/administration/access-levels", "/administration/modules"] {
        billing.get(path).await.expect(403);
    }
    // Nothing came of it.
    assert!(staff::open_tab(&desk, &MARIA).await.has_button(CREATE));
}

#[tokio::test]
async fn a_patient_without_a_date_of_birth_is_not_created_even_when_asked_directly() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &NO_BIRTH_DATE).await;
    assert!(tab.says("The portal needs a date of birth"), "{}", tab.text());

    let answer = desk.post(&format!("{}/actions/create", tab.path), &[]).await;
    let after = desk.follow(answer).await;

    assert_eq!(staff::portal_id(&after), None);
    assert_eq!(staff::portal_id(&staff::open_tab(&desk, &NO_BIRTH_DATE).await), None);
}

#[tokio::test]
async fn opening_the_instructions_shows_the_id_and_is_put_on_record() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    let sheet = desk.open(&tab.link(PRINT)).await.expect(200);
    assert!(sheet.says(&format!("{} {}", &id[..3], &id[3..])), "{}", sheet.text());
    assert!(!sheet.body.contains("1984"), "the date of birth is on the sheet");

    let tab = staff::open_tab(&desk, &MARIA).await;

    assert!(tab.says("Opened the patient instructions to print"), "{}", tab.text());
    assert!(!tab.has_button(REISSUE), "an ID that works can be issued again by accident");
    let question = desk.open(&tab.link(REISSUE)).await.expect(200);
    assert!(question.says("The ID on the sheet stops working at once."), "{}", question.text());
    let answer = desk.send_form(&question, &question.form(REISSUE)).await;
    let tab = desk.follow(answer).await;
    assert!(tab.says("A new Portal ID was issued."), "{}", tab.text());
    assert_ne!(staff::portal_id(&tab), Some(id));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journey_works_in_a_browser_with_scripts_off() {
    let host = Installation::fresh();
    let page = Visitor::at(&host.ehr).get("/sign-in").await;
    let browser = Browser::without_javascript().await;
    browser.open(&format!("{}/sign-in", host.ehr)).await;
    browser.fill("User name", FRONT_DESK).await;
    browser.fill("Password", &staff::password_of(&page, FRONT_DESK)).await;
    browser.press("Sign in").await;
    browser.fill("Search by name", "Garcia").await;
    browser.press("Search").await;
    browser.follow("Maria Garcia").await;
    browser.follow(TAB).await;
    browser.press(CREATE).await;
    let id = browser.fact("Patient Portal ID").await;
    browser.follow(PRINT).await;
    browser.see("use your browser’s Print command").await;
    assert!(!browser.has_button("Print").await, "a button that cannot do anything");

    browser.open(&host.portal).await;
    browser.follow("Activate Account").await;
    browser.fill("Patient Portal ID", &id).await;
    browser.fill("First initial of your first name", "M").await;
    browser.fill("First initial of your last name", "G").await;
    browser.fill("Date of birth", "02/29/1984").await;
    browser.press("Confirm").await;
    browser.fill("Username", "maria").await;
    browser.fill("Password", PASSWORD).await;
    browser.fill("Password again", PASSWORD).await;
    browser.press("Save").await;
    browser.follow("Go to the login page").await;
    browser.fill("Username", "maria").await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Log in").await;
    browser.see("Maria Garcia").await;
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.close().await;
}
