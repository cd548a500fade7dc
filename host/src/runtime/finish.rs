//! Work that is finished even if nobody waits for it any more.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::runtime::Handle;

/// The work panicked. What it had saved until then stays. What the panic said is left out: it may be of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it panicked")]
pub struct Panicked;

/// Work that whoever waits for it does themselves. If they go midway, the runtime that it was begun on takes it on, and only
/// the end of that runtime ends it: a task of its own from the start would be the same but for waking another thread for each.
pub(super) struct Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    work: Option<Pin<Box<F>>>,
    runtime: Option<Handle>,
}

impl<F> Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    pub(super) fn new(work: F) -> Self {
        Self { work: Some(Box::pin(work)), runtime: Handle::try_current().ok() }
    }
}

impl<F> Future for Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // Nobody asks again once there was an answer.
        let Some(work) = self.work.as_mut() else { return Poll::Pending };
        // Nothing of the work is looked at again after a panic.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        let done = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(done)) => Ok(done),
            Err(_) => Err(Panicked),
        };
        self.work = None;
        Poll::Ready(done)
    }
}

impl<F> Drop for Finishing<F>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn drop(&mut self) {
        // Not the runtime of where it is dropped: there may be none.
        if let (Some(work), Some(runtime)) = (self.work.take(), self.runtime.take()) {
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

    #[test]
    fn whoever_waits_may_go_outside_the_runtime_too() {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        let (go, told) = oneshot::channel::<()>();
        let (done, seen) = std::sync::mpsc::channel();
        let within = runtime.enter();
        let mut work = Box::pin(Finishing::new(async move {
            let _ = told.await;
            done.send("finished").unwrap();
        }));
        let given_up = runtime.block_on(async { timeout(Duration::from_millis(1), &mut work).await });
        assert!(given_up.is_err());
        drop(within);
        drop(work);

        go.send(()).unwrap();

        assert_eq!(seen.recv_timeout(Duration::from_secs(10)), Ok("finished"));
    }

    #[tokio::test]
    async fn a_panic_ends_the_work_and_not_whoever_waits() {
        assert_eq!(Finishing::new(async { panic!("on purpose") }).await, Err(Panicked));
    }
}
