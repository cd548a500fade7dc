//! A person at a real Chromium: everything is found by the words on the screen, and clicked and
//! typed as input events. Scripts of ours only look; what they find is then clicked at its place.

mod click;
mod direct;
mod keys;
mod pictures;
mod screen;

pub use keys::{Focus, Key};
pub use screen::{DESKTOP, Screen, Theme};

use crate::artifacts::target_folder;
use crate::paper::Printed;
use crate::planted;
use chromiumoxide::cdp::browser_protocol::emulation::{
    SetScriptExecutionDisabledParams, SetTouchEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::InsertTextParams;
use chromiumoxide::cdp::browser_protocol::page::{
    GetNavigationHistoryParams, NavigateToHistoryEntryParams, PrintToPdfParams, ReloadParams,
};
use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddVirtualAuthenticatorParams, AuthenticatorProtocol, AuthenticatorTransport, EnableParams,
    VirtualAuthenticatorOptions,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{BrowserConfig, Page};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// Looks things up by the words a person reads.
const FIND: &str = include_str!("browser/find.js");
/// How long a person waits for a page or a word.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is in the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 by 11 inches.
    Letter,
    /// 210 by 297 millimetres.
    A4,
}

/// One browser with one window, and a profile of its own.
pub struct Browser {
    chromium: chromiumoxide::Browser,
    page: Page,
    events: JoinHandle<()>,
    runs_scripts: bool,
    _profile: TempDir,
}

impl Browser {
    /// A desktop browser.
    ///
    /// # Panics
    /// Where Chromium is missing or does not start.
    pub async fn desktop() -> Self {
        let profile = TempDir::with_prefix("portal-browser-").expect("a folder for the profile");
        let mut config = BrowserConfig::builder();
        if is_root() {
            // Chromium's own sandbox does not start as root.
            config = config.no_sandbox();
        }
        let config = config
            .chrome_executable(executable())
            .user_data_dir(profile.path())
            .new_headless_mode()
            .window_size(1280, 900)
            .viewport(None)
            .launch_timeout(Duration::from_secs(60))
            .request_timeout(Duration::from_secs(60))
            .args([
                "disable-gpu",
                "disable-quic",
                "no-first-run",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
            ])
            .build()
            .expect("a way to start Chromium");
        let (chromium, mut handler) =
            chromiumoxide::Browser::launch(config).await.expect("Chromium starts (Debian package chromium)");
        // Events this library does not know yet are not errors of ours.
        let events = tokio::spawn(async move { while handler.next().await.is_some() {} });
        let page = chromium.new_page("about:blank").await.expect("a window");
        Self { chromium, page, events, runs_scripts: true, _profile: profile }
    }

    /// A desktop browser that runs no script of any page.
    pub async fn without_javascript() -> Self {
        let browser = Self { runs_scripts: false, ..Self::desktop().await };
        browser.page.execute(SetScriptExecutionDisabledParams::new(true)).await.expect("scripts can be off");
        browser
    }

    /// A phone, held upright.
    pub async fn phone() -> Self {
        let browser = Self::desktop().await;
        browser.be_as_wide_as(screen::PHONE).await;
        browser.page.execute(SetTouchEmulationEnabledParams::new(true)).await.expect("a touch screen");
        browser
    }

    /// Plugs a security key in that answers by itself, as a finger on it would.
    pub async fn plug_in_a_key(&self) {
        let key = VirtualAuthenticatorOptions::builder()
            .protocol(AuthenticatorProtocol::Ctap2)
            .transport(AuthenticatorTransport::Internal)
            .has_resident_key(true)
            .has_user_verification(true)
            .is_user_verified(true)
            .automatic_presence_simulation(true)
            .build()
            .expect("a key");
        self.page.execute(EnableParams::default()).await.expect("keys can be plugged in");
        self.page.execute(AddVirtualAuthenticatorParams::new(key)).await.expect("the key is there");
    }

    /// Types an address.
    pub async fn open(&self, url: &str) {
        self.page.goto(url).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// Types into the field with this label, replacing what is there.
    pub async fn fill(&self, label: &str, text: &str) {
        planted::plant(text);
        self.click("field", label).await;
        self.look("select", label).await;
        if text.is_empty() {
            self.look("clear", label).await;
        } else {
            self.page.execute(InsertTextParams::new(text)).await.expect("typing");
        }
        let typed = self.value_of(label).await;
        assert_eq!(typed, text, "{label} did not take what was typed");
    }

    /// What stands in the field with this label.
    pub async fn value_of(&self, label: &str) -> String {
        self.look("value", label).await["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Clicks the box with this label.
    pub async fn tick(&self, label: &str) {
        self.click("field", label).await;
    }

    /// Picks an option from the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let script = format!("({FIND})('choose', {}, {})", json!(label), json!(option));
        let found = self.evaluate(&script).await;
        assert!(found["error"].is_null(), "{}", found["error"]);
    }

    /// Presses the button with this text and waits for the next page.
    pub async fn press(&self, text: &str) {
        self.click_and_wait("button", text).await;
    }

    /// Presses the first of the buttons with this text and waits for the next page.
    pub async fn press_first(&self, text: &str) {
        self.click_and_wait("first-button", text).await;
    }

    /// Presses the button with this text, which changes something on this very page.
    pub async fn press_in_place(&self, text: &str) {
        self.click("button", text).await;
    }

    /// Follows the link with this text and waits for the next page.
    pub async fn follow(&self, text: &str) {
        self.click_and_wait("link", text).await;
    }

    /// Presses Reload.
    pub async fn reload(&self) {
        let before = self.mark().await;
        self.page.execute(ReloadParams::default()).await.expect("the page can be reloaded");
        self.wait_for_another_page(&before).await;
    }

    /// Presses Back.
    pub async fn back(&self) {
        let before = self.mark().await;
        let history = self.page.execute(GetNavigationHistoryParams {}).await.expect("a history").result;
        let index = usize::try_from(history.current_index).expect("a place in the history");
        let previous = history.entries[index - 1].id;
        self.page.execute(NavigateToHistoryEntryParams::new(previous)).await.expect("the way back");
        self.wait_for_another_page(&before).await;
    }

    /// Waits until the page says this.
    pub async fn see(&self, words: &str) {
        let begun = Instant::now();
        loop {
            let text = self.text().await;
            if text.contains(words) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{words:?} is not on the page: {text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether the page says this now.
    pub async fn says(&self, words: &str) -> bool {
        self.text().await.contains(words)
    }

    /// The visible words, each run of white space as one space.
    pub async fn text(&self) -> String {
        self.look("text", "").await["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The value under a label, as lists of facts show it.
    pub async fn fact(&self, label: &str) -> String {
        let found = self.look("fact", label).await;
        found["value"].as_str().unwrap_or_else(|| panic!("no fact {label:?}: {found}")).to_owned()
    }

    /// Whether there is a visible link with this text.
    pub async fn has_link(&self, text: &str) -> bool {
        self.look("link", text).await["error"].is_null()
    }

    /// Whether there is a visible button with this text.
    pub async fn has_button(&self, text: &str) -> bool {
        self.look("button", text).await["error"].is_null()
    }

    /// Whether there is a visible field with this label.
    pub async fn has_field(&self, label: &str) -> bool {
        self.look("shown-field", label).await["value"] == Value::Bool(true)
    }

    /// Whether what is typed into the field with this label can be read.
    pub async fn shows(&self, label: &str) -> bool {
        let kind = self.look("kind", label).await;
        kind["value"].as_str().unwrap_or_else(|| panic!("no field {label:?}: {kind}")) != "password"
    }

    /// Has the browser remember what kind of field the one with this label is when its form is sent.
    pub async fn watch_sending(&self, label: &str) {
        let watched = self.look("watch", label).await;
        assert!(watched["error"].is_null(), "{}", watched["error"]);
    }

    /// What kind of field was sent, of the one that was watched.
    pub async fn sent_as(&self) -> String {
        let kind = self.evaluate("sessionStorage.getItem('portalTestSentAs')").await;
        kind.as_str().unwrap_or_default().to_owned()
    }

    /// Where the window is.
    pub async fn url(&self) -> String {
        self.look("url", "").await["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Moves the clock that this page's scripts go by. What happens at the server is another matter.
    pub async fn let_time_pass(&self, seconds: u64) {
        let later =
            format!("(() => {{ const now = Date.now; Date.now = () => now() + {seconds} * 1000; }})()");
        self.evaluate(&later).await;
    }

    /// Keeps what is on the screen as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) {
        let path = kept("screenshots", name, "png");
        let params = ScreenshotParams::builder().full_page(true).build();
        self.page.save_screenshot(params, path).await.expect("a screenshot");
    }

    /// Prints the page as `target/printed/NAME.pdf`.
    pub async fn print(&self, name: &str, paper: Paper) -> Printed {
        let (width, height) = match paper {
            Paper::Letter => (8.5, 11.0),
            Paper::A4 => (210.0 / 25.4, 297.0 / 25.4),
        };
        let params = PrintToPdfParams::builder().paper_width(width).paper_height(height).build();
        let path = kept("printed", name, "pdf");
        self.page.save_pdf(params, &path).await.expect("a printed page");
        Printed::read(&path)
    }

    /// Closes the window and ends the browser.
    pub async fn close(mut self) {
        let _ = self.chromium.close().await;
        let _ = tokio::time::timeout(Duration::from_secs(10), self.chromium.wait()).await;
        let _ = self.chromium.kill().await;
        self.events.abort();
    }

    async fn look(&self, what: &str, words: &str) -> Value {
        self.evaluate(&format!("({FIND})({}, {})", json!(what), json!(words))).await
    }

    /// Looks at the page; again, if it was just being replaced.
    async fn evaluate(&self, expression: &str) -> Value {
        let begun = Instant::now();
        loop {
            let params = EvaluateParams::builder().expression(expression).return_by_value(true);
            let params = params.build().expect("an expression");
            match self.page.execute(params).await {
                Ok(answer) => {
                    let answer = answer.result;
                    assert!(answer.exception_details.is_none(), "{:?}", answer.exception_details);
                    return answer.result.value.unwrap_or(Value::Null);
                }
                Err(error) => assert!(begun.elapsed() < PATIENCE, "the page cannot be looked at: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn executable() -> PathBuf {
    let path = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    assert!(
        Path::new(&path).exists(),
        "no browser at {}: install the Debian package chromium",
        path.display()
    );
    path
}

fn kept(folder: &str, name: &str, kind: &str) -> PathBuf {
    let folder = target_folder().join(folder);
    std::fs::create_dir_all(&folder).expect("a folder for what is kept");
    folder.join(format!("{name}.{kind}"))
}
