//! The contract, as generated from `wit/`, and the only module that touches what is generated: one
//! file for each interface the portal imports, one for each it exports, and those to convert.

#![allow(missing_docs, unreachable_pub, reason = "generated code")]

mod bindings {
    wasmtime::component::bindgen!({
        path: "../wit",
        world: "plugin",
        imports: { default: async | trappable },
        exports: { default: async },
        require_store_data_send: true,
    });
}

mod accounts;
mod attempts;
mod bounds;
mod convert;
mod faces;
mod log;
mod look;
mod passwords;
mod patients;
mod second_factors;
mod sessions;
mod site;
mod staff_batch;
mod staff_tab;
mod views;
mod visits;
mod wasi;

pub(crate) use faces::{Plugin, PluginPre};
pub(crate) use staff_batch::{InviteMany, Sheets};
pub(crate) use staff_tab::{Check, Describe, Earlier, Open, Perform, Refusal, Show};
pub(crate) use visits::{Request, Response, Visit};

use crate::runtime::Call;
use wasmtime::Engine;
use wasmtime::component::{HasSelf, Linker};

/// Links everything the world imports, and nothing else.
pub(crate) fn link(engine: &Engine) -> wasmtime::Result<Linker<Call>> {
    let mut linker = Linker::new(engine);
    bindings::Plugin::add_to_linker::<_, HasSelf<Call>>(&mut linker, |call| call)?;
    Ok(linker)
}
