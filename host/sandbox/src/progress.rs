//! What a person at a terminal sees of work that takes longer than a second. Nobody else sees anything of it: it is on
//! standard error, only where that is a terminal, and gone when the work is done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is done sooner needs no explanation.
const PATIENCE: Duration = Duration::from_secs(1);
const FRAME: Duration = Duration::from_millis(100);

const WAITING: &str = "{spinner} {msg} ({elapsed})";
const COUNTING: &str = "{spinner} {msg}: {human_pos} ({elapsed})";
const NEARING: &str = "{bar:40} {human_pos} of {human_len} {msg}, {eta} left";

/// Work under way, shown for as long as this is kept.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Dropped, it says that the work is done.
    under_way: Option<mpsc::Sender<()>>,
    shown: Option<JoinHandle<()>>,
}

impl Progress {
    /// Work of which nobody knows how far it is.
    pub(crate) fn of(what: &'static str) -> Self {
        Self::begin(ProgressBar::no_length(), WAITING, what)
    }

    /// Work that knows how far it is, and not how far there is to go.
    pub(crate) fn counting(what: &'static str) -> Self {
        Self::begin(ProgressBar::no_length(), COUNTING, what)
    }

    /// Work that ends at `all`.
    pub(crate) fn nearing(all: u64, what: &'static str) -> Self {
        Self::begin(ProgressBar::new(all), NEARING, what)
    }

    /// So much of it is done.
    pub(crate) fn is_at(&self, done: u64) {
        self.bar.set_position(done);
    }

    fn begin(bar: ProgressBar, template: &str, what: &'static str) -> Self {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        bar.set_message(what);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if !io::stderr().is_terminal() {
            return Self { bar, under_way: None, shown: None };
        }
        let (under_way, done) = mpsc::channel::<()>();
        // A thread, because the work may keep every other one busy.
        let later = bar.clone();
        let shown = thread::Builder::new().spawn(move || {
            if done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(FRAME);
            }
        });
        // Where there is no thread to be had, the work goes on unseen.
        Self { bar, under_way: Some(under_way), shown: shown.ok() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.under_way.take());
        // Only then is it certain that nothing appears any more.
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
        self.bar.finish_and_clear();
    }
}

/// Waits for the work, and says meanwhile what it is.
pub(crate) async fn during<W: Future>(what: &'static str, work: W) -> W::Output {
    let _shown = Progress::of(what);
    work.await
}
