//! Practices asked for lately, since nearly every request asks for its own.

use portal_host::identity::PracticeId;
use portal_host::lent::Profile;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

/// A change made by another process on the same database is noticed after this long. A change made
/// by this one is noticed at once.
const FRESH: Duration = Duration::from_secs(10);

/// What is kept of a practice.
pub(crate) struct KnownPractice {
    pub(crate) profile: Profile,
    pub(crate) time_zone: jiff::tz::TimeZone,
}

/// The practices in memory.
#[derive(Default)]
pub(crate) struct PracticeCache {
    inner: RwLock<Inner>,
}

#[derive(Default)]
struct Inner {
    practices: HashMap<PracticeId, (Instant, Arc<KnownPractice>)>,
    changes: u64,
}

impl PracticeCache {
    /// The practice, if it was read a moment ago.
    pub(crate) fn get(&self, practice: &PracticeId) -> Option<Arc<KnownPractice>> {
        let inner = self.reading();
        let (read, known) = inner.practices.get(practice)?;
        (read.elapsed() < FRESH).then(|| Arc::clone(known))
    }

    /// Ask before reading the row, and hand it to [`Self::keep`] with what was read.
    pub(crate) fn changes(&self) -> u64 {
        self.reading().changes
    }

    /// Keeps what was read, unless a practice changed since: then it may be what was before.
    pub(crate) fn keep(&self, practice: &PracticeId, known: &Arc<KnownPractice>, changes: u64) {
        let mut inner = self.writing();
        if inner.changes == changes {
            inner.practices.insert(practice.clone(), (Instant::now(), Arc::clone(known)));
        }
    }

    /// Forgets a practice whose row was changed.
    pub(crate) fn forget(&self, practice: &PracticeId) {
        let mut inner = self.writing();
        inner.changes = inner.changes.wrapping_add(1);
        inner.practices.remove(practice);
    }

    // Nothing here can panic halfway through a change, so a poisoned lock still guards a whole map.
    fn reading(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}
