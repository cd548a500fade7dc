//! Every state of every page looks as in docs/gallery, in every language, light and dark, at every width, and as in the
//! larger pictures that documents show. Changed on purpose? `cargo xtask screenshots` takes the pictures anew; look at
//! them before they are committed.

use portal_tests::artifacts::{chore, root, target_folder};
use portal_tests::gallery::compare::{OTHER_LETTERS, SAME_LETTERS, Shades, Tolerance, difference};
use portal_tests::gallery::{document, has_the_same_letters, shots};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_state_has_its_pictures_and_no_picture_is_of_none() {
    let wanted: BTreeSet<String> = shots().iter().map(|shot| shot.path()).collect();
    let mut there = BTreeSet::new();
    note_files(&root().join("docs"), "gallery", &mut there);

    let missing: Vec<_> = wanted.difference(&there).collect();
    let stray: Vec<_> = there.difference(&wanted).collect();

    assert!(missing.is_empty() && stray.is_empty(), "missing: {missing:?}\nof nothing: {stray:?}");
}

#[test]
fn the_page_with_all_pictures_is_as_the_chore_writes_it() {
    let page = fs::read_to_string(root().join("docs/gallery.md")).expect("the page");

    assert_eq!(page, document::written());
}

#[test]
fn the_pictures_are_kept_small() {
    let sizes = shots().iter().map(|shot| fs::metadata(shot.file()).map_or(0, |file| file.len())).collect();
    let sizes: Vec<u64> = sizes;

    assert!(sizes.iter().sum::<u64>() < 6_000_000, "{}", sizes.iter().sum::<u64>());
    assert!(sizes.iter().all(|size| *size < 40_000), "{:?}", sizes.iter().max());
}

/// By the chore that takes the pictures.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_looks_as_it_did() {
    let may = if has_the_same_letters().await { SAME_LETTERS } else { OTHER_LETTERS };
    let into = target_folder().join("looks");
    let _ = fs::remove_dir_all(&into);

    chore(&["screenshots", "--into", &into.display().to_string()]);

    let (mut committed, mut taken) = (BTreeSet::new(), BTreeSet::new());
    note_files(&root().join("docs"), "images", &mut committed);
    note_files(&into, "images", &mut taken);
    // What else is there was measured, not taken.
    committed.retain(|path| path.ends_with(".png"));
    let shots = shots();
    let pictures = shots.iter().map(|shot| shot.path()).chain(taken.union(&committed).cloned());
    let otherwise: Vec<_> = pictures.filter_map(|path| looks_otherwise(&path, &into, may)).collect();
    assert!(otherwise.is_empty(), "{} look otherwise:\n{}", otherwise.len(), otherwise.join("\n"));
}

/// What is different about the picture that was taken; nothing where it looks as the one that was committed.
fn looks_otherwise(path: &str, into: &Path, may: Tolerance) -> Option<String> {
    let new = into.join(path);
    let (Ok(committed), Ok(taken)) = (fs::read(root().join("docs").join(path)), fs::read(&new)) else {
        return Some(format!("{path} is not there"));
    };
    let shades = if path.ends_with(".png") { Shades::of_png } else { Shades::of_webp };
    let why = difference(&shades(&committed), &shades(&taken), may)?;
    Some(format!("{path}: {why}; see {}", new.display()))
}

/// The files under a folder, by their paths from `from` on.
fn note_files(from: &Path, under: &str, there: &mut BTreeSet<String>) {
    for entry in fs::read_dir(from.join(under)).into_iter().flatten().flatten() {
        let path = format!("{under}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            note_files(from, &path, there);
        } else {
            there.insert(path);
        }
    }
}
