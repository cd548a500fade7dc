//! Work that is finished even if nobody waits for it any more.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::runtime::Handle;

/// The work panicked, and has been undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it panicked")]
pub struct Panicked;

/// Work that whoever waits for it does themselves. If they go midway, the runtime takes it on: a task of its own from
/// the start would be the same but for waking another thread for each.
pub(super) struct Finishing<F>(Option<Pin<Box<F>>>)
where
    F: Future + Send + 'static,
    F::Output: Send;

impl<F> Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    pub(super) fn new(work: F) -> Self {
        Self(Some(Box::pin(work)))
    }
}

impl<F> Future for Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = self.0.as_mut() else { return Poll::Pending };
        // Nothing of the work is looked at again after a panic.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        let done = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(done)) => Ok(done),
            Err(_) => Err(Panicked),
        };
        self.0 = None;
        Poll::Ready(done)
    }
}

impl<F> Drop for Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn drop(&mut self) {
        // Where there is no runtime any more, the process is about to end.
        if let (Some(work), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(work);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::oneshot;
    use tokio::time::timeout;

    #[tokio::test]
    async fn what_is_waited_for_is_answered() {
        assert_eq!(Finishing::new(async { 7 }).await, Ok(7));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_is_finished_all_the_same() {
        let (go, told) = oneshot::channel::<()>();
        let (done, seen) = oneshot::channel();
        let work = Finishing::new(async move {
            let _ = told.await;
            let _ = done.send("finished");
        });
        let given_up = timeout(Duration::from_millis(1), work).await;
        assert!(given_up.is_err());

        go.send(()).unwrap();

        assert_eq!(seen.await, Ok("finished"));
    }

    #[tokio::test]
    async fn what_was_never_begun_is_done_too() {
        let (done, seen) = oneshot::channel();

        drop(Finishing::new(async move { done.send(()).unwrap() }));

        assert_eq!(seen.await, Ok(()));
    }

    #[tokio::test]
    async fn a_panic_ends_the_work_and_not_whoever_waits() {
        assert_eq!(Finishing::new(async { panic!("on purpose") }).await, Err(Panicked));
    }
}
