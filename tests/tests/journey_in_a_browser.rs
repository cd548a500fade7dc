//! The whole way from the access level to the home page, in a real Chromium, by the words on the
//! screen.

use portal_tests::Installation;
use portal_tests::browser::Browser;
use portal_tests::people::{
    ADMIN, ALMA, ANA, BILLING, ELODIE, FRONT_DESK, MADONNA, MARIA, NO_BIRTH_DATE, PASSWORD, Person,
};
use portal_tests::staff::{self, CREATE, PRINT, TAB};
use std::sync::OnceLock;

/// Shared where tests touch different patients.
fn shared() -> &'static Installation {
    static SHARED: OnceLock<Installation> = OnceLock::new();
    SHARED.get_or_init(Installation::fresh)
}

async fn open_patient(browser: &Browser, ehr: &str, person: &Person) {
    browser.open(&format!("{ehr}/patients")).await;
    browser.fill("Search by name", person.search).await;
    browser.press("Search").await;
    browser.follow(person.name).await;
    browser.see("Demographics").await;
}

async fn invite(browser: &Browser, ehr: &str, person: &Person) -> String {
    open_patient(browser, ehr, person).await;
    browser.follow(TAB).await;
    browser.press(CREATE).await;
    browser.see("Patient Portal ID").await;
    shown_id(browser).await
}

async fn shown_id(browser: &Browser) -> String {
    let shown = browser.fact("Patient Portal ID").await;
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{shown} is not six digits");
    digits
}

async fn confirm(browser: &Browser, portal: &str, person: &Person, id: &str) {
    browser.open(portal).await;
    browser.follow("Activate Account").await;
    browser.see("User Confirmation").await;
    browser.fill("Patient Portal ID", id).await;
    browser.fill("First initial of your first name", person.first).await;
    browser.fill("First initial of your last name", person.last).await;
    browser.fill("Date of birth", person.born).await;
    browser.press("Confirm").await;
}

async fn choose_credentials(browser: &Browser, username: &str) {
    browser.fill("Username", username).await;
    browser.fill("Password", PASSWORD).await;
    browser.fill("Password again", PASSWORD).await;
    browser.press("Save").await;
    browser.see("Your account is ready").await;
}

async fn log_in(browser: &Browser, username: &str) {
    browser.fill("Username", username).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Log in").await;
}

/// The way of every patient who can be invited, up to the home page and out again.
async fn whole_way(person: &Person, username: &str) {
    let host = shared();
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    let id = invite(&browser, &host.ehr, person).await;
    confirm(&browser, &host.portal, person, &id).await;
    choose_credentials(&browser, username).await;
    browser.follow("Go to the login page").await;
    log_in(&browser, username).await;
    browser.see("You are logged in").await;
    for part in person.name.split(' ') {
        browser.see(part).await;
    }
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_access_level_lets_billing_invite_maria_who_then_logs_in() {
    let host = Installation::fresh();
    let (admin, billing) = (Browser::desktop().await, Browser::desktop().await);

    // Before: billing sees no tab, and the direct address is refused.
    staff::sign_in_at(&billing, &host.ehr, BILLING).await;
    open_patient(&billing, &host.ehr, &MARIA).await;
    assert!(!billing.has_link(TAB).await, "billing sees the tab already");
    let tab_address = billing.url().await.replace("demographics", "tabs/patient-portal-admin");
    billing.open(&tab_address).await;
    billing.see("Your access level does not allow this").await;
    assert!(billing.has_link("Patients").await && billing.has_button("Sign out").await, "no way on");
    billing.screenshot("tab-refused").await;

    // The administrator's way.
    staff::sign_in_at(&admin, &host.ehr, ADMIN).await;
    admin.follow("Administration").await;
    admin.follow("Access Levels").await;
    admin.screenshot("access-levels").await;
    admin.fill("Name", "Billing with portal").await;
    admin.press("Create access level").await;
    admin.follow("Menu Access").await;
    if !admin.says("Menu Access").await {
        admin.see("Menu Access").await;
    }
    admin.tick("Patients").await;
    admin.press("Save").await;
    admin.follow("User Access").await;
    admin.tick("Patients View").await;
    admin.tick("Connect EHR View").await;
    admin.screenshot("user-access").await;
    admin.press("Save").await;
    admin.follow("Administration").await;
    admin.follow("Users").await;
    let text = admin.text().await;
    let name = user_name_of(&host.ehr, BILLING).await;
    assert!(text.contains(&name), "{text}");
    admin.choose(&format!("Access level of {name}"), "Billing with portal").await;
    admin.press(&format!("Save access level of {name}")).await;

    // From billing's next request on.
    billing.open(&tab_address).await;
    billing.see(CREATE).await;
    open_patient(&billing, &host.ehr, &MARIA).await;
    billing.follow(TAB).await;
    billing.screenshot("tab-not-invited").await;
    billing.press(CREATE).await;
    billing.see("Patient Portal ID").await;
    billing.screenshot("tab-invited").await;
    let id = shown_id(&billing).await;

    // Reload does no harm: still one ID, and no way to create the user again.
    billing.reload().await;
    assert_eq!(shown_id(&billing).await, id);
    assert!(!billing.has_button(CREATE).await);
    billing.back().await;
    assert!(!billing.says("went wrong").await);

    billing.open(&tab_address).await;
    billing.follow(PRINT).await;
    // In the language she prefers.
    billing.see("Instrucciones del Portal del Paciente").await;
    assert!(billing.has_button("Print").await);
    billing.screenshot("instructions").await;

    // At home, on a phone.
    let maria = Browser::phone().await;
    confirm(&maria, &host.portal, &MARIA, &id).await;
    maria.screenshot("phone-credentials").await;
    assert_eq!(maria.overflow().await, 0, "the page is wider than the phone");
    choose_credentials(&maria, "maria.garcia").await;
    maria.screenshot("phone-activated").await;

    // Back after activation does no harm.
    maria.back().await;
    assert!(!maria.says("went wrong").await, "{}", maria.text().await);
    maria.open(&format!("{}/activated", host.portal)).await;
    maria.follow("Go to the login page").await;
    assert!(!maria.says("You are logged in").await, "activation must not sign in");
    maria.screenshot("phone-login").await;
    log_in(&maria, "maria.garcia").await;
    maria.see("Maria Garcia").await;
    maria.screenshot("phone-home").await;
    assert_eq!(maria.overflow().await, 0, "the page is wider than the phone");
    maria.press("Log out").await;
    maria.see("You are logged out").await;
    maria.open(&format!("{}/home", host.portal)).await;
    assert!(!maria.says("Maria").await, "home is there after logging out");

    // Staff see where she stands.
    billing.open(&tab_address).await;
    billing.see("Active since").await;
    assert!(!billing.says(&id).await, "a used ID is still shown");
    billing.screenshot("tab-active").await;
    for browser in [admin, billing, maria] {
        browser.close().await;
    }
}

/// The name the EHR shows for a user.
async fn user_name_of(ehr: &str, user: &str) -> String {
    let admin = staff::sign_in(ehr, ADMIN).await;
    let users = admin.open("/administration/users").await.expect(200).text();
    let before = users.split(&format!(" {user} ")).next().expect("the user is listed").to_owned();
    before
        .split_whitespace()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn elodie_types_her_initials_without_accents() {
    whole_way(&ELODIE, "elodie").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn madonna_leaves_the_initial_she_does_not_have_empty() {
    whole_way(&MADONNA, "madonna").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_with_the_same_details_each_reach_their_own_home_page() {
    let host = shared();
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    let ids = [invite(&browser, &host.ehr, &ANA).await, invite(&browser, &host.ehr, &ALMA).await];
    assert_ne!(ids[0], ids[1]);
    for (twin, id, username) in [(&ANA, &ids[0], "ana.silva"), (&ALMA, &ids[1], "alma.silva")] {
        confirm(&browser, &host.portal, twin, id).await;
        choose_credentials(&browser, username).await;
        browser.follow("Go to the login page").await;
        log_in(&browser, username).await;
        browser.see(twin.name).await;
        browser.press("Log out").await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_without_a_date_of_birth_is_not_created_and_the_tab_says_why() {
    let host = shared();
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    open_patient(&browser, &host.ehr, &NO_BIRTH_DATE).await;
    browser.follow(TAB).await;
    browser.see("The portal needs a date of birth").await;
    browser.screenshot("tab-no-birth-date").await;
    assert!(
        !browser.has_button(CREATE).await || {
            browser.press(CREATE).await;
            !browser.says("Patient Portal ID").await
        }
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_keeps_what_was_typed_and_is_named_at_its_field() {
    let host = shared();
    let browser = Browser::desktop().await;
    browser.open(&format!("{}/activate", host.portal)).await;
    browser.fill("Patient Portal ID", "12 34-5").await;
    browser.fill("First initial of your first name", "M").await;
    browser.fill("First initial of your last name", "G").await;
    browser.fill("Date of birth", "02/30/1990").await;
    browser.press("Confirm").await;
    browser.see("exactly 6 digits").await;
    browser.see("There is no such day. That month has 28 days.").await;
    assert_eq!(browser.value_of("Patient Portal ID").await, "12 34-5");
    assert_eq!(browser.value_of("Date of birth").await, "02/30/1990");
    browser.screenshot("confirmation-mistakes").await;

    // Who cannot read what is wrong reads it in another language, and types nothing again.
    browser.press("Español").await;
    browser.see("Ese día no existe.").await;
    browser.screenshot("confirmation-mistakes-in-spanish").await;
    for (field, typed) in [("ID del Portal del Paciente", "12 34-5"), ("Fecha de nacimiento", "02/30/1990")] {
        assert_eq!(browser.value_of(field).await, typed, "{field}");
    }
    browser.close().await;

    let plain = Browser::without_javascript().await;
    plain.open(&host.portal).await;
    plain.fill("Username", "nobody.of.ours").await;
    plain.fill("Password", PASSWORD).await;
    plain.press("Log in").await;
    plain.see("This username and password do not match.").await;
    plain.press("Español").await;
    plain.see("El nombre de usuario y la contraseña no coinciden.").await;
    assert_eq!(plain.value_of("Nombre de usuario").await, "nobody.of.ours");
    plain.close().await;
}
