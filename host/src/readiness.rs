//! Whether a load balancer should send this host anyone: the database answers, and nobody told the host to stop.

use crate::chain::Chain;
use crate::lent::Unavailable;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long an answer may take. A host whose database is slower than that helps nobody.
const PATIENCE: Duration = Duration::from_secs(1);

type Answer = Pin<Box<dyn Future<Output = Result<(), Unavailable>> + Send>>;

/// What an operator's load balancer is told. Cheap to clone; all clones are of one host.
#[derive(Clone)]
pub struct Readiness {
    ask: Arc<dyn Fn() -> Answer + Send + Sync>,
    stopping: Arc<AtomicBool>,
    /// What was said last, so that the log has the changes and not every question.
    was_ready: Arc<AtomicBool>,
}

/// Why nobody should be sent here now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// The host was told to stop and finishes what is under way.
    #[error("stopping")]
    Stopping,
    /// The database does not answer, or too slowly; the log has the cause.
    #[error("the database does not answer")]
    NoAnswer,
}

impl Readiness {
    /// Ready while `question` is answered within a second. Ask something cheap that reaches the database itself,
    /// such as one row of a small table: it is asked as often as a load balancer likes.
    pub fn new<F>(question: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), Unavailable>> + Send + 'static,
    {
        let ask = Arc::new(move || -> Answer { Box::pin(question()) });
        Self { ask, stopping: Arc::default(), was_ready: Arc::new(AtomicBool::new(true)) }
    }

    /// From now on nobody should be sent here. Say it as soon as the host is told to stop, and go on serving
    /// the operator's address until everything under way is finished.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    /// Whether somebody may be sent here.
    ///
    /// # Errors
    /// Why not.
    pub async fn check(&self) -> Result<(), NotReady> {
        if self.stopping.load(Ordering::Acquire) {
            return Err(NotReady::Stopping);
        }
        let answer = tokio::time::timeout(PATIENCE, (self.ask)()).await;
        let is_ready = matches!(answer, Ok(Ok(())));
        if self.was_ready.swap(is_ready, Ordering::AcqRel) != is_ready {
            match &answer {
                Ok(Ok(())) => tracing::info!("ready again"),
                Ok(Err(unavailable)) => tracing::warn!(cause = %Chain(unavailable), "not ready"),
                Err(elapsed) => tracing::warn!(cause = %elapsed, "not ready: the database is slow"),
            }
        }
        if is_ready { Ok(()) } else { Err(NotReady::NoAnswer) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_is_ready_again_as_soon_as_its_database_answers_again() {
        let answers = Arc::new(AtomicBool::new(true));
        let asked = Arc::clone(&answers);
        let readiness = Readiness::new(move || {
            let answers = asked.load(Ordering::Relaxed);
            async move { if answers { Ok(()) } else { Err(Unavailable::because("the server is gone")) } }
        });
        assert_eq!(readiness.check().await, Ok(()));

        answers.store(false, Ordering::Relaxed);
        assert_eq!(readiness.check().await, Err(NotReady::NoAnswer));
        assert_eq!(readiness.check().await, Err(NotReady::NoAnswer));

        answers.store(true, Ordering::Relaxed);
        assert_eq!(readiness.check().await, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_takes_longer_than_a_second_counts_as_gone() {
        let slow = |ms| {
            Readiness::new(move || async move {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Ok(())
            })
        };

        assert_eq!(slow(900).check().await, Ok(()));
        assert_eq!(slow(1_100).check().await, Err(NotReady::NoAnswer));
    }

    #[tokio::test]
    async fn a_host_that_was_told_to_stop_is_not_ready_and_asks_nothing_any_more() {
        let readiness = Readiness::new(|| async { panic!("asked") });

        readiness.clone().stop();

        assert_eq!(readiness.check().await, Err(NotReady::Stopping));
    }
}
