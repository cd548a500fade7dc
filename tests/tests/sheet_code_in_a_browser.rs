//! The QR code on the printed sheet, from paper to a phone: a camera reads the code off the printed
//! page, and the phone opens what it says.

use portal_tests::Installation;
use portal_tests::browser::{Browser, Paper};
use portal_tests::people::{FRONT_DESK, MARIA, PASSWORD, SEAN};
use portal_tests::staff::{self, PRINT};

const READ: &str = "We read your Patient Portal ID from the square code on your sheet.";
const PORTAL_ID: &str = "Patient Portal ID";

/// Invites someone, prints the sheet and reads its code.
async fn scanned_sheet(host: &Installation, person: &portal_tests::people::Person) -> String {
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    staff::invite(&desk, person).await;
    let tab = staff::open_tab(&desk, person).await;
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    browser.open(&format!("{}{}", host.ehr, tab.path)).await;
    browser.follow(PRINT).await;
    let printed = browser.print(&format!("scanned-{}", person.search), Paper::Letter).await;
    browser.close().await;
    let [code] = printed.scan().try_into().expect("one code on the sheet");
    code
}

async fn type_the_rest(browser: &Browser, born: &str) {
    browser.fill("First initial of your first name", MARIA.first).await;
    browser.fill("First initial of your last name", MARIA.last).await;
    browser.fill("Date of birth", born).await;
    browser.press("Confirm").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_takes_the_place_of_typing_the_portal_id() {
    let host = Installation::fresh();
    let code = scanned_sheet(&host, &MARIA).await;
    let (page, token) = code.split_once('#').expect("a token");
    let phone = Browser::phone().await;

    phone.open(&code).await;
    phone.see(READ).await;

    assert_eq!(phone.url().await, page, "the token stays in the address");
    assert!(!phone.has_field(PORTAL_ID).await, "the ID is asked for as well");
    assert_eq!(phone.overflow().await, 0, "the page is wider than the phone");
    phone.screenshot("phone-scanned").await;

    // Nor does another language cost it, in which the address shows nothing of it either.
    phone.press("Español").await;
    phone.see("Leímos su ID del Portal del Paciente en el código cuadrado de su hoja.").await;
    assert_eq!(phone.url().await, page, "the token stays in the address");
    phone.press("English").await;
    phone.see(READ).await;

    // A mistake does not cost the code, and the token is never on show.
    type_the_rest(&phone, "02/28/1984").await;
    phone.see("We could not confirm you").await;
    phone.see(READ).await;
    assert!(!phone.url().await.contains(token) && !phone.says(token).await);
    phone.press("Español").await;
    phone.see("No pudimos confirmar quién es usted").await;
    phone.see("Leímos su ID").await;
    assert!(!phone.url().await.contains(token) && !phone.says(token).await);
    phone.press("English").await;
    type_the_rest(&phone, MARIA.born).await;
    phone.fill("Username", "maria.scans").await;
    phone.fill("Password", PASSWORD).await;
    phone.fill("Password again", PASSWORD).await;
    phone.press("Save").await;
    phone.see("Your account is ready").await;
    phone.close().await;

    // Used: the code leads nowhere any more.
    let again = Browser::phone().await;
    again.open(&code).await;
    type_the_rest(&again, MARIA.born).await;
    again.see("We could not confirm you").await;
    assert!(!host.log().contains(token), "the token is in the log");
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_would_rather_type_and_whoever_has_no_javascript_types_the_portal_id() {
    let host = Installation::fresh();
    let code = scanned_sheet(&host, &SEAN).await;

    let phone = Browser::phone().await;
    phone.open(&code).await;
    phone.see(READ).await;
    phone.press_in_place("Type the ID instead").await;
    phone.fill(PORTAL_ID, "123456").await;
    assert!(!phone.says(READ).await);
    phone.press("Español").await;
    phone.see("Confirmación de usuario").await;
    assert!(!phone.says("Leímos su ID").await, "what was put aside is back");
    // Not after a mistake either.
    phone.open("about:blank").await;
    phone.open(&code).await;
    phone.see("Leímos su ID").await;
    phone.press("Confirmar").await;
    phone.see("Hay un problema").await;
    phone.press_in_place("Prefiero escribir el ID").await;
    phone.press("English").await;
    phone.see("User Confirmation").await;
    assert!(!phone.says(READ).await, "what was put aside is back");
    phone.close().await;

    let plain = Browser::without_javascript().await;
    plain.open(&code).await;
    assert!(!plain.says(READ).await);
    plain.fill(PORTAL_ID, "123456").await;
    plain.close().await;
}
