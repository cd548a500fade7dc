//! `patient-pages`: one visit of a patient, bytes in, bytes out.

use super::bindings::exports::ehr::patient_portal::patient_pages as wire;
use super::faces::Plugin;
use crate::runtime::{Ask, Call, Caller};
use wasmtime::Store;

/// A request as it came in. The portal parses all of it.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) client: String,
}

/// A response as the portal made it, not yet checked.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

/// Asks the portal to answer a request.
pub(crate) struct Visit(pub(crate) Request);

impl Ask for Visit {
    type Answer = Response;

    fn caller(&self) -> Caller {
        Caller::Visitor(self.0.client.clone())
    }

    async fn ask(self, plugin: &Plugin, store: &mut Store<Call>) -> wasmtime::Result<Response> {
        let Request { method, target, headers, body, client } = self.0;
        let request = wire::Request { method, target, headers, body, client };
        let response = plugin.pages(store)?.call_handle(store, &request).await?;
        Ok(Response { status: response.status, headers: response.headers, body: response.body })
    }
}
