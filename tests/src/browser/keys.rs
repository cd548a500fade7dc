//! A person who has a keyboard and no mouse: keys go in as input events, and what has the focus is looked at.

use super::{Browser, PATIENCE};
use crate::planted;
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, InsertTextParams,
};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Tells what has the focus, whether it shows, and where it is.
const FOCUS: &str = include_str!("focus.js");
/// Tells what a keyboard must reach.
const STOPS: &str = include_str!("stops.js");
/// The modifier.
const SHIFT: i64 = 8;
/// What is said of a stop that was missed.
const NOT_REACHED: &str = "the keyboard does not reach ";
/// More stops than any page has.
const MOST_STOPS: usize = 200;

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To what comes next.
    Tab,
    /// To what came before.
    BackTab,
    /// Follows a link, presses a button, sends a form.
    Enter,
    /// Presses a button, ticks a box.
    Space,
}

/// What has the focus.
#[derive(Clone, Debug)]
pub struct Focus {
    /// What it is called, by its label or its words; empty where nothing has the focus.
    pub name: String,
    /// Its `id`.
    pub id: String,
    /// What is wrong with how it shows, in words.
    pub faults: Vec<String>,
    /// Its place in the page's order of reading.
    pub place: i64,
}

impl Browser {
    /// Presses a key.
    ///
    /// # Panics
    /// Where the browser does not take it.
    pub async fn press_key(&self, key: Key) {
        let (name, code, number, text, modifiers) = match key {
            Key::Tab => ("Tab", "Tab", 9, None, 0),
            Key::BackTab => ("Tab", "Tab", 9, None, SHIFT),
            Key::Enter => ("Enter", "Enter", 13, Some("\r"), 0),
            Key::Space => (" ", "Space", 32, Some(" "), 0),
        };
        for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
            let mut event = DispatchKeyEventParams::builder()
                .r#type(kind.clone())
                .key(name)
                .code(code)
                .windows_virtual_key_code(number)
                .modifiers(modifiers);
            if let Some(text) = text.filter(|_| kind == DispatchKeyEventType::KeyDown) {
                event = event.text(text);
            }
            self.page.execute(event.build().expect("a key")).await.expect("a key");
        }
    }

    /// Does what a key combination of the system's does, such as `selectAll`, `copy` or `paste`.
    ///
    /// # Panics
    /// Where the browser does not take it.
    pub async fn edit(&self, command: &str) {
        let event = DispatchKeyEventParams::builder().r#type(DispatchKeyEventType::RawKeyDown).key("F24");
        let event = event.command(command).build().expect("a key");
        self.page.execute(event).await.expect("a key");
    }

    /// Types where the focus is.
    ///
    /// # Panics
    /// Where the browser does not take it.
    pub async fn type_text(&self, text: &str) {
        planted::plant(text);
        self.page.execute(InsertTextParams::new(text)).await.expect("typing");
    }

    /// What has the focus now.
    ///
    /// # Panics
    /// Where the browser does not tell.
    pub async fn focus(&self) -> Focus {
        let found = self.evaluate(&format!("({FOCUS})()")).await;
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        let faults = found["faults"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Focus {
            name: text("name"),
            id: text("id"),
            faults: faults.map(str::to_owned).collect(),
            place: found["place"].as_i64().unwrap_or(-1),
        }
    }

    /// Presses Tab all through the page; what is wrong on the way, in words. Whatever can be used is reached, in the order
    /// of reading, and shows that it has the focus.
    ///
    /// A key that the browser loses is a stop that is not reached. Where nothing else is wrong, it walks a second time, from
    /// the beginning of the page, and that counts: what a page keeps from the keyboard is missed each time.
    ///
    /// # Panics
    /// Where the browser is gone.
    pub async fn walk_through(&self) -> Vec<String> {
        let first = self.walk().await;
        if first.is_empty() || !first.iter().all(|fault| fault.starts_with(NOT_REACHED)) {
            return first;
        }
        self.evaluate("getSelection().collapse(document.body, 0)").await;
        let second = self.walk().await;
        if second.is_empty() {
            eprintln!("walking again, this was not so: {}", first.join("; "));
        }
        second
    }

    async fn walk(&self) -> Vec<String> {
        let wanted = self.evaluate(&format!("({STOPS})()")).await;
        let wanted: Vec<Value> = wanted.as_array().cloned().unwrap_or_default();
        let (mut faults, mut passed) = (Vec::new(), Vec::new());
        let mut outside = 0;
        while outside < 3 && passed.len() < MOST_STOPS {
            self.press_key(Key::Tab).await;
            let Focus { name, faults: found, place, .. } = self.focus().await;
            if place < 0 {
                outside += 1;
                continue;
            }
            if passed.first() == Some(&place) {
                break;
            }
            faults.extend(found.into_iter().map(|fault| format!("{name:?} has the focus, but {fault}")));
            passed.push(place);
        }
        // What is under the focus could not be looked at.
        self.evaluate("document.activeElement.blur()").await;
        if passed.windows(2).filter(|pair| pair[1] <= pair[0]).count() > 1 {
            faults.push(format!("the keyboard goes another way than the eye: {passed:?}"));
        }
        let missed = wanted.iter().filter(|it| it[0].as_i64().is_none_or(|place| !passed.contains(&place)));
        faults.extend(missed.map(|it| format!("{NOT_REACHED}{}", it[1])));
        faults
    }

    /// Presses Tab until what is called so has the focus. Every stop on the way must show that it has it, be in view,
    /// and come after the one before in the order of reading.
    ///
    /// # Panics
    /// Where a stop does not, or nothing is called so.
    pub async fn tab_to(&self, name: &str) {
        self.go_to(Key::Tab, name).await;
    }

    /// The same, backwards.
    ///
    /// # Panics
    /// Where a stop does not show, or nothing is called so.
    pub async fn tab_back_to(&self, name: &str) {
        self.go_to(Key::BackTab, name).await;
    }

    async fn go_to(&self, key: Key, name: &str) {
        let mut passed = Vec::new();
        let mut before = self.focus().await.place;
        for _ in 0..MOST_STOPS {
            self.press_key(key).await;
            let here = self.focus().await;
            if here.place < 0 {
                // Out of the page, into the browser's own bars, and in again at the other end.
                before = if key == Key::Tab { -1 } else { i64::MAX };
                passed.push("(outside)".to_owned());
                continue;
            }
            let url = self.url().await;
            assert!(here.faults.is_empty(), "at {url}: {:?} has the focus, but {:?}", here.name, here.faults);
            let is_on_the_way = if key == Key::Tab { here.place > before } else { here.place < before };
            let is_first = passed.is_empty();
            assert!(is_on_the_way || is_first, "at {url}: {:?} comes after {passed:?}", here.name);
            before = here.place;
            if here.name == name {
                return;
            }
            passed.push(here.name);
            assert!(
                passed.iter().filter(|stop| *stop == "(outside)").count() < 3,
                "nothing is called {name:?} at {url}: {passed:?}"
            );
        }
        panic!("nothing is called {name:?}: {passed:?}");
    }

    /// Goes to what is called so, presses the key there, and waits for the next page.
    ///
    /// # Panics
    /// Where no page comes.
    pub async fn press_at(&self, name: &str, key: Key) {
        self.tab_to(name).await;
        self.press_and_wait(key).await;
    }

    /// Presses the key where the focus is, and waits for the next page.
    ///
    /// # Panics
    /// Where no page comes.
    pub async fn press_and_wait(&self, key: Key) {
        let before = self.mark().await;
        self.press_key(key).await;
        self.wait_for_another_page(&before).await;
    }

    /// Goes to the field and types.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn type_at(&self, name: &str, text: &str) {
        self.tab_to(name).await;
        self.edit("selectAll").await;
        self.type_text(text).await;
    }

    /// Waits until the element with this `id` has the focus.
    ///
    /// # Panics
    /// Where it does not get it.
    pub async fn until_focused(&self, id: &str) {
        let begun = Instant::now();
        loop {
            let focus = self.focus().await;
            if focus.id == id {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{id} has not got the focus, but {focus:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
