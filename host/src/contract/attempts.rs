//! `attempts`: counters that slow down guessing. What is counted reaches the store only as a keyed
//! hash.

use super::bindings::ehr::patient_portal::{attempts, types};
use super::bounds::{brief, few};
use crate::lent::{Counter, Verdict};
use crate::runtime::Call;
use std::sync::Arc;
use std::time::Duration;

impl attempts::Host for Call {
    async fn take(
        &mut self,
        counters: Vec<attempts::Counter>,
    ) -> wasmtime::Result<Result<attempts::Verdict, types::Unavailable>> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        few(&counters)?;
        counters.iter().try_for_each(|counter| brief(&counter.key))?;
        let counters: Vec<_> = counters
            .iter()
            .map(|counter| Counter {
                key_hash: lent.counter_key.hash(practice.as_str(), &counter.key),
                window: Duration::from_secs(counter.window_seconds.max(1).into()),
                limit: counter.limit,
            })
            .collect();
        let taken = lent.ehr.take(&practice, &counters, at);
        let verdict = self.ask_ehr("counting an attempt", taken).await?;
        Ok(verdict.map_err(Into::into).map(|verdict| match verdict {
            Verdict::Allowed => attempts::Verdict::Allowed,
            Verdict::Blocked(wait) => {
                attempts::Verdict::Blocked(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1))
            }
        }))
    }

    async fn forgive(&mut self, keys: Vec<String>) -> wasmtime::Result<Result<(), types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        few(&keys)?;
        keys.iter().try_for_each(|key| brief(key))?;
        let hashes: Vec<_> = keys.iter().map(|key| lent.counter_key.hash(practice.as_str(), key)).collect();
        let forgiven = lent.ehr.forgive(&practice, &hashes);
        Ok(self.ask_ehr("forgiving an attempt", forgiven).await?.map_err(Into::into))
    }
}
