//! What one call is bound to and what it has used: the store's data.

use super::engine::TICK;
use super::limits::Limits;
use crate::ambient::{Clock, Entropy};
use crate::chain::Chain;
use crate::identity::{PracticeId, StaffId, Timestamp};
use crate::keys::HostKeys;
use crate::lent::{Ehr, Unavailable};
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use wasmtime::{ResourceLimiter, UpdateDeadline};

/// What the component is lent, the same for every call.
pub(crate) struct Binding {
    pub(crate) ehr: Arc<dyn Ehr>,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) keys: HostKeys,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
}

/// A bound that a call exceeded. The component is ended where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Overrun {
    #[error("it computed for too long")]
    Compute,
    #[error("it asked for too much memory")]
    Memory,
    #[error("it called the EHR too often")]
    EhrCalls,
}

/// The component broke a promise of the contract. It is ended where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it broke the contract: {0}")]
pub(crate) struct Breach(pub(crate) &'static str);

/// Whom a call is answered to, as the host knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The host itself, at start.
    Host,
    /// A member of staff, through the tab.
    Staff {
        /// Who.
        id: StaffId,
        /// The network address they are signed in from, where the EHR says.
        address: Option<String>,
    },
    /// A visitor of the website, by network address.
    Visitor(String),
}

impl Caller {
    /// Where the caller is asking from.
    pub(crate) fn address(&self) -> Option<String> {
        match self {
            Self::Host => None,
            Self::Staff { address, .. } => address.clone(),
            Self::Visitor(address) => Some(address.clone()),
        }
    }
}

/// One call: the practice it is for, who is asking, and what it has used so far.
pub(crate) struct Call {
    pub(crate) practice: PracticeId,
    pub(crate) caller: Caller,
    pub(crate) lent: Arc<Binding>,
    ticks_used: u32,
    ehr_calls_made: u32,
    ehr_time_used: Duration,
    lines_logged: u32,
}

impl Call {
    pub(crate) fn new(practice: PracticeId, caller: Caller, lent: Arc<Binding>) -> Self {
        let ehr_time_used = Duration::ZERO;
        Self { practice, caller, lent, ticks_used: 0, ehr_calls_made: 0, ehr_time_used, lines_logged: 0 }
    }

    pub(crate) fn present(&self) -> Timestamp {
        self.lent.clock.now()
    }

    /// Called each time the component is found running when the clock ticks. Only those ticks are
    /// counted, so time spent waiting for the EHR or for a core is not the component's.
    pub(super) fn tick(&mut self) -> wasmtime::Result<UpdateDeadline> {
        self.ticks_used = self.ticks_used.saturating_add(1);
        if TICK.saturating_mul(self.ticks_used) > self.lent.limits.compute {
            return Err(Overrun::Compute.into());
        }
        Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
    }

    /// Counts an imported call.
    ///
    /// # Errors
    /// Traps the component where it has made too many.
    pub(crate) fn count_call(&mut self) -> wasmtime::Result<()> {
        self.ehr_calls_made = self.ehr_calls_made.saturating_add(1);
        if self.ehr_calls_made > self.lent.limits.ehr_calls { Err(Overrun::EhrCalls.into()) } else { Ok(()) }
    }

    /// Waits for the EHR's answer, for a bounded time.
    ///
    /// # Errors
    /// The outer error traps the component; the inner one is the component's to handle.
    pub(crate) async fn in_time<T, E: From<Unavailable>>(
        &mut self,
        answer: impl Future<Output = Result<T, E>>,
    ) -> wasmtime::Result<Result<T, E>> {
        self.count_call()?;
        let limits = &self.lent.limits;
        let left = limits.ehr_call.min(limits.ehr_total.saturating_sub(self.ehr_time_used));
        let asked = tokio::time::Instant::now();
        let answer = in_time(left, answer).await;
        self.ehr_time_used = self.ehr_time_used.saturating_add(asked.elapsed());
        Ok(answer)
    }

    /// Whether one more line of the component's may be logged; a page has little to say.
    pub(crate) fn may_log(&mut self) -> bool {
        self.lines_logged = self.lines_logged.saturating_add(1);
        self.lines_logged <= self.lent.limits.log_lines
    }

    /// Waits for the EHR's answer to `what`, for a bounded time, and logs a failure once.
    ///
    /// # Errors
    /// As [`Call::in_time`].
    pub(crate) async fn ask_ehr<T>(
        &mut self,
        what: &'static str,
        answer: impl Future<Output = Result<T, Unavailable>>,
    ) -> wasmtime::Result<Result<T, Unavailable>> {
        let answer = self.in_time(answer).await?;
        if let Err(unavailable) = &answer {
            self.lent.metrics.unavailable(what);
            log_unavailable(what, unavailable);
        }
        Ok(answer)
    }
}

/// Waits no longer than `limit`.
pub(crate) async fn in_time<T, E: From<Unavailable>>(
    limit: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let answer = tokio::time::timeout(limit, answer).await;
    answer.unwrap_or_else(|late| Err(Unavailable::because(late).into()))
}

pub(crate) fn log_unavailable(what: &'static str, unavailable: &Unavailable) {
    tracing::error!(what, cause = %Chain(&*unavailable.cause), "the EHR could not answer");
}

impl ResourceLimiter for Call {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > self.lent.limits.memory { Err(Overrun::Memory.into()) } else { Ok(true) }
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        // The portal's tables never grow; the pool's own bound stands behind this one.
        if desired > 20_000 { Err(Overrun::Memory.into()) } else { Ok(true) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_ehr_that_does_not_answer_in_time_is_unavailable_and_not_waited_for() {
        let never = std::future::pending::<Result<(), Unavailable>>();
        let answer = in_time(Duration::from_secs(5), never).await;
        assert!(answer.is_err_and(|unavailable| unavailable.retry_after >= Duration::from_secs(1)));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_answers_just_in_time_is_heard() {
        let slow = async {
            tokio::time::sleep(Duration::from_millis(4_999)).await;
            Ok::<_, Unavailable>(7)
        };
        assert_eq!(in_time(Duration::from_secs(5), slow).await.ok(), Some(7));
    }
}
