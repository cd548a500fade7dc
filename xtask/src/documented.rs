//! What the documents say to type of the chores is understood, with its options: the test that types it
//! shortens them.

use crate::Cli;
use crate::shell::root;
use clap::Parser;
use std::fs;

#[test]
fn every_chore_in_the_documents_is_understood_with_its_options() {
    let docs = fs::read_dir(root().join("docs")).expect("the documents").flatten().map(|entry| entry.path());
    let pages = docs.chain(["README.md", "CONTRIBUTING.md"].map(|page| root().join(page)));
    let mut found = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(&page).expect("a page");
        for after in text.split("cargo xtask ").skip(1) {
            let command = after.split(['`', '\n', '#']).next().unwrap_or_default();
            let typed = ["cargo xtask"].into_iter().chain(command.split_whitespace());
            if let Err(error) = Cli::try_parse_from(typed) {
                panic!("{}: cargo xtask {command}: {error}", page.display());
            }
            found += 1;
        }
    }
    // Far fewer would mean that they are written in another way.
    assert!(found > 30, "{found}");
}
