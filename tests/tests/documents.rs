//! What the documents say is there is there.

use portal_tests::contract_page::{self, anchor};
use portal_tests::html::in_one_line;
use portal_tests::markdown::{outside_fences, without_code};
use portal_tests::messages;
use portal_tests::reading::{grade, sentences_of_markdown};
use portal_tests::tree::files;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the repository begins.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

/// Each test that the page on security names, with the file it stands behind.
fn named_tests(page: &str) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for row in page.lines().filter(|line| line.starts_with('|')) {
        let mut file = None;
        for word in row.split('`').skip(1).step_by(2) {
            if word.contains('/') && word.ends_with(".rs") {
                file = Some(word.to_owned());
            } else if word.matches('_').count() >= 3 && word.chars().all(|c| c == '_' || c.is_alphanumeric())
            {
                let file = file.clone().unwrap_or_else(|| panic!("{word} stands behind no file"));
                named.push((file, word.to_owned()));
            }
        }
    }
    named
}

#[test]
fn every_test_that_proves_a_claim_of_the_page_on_security_is_where_it_says() {
    let page = fs::read_to_string(root().join("docs/security.md")).expect("the page");

    let named = named_tests(&page);

    // Far fewer would mean that the table is written in another way.
    assert!(named.len() > 250, "{}", named.len());
    for (file, test) in named {
        let text = fs::read_to_string(root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.contains(&format!("fn {test}(")), "{file}: {test}");
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where the links and pictures of a page lead, within the repository.
fn targets(page: &str) -> Vec<String> {
    let page = without_code(page);
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = page.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let outside = |target: &&str| target.contains("://") || target.starts_with("mailto:");
    links.chain(pictures).filter(|target| !outside(target)).map(str::to_owned).collect()
}

/// The places on a page that a link can lead to.
fn anchors(page: &str) -> HashSet<String> {
    let (mut anchors, mut seen) = (HashSet::new(), HashMap::<String, u32>::new());
    for heading in outside_fences(page).lines().filter(|line| line.starts_with('#')) {
        let anchor = anchor(heading.trim_start_matches('#'));
        let times = seen.entry(anchor.clone()).or_default();
        anchors.insert(if *times == 0 { anchor } else { format!("{anchor}-{times}") });
        *times += 1;
    }
    anchors
}

/// What is wrong with a link on a page; nothing where it leads somewhere.
fn broken(page: &Path, target: &str) -> Option<String> {
    let (file, place) = target.split_once('#').map_or((target, None), |(file, place)| (file, Some(place)));
    let folder = page.parent().unwrap_or(Path::new("."));
    let leads_to = if file.is_empty() { page.to_owned() } else { folder.join(file) };
    let shown = page.strip_prefix(root()).unwrap_or(page).display();
    if !leads_to.exists() {
        return Some(format!("{shown}: {file} is not there"));
    }
    let place = place.filter(|_| leads_to.extension().is_some_and(|ending| ending == "md"))?;
    (!anchors(&read(&leads_to)).contains(place)).then(|| format!("{shown}: {target} has no such heading"))
}

#[test]
fn every_link_and_picture_leads_to_something_that_is_there() {
    let pages = files(&root(), &[".md"]);
    let all: Vec<_> =
        pages.iter().flat_map(|page| targets(&read(page)).into_iter().map(move |to| (page, to))).collect();
    // Far fewer would mean that links are not recognised any more.
    assert!(all.len() > 100, "{}", all.len());

    let broken: Vec<_> = all.iter().filter_map(|(page, target)| broken(page, target)).collect();

    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_link_to_a_heading_that_is_not_there_is_noticed() {
    let page = root().join("README.md");
    assert_eq!(broken(&page, "docs/operations.md#several-practices"), None);
    assert!(broken(&page, "docs/operations.md#no-such-heading").is_some());
    assert!(broken(&page, "docs/no-such-page.md").is_some());
}

/// The chores, as `cargo xtask` takes them.
fn chores() -> Vec<String> {
    let main = read(&root().join("xtask/src/main.rs"));
    let (_, after) = main.split_once("enum Chore {\n").expect("the chores");
    let (variants, _) = after.split_once("\n}\n").expect("their end");
    let variants = variants.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(char::is_uppercase));
    let names = variants.map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    names.map(kebab).collect()
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

#[test]
fn every_chore_that_a_document_names_is_there() {
    let chores = chores();
    assert!(chores.len() > 8, "{chores:?}");
    for page in files(&root(), &[".md"]) {
        for after in read(&page).split("cargo xtask ").skip(1) {
            let chore = after.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap_or_default();
            let is_option = chore.is_empty() || chore.starts_with('-');
            assert!(
                is_option || chores.iter().any(|it| it == chore),
                "{}: cargo xtask {chore}",
                page.display()
            );
        }
    }
}

#[test]
fn every_chore_stands_in_contributing() {
    let page = read(&root().join("CONTRIBUTING.md"));
    for chore in chores() {
        assert!(page.contains(&format!("cargo xtask {chore}")), "cargo xtask {chore}");
    }
}

/// Pages in which bold type stands for a label on the screen, and for nothing else, with the folder of what the portal
/// says in the language that they are in.
const PAGES_WITH_LABELS: [(&str, &str); 4] = [
    ("patients.md", "plugin/words/en"),
    ("patients.es.md", "plugin/words/es"),
    ("staff.md", "plugin/words/en"),
    ("administrators.md", "plugin/words/en"),
];

/// Where what else is on a screen is written, in English.
const SCREENS: [&str; 6] = [
    "plugin/src/words",
    "host/sandbox/templates",
    "host/sandbox/words/en",
    "host/sandbox/src/ehr",
    "sandbox-db/src/ehr",
    "host/src/rights.rs",
];

/// What a file of Fluent or Rust says, or a template, without what is only a remark to whoever changes it.
fn without_remarks(file: &Path) -> String {
    let remark = match file.extension().and_then(|ending| ending.to_str()) {
        Some("ftl") => "#",
        Some("rs") => "//",
        _ => return read(file),
    };
    read(file)
        .lines()
        .filter(|line| !line.trim_start().starts_with(remark))
        .flat_map(|it| [it, "\n"])
        .collect()
}

/// All that is said under these folders and files, in one line, with words of Rust's that go on in the next.
fn said_in(places: &[&str]) -> String {
    let mut said = String::new();
    for place in places.iter().map(|place| root().join(place)) {
        let files = if place.is_dir() { files(&place, &[".ftl", ".rs", ".html"]) } else { vec![place] };
        said.extend(files.iter().map(|file| without_remarks(file)));
    }
    in_one_line(&said.replace("\\\n", ""))
}

#[test]
fn every_label_in_bold_type_is_on_a_screen_in_the_language_of_its_page() {
    for (page, words) in PAGES_WITH_LABELS {
        // Patients who read Spanish see no screen in English, and none of the EHR's.
        let screens = if words.ends_with("/en") { [&[words], &SCREENS[..]].concat() } else { vec![words] };
        let screens = said_in(&screens);
        let text = in_one_line(&without_code(&read(&root().join("docs").join(page))));
        let labels: Vec<_> = text.split("**").skip(1).step_by(2).collect();
        assert!(labels.len() > 15, "{page}: {}", labels.len());
        for label in labels {
            assert!(screens.contains(label), "docs/{page}: no screen says “{label}”");
        }
    }
}

#[test]
fn a_label_that_stands_in_a_remark_or_in_another_language_only_is_noticed() {
    let (english, spanish) = (said_in(&["plugin/words/en"]), said_in(&["plugin/words/es"]));
    let remarks = read(&root().join("plugin/words/en/labels.ftl"));
    let remark = remarks.lines().find_map(|line| line.strip_prefix("# ")).expect("a remark");

    assert!(english.contains("Activate Account") && !english.contains(remark), "{remark}");
    assert!(spanish.contains("Activar cuenta") && !spanish.contains("Activate Account"));
}

#[test]
fn what_patients_read_is_at_grade_6_or_lower() {
    let page = read(&root().join("docs/patients.md"));
    let sentences = sentences_of_markdown(&page);
    assert!(sentences.len() > 25, "{}", sentences.len());

    let grade = grade(sentences.iter().map(String::as_str));

    assert!(grade <= 6.0, "{grade:.1}");
}

#[test]
fn the_page_with_every_message_is_as_the_chore_writes_it() {
    let committed = read(&root().join("docs/words.md"));

    let written = messages::page(&root());

    assert!(committed == written, "docs/words.md is out of date: run `cargo xtask words`");
}

#[test]
fn the_page_about_the_contract_is_as_the_chore_writes_it() {
    let committed = read(&root().join("docs/contract.md"));

    let written = contract_page::page(&root().join("wit"));

    assert!(committed == written, "docs/contract.md is out of date: run `cargo xtask contract`");
}
