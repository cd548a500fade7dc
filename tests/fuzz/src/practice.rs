//! The practice and the patient that the portal's own parsers are asked about.

use patient_portal::calendar::Date;
use patient_portal::patient::request::Request;
use patient_portal::people::{Patient, PatientId, PersonName};
use patient_portal::practice::{Policy, Practice};
use patient_portal::settings::DEFAULT_THROTTLES;

/// A practice whose website is at this address.
pub fn practice(portal_url: &str) -> Practice {
    Practice {
        name: "Riverside Family Medicine".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        portal_url: portal_url.to_owned(),
        languages: vec!["en".to_owned()],
        policy: Policy {
            invitation_days: 7,
            minimum_password_length: 15,
            idle_minutes: 15,
            session_hours: 12,
            throttles: DEFAULT_THROTTLES,
            require_edit_right: false,
        },
        never_paused: Vec::new(),
        accent: None,
        logo_version: None,
    }
}

/// A patient with names in two scripts.
pub fn patient() -> Patient {
    Patient {
        id: PatientId("1".to_owned()),
        name: PersonName::Full { given: "Élodie".to_owned(), family: "Dubois-Lefèvre".to_owned() },
        other_names: vec![PersonName::Full { given: "秀英".to_owned(), family: "王".to_owned() }],
        birth_date: Date::new(1984, 2, 29),
        language: None,
    }
}

/// A form sent with these headers.
pub fn form_sent(headers: &[(&str, &[u8])], body: &[u8]) -> Request {
    Request {
        method: "POST".to_owned(),
        target: "/login".to_owned(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec())).collect(),
        body: body.to_vec(),
        client: "192.0.2.7".to_owned(),
    }
}
