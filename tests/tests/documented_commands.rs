//! What the documents and the program's help say to type is typed, in fences and within sentences, but for what another
//! test types ([`ELSEWHERE`]): each is run in a throwaway place that has what its page presupposes, in the page's order, and
//! has to end well. What serves is asked for a page and then told to stop. The place has other folders, addresses,
//! databases and keys than stand there, and scripts that stand in for `sudo` and for Cargo (`cargo.sh`), whose long chores
//! are told to be quick.

#[path = "documented_commands/allowed.rs"]
mod allowed;
#[path = "documented_commands/configured.rs"]
mod configured;
#[path = "documented_commands/fences.rs"]
mod fences;
#[path = "documented_commands/help.rs"]
mod help;
#[path = "documented_commands/place.rs"]
mod place;
#[path = "documented_commands/presupposed.rs"]
mod presupposed;
#[path = "documented_commands/sentences.rs"]
mod sentences;
#[path = "documented_commands/server.rs"]
mod server;
#[path = "documented_commands/serving.rs"]
mod serving;

use fences::{Step, What, steps};
use place::Place;
use portal_tests::artifacts::root;
use portal_tests::tree::files;
use sentences::Of;
use server::Made;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::thread;

/// A page, and where its places begin.
type Page = (&'static str, Places);

#[derive(Clone, Copy, PartialEq)]
enum Places {
    /// What is typed is one possibility of several.
    EachCommand,
    /// Each section is about something of its own.
    EachSection,
    /// What is typed further down goes on with what was made further up.
    WholePage,
}

/// Stands for the program's help.
const HELP: &str = "portal-host --help";

/// Stand for what is typed within the sentences of all pages.
const SENTENCES: [(&str, Of); 4] = [
    ("what installations are told within sentences", Of::Installations),
    ("tests within sentences", Of::Tests),
    ("failures within sentences", Of::Failures),
    ("other chores within sentences", Of::OtherChores),
];

/// Every page with something to type. Pages of one list are gone through one after the other, the lists at the same time:
/// those of the first share the databases and roles of one PostgreSQL server.
const LISTS: [&[Page]; 4] = [
    &[
        ("docs/postgresql.md", Places::WholePage),
        ("docs/command-line.md", Places::EachSection),
        (HELP, Places::EachCommand),
        (SENTENCES[0].0, Places::EachCommand),
    ],
    &[
        ("README.md", Places::EachSection),
        ("docs/operations.md", Places::WholePage),
        ("docs/embedding.md", Places::WholePage),
        (SENTENCES[1].0, Places::EachCommand),
    ],
    &[(SENTENCES[2].0, Places::EachCommand)],
    &[(SENTENCES[3].0, Places::EachCommand)],
];

/// What is not typed here, for it runs this test too, or another test runs it. With the file that does, and how. Nothing
/// in the repository runs `.ci/run`: whoever merges a change does.
const ELSEWHERE: [(&str, &str, &str); 4] = [
    (".ci/run", ".ci/run", "\ncargo xtask test\n"),
    ("cargo xtask test", ".ci/run", "\ncargo xtask test\n"),
    ("cargo xtask screenshots", "tests/tests/looks.rs", "chore(&[\"screenshots\", "),
    ("cargo xtask figures", "tests/tests/accessible.rs", "chore(&[\"figures\", "),
];

/// All pages of the documentation, from the workspace on.
fn pages() -> Vec<String> {
    let name = |page: PathBuf| page.strip_prefix(root()).expect("a page of ours").display().to_string();
    files(&root(), &[".md"]).into_iter().map(name).collect()
}

fn read(page: &str) -> String {
    if page == HELP {
        return help::page();
    }
    if let Some((_, of)) = SENTENCES.iter().find(|(name, _)| *name == page) {
        return sentences::page(*of);
    }
    fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

fn is_elsewhere(typed: &str) -> bool {
    let typed = typed.split(" #").next().unwrap_or_default().trim();
    ELSEWHERE.iter().any(|(elsewhere, ..)| *elsewhere == typed)
}

/// Does all that a page says, and how many commands that were.
fn follow((page, places): Page) -> usize {
    let mut place = Place::new();
    let (mut section, mut typed) = (String::new(), 0);
    let text = read(page);
    for Step { heading, what } in steps(page, &text) {
        let is_new = match places {
            Places::EachCommand => true,
            Places::EachSection => heading != section,
            Places::WholePage => false,
        };
        if is_new {
            (place, section) = (Place::new(), heading.clone());
        }
        match what {
            What::Typed(command) if is_elsewhere(&command) => {}
            What::Typed(command) => {
                presupposed::make(&mut place, &command);
                let said = place.types(&command);
                presupposed::look(&place, &command, &said);
                typed += 1;
            }
            What::Sql(statements) => place.tells_the_server(&statements),
            What::Configured(line) => {
                presupposed::make(&mut place, &line);
                configured::add(&place, &line);
            }
            What::Balanced(configuration) => configured::check_the_balancers(&place, &configuration),
        }
    }
    typed
}

#[test]
fn every_command_in_the_documents_is_typed_and_ends_well() {
    let _made = Made::nothing_yet();
    let hands: Vec<_> = LISTS
        .iter()
        .map(|pages| {
            // A failure names the page by the thread that it comes from.
            thread::spawn(|| pages.iter().map(|page| named(*page)).sum::<usize>())
        })
        .collect();
    // All of them are over before what they made goes.
    let ended: Vec<_> = hands.into_iter().map(thread::JoinHandle::join).collect();
    let typed: usize = ended.into_iter().map(|typed| typed.expect("each page")).sum();

    // Far fewer would mean that they are written in another way.
    assert!(typed >= 120, "{typed}");
}

/// Follows a page on a thread of its name.
fn named(page: Page) -> usize {
    let hand = thread::Builder::new().name(page.0.to_owned()).spawn(move || follow(page));
    hand.expect("a thread").join().unwrap_or_else(|_| panic!("{} does not work as it is written", page.0))
}

#[test]
fn no_page_says_to_type_anything_that_is_not_typed_here() {
    let with_fences = pages().into_iter().filter(|page| !steps(page, &read(page)).is_empty());
    let stands_in = |page: &str| page == HELP || SENTENCES.iter().any(|(name, _)| *name == page);
    let followed = LISTS.concat().into_iter().filter(|(page, _)| !stands_in(page));

    let (with_fences, followed): (BTreeSet<_>, BTreeSet<_>) =
        (with_fences.collect(), followed.map(|(page, _)| page.to_owned()).collect());

    assert_eq!(with_fences, followed);
    // Far fewer would mean that they are written in another way.
    assert!(sentences::all().len() >= 30, "{:?}", sentences::all());
}

#[test]
fn what_is_typed_elsewhere_is_so() {
    let marked: BTreeSet<_> =
        pages().iter().flat_map(|page| portal_tests::markdown::marked(&read(page))).collect();
    for (typed, file, how) in ELSEWHERE {
        assert!(marked.contains(typed), "no page says to type {typed} any more");
        assert!(read(file).contains(how), "{file} does not run {typed}");
    }
}
