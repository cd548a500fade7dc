//! One call: wait for a place, make a fresh instance, ask, and say what went wrong if it did.

use super::digest::ComponentDigest;
use super::engine::engine;
use super::failure::CallError;
use super::finish::Finishing;
use super::load::{LoadError, load};
use super::metering::{Binding, Call, Caller};
use super::trust::Trust;
use crate::contract::{Plugin, PluginPre, link};
use crate::identity::PracticeId;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use wasmtime::Store;

/// How long someone turned away should wait.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// A question the component can answer: one for each function it exports.
pub(crate) trait Ask: Send + 'static {
    type Answer: Send + 'static;

    /// Whom the answer is for.
    fn caller(&self) -> Caller;

    fn ask(
        self,
        plugin: &Plugin,
        store: &mut Store<Call>,
    ) -> impl Future<Output = wasmtime::Result<Self::Answer>> + Send;
}

/// A loaded component, ready to be asked.
pub(crate) struct Runtime {
    plugin: Arc<PluginPre>,
    digest: ComponentDigest,
    lent: Arc<Binding>,
    places: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

impl Runtime {
    /// Compiles the component at `path`, or takes it from `cache`, and checks that it is trusted and fits.
    pub(crate) fn load(
        path: &Path,
        trust: &Trust,
        cache: Option<&Path>,
        lent: Arc<Binding>,
    ) -> Result<Self, LoadError> {
        let engine = engine(&lent.limits, cache)?;
        let linker = link(&engine).map_err(LoadError::engine)?;
        let (plugin, digest) = load(&engine, &linker, path, trust)?;
        let (at_once, waiting) = (lent.limits.at_once as usize, lent.limits.waiting as usize);
        Ok(Self {
            plugin: Arc::new(plugin),
            digest,
            lent,
            places: Arc::new(Semaphore::new(at_once)),
            admitted: Arc::new(Semaphore::new(at_once.saturating_add(waiting))),
        })
    }

    /// What the component exports.
    pub(crate) fn plugin(&self) -> &PluginPre {
        &self.plugin
    }

    /// The digest of its file.
    pub(crate) fn digest(&self) -> ComponentDigest {
        self.digest
    }

    /// Asks a fresh instance, for `practice`.
    ///
    /// # Errors
    /// Whatever goes wrong ends this call only.
    pub(crate) async fn ask<Q: Ask>(
        &self,
        practice: PracticeId,
        question: Q,
    ) -> Result<Q::Answer, CallError> {
        let answer = self.answer(practice, question).await;
        answer.inspect_err(|error| self.lent.metrics.failed_call(error.kind()))
    }

    async fn answer<Q: Ask>(&self, practice: PracticeId, question: Q) -> Result<Q::Answer, CallError> {
        let overloaded = || CallError::Overloaded { retry_after: RETRY_AFTER };
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| overloaded())?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| overloaded())?;
        let (plugin, lent) = (Arc::clone(&self.plugin), Arc::clone(&self.lent));
        // A visitor who hangs up drops our caller's future, never the component's: dropping one
        // midway is unsound in some versions (RUSTSEC-2026-0022), and the bounds end it anyway.
        let call = Finishing::new(async move {
            let _places = (admitted, place);
            let mut store = Store::new(plugin.engine(), Call::new(practice, question.caller(), lent));
            bind(&mut store);
            let instance =
                plugin.instantiate_async(&mut store).await.map_err(CallError::from_instantiation)?;
            question.ask(&instance, &mut store).await.map_err(CallError::from_trap)
        });
        call.await?
    }
}

/// Holds a store to its bounds.
fn bind(store: &mut Store<Call>) {
    store.limiter(|call| call);
    store.set_hostcall_fuel(store.data().lent.limits.crossing);
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(|mut store| store.data_mut().tick());
}
