//! How hard the English words are that patients read, on the sheet and on the website.

use crate::artifacts::root;
use crate::reading::{grade, sentences_of};
use std::fs;

/// The files whose messages are the website's. Labels are no sentences; dates and the sheet are elsewhere.
const OF_WEBSITE: [&str; 4] = ["website", "account", "second-step", "mistakes"];
/// What takes the place of everything that is known only when a page is written.
const PLAIN: &str = "one";
/// A message with fewer words says little about how hard it is to read.
const FEWEST_WORDS: usize = 8;

/// How hard something is to read.
pub struct Grade {
    /// The school year after which most people read it with ease.
    pub grade: f64,
    /// Of how many sentences.
    pub sentences: usize,
}

impl Grade {
    fn of(sentences: &[&str]) -> Self {
        Self { grade: grade(sentences.iter().copied()), sentences: sentences.len() }
    }
}

/// Of a page with a sheet: its paragraphs and steps. The facts above them are labels.
pub fn of_sheet(page: &str) -> Grade {
    let (_, sheet) = page.split_once("<main").expect("a sheet");
    let elements = sheet.split('<');
    let read = elements.filter_map(|text| text.strip_prefix("p>").or_else(|| text.strip_prefix("li>")));
    Grade::of(&read.flat_map(sentences_of).collect::<Vec<_>>())
}

/// Of the website: whatever ends as a sentence does. Titles, buttons and the lines of lists would only make it look easier.
pub fn of_website() -> Grade {
    let messages = messages();
    let sentences = messages.iter().flat_map(|(_, text)| sentences_of(text)).map(str::trim);
    Grade::of(&sentences.filter(|sentence| sentence.ends_with(['.', '?', '!'])).collect::<Vec<_>>())
}

/// The message of the website that is hardest to read, among those that have some words.
///
/// # Panics
/// Where there is none.
pub fn hardest() -> (f64, String, String) {
    let long = |text: &str| text.split_whitespace().count() >= FEWEST_WORDS;
    let messages = messages().into_iter().filter(|(_, text)| long(text));
    let graded = messages.map(|(name, text)| (grade(sentences_of(&text)), name, text));
    graded.max_by(|one, other| one.0.total_cmp(&other.0)).expect("a message")
}

/// What the languages are called that patients can read, each in itself.
///
/// # Panics
/// Where the words are not there.
pub fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join("plugin/words")).expect("the words");
    let names = folders.map(|folder| {
        let labels = folder.expect("a folder").path().join("labels.ftl");
        let labels = messages_of(&fs::read_to_string(labels).expect("labels"));
        labels.into_iter().find(|(name, _)| name == "-language-name").expect("a name").1
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// Every message of the website, with the names of labels filled in.
fn messages() -> Vec<(String, String)> {
    let read = |file: &str| {
        let path = root().join(format!("plugin/words/en/{file}.ftl"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let labels = messages_of(&read("labels"));
    let of_file = |file: &str| {
        let messages = messages_of(&read(file)).into_iter();
        messages.map(|(name, text)| (format!("{file}/{name}"), filled(&text, &labels))).collect::<Vec<_>>()
    };
    OF_WEBSITE.iter().flat_map(|file| of_file(file)).collect()
}

/// The messages of a file: their names, and what they say. Of a choice by number each way to say it is one.
fn messages_of(file: &str) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let trimmed = line.trim();
        let is_variant = trimmed.starts_with(['[', '*']);
        if !line.starts_with(' ') {
            let (name, text) = line.split_once(" = ").unwrap_or((line, ""));
            let text = if text.ends_with("->") { "" } else { text };
            messages.push((name.trim_end_matches(" =").to_owned(), text.to_owned()));
        } else if let (true, Some((_, text))) = (is_variant, trimmed.split_once("] ")) {
            let name = messages.last().expect("a choice belongs to a message").0.clone();
            messages.push((name, text.to_owned()));
        } else if trimmed != "}" {
            let (_, text) = messages.last_mut().expect("a line belongs to a message");
            text.push(' ');
            text.push_str(trimmed);
        }
    }
    messages.retain(|(_, text)| !text.is_empty());
    messages
}

/// A message with labels as they stand, and a short word for everything else that is filled in.
fn filled(text: &str, labels: &[(String, String)]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (inside, after) = piece.split_once('}').unwrap_or((piece, ""));
        let inside = inside.trim();
        let label = labels.iter().find(|(name, _)| name == inside);
        let literal = inside.strip_prefix('"').map(|literal| literal.trim_end_matches('"'));
        filled.push_str(label.map_or(literal.unwrap_or(PLAIN), |(_, text)| text));
        filled.push_str(after);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_patients_see_them() {
        let file = "### About\n\n# For whom.\nplain = Press “{ -go }” by { $day }.\nlong =\n    One line.\n    Another.\n\
            many = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n}\nprefix = Error:{ \" \" }\n-go = Go\n";
        let labels = [("-go".to_owned(), "Go".to_owned())];

        let read: Vec<_> = messages_of(file).into_iter().map(|(_, text)| filled(&text, &labels)).collect();

        let said = ["Press “Go” by one.", " One line. Another.", "one day", "one days", "Error: ", "Go"];
        assert_eq!(read, said);
    }

    #[test]
    fn the_words_of_the_website_are_found() {
        assert!(of_website().sentences > 150, "{}", of_website().sentences);
        assert!(messages().iter().all(|(_, text)| !text.contains(['{', '}'])));
        assert!(languages().contains(&"English".to_owned()), "{:?}", languages());
    }
}
