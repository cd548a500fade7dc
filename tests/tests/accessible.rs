//! Every state of every page, light and dark, as wide as a desktop and at 400 % zoom: axe finds nothing, nothing is
//! scrolled to sideways, every target is large enough, fields tell what they are for, and nothing moves for who asks
//! for that. A page that is in the table of routes and in no state fails.

use portal_tests::artifacts::{chore, target_folder};
use portal_tests::axe;
use portal_tests::browser::{Browser, Theme};
use portal_tests::coverage;
use portal_tests::figures::document::{BEGIN, END};
use portal_tests::states::arrive::languages;
use portal_tests::states::seen::ZOOMED;
use portal_tests::states::{State, ehr, gaps, website};

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

/// By the chore that measures what is asked of people, which fails where axe or [`portal_tests::states::closer`] finds
/// something, and writes how often it looked.
#[test]
fn nobody_is_shut_out_of_any_page() {
    let into = target_folder().join("figures");
    let _ = std::fs::remove_dir_all(&into);

    let said = chore(&["figures", "--into", &into.display().to_string()]);

    let written = std::fs::read_to_string(into.join("experience.md")).expect("the page is written");
    let (_, after) = written.split_once(BEGIN).expect("the place of the figures");
    let (table, _) = after.split_once(END).expect("its end");
    println!("{table}");
    assert!(said.contains(table.trim()), "{said}");
    let looks = table.split("0, in ").nth(1).and_then(|rest| rest.split(' ').next()).expect("the looks");
    let looks: usize = looks.parse().expect("a number");
    // At each state in each of its languages, in two windows, light and dark.
    let states = website::STATES.iter().chain(ehr::STATES);
    assert_eq!(looks, states.map(|state| 4 * languages(state).len()).sum::<usize>());
}
