//! What a loaded component exports: the two faces of every version, and those that came later, which a
//! component built for an earlier 0.1 has not got. What is generated for the world asks for all of them.

use super::bindings::exports::ehr::patient_portal::{patient_pages, staff_batch, staff_tab};
use crate::runtime::Call;
use std::sync::Arc;
use wasmtime::component::{Instance, InstancePre};
use wasmtime::{Engine, Store};

/// Many at once came with 0.1.1.
const STAFF_BATCH: &str = "ehr:patient-portal/staff-batch@0.1.1";

/// A linked component, with its exports looked up.
pub(crate) struct PluginPre {
    linked: InstancePre<Call>,
    tab: staff_tab::GuestIndices,
    pages: patient_pages::GuestIndices,
    batch: Option<staff_batch::GuestIndices>,
}

impl PluginPre {
    /// Looks for the exports.
    ///
    /// # Errors
    /// Where one that every version has is missing, or one that is there lacks a function.
    pub(crate) fn new(linked: InstancePre<Call>) -> wasmtime::Result<Self> {
        let has_batch = linked.component().get_export_index(None, STAFF_BATCH).is_some();
        Ok(Self {
            tab: staff_tab::GuestIndices::new(&linked)?,
            pages: patient_pages::GuestIndices::new(&linked)?,
            batch: has_batch.then(|| staff_batch::GuestIndices::new(&linked)).transpose()?,
            linked,
        })
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.linked.component().engine()
    }

    /// Whether it can invite many at once.
    pub(crate) fn has_batch(&self) -> bool {
        self.batch.is_some()
    }

    /// Makes a fresh instance.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(crate) async fn instantiate_async(
        self: Arc<Self>,
        store: &mut Store<Call>,
    ) -> wasmtime::Result<Plugin> {
        let instance = self.linked.instantiate_async(store).await?;
        Ok(Plugin { exports: self, instance })
    }
}

/// An instance, ready to be asked. Of its faces only the one that is asked is looked up and its types compared with the
/// contract's: a call asks one function, and looking all of them up takes time that each page would pay.
pub(crate) struct Plugin {
    exports: Arc<PluginPre>,
    instance: Instance,
}

impl Plugin {
    /// The tab.
    pub(super) fn tab(&self, store: &mut Store<Call>) -> wasmtime::Result<staff_tab::Guest> {
        self.exports.tab.load(store, &self.instance)
    }

    /// The website.
    pub(super) fn pages(&self, store: &mut Store<Call>) -> wasmtime::Result<patient_pages::Guest> {
        self.exports.pages.load(store, &self.instance)
    }

    /// Many at once, where the component offers it.
    pub(super) fn batch(&self, store: &mut Store<Call>) -> wasmtime::Result<Option<staff_batch::Guest>> {
        let batch = self.exports.batch.as_ref();
        batch.map(|batch| batch.load(store, &self.instance)).transpose()
    }

    /// Looks at every face, so that one which does not fit is found at start and not by whoever asks it first.
    ///
    /// # Errors
    /// Where a function has other types than the contract.
    pub(super) fn check(&self, store: &mut Store<Call>) -> wasmtime::Result<()> {
        // A face that is new has to be looked at here to compile.
        let PluginPre { linked: _, tab: _, pages: _, batch: _ } = &*self.exports;
        self.tab(store)?;
        self.pages(store)?;
        self.batch(store)?;
        Ok(())
    }
}
