//! Every state that a page of the website and of the sandbox EHR can be in, and how a browser gets there.
//!
//! [`website`] and [`ehr`] are the two lists. [`cast`] are the hosts and the people that it takes, [`arrive`] is the
//! way there, [`seen`] goes through all of them in every way, [`closer`] looks for what axe does not, [`mask`] what is hidden of a page because it differs from run to run. The tests of how pages look and
//! whom they shut out go through all of them, and [`gaps`] says which page was left out.

pub mod arrive;
pub mod cast;
pub mod closer;
pub mod ehr;
pub mod mask;
pub mod seen;
pub mod website;

use crate::coverage;
use std::collections::BTreeSet;

/// Which host it is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The sandbox as it comes, with some more patients.
    Ordinary,
    /// A practice that asks patients for a second step and staff for the right to edit, and whose website has just
    /// paused typing.
    Strict,
    /// A practice without the module.
    Off,
    /// A portal that fails.
    Broken,
}

/// Whose cookies the browser has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Nobody's.
    Stranger,
    /// A patient with a password alone, logged in, here and elsewhere.
    Patient,
    /// A patient who has passed User Confirmation.
    Confirmed,
    /// A patient who has an app that shows codes, and has just logged in.
    WithApp,
    /// The same, who logged in a while ago.
    LoggedInEarlier,
    /// The same, who has said the password.
    HalfWayWithApp,
    /// A patient who has a passkey.
    WithPasskey,
    /// The same, who has said the password.
    HalfWayWithPasskey,
    /// A patient who is about to add an app.
    Adding,
    /// A patient who has said a wrong password again and again while logged in.
    Forgetful,
    /// The same, so often that no more are taken.
    Stopped,
    /// A patient whose practice asks for a second step that they do not have.
    Lacking,
    /// The front desk.
    Desk,
    /// Staff without the right to the tab.
    Billing,
    /// Staff who may see everything and change nothing.
    Onlooker,
    /// Who may do everything.
    Admin,
}

/// What is done on the page that opens.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Nothing.
    Look,
    /// The form with these fields is sent. In braces stands what is known only once the host runs.
    Send(&'static [(&'static str, &'static str)]),
    /// A form is sent there from another website.
    SendFromElsewhere,
    /// The app is added: the code is made from the secret on the page.
    AddApp,
    /// The button is pressed, which leads to another page.
    Press(&'static str),
    /// The button with this `id` is pressed, which changes something on this page.
    PressHere(&'static str),
    /// So many seconds pass for the page.
    Wait(u64),
}

/// One state of a page.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// What pictures of it are called.
    pub name: &'static str,
    /// The method and path that answer, as the table of routes has them; a path of `*` is no route.
    pub route: (&'static str, &'static str),
    /// Where.
    pub at: At,
    /// For whom.
    pub who: Who,
    /// What they open, with what is known only once the host runs in braces.
    pub opens: &'static str,
    /// What they do there.
    pub then: Then,
    /// The status that comes.
    pub status: u64,
    /// Words on the page, in English.
    pub says: &'static str,
}

impl State {
    const fn get(name: &'static str, path: &'static str, who: Who, says: &'static str) -> Self {
        Self {
            name,
            route: ("GET", path),
            at: At::Ordinary,
            who,
            opens: path,
            then: Then::Look,
            status: 200,
            says,
        }
    }

    const fn post(
        name: &'static str,
        path: &'static str,
        who: Who,
        fields: &'static [(&'static str, &'static str)],
        status: u64,
        says: &'static str,
    ) -> Self {
        Self { route: ("POST", path), then: Then::Send(fields), status, ..Self::get(name, path, who, says) }
    }

    const fn opening(self, opens: &'static str) -> Self {
        Self { opens, ..self }
    }

    const fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }

    const fn at(self, at: At) -> Self {
        Self { at, ..self }
    }

    const fn refused(self, status: u64) -> Self {
        Self { status, ..self }
    }
}

/// What no page answers, and why.
#[derive(Clone, Copy, Debug)]
pub struct NoPage(pub &'static str, pub &'static str, pub &'static str);

/// What is wrong with a list of states, in words: the routes that can answer with a page and have none, those that
/// are gone, and names that are there twice.
pub fn gaps<T>(table: &[coverage::Row<T>], states: &[State], no_pages: &[NoPage]) -> Vec<String> {
    let routes: BTreeSet<_> = table.iter().map(|row| (row.method, row.path)).collect();
    // Files end in what they are.
    let files = routes.iter().filter(|(_, path)| path.contains('.')).copied();
    let shown: BTreeSet<_> = states.iter().map(|state| state.route).collect();
    let excused: BTreeSet<_> = no_pages.iter().map(|NoPage(method, path, _)| (*method, *path)).collect();
    let settled: BTreeSet<_> = shown.iter().chain(&excused).copied().chain(files).collect();
    let mut gaps = Vec::new();
    for (method, path) in routes.difference(&settled) {
        gaps.push(format!("{method} {path} is shown in no state"));
    }
    for (method, path) in shown.iter().chain(&excused).filter(|(_, path)| *path != "*") {
        if !routes.contains(&(*method, *path)) {
            gaps.push(format!("{method} {path} is no route"));
        }
    }
    for (method, path) in shown.intersection(&excused) {
        gaps.push(format!("{method} {path} is shown, though it has no page"));
    }
    let mut names = BTreeSet::new();
    let twice = states.iter().filter(|state| !names.insert(state.name));
    gaps.extend(twice.map(|state| format!("two states are called {}", state.name)));
    gaps
}
