//! What the documents say is there is there.

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
