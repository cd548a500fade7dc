//! What the documents say to type within their sentences and tables: pages of their own, of what stands in no fence.

use crate::fences::{What, steps};
use crate::{is_elsewhere, pages};
use portal_tests::artifacts::root;
use portal_tests::markdown::marked;
use std::collections::BTreeSet;
use std::fs;

/// Pages that tell what was, and not what to type.
const HISTORY: [&str; 2] = ["CHANGELOG.md", "docs/decisions/"];

/// How what is typed begins, after what is set for it.
const PROGRAMS: [&str; 6] =
    ["portal-host ", "./portal-host ", "target/debug/portal-host ", "cargo ", ".ci/", "mv "];

/// What a command is about. Each makes a page, so that they can be typed at the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Of {
    /// What our own program and the system's do.
    Installations,
    /// Tests, benchmarks and examples.
    Tests,
    /// Machines that fail, which takes longest.
    Failures,
    /// What else there is to do in the workspace.
    OtherChores,
}

impl Of {
    fn command(command: &str) -> Self {
        let command = without_settings(command);
        if !command.starts_with("cargo ") {
            Self::Installations
        } else if command.starts_with("cargo xtask reliability") {
            Self::Failures
        } else if command.starts_with("cargo xtask ") && !command.starts_with("cargo xtask test") {
            Self::OtherChores
        } else {
            Self::Tests
        }
    }
}

/// All that is typed within sentences, but for what stands in a fence too or is run elsewhere.
pub fn all() -> BTreeSet<String> {
    let (mut fenced, mut found) = (BTreeSet::new(), BTreeSet::new());
    for page in pages() {
        let text = fs::read_to_string(root().join(&page)).expect("a page");
        for step in steps(&page, &text) {
            if let What::Typed(command) = step.what {
                fenced.insert(command.split(" #").next().unwrap_or_default().trim().to_owned());
            }
        }
        if !HISTORY.iter().any(|of| page.starts_with(of)) {
            found.extend(marked(&text).into_iter().filter(|it| is_typed(it)));
        }
    }
    found.retain(|command| !fenced.contains(command) && !is_elsewhere(command));
    found
}

/// Those about one thing, as a page.
pub fn page(of: Of) -> String {
    let typed: Vec<String> = all().into_iter().filter(|command| Of::command(command) == of).collect();
    assert!(!typed.is_empty(), "no page says anything to type of {of:?}");
    format!("```sh\n{}\n```\n", typed.join("\n"))
}

fn is_typed(marked: &str) -> bool {
    let command = without_settings(marked);
    PROGRAMS.iter().any(|program| command.starts_with(program))
}

/// Without what is set for it in front.
fn without_settings(command: &str) -> &str {
    let mut command = command;
    while let Some((first, rest)) = command.split_once(' ') {
        let is_set = first.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        });
        if !is_set {
            break;
        }
        command = rest;
    }
    command
}

#[test]
fn only_what_can_be_typed_is_found_within_sentences() {
    for typed in ["portal-host policy", "cargo xtask bench", "A_B=x C=1 cargo test", "mv a b"] {
        assert!(is_typed(typed), "{typed}");
    }
    for named in ["portal-host", "audit verify", "--config", "cargo-deny", "A=b", "x=1 cargo test", ""] {
        assert!(!is_typed(named), "{named}");
    }
}
