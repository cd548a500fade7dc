//! What a loaded component exports: the two faces of every version, and those that came later, which a
//! component built for an earlier 0.1 has not got. What is generated for the world asks for all of them.

use super::bindings::exports::ehr::patient_portal::{patient_pages, staff_batch, staff_tab};
use crate::runtime::Call;
use wasmtime::component::InstancePre;
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
    /// Where it cannot be made, or a function has other types than the contract.
    pub(crate) async fn instantiate_async(&self, store: &mut Store<Call>) -> wasmtime::Result<Plugin> {
        let instance = self.linked.instantiate_async(&mut *store).await?;
        Ok(Plugin {
            tab: self.tab.load(&mut *store, &instance)?,
            pages: self.pages.load(&mut *store, &instance)?,
            batch: self.batch.as_ref().map(|batch| batch.load(&mut *store, &instance)).transpose()?,
        })
    }
}

/// An instance, ready to be asked.
pub(crate) struct Plugin {
    tab: staff_tab::Guest,
    pages: patient_pages::Guest,
    batch: Option<staff_batch::Guest>,
}

impl Plugin {
    /// The tab.
    pub(super) fn tab(&self) -> &staff_tab::Guest {
        &self.tab
    }

    /// The website.
    pub(super) fn pages(&self) -> &patient_pages::Guest {
        &self.pages
    }

    /// Many at once, where the component offers it.
    pub(super) fn batch(&self) -> Option<&staff_batch::Guest> {
        self.batch.as_ref()
    }
}
