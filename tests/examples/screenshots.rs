//! Takes the pictures of the documents and of the gallery from the running system, and writes the page that shows the
//! gallery. `cargo xtask screenshots` runs it.

use portal_tests::artifacts::root;
use portal_tests::browser::{Browser, DESKTOP, Screen};
use portal_tests::gallery::{Shot, document, has_the_same_letters, take};
use portal_tests::languages::first;
use portal_tests::states::State;
use portal_tests::states::arrive::is_of_ehr;
use portal_tests::written::{folder, write};
use std::cell::RefCell;
use std::fs;
use std::path::Path;

/// The pictures that documents show, and the states they are of.
const OF_DOCUMENTS: [(&str, &str); 12] = [
    ("access-levels", "access-levels"),
    ("activated", "activated"),
    ("home", "home"),
    ("instructions", "sheet"),
    ("invite-many", "list-over"),
    ("log-in", "log-in"),
    ("modules", "modules"),
    ("patient-details", "tab-not-invited"),
    ("patients", "patients"),
    ("tab", "tab-invited"),
    ("user-access", "access-level-rights"),
    ("user-confirmation", "confirmation"),
];

const OF_STAFF: Screen = (900, 600, 1.0, false);
const OF_PATIENTS: Screen = (440, 700, 1.0, false);

async fn of_documents(into: &Path, browser: &Browser, state: &State, language: &str) {
    for (name, _) in OF_DOCUMENTS.iter().filter(|(_, of)| *of == state.name) {
        let screen = if is_of_ehr(state) { OF_STAFF } else { OF_PATIENTS };
        browser.be_as_wide_as(screen).await;
        let picture = browser.sharp_picture(1.0).await;
        let ending = if language == first() { String::new() } else { format!(".{language}") };
        write(&into.join(format!("images/{name}{ending}.png")), picture);
        browser.be_as_wide_as(DESKTOP).await;
    }
}

#[tokio::main]
async fn main() {
    let into = folder().expect("a folder");
    // Or every picture of the documents would differ from what a test takes elsewhere.
    let may_differ = into != root().join("docs");
    assert!(has_the_same_letters().await || may_differ, "install the Debian package fonts-dejavu-core first");
    // What is of nothing any more goes with it.
    let _ = fs::remove_dir_all(into.join("gallery"));
    let sizes = RefCell::new(Vec::new());
    let took = |shot: &Shot, picture: &[u8]| {
        write(&into.join(shot.path()), picture);
        sizes.borrow_mut().push(picture.len());
    };
    take(took, async |browser, state, language| of_documents(&into, browser, state, language).await).await;
    write(&into.join("gallery.md"), document::written());
    let sizes = sizes.into_inner();
    println!("{} pictures, {} kB", sizes.len(), sizes.iter().sum::<usize>() / 1_000);
}
