//! A host whose component is replaced while people visit it: how a version is put in place, and who notices.

use crate::artifacts::real_component;
use crate::visitor::Visitor;
use crate::{Installation, Setup};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Longer than it takes to notice and to compile on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// What the main login page says.
pub const BEFORE: &str = "New here?";
/// What another version of it says, in as many letters.
pub const AFTER: &str = "Now here!";

/// A setup whose component's file the test may replace.
pub fn replaceable() -> Setup {
    let mut setup = Setup::fresh();
    setup.component = setup.folder().join("portal.wasm");
    put(&setup.component, &real_component());
    setup
}

/// As an operator should: under another name, then into its place.
///
/// # Panics
/// Where it cannot be written.
pub fn put(place: &Path, bytes: &[u8]) {
    let copy = place.with_extension("new");
    std::fs::write(&copy, bytes).expect("a file");
    std::fs::rename(&copy, place).expect("it is put into place");
}

/// Waits until the words are in the log so many times.
///
/// # Panics
/// Where they are not in good time.
pub async fn until_logged(host: &Installation, words: &str, times: usize) {
    let begun = Instant::now();
    while host.log().matches(words).count() < times {
        assert!(begun.elapsed() < PATIENCE, "{words:?} is not logged: {}", host.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Whether a new visitor's main login page says this.
pub async fn main_page_says(host: &Installation, words: &str) -> bool {
    Visitor::at(&host.portal).get("/").await.expect(200).says(words)
}

/// Visitors who ask for one page after the other, each of whom must get it.
pub struct Crowd {
    leave: Arc<AtomicBool>,
    visitors: Vec<JoinHandle<usize>>,
}

impl Crowd {
    /// Four of them come.
    pub fn at(portal: &str) -> Self {
        let leave = Arc::new(AtomicBool::new(false));
        let visit = |_| {
            let (visitor, leave) = (Visitor::at(portal), Arc::clone(&leave));
            tokio::spawn(async move {
                let mut pages = 0;
                while !leave.load(Ordering::Relaxed) {
                    for path in ["/", "/activate", "/forgotten"] {
                        visitor.get(path).await.expect(200);
                        pages += 1;
                    }
                }
                pages
            })
        };
        let visitors = (0..4).map(visit).collect();
        Self { leave, visitors }
    }

    /// They leave.
    ///
    /// # Panics
    /// Where one of them did not get a page, or hardly any.
    pub async fn got_every_page(self) {
        self.leave.store(true, Ordering::Relaxed);
        for visitor in self.visitors {
            assert!(visitor.await.expect("every page came") > 10);
        }
    }
}
