//! The audit trail as the operator's command hands it out to a spreadsheet.

use crate::Setup;
use std::collections::BTreeMap;

/// The columns, in their order.
pub const COLUMNS: [&str; 9] =
    ["time", "action", "by", "name", "kind", "address", "patient", "number", "detail"];

/// One entry, as a spreadsheet shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// When, in RFC 3339 and UTC.
    pub time: String,
    /// What, by its name.
    pub action: String,
    /// Whose key or address it was.
    pub by: String,
    /// The name that goes with it.
    pub name: String,
    /// What kind of somebody.
    pub kind: String,
    /// From where.
    pub address: String,
    /// About whom; empty for the practice itself.
    pub patient: String,
    /// Which one about them, from 1.
    pub number: u64,
    /// More.
    pub detail: String,
}

/// Makes sure that nothing in the trail was altered or is missing, as `portal-host audit verify` says.
///
/// # Panics
/// Where something is.
pub fn assert_whole(setup: &Setup) {
    let verified = setup.run(&["audit", "verify"]);
    let (told, said) = (String::from_utf8_lossy(&verified.stdout), String::from_utf8_lossy(&verified.stderr));
    assert!(verified.status.success() && told.starts_with("the audit trail is whole"), "{told}{said}");
}

/// What `portal-host audit export --format csv` with these options writes.
///
/// # Panics
/// Where it fails.
pub fn exported(setup: &Setup, options: &[&str]) -> Vec<Entry> {
    let output = setup.run(&[["audit", "export", "--format", "csv"].as_slice(), options].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{options:?}: {said}");
    let entries = read(&output.stdout);
    assert!(said.contains(&format!("{} entries written", entries.len())), "{said}");
    entries
}

/// Whom the trail says a Portal ID was issued to, and how often.
///
/// # Panics
/// As [`exported`].
pub fn issued(setup: &Setup) -> BTreeMap<String, usize> {
    let mut issued = BTreeMap::new();
    for entry in exported(setup, &[]) {
        if matches!(entry.action.as_str(), "invitation.issued" | "invitation.reissued") {
            *issued.entry(entry.patient).or_default() += 1;
        }
    }
    issued
}

/// The entries in a file of comma-separated values.
///
/// # Panics
/// Where it is none, or not one of these columns.
pub fn read(file: &[u8]) -> Vec<Entry> {
    let mut reader = csv::Reader::from_reader(file);
    assert_eq!(reader.headers().expect("a head"), COLUMNS.as_slice());
    let entries = reader.records().map(|record| {
        let record = record.expect("a row");
        let cell = |column: usize| record[column].to_owned();
        Entry {
            time: cell(0),
            action: cell(1),
            by: cell(2),
            name: cell(3),
            kind: cell(4),
            address: cell(5),
            patient: cell(6),
            number: cell(7).parse().expect("a number"),
            detail: cell(8),
        }
    });
    entries.collect()
}

/// How often each action is among these entries.
pub fn counted<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> BTreeMap<&'e str, usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.action.as_str()).or_default() += 1;
    }
    counts
}
