//! `portal-host audit verify` and `audit export` on the database of an installation in which everything
//! was done once: who, about whom, what, when, from where; in two formats; and that what was changed or
//! taken away afterwards is noticed.

use portal_tests::recorded::{Recorded, SOMEWHERE_ELSE, recorded};
use portal_tests::staff;
use portal_tests::trail::{self, Entry};
use portal_tests::visitor::Visitor;
use portal_tests::{Setup, people};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Output;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn exported(options: &[&str]) -> Vec<Entry> {
    trail::exported(&recorded().setup, options)
}

/// Each line of the export as FHIR resources.
fn as_fhir(options: &[&str]) -> Vec<Value> {
    let output =
        recorded().setup.run(&[["audit", "export", "--format", "fhir"].as_slice(), options].concat());
    assert!(output.status.success(), "{}", said(&output));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("one JSON object a line")).collect()
}

/// Another installation with the same state, to be tampered with.
fn copied() -> Setup {
    let (from, to) = (&recorded().setup, Setup::fresh());
    fs::create_dir(to.folder().join("state")).expect("a folder");
    for file in ["portal.db", "state/host.key", "state/audit.checkpoint"] {
        fs::copy(from.folder().join(file), to.folder().join(file)).expect("a copy");
    }
    to
}

#[test]
fn every_kind_of_event_says_who_about_whom_and_from_where() {
    let Recorded { desk, admin, patient, guesser, .. } = *recorded();
    let (maria, sean) = (recorded().chart("Maria Garcia"), recorded().chart("Sean O'Brien"));
    let entries = exported(&[]);

    for (action, kind, by, about, from) in [
        ("staff.signed-in", "staff", people::FRONT_DESK, "", desk),
        ("staff.signed-out", "staff", people::FRONT_DESK, "", desk),
        ("staff.sign-in-refused", "visitor", guesser, "", guesser),
        ("staff.sign-in-blocked", "visitor", guesser, "", guesser),
        ("tab.viewed", "staff", people::FRONT_DESK, maria, desk),
        ("invitation.issued", "staff", people::FRONT_DESK, maria, desk),
        ("invitation.reissued", "staff", people::FRONT_DESK, sean, desk),
        ("instructions.printed", "staff", people::FRONT_DESK, maria, desk),
        ("activation.refused", "visitor", guesser, maria, guesser),
        ("activation.refused", "visitor", guesser, "", guesser),
        ("invitation.burnt", "visitor", guesser, sean, guesser),
        // By then the Portal ID was burnt, and so nobody's any more.
        ("activation.blocked", "visitor", guesser, "", guesser),
        ("activation.confirmed", "visitor", patient, maria, patient),
        ("credentials.set", "patient", maria, maria, patient),
        ("signin.succeeded", "patient", maria, maria, patient),
        ("device.remembered", "patient", maria, maria, patient),
        ("signin.refused", "visitor", guesser, maria, guesser),
        ("signin.refused", "visitor", guesser, "", guesser),
        ("signin.blocked", "visitor", guesser, maria, guesser),
        ("session.closed", "patient", maria, maria, patient),
        ("access.off", "staff", people::FRONT_DESK, maria, desk),
        ("access-level.created", "staff", people::ADMIN, "", admin),
        ("access-level.rights-changed", "staff", people::ADMIN, "", admin),
        ("user.access-level-assigned", "staff", people::ADMIN, "", admin),
        ("module.switched", "staff", people::ADMIN, "", admin),
        ("practice.policy-changed", "system", "", "", ""),
    ] {
        let is_there = entries.iter().any(|entry| {
            (entry.action.as_str(), entry.kind.as_str(), entry.by.as_str()) == (action, kind, by)
                && (entry.patient.as_str(), entry.address.as_str()) == (about, from)
        });
        let alike: Vec<_> = entries.iter().filter(|entry| entry.action == action).collect();
        assert!(is_there, "no {action} by {by} about {about:?} from {from:?}, but {alike:#?}");
    }
    // People's names as they were, for who reads it years later.
    let name = |by: &str| entries.iter().find(|entry| entry.by == by).map(|entry| entry.name.clone());
    assert_eq!(name(people::FRONT_DESK).as_deref(), Some("Fran Desk"));
    assert_eq!(name(maria).as_deref(), Some("Maria Garcia"));
}

#[test]
fn every_entry_has_its_moment_and_all_are_in_order() {
    let Recorded { begun, ended, .. } = recorded();
    let entries = exported(&[]);

    assert!(entries.iter().map(|entry| &entry.time).is_sorted());
    for entry in &entries {
        // As text they compare as the moments do: all of one length, in UTC.
        assert_eq!(entry.time.len(), "2026-01-31T08:00:00Z".len(), "{}", entry.time);
        assert!((begun..=ended).contains(&&entry.time), "{begun} <= {} <= {ended}", entry.time);
    }
    let mut numbers: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for entry in &entries {
        numbers.entry(&entry.patient).or_default().push(entry.number);
    }
    for (about, numbers) in numbers {
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{about:?}: {numbers:?}");
    }
}

#[test]
fn it_is_handed_out_for_a_patient_a_user_and_a_period() {
    let Recorded { guesser, .. } = *recorded();
    let maria = recorded().chart("Maria Garcia");
    let all = exported(&[]);
    let of = |chosen: &dyn Fn(&Entry) -> bool| -> Vec<Entry> {
        let chosen: Vec<Entry> = all.iter().filter(|entry| chosen(entry)).cloned().collect();
        assert!(!chosen.is_empty() && chosen.len() < all.len());
        chosen
    };

    assert_eq!(exported(&["--patient", maria]), of(&|entry| entry.patient == maria));
    for user in [people::FRONT_DESK, maria, guesser] {
        assert_eq!(exported(&["--user", user]), of(&|entry| entry.by == user), "{user}");
    }
    let both = exported(&["--patient", maria, "--user", guesser]);
    assert_eq!(both, of(&|entry| entry.patient == maria && entry.by == guesser));
    // The end is not part of a period, so that two that meet have everything once.
    let last = all[all.len() - 1].time.clone();
    let (before, after) = (exported(&["--to", &last]), exported(&["--from", &last]));
    assert_eq!(before, of(&|entry| entry.time < last));
    assert_eq!([before, after].concat(), all);
    let today = &recorded().begun[..10];
    assert_eq!(exported(&["--from", today, "--to", "2999-01-01"]), all);
    for none in [["--to", today], ["--from", "2999-01-01"], ["--patient", "nobody"], ["--user", "nobody"]] {
        assert_eq!(exported(&none), [], "{none:?}");
        assert_eq!(as_fhir(&none).len(), 0, "{none:?}");
    }
}

#[test]
fn it_is_written_to_a_new_file_and_never_over_another() {
    let setup = &recorded().setup;
    let path = setup.folder().join("january.csv");
    let path = path.to_str().expect("a path");
    let export = ["audit", "export", "--format", "csv", "--output", path];

    let written = setup.run(&export);

    assert!(written.status.success() && written.stdout.is_empty(), "{}", said(&written));
    let file = fs::read(path).expect("the file");
    assert_eq!(trail::read(&file), exported(&[]));
    let refused = setup.run(&export);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("choose a file that is not there yet"), "{}", said(&refused));
    assert_eq!(fs::read(path).expect("the file"), file);
}

#[test]
fn what_is_no_period_and_no_format_is_refused_at_the_command_line() {
    let setup = &recorded().setup;
    for (options, why) in [
        (["--format", "csv", "--from", "yesterday"], "2026-01-31T08:00:00Z"),
        (["--format", "csv", "--to", "2026-02-30"], "2026-01-31T08:00:00Z"),
        (["--format", "xml", "--to", "2026-02-20"], "csv, fhir"),
    ] {
        let refused = setup.run(&[["audit", "export"].as_slice(), &options].concat());
        assert_eq!(refused.status.code(), Some(2), "{options:?}");
        assert!(said(&refused).contains(why) && refused.stdout.is_empty(), "{}", said(&refused));
    }
}

#[test]
fn what_a_spreadsheet_would_compute_is_text_in_it() {
    let entries = exported(&[]);
    for planted in [recorded().formula, recorded().other_formula] {
        let detail = entries.iter().map(|entry| &entry.detail).find(|detail| detail.contains(planted));
        let detail = detail.unwrap_or_else(|| panic!("{planted} is not in it"));
        assert_eq!(*detail, format!("'{planted}"));
    }
    for entry in &entries {
        let Entry { time, action, by, name, kind, address, patient, detail, .. } = entry;
        for cell in [time, action, by, name, kind, address, patient, detail] {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{entry:?}");
        }
    }
    // Only what a spreadsheet computes is marked: FHIR has it as it was typed.
    let typed: Vec<Value> = as_fhir(&[]).iter().map(|event| event["outcomeDesc"].clone()).collect();
    assert!(typed.contains(&Value::from(recorded().formula)));
}

#[test]
fn as_fhir_each_entry_is_an_audit_event_of_release_4() {
    let (entries, events) = (exported(&[]), as_fhir(&[]));

    assert_eq!(events.len(), entries.len());
    let mut ids = BTreeSet::new();
    for (event, entry) in events.iter().zip(&entries) {
        assert_eq!(event["resourceType"], "AuditEvent");
        // Required: type, recorded, agent and its requestor, source and its observer.
        let kind = &event["type"];
        assert!(kind["system"].is_string() && kind["code"].is_string(), "{event}");
        assert_eq!(event["recorded"], entry.time.as_str());
        let agents = event["agent"].as_array().expect("agents");
        assert_eq!(agents.len(), 1, "{event}");
        assert_eq!(agents[0]["requestor"], entry.kind != "system", "{event}");
        assert!(event["source"]["observer"]["display"].is_string(), "{event}");
        // The rest is as in the other format.
        assert_eq!(event["subtype"][0]["code"], entry.action.as_str());
        assert_eq!(agents[0]["who"]["display"], entry.name.as_str());
        let network = &agents[0]["network"];
        match entry.address.as_str() {
            "" => assert!(network.is_null(), "{event}"),
            address => assert_eq!((&network["address"], &network["type"]), (&address.into(), &"2".into())),
        }
        match entry.patient.as_str() {
            "" => assert!(event["entity"].is_null(), "{event}"),
            key => assert_eq!(event["entity"][0]["what"]["reference"], format!("Patient/{key}")),
        }
        let failed = entry.action.ends_with("refused") || entry.action.ends_with("blocked");
        assert_eq!(event["outcome"], if failed { "4" } else { "0" });
        assert!(["C", "R", "U", "D", "E"].map(Value::from).contains(&event["action"]), "{event}");
        let id = event["id"].as_str().expect("an id");
        assert!(id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)), "{id}");
        assert!(ids.insert(id.to_owned()), "{id} twice");
    }
}

#[test]
fn no_secret_and_no_birth_date_is_in_either_format() {
    let formats = ["csv", "fhir"].map(|format| {
        let output = recorded().setup.run(&["audit", "export", "--format", format]);
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("UTF-8")
    });
    assert!(recorded().secrets.len() > 20, "{}", recorded().secrets.len());
    for secret in &recorded().secrets {
        for text in &formats {
            let at = text.find(secret.as_str());
            assert!(
                at.is_none(),
                "{secret:?} is in {:?}",
                at.map(|at| text[at.saturating_sub(80)..].lines().next())
            );
        }
    }
}

#[test]
fn a_whole_trail_is_called_whole_with_what_there_is_of_it() {
    let output = recorded().setup.run(&["audit", "verify"]);

    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let entries = exported(&[]);
    let (first, last) = (&entries[0].time, &entries[entries.len() - 1].time);
    let patients: BTreeSet<&str> = entries.iter().map(|entry| entry.patient.as_str()).collect();
    let patients = patients.iter().filter(|patient| !patient.is_empty()).count();
    let expected = format!(
        "the audit trail is whole: {} entries about {patients} patients and the practice itself, ",
        entries.len()
    );
    assert!(told.starts_with(&expected) && told.contains(&format!("from {first} to {last}, ")), "{told}");
    assert!(!told.contains("no checkpoint is kept"), "{told}");
}

#[test]
fn one_byte_altered_in_the_database_is_noticed_and_its_entry_named() {
    let setup = copied();
    assert!(setup.run(&["audit", "verify"]).status.success());
    let planted = recorded().formula;
    let entry = exported(&[]).into_iter().find(|entry| entry.detail.contains(planted)).expect("the entry");
    let path = setup.folder().join("portal.db");
    let mut bytes = fs::read(&path).expect("the database");
    let found: Vec<usize> =
        (0..bytes.len() - planted.len()).filter(|at| bytes[*at..].starts_with(planted.as_bytes())).collect();
    assert_eq!(found.len(), 1, "it stands in the entry and nowhere else");

    bytes[found[0] + planted.len() - 1] ^= 1;
    fs::write(&path, &bytes).expect("the database");

    let verified = setup.run(&["audit", "verify"]);
    assert_eq!(verified.status.code(), Some(1));
    let expected = format!("entry {} about patient {} was altered or forged", entry.number, entry.patient);
    assert!(said(&verified).contains(&expected), "{}", said(&verified));
    assert!(verified.stdout.is_empty());
    bytes[found[0] + planted.len() - 1] ^= 1;
    fs::write(&path, &bytes).expect("the database");
    assert!(setup.run(&["audit", "verify"]).status.success(), "nothing else was wrong");
}

#[tokio::test]
async fn an_older_copy_of_the_database_that_was_put_back_is_noticed_by_the_kept_checkpoint() {
    let setup = copied();
    let database = setup.folder().join("portal.db");
    let older = fs::read(&database).expect("the database");
    let mut host = setup.start();
    staff::sign_in_with(&Visitor::from_address(SOMEWHERE_ELSE, &host.ehr), people::FRONT_DESK).await;
    host.terminate();
    assert!(host.wait().success());
    assert!(setup.run(&["audit", "verify"]).status.success());

    fs::write(&database, &older).expect("the database");

    let verified = setup.run(&["audit", "verify"]);
    assert_eq!(verified.status.code(), Some(1));
    let said = said(&verified);
    assert!(said.contains("is missing: what was recorded from then on may be gone"), "{said}");
    // By nothing but the checkpoint that is kept apart: in itself the copy is whole.
    fs::remove_file(setup.folder().join("state/audit.checkpoint")).expect("the checkpoint");
    let verified = setup.run(&["audit", "verify"]);
    assert!(verified.status.success());
    let told = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(told.contains("an older copy of the whole database would not be noticed"), "{told}");
}
