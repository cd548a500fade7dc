//! What is said from within Rust: of what commands do and found, and on pages where a case decides.

use super::failures::Failure;
use super::{escaped, source};
use quote::ToTokens;
use std::collections::BTreeSet;
use std::path::Path;

/// What commands say.
const OF_COMMANDS: [&str; 2] = ["host/sandbox/src/commands", "host/sandbox/src/serve.rs"];
/// What pages say.
const OF_PAGES: [&str; 6] = [
    "host/sandbox/src/ehr",
    "host/sandbox/src/sign_ins.rs",
    "sandbox-db/src/ehr/batches/mod.rs",
    "sandbox-db/src/ehr/batches/state.rs",
    "sandbox-db/src/ehr/modules.rs",
    "sandbox-db/src/ehr/person.rs",
];

/// A list for each file of commands.
pub(super) fn of_commands(workspace: &Path, failures: &[Failure]) -> String {
    listed(workspace, &OF_COMMANDS, failures, is_sentence)
}

/// A list for each file that draws pages.
pub(super) fn of_pages(workspace: &Path, failures: &[Failure]) -> String {
    listed(workspace, &OF_PAGES, failures, is_label)
}

/// What is said neither of a failure nor of what to do next.
fn listed(workspace: &Path, files: &[&str], failures: &[Failure], is_said: fn(&str) -> bool) -> String {
    let elsewhere: BTreeSet<&str> = failures
        .iter()
        .flat_map(|failure| failure.next.iter().chain([&failure.says]))
        .map(String::as_str)
        .collect();
    let mut page = String::new();
    for source in files.iter().flat_map(|name| source::at(&workspace.join(name))) {
        let mut seen = BTreeSet::new();
        let texts = source::texts(source.file.to_token_stream());
        let texts = texts.into_iter().filter(|text| is_said(text) && !elsewhere.contains(text.as_str()));
        let items: String = texts
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| seen.insert(text.clone()))
            .map(|text| format!("- {}\n", escaped(&text)))
            .collect();
        if !items.is_empty() {
            page.push_str(&format!("### {}\n\n{items}\n", source.name));
        }
    }
    page
}

/// More than a word, one of them outside of braces.
fn is_sentence(text: &str) -> bool {
    text.trim().contains(' ') && super::has_words(text)
}

/// What begins as a label or a sentence does, and is no name of a variable.
fn is_label(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && !text.contains('_') && super::has_words(text)
}
