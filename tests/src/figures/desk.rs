//! How often the front desk has to click, and how many keys it has to press, until a sheet can be printed.

use crate::Setup;
use crate::browser::{Browser, Key};
use crate::people::{ALMA, ELODIE, FRONT_DESK, MADONNA, MARIA, Person, SEAN, XIUYING};
use crate::staff::{self, CREATE, PRINT, TAB};
use crate::{Installation, many};
use serde_json::Value;
use std::time::{Duration, Instant};

/// The button that opens the printer's window.
const PRINT_NOW: &str = "Print";
/// The way that leads there: a link is followed, a button pressed.
const WAY: [(&str, Step); 4] =
    [(TAB, Step::Follow), (CREATE, Step::Press), (PRINT, Step::Follow), (PRINT_NOW, Step::Here)];
/// Whom it is taken with, so that one slow page decides nothing.
const PEOPLE: [Person; 5] = [MARIA, ELODIE, SEAN, XIUYING, MADONNA];
/// More stops than a page has.
const MOST_STOPS: usize = 100;
/// How many patients are made up for a list.
const MADE_UP: u32 = 100;

#[derive(Clone, Copy)]
enum Step {
    Follow,
    Press,
    /// On this very page.
    Here,
}

/// What it took.
pub struct Took {
    /// Clicks, or presses of a key.
    pub acts: usize,
    /// From the page it begins at to the printer's window.
    pub time: Duration,
}

/// Both ways for one patient, from Patient Details, and for a list, from the list of patients.
pub struct Desk {
    /// With a mouse; the time is the one in the middle.
    pub clicks: Took,
    /// With a keyboard alone.
    pub keys: Took,
    /// With a mouse, for so many patients in one go.
    pub list: (u64, Took),
    /// The page that the sheet is on, in English.
    pub sheet: String,
}

/// Lets the front desk do it, as fast as the browser can.
///
/// # Panics
/// Where anything is not where it should be.
pub async fn measure() -> Desk {
    let host = Installation::fresh();
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    let mut taken = Vec::new();
    for person in PEOPLE {
        open_details(&browser, &host, &person).await;
        taken.push(by_mouse(&browser).await);
    }
    taken.sort_by_key(|took| took.time);
    let clicks = taken.swap_remove(PEOPLE.len() / 2);
    open_details(&browser, &host, &ALMA).await;
    let keys = by_keyboard(&browser).await;
    browser.close().await;

    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let tab = staff::open_tab(&desk, &ELODIE).await;
    let sheet = desk.get(&tab.link(PRINT)).await.expect(200).body;
    Desk { clicks, keys, list: list().await, sheet }
}

async fn open_details(browser: &Browser, host: &Installation, person: &Person) {
    browser.open(&format!("{}/patients", host.ehr)).await;
    browser.fill("Search by name", person.search).await;
    browser.press("Search").await;
    browser.follow(person.name).await;
    browser.see("Demographics").await;
}

async fn by_mouse(browser: &Browser) -> Took {
    let begun = Instant::now();
    for (name, step) in WAY {
        match step {
            Step::Follow => browser.follow(name).await,
            Step::Press => browser.press(name).await,
            Step::Here => press_print(browser).await,
        }
    }
    Took { acts: WAY.len(), time: begun.elapsed() }
}

/// Presses the button, and sees that it asks for the printer.
async fn press_print(browser: &Browser) {
    listen_for_print(browser).await;
    browser.press_in_place(PRINT_NOW).await;
    assert_prints(browser).await;
}

async fn listen_for_print(browser: &Browser) {
    browser.find_out("window.print = () => { document.portalTestPrinted = true; }; null").await;
}

async fn assert_prints(browser: &Browser) {
    let printed = browser.find_out("document.portalTestPrinted === true").await;
    assert_eq!(printed, Value::Bool(true), "the button does not ask for the printer");
}

async fn by_keyboard(browser: &Browser) -> Took {
    let (begun, mut acts) = (Instant::now(), 0);
    for (name, step) in WAY {
        acts += tabs_to(browser, name).await + 1;
        match step {
            Step::Follow | Step::Press => browser.press_and_wait(Key::Enter).await,
            Step::Here => {
                listen_for_print(browser).await;
                browser.press_key(Key::Enter).await;
                assert_prints(browser).await;
            }
        }
    }
    Took { acts, time: begun.elapsed() }
}

/// Presses Tab until what is called so has the focus; how often.
async fn tabs_to(browser: &Browser, name: &str) -> usize {
    for pressed in 1..MOST_STOPS {
        browser.press_key(Key::Tab).await;
        if browser.focus().await.name == name {
            return pressed;
        }
    }
    panic!("the keyboard does not get to {name}: {}", browser.text().await);
}

/// Everybody on the list of patients, from there to the printer's window.
async fn list() -> (u64, Took) {
    let setup = Setup::fresh();
    many::seed(&setup, MADE_UP);
    let host = setup.start();
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    browser.open(&format!("{}/patients", host.ehr)).await;
    let begun = Instant::now();
    browser.press("Invite everyone found…").await;
    let total = browser.fact("Patients on the list").await;
    browser.press(&format!("Invite {total} patients")).await;
    browser.see("Every patient on the list was looked at.").await;
    let text = browser.text().await;
    let sheets =
        text.split("Print ").nth(1).and_then(|rest| rest.split(' ').next()).expect("sheets to print");
    browser.follow(&format!("Print {sheets} sheets")).await;
    browser.see(&format!("{sheets} sheets on this page.")).await;
    press_print(&browser).await;
    let took = Took { acts: 4, time: begun.elapsed() };
    browser.close().await;
    (sheets.parse().expect("a number"), took)
}
