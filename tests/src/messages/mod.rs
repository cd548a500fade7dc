//! The page with all messages, docs/words.md: those in the folders of words, what the pages of the sandbox EHR say in
//! every case, and what its commands say.

mod failures;
mod in_code;
mod next_steps;
mod source;
mod templates;

use std::path::Path;

/// The page for this workspace.
///
/// # Panics
/// Where the workspace cannot be read.
pub fn page(workspace: &Path) -> String {
    let in_words = compile_words::table(workspace).unwrap_or_else(|problem| panic!("{problem}"));
    let sources = failures::sources(workspace);
    let failures = failures::all(&sources);
    let page = format!(
        "{in_words}\n\
         ## What the pages of the sandbox EHR say\n\nFrom `{}`: headings, labels, buttons and explanations, page by page. In \
         braces stands what is filled in.\n\n{}\
         ## What else those pages say\n\nFrom the code beneath them: labels that several pages have, and what a case decides. \
         What the tab and the sheet say is the portal's, above.\n\n{}\
         ## What commands say where something failed\n\nOne line says what failed and, each after a colon, what caused it; the \
         next says what to do. Failures and causes are those of the files named here; in braces stands what is filled in. \
         Where nothing stands under \"what to do next\", the message says it itself, what caused it has its own, or it is for \
         the log.\n\n{}\
         ## What else is said\n\nBy commands, of what they do and found; in the log and beside figures, to the operator; on record; \
         and what is filled into the words of a failure. In braces stands what is filled in. What `--help` says is in \
         [command-line.md](command-line.md).\n\n{}",
        templates::FOLDER,
        templates::listed(workspace),
        in_code::of_pages(&sources, &failures),
        failures::table(&failures),
        in_code::of_others(&sources, &failures),
    );
    format!("{}\n", page.trim_end())
}

/// Whether there are words, apart from what is filled in.
fn has_words(text: &str) -> bool {
    text.split(['{', '}']).step_by(2).any(|part| part.contains(char::is_alphabetic))
}

#[test]
fn whatever_is_to_be_done_next_is_on_the_page() {
    let workspace = crate::artifacts::root();
    let sources = failures::sources(&workspace);
    let steps = next_steps::NextSteps::read(&sources);
    let table = failures::table(&failures::all(&sources));

    let lost: Vec<_> = steps.all().filter(|text| !table.contains(&compile_words::escaped(text))).collect();

    assert!(lost.is_empty(), "{lost:?}");
    // Far fewer would mean that they are written in another way.
    assert!(steps.all().count() > 100 && table.lines().count() > 250, "{table}");
}
