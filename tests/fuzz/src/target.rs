//! A target: tries inputs, keeps the one that fails, and sees to it that the corpus was tried.

use crate::{bounds, corpus, failing, grown};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs a target: what it names, and what must hold of every input.
#[macro_export]
macro_rules! fuzz {
    ($target:expr, $must_hold:expr) => {{
        let target = $target;
        let must_hold = $must_hold;
        bolero::check!()
            .with_iterations(target.iterations())
            // What fails is made smaller by its target, which knows what was grown.
            .with_shrink_time(std::time::Duration::ZERO)
            .for_each(|made_up: &[u8]| target.try_out(made_up, &must_hold));
        target.assert_corpus_was_tried();
    }};
}

/// A target with what it is tried with.
pub struct Target {
    name: &'static str,
    corpus: Vec<Vec<u8>>,
    words: &'static [&'static str],
    /// What of the corpus the engine has not come to yet.
    untried: Mutex<BTreeSet<Vec<u8>>>,
}

impl Target {
    /// The target of this name, and words that mean something to it.
    ///
    /// # Panics
    /// Where it is not in the table of bounds or has no corpus.
    pub fn named(name: &'static str, words: &'static [&'static str]) -> Self {
        // Asked for here, so that a name in no table fails at once.
        bounds::iterations(name);
        let corpus = corpus::of(name);
        let untried = Mutex::new(corpus.iter().cloned().collect());
        Self { name, corpus, words, untried }
    }

    /// How many new inputs it is given.
    pub fn iterations(&self) -> usize {
        bounds::iterations(self.name)
    }

    /// Tries what the engine has, kept or made up, as it is; then what grows by it as choices.
    pub fn try_out(&self, input: &[u8], must_hold: &impl Fn(&[u8])) {
        locked(&self.untried).remove(input);
        self.try_one(input, must_hold);
        self.try_one(&grown::grown(input, &self.corpus, self.words), must_hold);
    }

    /// Where the input fails, makes it smaller, keeps it, and fails with what is left of it.
    fn try_one(&self, input: &[u8], must_hold: &impl Fn(&[u8])) {
        let held = |input: &[u8]| catch_unwind(AssertUnwindSafe(|| must_hold(input)));
        let Err(panic) = held(input) else { return };
        let smallest = failing::smallest(input, |input| held(input).is_err());
        failing::keep(self.name, &smallest);
        // What failed once may not again, where it changed what it needed to fail.
        resume_unwind(held(&smallest).err().unwrap_or(panic))
    }

    /// Whether the engine found the folder: one that was moved would be passed over in silence.
    ///
    /// # Panics
    /// Where a kept input was not tried.
    pub fn assert_corpus_was_tried(&self) {
        let untried = locked(&self.untried).len();
        assert!(untried == 0, "{}: {untried} kept inputs were not tried", self.name);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
