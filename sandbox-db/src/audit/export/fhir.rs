//! The trail as FHIR R4 AuditEvent resources, one JSON object a line: what other systems read.

use super::{ExportError, written};
use crate::audit::PRACTICE_CHAIN;
use crate::audit::entry::EntryRow;
use portal_host::identity::PracticeId;
use serde_json::{Value, json};
use std::io::Write;

/// One entry in one line.
pub(super) fn line(to: &mut impl Write, practice: &PracticeId, entry: &EntryRow) -> Result<(), ExportError> {
    let resource = resource(practice, entry)?;
    writeln!(to, "{resource}")?;
    Ok(())
}

fn resource(practice: &PracticeId, entry: &EntryRow) -> Result<Value, ExportError> {
    let mut agent = json!({
        "who": { "identifier": { "value": entry.actor_key }, "display": entry.actor_name },
        "type": { "text": entry.actor_kind },
        "requestor": entry.actor_kind != "system",
    });
    if let (Some(address), Some(agent)) = (&entry.address, agent.as_object_mut()) {
        // Type 2 is an IP address.
        agent.insert("network".to_owned(), json!({ "address": address, "type": "2" }));
    }
    let mut resource = json!({
        "resourceType": "AuditEvent",
        "id": format!("{}-{}", if entry.chain == PRACTICE_CHAIN { "practice" } else { entry.chain.as_str() }, entry.sequence),
        "type": kind(&entry.action),
        "subtype": [{ "system": "urn:ehr:patient-portal:action", "code": entry.action }],
        "action": act(&entry.action),
        "recorded": written(entry.at)?,
        "outcome": outcome(&entry.action),
        "agent": [agent],
        "source": { "observer": { "display": practice.as_str() } },
    });
    if let Some(resource) = resource.as_object_mut() {
        if let Some(detail) = &entry.detail {
            resource.insert("outcomeDesc".to_owned(), json!(detail));
        }
        if entry.chain != PRACTICE_CHAIN {
            let patient = json!([{ "what": { "reference": format!("Patient/{}", entry.chain) } }]);
            resource.insert("entity".to_owned(), patient);
        }
    }
    Ok(resource)
}

/// DICOM's kind of event, as FHIR's audit-event-type asks for one.
fn kind(action: &str) -> Value {
    let (code, display) = match action.split('.').next().unwrap_or_default() {
        "signin" | "session" | "staff" => ("110114", "User Authentication"),
        "user" | "access-level" => ("110137", "User Security Attributes Changed"),
        "practice" | "module" | "keys" => ("110100", "Application Activity"),
        _ => ("110110", "Patient Record"),
    };
    json!({ "system": "http://dicom.nema.org/resources/ontology/DCM", "code": code, "display": display })
}

/// FHIR's letter for what was done: looked (R), created (C), changed (U) or merely executed (E).
fn act(action: &str) -> &'static str {
    match action.rsplit('.').next().unwrap_or_default() {
        "viewed" | "printed" => "R",
        "issued" | "created" => "C",
        "set" | "reissued" | "rehashed" | "changed" | "switched" | "expired" | "burnt" | "assigned" => "U",
        _ => "E",
    }
}

/// 0 for success, 4 (minor failure) for what was refused.
fn outcome(action: &str) -> &'static str {
    let failed = ["refused", "blocked"].iter().any(|end| action.ends_with(end));
    if failed { "4" } else { "0" }
}
