//! The Rust files of a folder, read as what they are.

use crate::tree::files;
use proc_macro2::{TokenStream, TokenTree};
use std::fs;
use std::path::Path;

/// A file, without what only tests have.
pub(super) struct Source {
    /// Where it stands in the workspace.
    pub name: String,
    pub file: syn::File,
}

/// What the names of files have in them that only tests are in.
const ONLY_TESTS: [&str; 3] = ["/tests.rs", "/tests/", "sandbox-db/src/contract/"];

/// A file, or every one of a folder and of those in it, by name.
pub(super) fn at(workspace: &Path, name: &str) -> Vec<Source> {
    let path = workspace.join(name);
    let paths = if path.is_file() { vec![path] } else { files(&path, &[".rs"]) };
    let sources = paths.iter().map(|path| source(workspace, path));
    sources.filter(|source| !ONLY_TESTS.iter().any(|part| source.name.contains(part))).collect()
}

fn source(workspace: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.items.retain(|item| !is_of_tests(item));
    let name = path.strip_prefix(workspace).unwrap_or(path).display().to_string();
    Source { name, file }
}

fn is_of_tests(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(module) => &module.attrs,
        syn::Item::Fn(function) => &function.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        let is_test = attribute.path().segments.last().is_some_and(|last| last.ident == "test");
        is_test || attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

/// The texts in a piece of code, in their order; what stands in attributes is left out.
pub(super) fn texts(code: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_attribute = false;
    for token in code {
        match token {
            TokenTree::Group(group) => {
                if !is_attribute {
                    found.extend(texts(group.stream()));
                }
                is_attribute = false;
            }
            TokenTree::Literal(literal) => {
                let text = syn::parse2::<syn::LitStr>(TokenTree::Literal(literal).into());
                found.extend(text.map(|text| text.value()));
                is_attribute = false;
            }
            TokenTree::Punct(sign) => {
                is_attribute = sign.as_char() == '#' || is_attribute && sign.as_char() == '!';
            }
            TokenTree::Ident(_) => is_attribute = false,
        }
    }
    found
}

#[test]
fn the_texts_of_code_are_those_that_it_says() {
    let code = "//! Not this.\n/// Nor this.\n#[serde(rename = \"nor this\")]\nfn say() { println!(\"this {}\", b\"bytes\"); say(\"that\") }";
    let file = syn::parse_file(code).expect("code");

    assert_eq!(texts(quote::ToTokens::into_token_stream(file)), ["this {}", "that"]);
}
