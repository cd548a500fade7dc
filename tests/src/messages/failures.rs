//! What stands beside every failure that a command may meet: its own words, and what is to be done about it.

use super::next_steps::NextSteps;
use super::source::{self, Source};
use compile_words::escaped;
use std::fmt::Write;
use std::path::Path;
use syn::{Attribute, Item, LitStr};

/// Whose failures a command may meet.
const FOLDERS: [&str; 3] = ["host/sandbox/src", "host/src", "sandbox-db/src"];

/// One failure.
pub(super) struct Failure {
    file: String,
    name: String,
    pub says: String,
    pub next: Vec<String>,
}

/// Every file in which there are some.
pub(super) fn sources(workspace: &Path) -> Vec<Source> {
    FOLDERS.iter().flat_map(|folder| source::at(workspace, folder)).collect()
}

/// Every one that has words of its own.
pub(super) fn all(sources: &[Source]) -> Vec<Failure> {
    let steps = NextSteps::read(sources);
    let mut found = Vec::new();
    for source in sources {
        for (of, variant, says) in source.file.items.iter().flat_map(said) {
            let next = steps.about(&of, variant.as_deref());
            let name = variant.map_or_else(|| of.clone(), |variant| format!("{of}::{variant}"));
            found.push(Failure { file: source.name.clone(), name, says, next });
        }
    }
    found
}

/// The failures of an item: its type, the variant if it is one of several, and what it says.
fn said(item: &Item) -> Vec<(String, Option<String>, String)> {
    match item {
        Item::Struct(one) => {
            words(&one.attrs).map(|says| (one.ident.to_string(), None, says)).into_iter().collect()
        }
        Item::Enum(several) => {
            let of = several.ident.to_string();
            let variants = several.variants.iter();
            variants
                .filter_map(|it| Some((of.clone(), Some(it.ident.to_string()), words(&it.attrs)?)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What `#[error("…")]` says; none where there is none, or where the cause speaks in its place.
fn words(attributes: &[Attribute]) -> Option<String> {
    let error = attributes.iter().find(|attribute| attribute.path().is_ident("error"))?;
    let list = error.meta.require_list().ok()?;
    let first = list.tokens.clone().into_iter().next()?;
    if first.to_string() == "transparent" {
        return None;
    }
    let text = syn::parse2::<LitStr>(first.into());
    Some(text.unwrap_or_else(|error| panic!("{}: {error}", list.tokens)).value())
}

/// A table for each file.
pub(super) fn table(failures: &[Failure]) -> String {
    let mut page = String::new();
    let mut file = "";
    for failure in failures {
        if failure.file != file {
            file = &failure.file;
            let end = if page.is_empty() { "" } else { "\n" };
            write!(
                page,
                "{end}### {file}\n\n| failure | what it says | what to do next |\n| --- | --- | --- |\n"
            )
            .expect("memory");
        }
        let next: Vec<_> = failure.next.iter().map(|next| escaped(next)).collect();
        writeln!(page, "| `{}` | {} | {} |", failure.name, escaped(&failure.says), next.join("<br>"))
            .expect("memory");
    }
    page.push('\n');
    page
}
