//! Takes the pictures of the documents and of the gallery from the running system, and writes the page that shows the
//! gallery. `cargo xtask screenshots` runs it.

use portal_tests::artifacts::root;
use portal_tests::browser::{Browser, DESKTOP, Screen};
use portal_tests::gallery::{Shot, document, has_the_same_letters, take};
use portal_tests::languages::first;
use portal_tests::states::State;
use portal_tests::states::arrive::is_of_ehr;
use std::fs;

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

async fn of_documents(browser: &Browser, state: &State, language: &str) {
    for (name, _) in OF_DOCUMENTS.iter().filter(|(_, of)| *of == state.name) {
        let screen = if is_of_ehr(state) { OF_STAFF } else { OF_PATIENTS };
        browser.be_as_wide_as(screen).await;
        let picture = browser.sharp_picture(1.0).await;
        let ending = if language == first() { String::new() } else { format!(".{language}") };
        let path = root().join(format!("docs/images/{name}{ending}.png"));
        fs::write(&path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        browser.be_as_wide_as(DESKTOP).await;
    }
}

#[tokio::main]
async fn main() {
    // Or every picture would differ from what a test takes elsewhere.
    assert!(has_the_same_letters().await, "install the Debian package fonts-dejavu-core first");
    let gallery = root().join("docs/gallery");
    // What is of nothing any more goes with it.
    let _ = fs::remove_dir_all(&gallery);
    let (mut pictures, mut bytes) = (0, 0);
    let took = |shot: &Shot, picture: &[u8]| {
        let file = shot.file();
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, picture).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        pictures += 1;
        bytes += picture.len();
    };
    take(took, of_documents).await;
    fs::write(root().join("docs/gallery.md"), document::written()).expect("the page is written");
    println!("{pictures} pictures, {} kB", bytes / 1_000);
}
