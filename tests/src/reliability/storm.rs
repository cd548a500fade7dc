//! Log ins that keep every core hashing and the queue behind it full: each with a username that nobody has, which
//! costs what a known one does, and from a network of its own, so that nothing slows them but the hashing.

use crate::visitor::Visitor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long somebody waits who was told to try again later: less than they are told, so that the queue stays full.
const PAUSE: Duration = Duration::from_millis(500);

/// Longer than it takes to fill the queue on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the log ins were told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refused {
    /// That username or password are wrong.
    pub wrong: u64,
    /// To try again later: 503, with a Retry-After.
    pub later: u64,
    /// Anything else, or nothing.
    pub otherwise: u64,
}

#[derive(Default)]
struct Told {
    number: AtomicU64,
    wrong: AtomicU64,
    later: AtomicU64,
    otherwise: AtomicU64,
}

/// Log ins, until it ends.
pub struct Storm {
    people: JoinSet<()>,
    told: Arc<Told>,
}

impl Storm {
    /// So many log ins at a time.
    pub fn at(portal: &str, at_once: usize) -> Self {
        let (mut people, told) = (JoinSet::new(), Arc::<Told>::default());
        for _ in 0..at_once {
            let (portal, told) = (portal.to_owned(), Arc::clone(&told));
            people.spawn(async move {
                loop {
                    log_in(&portal, &told).await;
                }
            });
        }
        Self { people, told }
    }

    /// Waits until somebody is told to try again later: the queue is full.
    ///
    /// # Panics
    /// Where that does not happen.
    pub async fn until_refused(&self) {
        let begun = Instant::now();
        while self.told.later.load(Ordering::Relaxed) == 0 {
            assert!(begun.elapsed() < PATIENCE, "the queue does not fill");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends it; what everybody was told.
    pub async fn end(mut self) -> Refused {
        self.people.shutdown().await;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let Told { wrong, later, otherwise, .. } = &*self.told;
        Refused { wrong: count(wrong), later: count(later), otherwise: count(otherwise) }
    }
}

async fn log_in(portal: &str, told: &Told) {
    let number = told.number.fetch_add(1, Ordering::Relaxed);
    let network = format!("10.{}.{}.1", number / 250 % 250, number % 250);
    let visitor = Visitor::from_address(&network, portal);
    let answer = match visitor.try_get("/").await {
        Some(page) if page.status == 200 => {
            let form = page.form("Log in").fill("Username", &format!("nobody.{number}"));
            visitor.try_to_send(&page, &form.fill("Password", "seven loud herons at dawn")).await
        }
        failed => failed,
    };
    let (status, says_when) =
        answer.map_or((0, false), |answer| (answer.status, answer.headers.contains_key("retry-after")));
    let counter = match (status, says_when) {
        (422, _) => &told.wrong,
        (503, true) => &told.later,
        _ => &told.otherwise,
    };
    counter.fetch_add(1, Ordering::Relaxed);
    if status != 422 {
        tokio::time::sleep(PAUSE).await;
    }
}
