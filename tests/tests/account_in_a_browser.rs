//! The patient's own pages: home, account, another password, logging out elsewhere, and what to do about a
//! forgotten one. In a real Chromium, on a phone, and once more without any script.

use portal_tests::Installation;
use portal_tests::browser::Browser;
use portal_tests::html;
use portal_tests::patient;
use portal_tests::people::{ADMIN, ANA, ELODIE, FRONT_DESK, MADONNA, MARIA, PASSWORD, Person, SEAN};
use portal_tests::staff;
use portal_tests::visitor::Visitor;
use std::sync::OnceLock;

const NEW_PASSWORD: &str = "a walk around the lake on sunday";
const CHANGE: &str = "Change your password";
const ACCOUNT: &str = "Your account";
const THERE: &str = "Log out there";
const SHOW: &str = "Show password";
const EVERYWHERE: &str = "Log out everywhere";

/// Shared, since each test is about a patient of its own.
fn host() -> &'static Installation {
    static SHARED: OnceLock<Installation> = OnceLock::new();
    SHARED.get_or_init(Installation::fresh)
}

/// Invited and activated, and logged in nowhere.
async fn activated(person: &Person, username: &str) {
    let desk = staff::sign_in(&host().ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, person).await;
    patient::activate(&host().portal, person, &id, username).await;
}

/// A phone with this patient at home.
async fn at_home(username: &str) -> Browser {
    let phone = Browser::phone().await;
    patient::log_in_at(&phone, &host().portal, username, PASSWORD).await;
    phone.see("You are logged in.").await;
    phone
}

/// Somewhere else where this patient is logged in.
async fn elsewhere(username: &str) -> Visitor {
    let visitor = Visitor::at(&host().portal);
    assert!(patient::is_home(&patient::log_in(&visitor, username, PASSWORD).await));
    visitor
}

async fn is_in(visitor: &Visitor) -> bool {
    patient::is_home(&visitor.open("/home").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn home_greets_and_tells_who_was_here_and_whom_to_call() {
    activated(&MARIA, "maria").await;
    elsewhere("maria").await;
    let phone = at_home("maria").await;

    phone.see("Hello, Maria Garcia").await;
    phone.see("Last login apart from this one:").await;
    phone.see("A username and a password were chosen, by you").await;
    phone.see("Was any of this not you? Call Lakeside Family Practice at (555) 010-0199").await;
    phone.fits_everywhere("home").await;

    // Who gave access or took it, where it was not the patient.
    let admin = staff::sign_in(&host().ehr, ADMIN).await;
    let tab = staff::open_tab(&admin, &MARIA).await;
    staff::turn_off(&admin, &tab, "called and asked for it").await.expect(200);
    staff::press(&admin, &staff::open_tab(&admin, &MARIA).await, staff::TURN_ON).await;
    phone.reload().await;
    phone.see("You were logged out").await;
    phone.fits_everywhere("session-ended").await;
    let phone = at_home("maria").await;
    phone.see("Access was turned on, by Alex Admin at the practice").await;
    phone.fits_everywhere("home-after-staff").await;
    assert!(!phone.says("called and asked for it").await, "the reason is for the record");
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_page_shows_sessions_and_acts_and_ends_one_or_all() {
    activated(&ELODIE, "elodie").await;
    let (library, work) = (elsewhere("elodie").await, elsewhere("elodie").await);
    let phone = at_home("elodie").await;
    phone.follow(ACCOUNT).await;
    phone.see("Where you are logged in").await;
    phone.see("This browser").await;
    phone.see("What happened lately").await;
    assert_eq!(phone.text().await.matches("Another browser").count(), 2);
    phone.fits_everywhere("account").await;

    // Of two, either one: each button ends the session beside it and no other.
    phone.press_first(THERE).await;
    phone.see("This browser").await;
    assert_eq!(phone.text().await.matches("Another browser").count(), 1);
    let still_in = [is_in(&library).await, is_in(&work).await];
    assert_eq!(still_in.iter().filter(|is_in| **is_in).count(), 1, "{still_in:?}");
    phone.open(&format!("{}/home", host().portal)).await;
    phone.see("You are logged in.").await;

    phone.follow(ACCOUNT).await;
    phone.press(EVERYWHERE).await;
    phone.see("You are logged out").await;
    phone.fits_everywhere("logged-out").await;
    assert!(!is_in(&library).await && !is_in(&work).await);
    phone.open(&format!("{}/account", host().portal)).await;
    assert!(!phone.says(ACCOUNT).await, "{}", phone.text().await);
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_once_everything_is_right_and_ends_the_sessions_elsewhere() {
    activated(&SEAN, "sean").await;
    let library = elsewhere("sean").await;
    let phone = at_home("sean").await;
    phone.follow(ACCOUNT).await;
    phone.follow(CHANGE).await;
    phone.see("you stay logged in here").await;
    phone.fits_everywhere("new-password").await;
    phone.follow("Back to your account").await;
    phone.follow(CHANGE).await;

    for (current, new, again, mistake) in [
        ("seven quiet herons at dawn", NEW_PASSWORD, NEW_PASSWORD, "This is not your password."),
        (PASSWORD, "short", "short", "at least 15 characters"),
        (PASSWORD, NEW_PASSWORD, "a walk around the lake on monday", "not the same"),
    ] {
        phone.fill("Your password now", current).await;
        phone.fill("New password", new).await;
        phone.fill("New password again", again).await;
        phone.press("Save").await;
        phone.see(mistake).await;
        assert_eq!(phone.value_of("New password").await, "", "a page never sends a password back");
    }
    phone.fits_everywhere("new-password-mistake").await;
    assert!(is_in(&library).await, "a mistake ended a session");

    phone.fill("Your password now", PASSWORD).await;
    phone.fill("New password", NEW_PASSWORD).await;
    phone.fill("New password again", NEW_PASSWORD).await;
    phone.press("Save").await;
    phone.see("Your password was changed").await;
    phone.fits_everywhere("password-changed").await;
    assert!(!is_in(&library).await);
    phone.follow("Go to your account").await;
    phone.see("The password was changed").await;
    assert!(!phone.says("Another browser").await);
    assert!(!patient::can_log_in(&host().portal, "sean", PASSWORD).await);
    assert!(patient::can_log_in(&host().portal, "sean", NEW_PASSWORD).await);
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_can_be_seen_while_it_is_typed_and_no_longer_once_it_is_sent() {
    activated(&ANA, "ana.s").await;
    let phone = Browser::phone().await;
    phone.open(&host().portal).await;
    phone.fill("Username", "ana.s").await;
    phone.fill("Password", "seven quiet herons at dawn").await;
    assert!(!phone.shows("Password").await);
    phone.tick(SHOW).await;
    assert!(phone.shows("Password").await);
    phone.screenshot("password-shown").await;
    phone.tick(SHOW).await;
    assert!(!phone.shows("Password").await, "it cannot be hidden again");
    phone.tick(SHOW).await;
    // Who leaves and comes back finds it hidden.
    phone.follow("Forgot your username or password?").await;
    phone.back().await;
    phone.see("Username").await;
    assert!(!phone.shows("Password").await, "it is on show for whoever comes next");
    phone.fill("Username", "ana.s").await;
    phone.fill("Password", "seven quiet herons at dawn").await;
    phone.tick(SHOW).await;
    phone.watch_sending("Password").await;
    phone.press("Log in").await;
    phone.see("This username and password do not match.").await;
    assert_eq!(phone.sent_as().await, "password", "the browser may offer it to whoever types next");
    phone.fill("Password", PASSWORD).await;
    phone.press("Log in").await;
    phone.see("You are logged in.").await;

    phone.open(&format!("{}/account/password", host().portal)).await;
    let fields = ["Your password now", "New password", "New password again"];
    phone.tick("Show passwords").await;
    for field in fields {
        assert!(phone.shows(field).await, "{field}");
    }
    phone.follow("Back to your account").await;
    phone.back().await;
    phone.see(fields[0]).await;
    for field in fields {
        assert!(!phone.shows(field).await, "{field}");
    }
    assert_eq!(phone.overflow().await, 0);
    phone.close().await;

    let phone = Browser::without_javascript().await;
    phone.open(&host().portal).await;
    assert!(!phone.has_field(SHOW).await, "a box that does nothing");
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_forgot_the_password_is_told_whom_to_call_and_asked_nothing() {
    let phone = Browser::phone().await;
    phone.open(&host().portal).await;
    phone.fits_everywhere("log-in").await;

    phone.follow("Forgot your username or password?").await;

    phone.see("(555) 010-0199").await;
    phone.see("they give you a new sheet").await;
    assert!(!phone.has_field("Username").await);
    phone.fits_everywhere("forgotten").await;
    phone.follow("Go to the login page").await;
    assert!(phone.has_field("Username").await);
    phone.close().await;
}

#[tokio::test]
async fn everything_works_without_a_script() {
    activated(&MADONNA, "madonna").await;
    let (madonna, library) = (elsewhere("madonna").await, elsewhere("madonna").await);
    let home = madonna.open("/home").await.expect(200);
    assert!(home.says("Hello, Madonna"), "{}", home.text());

    let account = madonna.open(&home.link(ACCOUNT)).await.expect(200);
    assert!(account.says("Username: madonna") && account.has_button(THERE), "{}", account.text());
    let account = madonna.submit(&account, &account.form(THERE)).await.expect(200);
    assert!(!account.has_button(THERE) && !is_in(&library).await && is_in(&madonna).await);

    let library = elsewhere("madonna").await;
    let page = madonna.open(&account.link(CHANGE)).await.expect(200);
    let typed = |current: &str| {
        let form = page.form("Save").fill("Your password now", current);
        form.fill("New password", NEW_PASSWORD).fill("New password again", NEW_PASSWORD)
    };
    let mistaken = madonna.submit(&page, &typed("seven quiet herons at dawn")).await.expect(422);
    assert!(mistaken.says("This is not your password."), "{}", mistaken.text());
    assert!(!mistaken.body.contains(NEW_PASSWORD), "a page never sends a password back");
    let changed = madonna.submit(&page, &typed(PASSWORD)).await.expect(200);
    assert!(changed.says("Your password was changed"), "{}", changed.text());
    assert!(!is_in(&library).await && is_in(&madonna).await);

    let account = madonna.open(&changed.link("Go to your account")).await.expect(200);
    let out = madonna.submit(&account, &account.form(EVERYWHERE)).await.expect(200);
    assert!(out.says("You are logged out") && !is_in(&madonna).await, "{}", out.text());

    let start = madonna.open("/").await.expect(200);
    let forgotten = madonna.open(&start.link("Forgot your username or password?")).await.expect(200);
    assert!(forgotten.says("(555) 010-0199"), "{}", forgotten.text());
    let (_, asked) = forgotten.body.split_once("<main").expect("a page");
    assert!(html::forms(asked).is_empty(), "it asks for something");
}
