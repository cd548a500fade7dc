//! Which statements the tests have run, so that one which none of them runs is noticed.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static EXECUTED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// Called for every statement about to be run.
pub(crate) fn record(sql: &'static str) {
    EXECUTED.lock().unwrap_or_else(PoisonError::into_inner).insert(sql);
}

/// Every statement run so far.
pub(super) fn so_far() -> BTreeSet<&'static str> {
    EXECUTED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
