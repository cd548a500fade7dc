//! The counters of the EHR in memory, which count in windows as a host does.

use super::bounds::check_counters;
use super::memory::Memory;
use crate::audit::Event;
use crate::ehr::{AttemptVerdict, Attempts, Unavailable};
use crate::rules::throttle::Counter;

impl Memory {
    /// Where these counters stand now.
    fn standing(&self, asked: &[Counter]) -> AttemptVerdict {
        let mut counters = self.counters.borrow_mut();
        counters.retain(|_, (until, _)| *until > self.now.get());
        let wait = |counter: &Counter| match counters.get(&counter.key) {
            Some((until, count)) if *count >= counter.limit.attempts => {
                u32::try_from(until - self.now.get()).unwrap()
            }
            Some(_) | None => 0,
        };
        let waits: Vec<u32> = asked.iter().map(wait).collect();
        let count = |counter: &Counter| counters.get(&counter.key).map_or(0, |(_, count)| *count);
        match waits.iter().all(|wait| *wait == 0) {
            true => AttemptVerdict::Allowed(asked.iter().map(count).collect()),
            false => AttemptVerdict::Blocked(waits),
        }
    }
}

impl Attempts for Memory {
    fn take_attempt(&self, taken: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        self.called("attempts.take")?;
        check_counters(taken);
        let verdict = self.standing(taken);
        let AttemptVerdict::Allowed(_) = verdict else { return Ok(verdict) };
        let mut counters = self.counters.borrow_mut();
        let mut counts = Vec::new();
        for Counter { key, limit } in taken {
            let afresh = (self.now.get() + limit.window.seconds(), 0);
            let (_, count) = counters.entry(key.clone()).or_insert(afresh);
            *count += 1;
            counts.push(*count);
        }
        Ok(AttemptVerdict::Allowed(counts))
    }

    fn look_at(&self, seen: &[Counter]) -> Result<AttemptVerdict, Unavailable> {
        self.called("attempts.look")?;
        check_counters(seen);
        Ok(self.standing(seen))
    }

    fn clear_attempts(&self, cleared: &[Counter], because: &Event) -> Result<(), Unavailable> {
        self.called("attempts.clear")?;
        check_counters(cleared);
        self.counters.borrow_mut().retain(|key, _| cleared.iter().all(|cleared| cleared.key != *key));
        self.record(because);
        Ok(())
    }

    fn forgive_attempt(&self, forgiven: &[Counter]) -> Result<(), Unavailable> {
        self.called("attempts.forgive")?;
        check_counters(forgiven);
        let mut counters = self.counters.borrow_mut();
        for counter in forgiven {
            if let Some((_, count)) = counters.get_mut(&counter.key) {
                *count = count.saturating_sub(1);
            }
        }
        Ok(())
    }
}
