//! A component that keeps the contract's types and breaks its promises: every route of its website,
//! and every action and document of its tab, is one way for a component to misbehave.
//!
//! `GET /` is an ordinary page and `GET /faults` names every fault, one a line, so that the fault
//! tests can insist on an expectation for each.
//!
//! It is built against the contract as it was at 0.1.0, kept in `wit-0.1.0`: every fault test shows as well
//! that a host serves a component of that time.

mod breaches;
mod faults;

use faults::{FAULTS, Fault};

/// What wit-bindgen makes of `wit-0.1.0`.
#[allow(
    unsafe_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::panic,
    clippy::unreachable,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "generated: the component ABI is made of raw memory, and the words are in wit-0.1.0"
)]
mod bindings {
    wit_bindgen::generate!({
        path: "wit-0.1.0",
        world: "plugin",
        generate_all,
        export_macro_name: "export",
        pub_export_macro: true,
        default_bindings_module: "crate::bindings",
    });
}

use bindings::exports::ehr::patient_portal::patient_pages::{Guest as Website, Request, Response};
use bindings::exports::ehr::patient_portal::staff_tab::{
    Access, Action, Block, Description, Document, DocumentLink, Fact, Guest as Tab, HistoryPage, Notice,
    Refusal, Right, Tone, Value, View, Viewer, Weight,
};

/// The component's two faces are implemented on this.
struct Faulty;

#[allow(unsafe_code, unreachable_pub, reason = "the exports of a component have fixed symbol names")]
mod exports {
    super::bindings::export!(Faulty with_types_in super::bindings);
    use super::Faulty;
}

impl Website for Faulty {
    fn handle(request: Request) -> Response {
        let path = request.target.split('?').next().unwrap_or_default();
        match path {
            "/" => page(200, "<!doctype html><title>Ordinary</title><h1>An ordinary page</h1>".to_owned()),
            "/faults" => page(200, FAULTS.iter().map(|(name, _)| format!("{name}\n")).collect()),
            other => match fault(other.trim_start_matches('/')) {
                Some(fault) => fault(),
                None => page(404, "nothing here".to_owned()),
            },
        }
    }
}

impl Tab for Faulty {
    fn describe() -> Description {
        Description {
            id: "patient-portal-admin".to_owned(),
            title: "Patient Portal Admin".to_owned(),
            requires: Right { module: "Connect EHR".to_owned(), access: Access::View },
        }
    }

    fn show(_: Viewer, _: String) -> Result<View, Refusal> {
        Ok(View {
            notices: Vec::new(),
            facts: vec![Fact { label: "Status".to_owned(), value: Value::Text("Ordinary".to_owned()) }],
            documents: FAULTS
                .iter()
                .map(|(name, _)| DocumentLink { id: (*name).to_owned(), label: format!("Open {name}") })
                .collect(),
            actions: FAULTS
                .iter()
                .map(|(name, _)| Action {
                    id: (*name).to_owned(),
                    label: format!("Do {name}"),
                    weight: Weight::Normal,
                    confirm: None,
                    asks: Vec::new(),
                })
                .collect(),
            history: HistoryPage { rows: Vec::new(), earlier: None },
        })
    }

    fn earlier(_: Viewer, _: String, _: u64) -> Result<HistoryPage, Refusal> {
        Ok(HistoryPage { rows: Vec::new(), earlier: None })
    }

    fn perform(_: Viewer, _: String, action: String, _: Vec<(String, String)>) -> Result<Notice, Refusal> {
        let fault = fault(&action).ok_or(Refusal::NotOffered)?;
        let answer = fault();
        Ok(Notice { tone: Tone::Info, text: format!("{action}: {} bytes", answer.body.len()) })
    }

    fn open(_: Viewer, _: String, document: String) -> Result<Document, Refusal> {
        let fault = fault(&document).ok_or(Refusal::NotOffered)?;
        let answer = fault();
        let texts = answer.headers.into_iter().map(|(_, value)| value).chain([answer.body]);
        Ok(Document {
            title: document,
            language: "en".to_owned(),
            blocks: texts.map(|text| Block::Text(faults::unchecked(text))).collect(),
        })
    }
}

fn fault(name: &str) -> Option<Fault> {
    FAULTS.iter().find(|(known, _)| *known == name).map(|(_, fault)| *fault)
}

/// A page as it should be.
fn page(status: u16, body: String) -> Response {
    let html = ("content-type".to_owned(), b"text/html; charset=utf-8".to_vec());
    Response { status, headers: vec![html], body: body.into_bytes() }
}
