//! What an operator can graph and alert on: counts by kind, without a name, an id or an address in
//! them. Acts are counted by the name they have in the audit trail, so that this file knows none of
//! the portal's rules.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Different acts that are told apart. The portal knows some thirty; a component that made names up
/// would otherwise take memory without end.
const MOST_ACTIONS: usize = 128;

/// The counters of a process. Clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counters>);

struct Counters {
    registry: Registry,
    actions: Mutex<BTreeSet<String>>,
    acts: Family<Act, Counter>,
    failed_calls: Family<Cause, Counter>,
    unavailable: Family<Asked, Counter>,
    busy_hashing: Family<For, Counter>,
    requests: Family<Answered, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Act {
    action: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Cause {
    cause: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    asked: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct For {
    whom: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    listener: &'static str,
    status: u16,
}

/// Whose password could not be hashed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashedFor {
    /// A visitor of the website.
    Patients,
    /// A member of staff.
    Staff,
}

impl Metrics {
    /// All counters at zero.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("portal");
        let acts = Family::default();
        registry.register("acts", "What was done, as in the audit trail", acts.clone());
        let failed_calls = Family::default();
        registry.register(
            "failed_calls",
            "Calls of the component that came to nothing",
            failed_calls.clone(),
        );
        let unavailable = Family::default();
        registry.register("unavailable", "Questions that the EHR could not answer", unavailable.clone());
        let busy_hashing = Family::<For, Counter>::default();
        for whom in [HashedFor::Patients, HashedFor::Staff] {
            // Shown from the start, so that an alert has something to compare with.
            let _ = busy_hashing.get_or_create(&whom.label());
        }
        registry.register(
            "busy_hashing",
            "Sign-ins turned away by a full hashing queue",
            busy_hashing.clone(),
        );
        let requests = Family::default();
        registry.register("requests", "Requests answered", requests.clone());
        let actions = Mutex::default();
        Self(Arc::new(Counters {
            registry,
            actions,
            acts,
            failed_calls,
            unavailable,
            busy_hashing,
            requests,
        }))
    }

    /// Something was put on record.
    pub fn act(&self, action: &str) {
        let mut known = self.0.actions.lock().unwrap_or_else(PoisonError::into_inner);
        let action = if known.contains(action) || known.len() < MOST_ACTIONS { action } else { "other" };
        if !known.contains(action) {
            known.insert(action.to_owned());
        }
        drop(known);
        self.0.acts.get_or_create(&Act { action: action.to_owned() }).inc();
    }

    /// A password was not hashed, because too many are waiting.
    pub fn busy_hashing(&self, whom: HashedFor) {
        self.0.busy_hashing.get_or_create(&whom.label()).inc();
    }

    pub(crate) fn failed_call(&self, cause: &'static str) {
        self.0.failed_calls.get_or_create(&Cause { cause }).inc();
    }

    pub(crate) fn unavailable(&self, asked: &'static str) {
        self.0.unavailable.get_or_create(&Asked { asked }).inc();
    }

    pub(crate) fn answered(&self, listener: &'static str, status: u16) {
        self.0.requests.get_or_create(&Answered { listener, status }).inc();
    }

    /// Everything, in the text format that Prometheus reads.
    ///
    /// # Errors
    /// Never in practice: writing to a string cannot fail.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl HashedFor {
    fn label(self) -> For {
        let whom = match self {
            Self::Patients => "patients",
            Self::Staff => "staff",
        };
        For { whom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_counted_by_its_name() {
        let metrics = Metrics::new();

        metrics.act("invitation.burnt");
        metrics.clone().act("invitation.burnt");

        let text = metrics.text().unwrap();
        assert!(text.contains("portal_acts_total{action=\"invitation.burnt\"} 2"), "{text}");
    }

    #[test]
    fn names_made_up_without_end_are_counted_as_one() {
        let metrics = Metrics::new();

        for n in 0..1_000 {
            metrics.act(&format!("made.up{n}"));
        }

        let text = metrics.text().unwrap();
        assert_eq!(
            text.lines().filter(|line| line.starts_with("portal_acts_total")).count(),
            MOST_ACTIONS + 1
        );
    }

    #[test]
    fn busy_hashing_is_there_before_it_happens() {
        assert!(Metrics::new().text().unwrap().contains("portal_busy_hashing_total{whom=\"patients\"} 0"));
    }
}
