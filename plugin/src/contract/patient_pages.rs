//! The pages patients see, as the contract spells them.

use super::bindings::exports::ehr::patient_portal::patient_pages as wit;
use super::lent::Host;
use super::{Portal, report_panics};
use crate::patient;
use crate::patient::request::Request;
use crate::patient::response::Response;

impl wit::Guest for Portal {
    fn handle(request: wit::Request) -> wit::Response {
        report_panics();
        patient::handle(&Host, &request.into()).into()
    }
}

impl From<wit::Request> for Request {
    fn from(request: wit::Request) -> Self {
        let wit::Request { method, target, headers, body, client } = request;
        Self { method, target, headers, body, client }
    }
}

impl From<Response> for wit::Response {
    fn from(response: Response) -> Self {
        let headers = response.headers.into_iter();
        Self {
            status: response.status,
            headers: headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).collect(),
            body: response.body,
        }
    }
}
