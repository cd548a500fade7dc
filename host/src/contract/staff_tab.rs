//! `staff-tab`: the Patient Portal Admin tab.

use super::bindings::ehr::patient_portal::types;
use super::bindings::exports::ehr::patient_portal::staff_tab as wire;
use super::faces::Plugin;
use crate::identity::PatientId;
use crate::rights::{Access, Right};
use crate::runtime::{Ask, Call, Caller};
use crate::tab;
use wasmtime::Store;

/// Why the portal did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Refusal {
    Forbidden,
    NoSuchPatient,
    NotOffered,
    Invalid { field: String, problem: String },
    Unavailable { retry_after_seconds: u32 },
}

/// Looks whether the functions that the component exports are the contract's, without asking any of them.
pub(crate) struct Check;

/// Asks what the tab is.
pub(crate) struct Describe;

/// Asks for the tab as it stands now.
pub(crate) struct Show {
    pub(crate) viewer: tab::Viewer,
    pub(crate) patient: PatientId,
}

/// Asks for what was done before.
pub(crate) struct Earlier {
    pub(crate) viewer: tab::Viewer,
    pub(crate) patient: PatientId,
    pub(crate) before: u64,
}

/// Asks the portal to perform an action.
pub(crate) struct Perform {
    pub(crate) viewer: tab::Viewer,
    pub(crate) patient: PatientId,
    pub(crate) action: String,
    pub(crate) answers: Vec<(String, String)>,
}

/// Asks for a document to print.
pub(crate) struct Open {
    pub(crate) viewer: tab::Viewer,
    pub(crate) patient: PatientId,
    pub(crate) document: String,
}

impl Ask for Check {
    type Answer = wasmtime::Result<()>;

    fn caller(&self) -> Caller {
        Caller::Host
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        Ok(plugin.check(store))
    }
}

impl Ask for Describe {
    type Answer = tab::Description;

    fn caller(&self) -> Caller {
        Caller::Host
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<tab::Description> {
        let it = plugin.tab(store)?.call_describe(store).await?;
        let requires = Right { module: it.requires.module, access: it.requires.access.into() };
        Ok(tab::Description { id: it.id, title: it.title, requires })
    }
}

impl Ask for Show {
    type Answer = Result<tab::View, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let (viewer, patient) = (self.viewer.into(), self.patient.as_str().to_owned());
        let shown = plugin.tab(store)?.call_show(store, &viewer, &patient).await?;
        Ok(shown.map(Into::into).map_err(Into::into))
    }
}

impl Ask for Earlier {
    type Answer = Result<tab::HistoryPage, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let (viewer, patient) = (self.viewer.into(), self.patient.as_str().to_owned());
        let tab = plugin.tab(store)?;
        let page = tab.call_earlier(store, &viewer, &patient, self.before).await?;
        Ok(page.map(Into::into).map_err(Into::into))
    }
}

impl Ask for Perform {
    type Answer = Result<tab::Notice, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let (viewer, patient) = (self.viewer.into(), self.patient.as_str().to_owned());
        let tab = plugin.tab(store)?;
        let done = tab.call_perform(store, &viewer, &patient, &self.action, &self.answers).await?;
        Ok(done.map(Into::into).map_err(Into::into))
    }
}

impl Ask for Open {
    type Answer = Result<tab::Document, Refusal>;

    fn caller(&self) -> Caller {
        asking(&self.viewer)
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Self::Answer> {
        let (viewer, patient) = (self.viewer.into(), self.patient.as_str().to_owned());
        let tab = plugin.tab(store)?;
        let opened = tab.call_open(store, &viewer, &patient, &self.document).await?;
        Ok(opened.map(Into::into).map_err(Into::into))
    }
}

pub(super) fn asking(viewer: &tab::Viewer) -> Caller {
    Caller::Staff { id: viewer.id.clone(), address: viewer.address.clone() }
}

impl From<wire::Refusal> for Refusal {
    fn from(refusal: wire::Refusal) -> Self {
        match refusal {
            wire::Refusal::Forbidden => Self::Forbidden,
            wire::Refusal::NoSuchPatient => Self::NoSuchPatient,
            wire::Refusal::NotOffered => Self::NotOffered,
            wire::Refusal::Invalid(it) => Self::Invalid { field: it.field, problem: it.problem },
            wire::Refusal::Unavailable(types::Unavailable { retry_after_seconds }) => {
                Self::Unavailable { retry_after_seconds }
            }
        }
    }
}

impl From<tab::Viewer> for wire::Viewer {
    fn from(it: tab::Viewer) -> Self {
        let rights = it.rights.into_iter();
        Self {
            id: it.id.as_str().to_owned(),
            name: it.name,
            rights: rights.map(|r| wire::Right { module: r.module, access: r.access.into() }).collect(),
        }
    }
}

impl From<Access> for wire::Access {
    fn from(access: Access) -> Self {
        match access {
            Access::View => Self::View,
            Access::Add => Self::Add,
            Access::Edit => Self::Edit,
            Access::Delete => Self::Delete,
        }
    }
}

impl From<wire::Access> for Access {
    fn from(access: wire::Access) -> Self {
        match access {
            wire::Access::View => Self::View,
            wire::Access::Add => Self::Add,
            wire::Access::Edit => Self::Edit,
            wire::Access::Delete => Self::Delete,
        }
    }
}
