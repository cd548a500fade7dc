//! `attempts`: counters that slow down guessing. What is counted reaches the store only as a keyed
//! hash.

use super::bindings::ehr::patient_portal::{attempts, types};
use super::bounds::{brief, few};
use crate::lent::{Counter, Unavailable, Verdict};
use crate::runtime::Call;
use std::sync::Arc;
use std::time::Duration;

type Answer = wasmtime::Result<Result<attempts::Verdict, types::Unavailable>>;
type Done = wasmtime::Result<Result<(), types::Unavailable>>;

impl attempts::Host for Call {
    async fn take(&mut self, counters: Vec<attempts::Counter>) -> Answer {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let counters = self.counters(&counters)?;
        let taken = lent.ehr.take(&practice, &counters, at);
        answer(self.ask_ehr("counting an attempt", taken).await?)
    }

    async fn look(&mut self, counters: Vec<attempts::Counter>) -> Answer {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let counters = self.counters(&counters)?;
        let seen = lent.ehr.look(&practice, &counters, at);
        answer(self.ask_ehr("looking at counters", seen).await?)
    }

    async fn forgive(&mut self, keys: Vec<String>) -> Done {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let hashes = self.counted(&keys)?;
        let forgiven = lent.ehr.forgive(&practice, &hashes);
        Ok(self.ask_ehr("forgiving an attempt", forgiven).await?.map_err(Into::into))
    }

    async fn clear(&mut self, keys: Vec<String>, because: types::Event) -> Done {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (hashes, because) = (self.counted(&keys)?, self.event(because)?);
        let cleared = lent.ehr.clear(&practice, &hashes, &because, at);
        let cleared = self.ask_ehr("clearing counters", cleared).await?;
        self.done(&because, &cleared);
        Ok(cleared.map_err(Into::into))
    }
}

impl Call {
    /// The keyed hashes of what the component counts, of few and short keys only.
    pub(super) fn counted(&self, keys: &[String]) -> wasmtime::Result<Vec<[u8; 32]>> {
        few(keys)?;
        keys.iter().try_for_each(|key| brief(key))?;
        Ok(keys.iter().map(|key| self.lent.keys.counter(self.practice.as_str(), key)).collect())
    }

    fn counters(&self, counters: &[attempts::Counter]) -> wasmtime::Result<Vec<Counter>> {
        few(counters)?;
        counters.iter().try_for_each(|counter| brief(&counter.key))?;
        let counters = counters.iter().map(|counter| Counter {
            key_hash: self.lent.keys.counter(self.practice.as_str(), &counter.key),
            window: Duration::from_secs(counter.window_seconds.max(1).into()),
            limit: counter.limit,
        });
        Ok(counters.collect())
    }
}

fn answer(verdict: Result<Verdict, Unavailable>) -> Answer {
    Ok(verdict.map_err(Into::into).map(|verdict| match verdict {
        Verdict::Allowed(attempts) => attempts::Verdict::Allowed(attempts),
        Verdict::Blocked(waits) => attempts::Verdict::Blocked(waits.into_iter().map(seconds).collect()),
    }))
}

/// Whole seconds: never zero for a counter that is full, since zero says that it is not.
fn seconds(wait: Duration) -> u32 {
    let whole = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
    if wait.is_zero() { 0 } else { whole.max(1) }
}
