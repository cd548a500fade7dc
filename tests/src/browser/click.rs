//! Clicks: at the place where something is, and again where the page was not told of one.

use super::{Browser, PATIENCE};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a click may be on its way to the page. A browser drops a press, or the letting go after it, while
/// it is about to show the first picture of a page; a person then presses again. What the page was told of is
/// never repeated.
const CLICK_ARRIVES_WITHIN: Duration = Duration::from_secs(2);

/// Has the page remember that what was sought was clicked. A press alone is no click: nothing is sent for it.
const LISTEN: &str = include_str!("listen.js");

impl Browser {
    /// Clicks, and waits for the page that this leads to.
    pub(super) async fn click_and_wait(&self, kind: &str, text: &str) {
        let before = self.click(kind, text).await;
        self.wait_for_another_page(&before).await;
    }

    /// Finds something, and clicks where it is. Gives the mark of the page that was clicked.
    pub(super) async fn click(&self, kind: &str, text: &str) -> String {
        let mark = self.mark().await;
        if !self.runs_scripts {
            // No listener runs there, so nothing says whether the click came. It does once there is a picture.
            self.wait_for_a_picture().await;
            self.click_once(kind, text).await;
            return mark;
        }
        let begun = Instant::now();
        loop {
            self.evaluate(&format!("({LISTEN})()")).await;
            self.click_once(kind, text).await;
            if self.arrived(&mark).await {
                return mark;
            }
            assert!(begun.elapsed() < PATIENCE, "no click on {text:?} reaches {}", self.text().await);
            eprintln!("the browser dropped a click on {text:?}; it is clicked again");
        }
    }

    async fn click_once(&self, kind: &str, text: &str) {
        let begun = Instant::now();
        let found = loop {
            let found = self.look(kind, text).await;
            if found["error"].is_null() {
                break found;
            }
            assert!(begun.elapsed() < PATIENCE, "{}\n{}", found["error"], self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        let (x, y) = (found["x"].as_f64().expect("x"), found["y"].as_f64().expect("y"));
        for (kind, button) in [
            (DispatchMouseEventType::MouseMoved, MouseButton::None),
            (DispatchMouseEventType::MousePressed, MouseButton::Left),
            (DispatchMouseEventType::MouseReleased, MouseButton::Left),
        ] {
            let event = DispatchMouseEventParams::builder().r#type(kind).x(x).y(y).click_count(1);
            let event = event.button(button).build().expect("a mouse event");
            self.page.execute(event).await.expect("a click");
        }
    }

    async fn wait_for_a_picture(&self) {
        let begun = Instant::now();
        while self.evaluate("performance.getEntriesByType('paint').length > 0").await != Value::Bool(true) {
            assert!(begun.elapsed() < PATIENCE, "the browser shows no picture of {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether the page was told of the click, or is another one already.
    async fn arrived(&self, mark: &str) -> bool {
        let arrived =
            format!("document.portalTestMark !== {} || document.portalTestClicked === true", json!(mark));
        let begun = Instant::now();
        while self.evaluate(&arrived).await != Value::Bool(true) {
            if begun.elapsed() > CLICK_ARRIVES_WITHIN {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        true
    }

    /// Marks this page, so that the next one can be told from it.
    pub(super) async fn mark(&self) -> String {
        let mark = format!("{:?}", Instant::now());
        self.evaluate(&format!("document.portalTestMark = {}; null", json!(mark))).await;
        mark
    }

    pub(super) async fn wait_for_another_page(&self, before: &str) {
        let is_another =
            format!("document.portalTestMark !== {} && document.readyState === 'complete'", json!(before));
        let begun = Instant::now();
        while self.evaluate(&is_another).await != Value::Bool(true) {
            assert!(begun.elapsed() < PATIENCE, "no other page came: {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
