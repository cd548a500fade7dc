//! What the documents and the program's help say to type is typed, but for one command ([`ELSEWHERE`]): each is run in a
//! throwaway place that has what its page presupposes, in the page's order, and has to end well. What serves is asked
//! for a page and then told to stop. The place has other folders, addresses, databases and keys than stand there, and
//! a script that stands in for `sudo`. `cargo xtask run` keeps its state there, and `cargo xtask dist` does not optimise.

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
use sentences::in_sentences;
use server::Made;
use std::fs;
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

/// A page that says what to type within its sentences.
const SENTENCES: &str = "docs/administrators.md";

/// Every page with something to type. Pages of one list are gone through one after the other, the lists at the same time:
/// those of the first share the databases and roles of one PostgreSQL server.
const LISTS: [&[Page]; 2] = [
    &[
        ("docs/postgresql.md", Places::WholePage),
        ("docs/command-line.md", Places::EachSection),
        (HELP, Places::EachCommand),
        (SENTENCES, Places::EachCommand),
    ],
    &[
        ("README.md", Places::EachSection),
        ("docs/operations.md", Places::WholePage),
        ("docs/embedding.md", Places::WholePage),
    ],
];

/// What is not typed here, for it runs everything, this test too.
const ELSEWHERE: &str = "cargo xtask test";
/// What runs it, in a line of its own.
const PROOF: &str = ".ci/run";

fn read(page: &str) -> String {
    if page == HELP {
        return help::page();
    }
    fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

fn is_elsewhere(typed: &str) -> bool {
    let typed = typed.split(" #").next().unwrap_or_default().trim();
    typed == ELSEWHERE
}

/// Does all that a page says, and how many commands that were.
fn follow((page, places): Page) -> usize {
    let mut place = Place::new();
    let (mut section, mut typed) = (String::new(), 0);
    let text = read(page);
    let steps = if page == SENTENCES { in_sentences(&text) } else { steps(page, &text) };
    for Step { heading, what } in steps {
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
    assert!(typed >= 80, "{typed}");
}

/// Follows a page on a thread of its name.
fn named(page: Page) -> usize {
    let hand = thread::Builder::new().name(page.0.to_owned()).spawn(move || follow(page));
    hand.expect("a thread").join().unwrap_or_else(|_| panic!("{} does not work as it is written", page.0))
}

#[test]
fn no_page_says_to_type_anything_that_is_not_typed_here() {
    let mut elsewhere = Vec::new();
    let mut pages = Vec::new();
    for path in files(&root(), &[".md"]) {
        let page = path.strip_prefix(root()).expect("a page of ours").display().to_string();
        let steps = steps(&page, &read(&page));
        let commands = steps.iter().filter_map(|step| match &step.what {
            What::Typed(command) => Some(command.clone()),
            What::Sql(_) | What::Configured(_) | What::Balanced(_) => None,
        });
        elsewhere.extend(commands.filter(|command| is_elsewhere(command)));
        if !steps.is_empty() {
            pages.push(page);
        }
    }
    pages.sort();
    let followed = LISTS.concat().into_iter().map(|(page, _)| page.to_owned());
    let mut followed: Vec<_> = followed.filter(|page| page != HELP && page != SENTENCES).collect();
    followed.sort();

    assert_eq!(pages, followed);
    // Fewer would mean that they are written in another way.
    assert!(in_sentences(&read(SENTENCES)).len() >= 7);
    assert!(read(PROOF).lines().any(|line| line == ELSEWHERE), "{PROOF} does not run {ELSEWHERE}");
    assert!(!elsewhere.is_empty(), "no page says to type {ELSEWHERE} any more");
}
