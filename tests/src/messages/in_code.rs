//! What is said from within Rust: on pages where a case decides, by commands of what they do and found, and in what fills
//! the words of a failure.

use super::failures::Failure;
use super::source::{Source, texts};
use crate::html::in_one_line;
use compile_words::escaped;
use quote::ToTokens;
use std::collections::BTreeSet;

/// What draws pages, or is shown on one.
const OF_PAGES: [&str; 7] = [
    "host/sandbox/src/ehr/",
    "host/sandbox/src/inviting/",
    "host/sandbox/src/sign_ins.rs",
    "sandbox-db/src/ehr/batches/mod.rs",
    "sandbox-db/src/ehr/batches/state.rs",
    "sandbox-db/src/ehr/modules.rs",
    "sandbox-db/src/ehr/person.rs",
];

/// What says nothing of its own: invented people, markup, headers, what keys and seals are made for, words of wasmtime's
/// that are looked for, and the help.
const SILENT: [&str; 11] = [
    "host/sandbox/src/ehr/assets.rs",
    "host/sandbox/src/ehr/harden.rs",
    "host/sandbox/src/ehr/session.rs",
    "host/sandbox/src/ehr/throttle.rs",
    "host/sandbox/src/examples.rs",
    "host/src/keys/mod.rs",
    "host/src/operator.rs",
    "host/src/runtime/failure.rs",
    "host/src/website/notices.rs",
    "sandbox-db/src/audit/seal.rs",
    "sandbox-db/src/seed/",
];

/// What begins something for a browser or for the database.
const FOR_PROGRAMS: [&str; 15] = [
    "text/html; ",
    "button ",
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE ",
    "WITH ",
    "CREATE ",
    "ALTER ",
    "GRANT ",
    "REVOKE ",
    "PRAGMA ",
    "VACUUM ",
    "SET ",
    "BEGIN",
];

/// A list for each file that draws pages.
pub(super) fn of_pages(sources: &[Source], failures: &[Failure]) -> String {
    listed(sources.iter().filter(|source| is_of_pages(source)), failures, is_shown)
}

/// A list for each of the other files.
pub(super) fn of_others(sources: &[Source], failures: &[Failure]) -> String {
    listed(sources.iter().filter(|source| !is_of_pages(source)), failures, is_sentence)
}

fn is_of_pages(source: &Source) -> bool {
    OF_PAGES.iter().any(|name| source.name.starts_with(name))
}

/// What is said neither of a failure nor of what to do next.
fn listed<'a>(
    sources: impl Iterator<Item = &'a Source>,
    failures: &[Failure],
    is_said: fn(&str) -> bool,
) -> String {
    let elsewhere: BTreeSet<&str> = failures
        .iter()
        .flat_map(|failure| failure.next.iter().chain([&failure.says]))
        .map(String::as_str)
        .collect();
    let mut page = String::new();
    for source in sources.filter(|source| !SILENT.iter().any(|name| source.name.starts_with(name))) {
        let mut seen = BTreeSet::new();
        let texts = texts(source.file.to_token_stream());
        let texts = texts.into_iter().filter(|text| is_said(text) && !elsewhere.contains(text.as_str()));
        let items: String = texts
            .map(|text| in_one_line(&text))
            .filter(|text| seen.insert(text.clone()))
            .map(|text| format!("- {}\n", escaped(&text)))
            .collect();
        if !items.is_empty() {
            page.push_str(&format!("### {}\n\n{items}\n", source.name));
        }
    }
    page
}

/// More than a word, one of them outside of braces, and for people.
fn is_sentence(text: &str) -> bool {
    text.trim().contains(' ')
        && super::has_words(text)
        && !FOR_PROGRAMS.iter().any(|word| text.trim_start().starts_with(word))
}

/// A sentence or, as labels begin, a word in upper case that is no name of a variable.
fn is_shown(text: &str) -> bool {
    is_sentence(text) || text.starts_with(char::is_uppercase) && !text.contains('_') && super::has_words(text)
}
