//! Every state of every page, light and dark, as wide as a desktop and at 400 % zoom: axe finds nothing, nothing is
//! scrolled to sideways, every target is large enough, fields tell what they are for, and nothing moves for who asks
//! for that. A page that is in the table of routes and in no state fails.

use portal_tests::axe::{self, Found};
use portal_tests::browser::{Browser, DESKTOP, Theme};
use portal_tests::coverage;
use portal_tests::states::seen::{self, Way, ZOOMED};
use portal_tests::states::{State, ehr, gaps, website};

/// What WCAG 2.2, 1.3.5 asks for, and password managers need: each field of this name tells this purpose.
const PURPOSES: [(&str, &str); 10] = [
    ("birth_date", "bday"),
    ("user_name", "username"),
    ("portal_id", "off"),
    ("first_initial", "off"),
    ("last_initial", "off"),
    ("current_password", "current-password"),
    ("password_again", "new-password"),
    ("name", "off"),
    ("search", "off"),
    ("answer.reason", "off"),
];

#[test]
fn every_page_of_the_website_is_shown_in_some_state() {
    let gaps = gaps(coverage::website::TABLE, website::STATES, website::NO_PAGES);
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn every_page_of_the_ehr_is_shown_in_some_state() {
    let gaps = gaps(coverage::ehr::TABLE, ehr::STATES, ehr::NO_PAGES);
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn a_page_that_no_state_shows_and_a_state_of_no_page_are_named() {
    let fewer: Vec<State> = website::STATES.iter().filter(|it| it.name != "home").copied().collect();
    let fewer: Vec<State> = fewer.into_iter().filter(|it| it.name != "home-still-there").collect();
    let one = State { route: ("GET", "/gone"), name: "account", ..website::STATES[0] };
    let states = [fewer, vec![one]].concat();

    let gaps = gaps(coverage::website::TABLE, &states, website::NO_PAGES);

    let told = ["GET /home is shown in no state", "GET /gone is no route", "two states are called account"];
    assert_eq!(gaps, told);
}

/// Which purpose the field of this name must tell on this page.
fn purpose(state: &State, name: &str) -> Option<&'static str> {
    let route = state.route.1;
    match name {
        "username" => Some("username"),
        "password" if route == "/credentials" || route == "/account/password" => Some("new-password"),
        "password" => Some("current-password"),
        "code" => Some("one-time-code"),
        name => PURPOSES.iter().find(|(known, _)| *known == name).map(|(_, purpose)| *purpose),
    }
}

/// What axe does not look for: the language, what fields are for, and where the keys lead.
async fn look_closer(browser: &Browser, state: &State, way: Way, found: &mut Found) {
    if found.language != way.language {
        found.faults.push(format!("it says that it is in {:?}", found.language));
    }
    for (name, told) in &found.purposes {
        let must = purpose(state, name);
        if must.is_some_and(|must| must != told) {
            found.faults.push(format!("the field {name} is for {told:?}, and not for {must:?}"));
        }
    }
    if (way.screen == DESKTOP) == (way.theme == Theme::Light) {
        found.faults.extend(browser.walk_through().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_shuts_people_out_is_told_so() {
    let browser = Browser::desktop().await;
    browser.be_as_wide_as(ZOOMED).await;
    browser.be(Theme::Light).await;
    let page = "<title>Shut out</title><main><h1>Shut out</h1><img src='x'><p style='color:%23aaa'>Pale</p>\
        <p style='width:400px'>Wide</p><p><a href='%23x' style='font-size:8px'>Small</a></p>\
        <div class='summary' tabindex='-1'><a href='%23gone'>Nowhere</a></div>\
        <button style='outline:none;transition:color 1s'>Unseen</button></main>";
    browser.open(&format!("data:text/html,{page}")).await;

    let mut faults = axe::look(&browser).await.faults;
    faults.extend(browser.walk_through().await);

    for told in [
        "html-has-lang",
        "image-alt",
        "color-contrast: ",
        "wider than the window",
        "\"Small\" is ",
        "leads to no field",
        "has not got the focus",
        "\"Unseen\" moves",
        "its outline is none",
    ] {
        assert!(faults.iter().any(|fault| fault.contains(told)), "{told}: {}", faults.join("\n"));
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shut_out_of_any_page() {
    let seen =
        seen::everything(async |browser, state, way, found| look_closer(browser, state, way, found).await)
            .await;
    println!("{} looks with axe; the smallest contrast is {:?}", seen.looks, seen.contrast);
    assert!(seen.faults.is_empty(), "{} faults:\n{}", seen.faults.len(), seen.faults.join("\n"));
}
