//! Practices asked for lately, since nearly every request asks for its own: whose website it is, whether they have the
//! portal, and what they have set. Two questions to the database take longer than building a page.

use portal_host::identity::PracticeId;
use portal_host::lent::Profile;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
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
    practices: Lately<PracticeId, Arc<KnownPractice>>,
    /// By host name; only of names that are somebody's, so that nobody fills it with others.
    websites: Lately<String, PracticeId>,
    portals: Lately<PracticeId, bool>,
    changes: u64,
}

/// What was read, and when.
struct Lately<K, V>(HashMap<K, (Instant, V)>);

impl<K, V> Default for Lately<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq, V: Clone> Lately<K, V> {
    fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (read, value) = self.0.get(key)?;
        (read.elapsed() < FRESH).then(|| value.clone())
    }

    fn keep(&mut self, key: K, value: V) {
        self.0.insert(key, (Instant::now(), value));
    }
}

impl PracticeCache {
    /// The practice, if it was read a moment ago.
    pub(crate) fn get(&self, practice: &PracticeId) -> Option<Arc<KnownPractice>> {
        self.reading().practices.get(practice)
    }

    /// Whose website has this host name, if that was read a moment ago.
    pub(crate) fn practice_of_website(&self, host: &str) -> Option<PracticeId> {
        self.reading().websites.get(host)
    }

    /// Whether the practice has the portal, if that was read a moment ago.
    pub(crate) fn portal_is_enabled(&self, practice: &PracticeId) -> Option<bool> {
        self.reading().portals.get(practice)
    }

    /// Ask before reading the row, and hand it to [`Self::keep`] with what was read.
    pub(crate) fn changes(&self) -> u64 {
        self.reading().changes
    }

    /// Keeps what was read, unless a practice changed since: then it may be what was before.
    pub(crate) fn keep(&self, practice: &PracticeId, known: &Arc<KnownPractice>, changes: u64) {
        let mut inner = self.writing();
        if inner.changes == changes {
            inner.practices.keep(practice.clone(), Arc::clone(known));
        }
    }

    /// The same of whose website it is.
    pub(crate) fn keep_website(&self, host: String, practice: &PracticeId, changes: u64) {
        let mut inner = self.writing();
        if inner.changes == changes {
            inner.websites.keep(host, practice.clone());
        }
    }

    /// The same of whether they have the portal.
    pub(crate) fn keep_portal(&self, practice: &PracticeId, is_enabled: bool, changes: u64) {
        let mut inner = self.writing();
        if inner.changes == changes {
            inner.portals.keep(practice.clone(), is_enabled);
        }
    }

    /// Forgets a practice whose rows were changed.
    pub(crate) fn forget(&self, practice: &PracticeId) {
        let mut inner = self.writing();
        inner.changes = inner.changes.wrapping_add(1);
        inner.practices.0.remove(practice);
        inner.portals.0.remove(practice);
        inner.websites.0.clear();
    }

    // Nothing here can panic halfway through a change, so a poisoned lock still guards a whole map.
    fn reading(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}
