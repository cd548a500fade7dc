//! Handing the trail out.

use super::audit_seal::noted;
use super::bed::{Bed, NOW, by_front_desk, frontdesk, maria};
use crate::export::{Format, Selection};
use portal_host::identity::Timestamp;
use portal_host::lent::{Accounts, Actor, Event};

async fn exported(bed: &Bed, selection: &Selection, format: Format) -> String {
    let mut out = Vec::new();
    let written =
        bed.database.export_audit(&bed.practice, selection, format, &mut out, |_| {}).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    let rows = text.lines().count() - usize::from(format == Format::Csv);
    assert_eq!(rows as u64, written);
    text
}

pub(super) async fn everything_comes_out_in_order_of_time(bed: Bed) {
    for second in [5, 3, 4, 0, 1] {
        noted(&bed, second).await;
    }

    let csv = exported(&bed, &Selection::default(), Format::Csv).await;

    assert!(csv.starts_with("time,action,by,name,kind,address,patient,number,detail\r\n"), "{csv}");
    let times: Vec<_> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(times.len(), 5);
    assert!(times.is_sorted(), "{times:?}");
    assert!(
        csv.contains("2026-07-01T12:00:00Z,test.noted,frontdesk,Fran Desk,staff,192.0.2.7,100001,2,"),
        "{csv}"
    );
}

pub(super) async fn a_period_a_patient_and_a_user_narrow_the_export(bed: Bed) {
    for second in 0..10 {
        noted(&bed, second).await;
    }
    let by_patient = Event { actor: Actor::Patient(maria()), ..by_front_desk(&maria(), "test.by-patient") };
    bed.database.note(&bed.practice, &by_patient, Timestamp(NOW.0 + 3)).await.unwrap();
    let rows = async |selection: Selection| exported(&bed, &selection, Format::Csv).await.lines().count() - 1;
    let (from, to) = (Some(NOW.plus_seconds(2)), Some(NOW.plus_seconds(6)));
    let all = Selection::default();

    assert_eq!(rows(all.clone()).await, 11);
    assert_eq!(rows(Selection { from, to, ..all.clone() }).await, 5);
    assert_eq!(rows(Selection { patient: Some(maria()), ..all.clone() }).await, 6);
    assert_eq!(rows(Selection { patient: Some(maria()), from, to, ..all.clone() }).await, 3);
    let user = Some(frontdesk().as_str().to_owned());
    assert_eq!(rows(Selection { user: user.clone(), ..all.clone() }).await, 10);
    assert_eq!(rows(Selection { user, patient: Some(maria()), from, to }).await, 2);
    let nobody = Some("nobody".to_owned());
    assert_eq!(rows(Selection { user: nobody, ..all }).await, 0);
}

pub(super) async fn a_cell_is_never_a_formula(bed: Bed) {
    let evil = Event {
        actor: Actor::Visitor("=HYPERLINK(\"http://evil.example\")".to_owned()),
        detail: Some("@SUM(1)".to_owned()),
        ..by_front_desk(&maria(), "test.noted")
    };
    bed.database.note(&bed.practice, &evil, NOW).await.unwrap();

    let csv = exported(&bed, &Selection::default(), Format::Csv).await;

    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{csv}");
    assert!(csv.ends_with(",'@SUM(1)\r\n"), "{csv}");
}

pub(super) async fn every_line_is_an_audit_event(bed: Bed) {
    noted(&bed, 0).await;
    let refused = Event {
        actor: Actor::Visitor("192.0.2.9".to_owned()),
        patient: None,
        action: "signin.refused".to_owned(),
        detail: Some("no such username".to_owned()),
        address: Some("192.0.2.9".to_owned()),
    };
    bed.database.note(&bed.practice, &refused, NOW).await.unwrap();

    let lines = exported(&bed, &Selection::default(), Format::Fhir).await;

    // The practice's own chain comes before the patients' in the same second.
    let events: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for event in &events {
        assert_eq!(event["resourceType"], "AuditEvent");
        // What FHIR R4 requires of every one.
        assert!(event["type"]["code"].is_string() && event["recorded"].is_string());
        assert!(event["agent"][0]["requestor"].is_boolean() && event["source"]["observer"].is_object());
    }
    assert_eq!((&events[0]["outcome"], &events[1]["outcome"]), (&"4".into(), &"0".into()));
    assert_eq!(events[0]["agent"][0]["network"]["address"], "192.0.2.9");
    assert_eq!(events[1]["entity"][0]["what"]["reference"], "Patient/100001");
    assert_eq!(events[1]["agent"][0]["who"]["identifier"]["value"], "frontdesk");
}
