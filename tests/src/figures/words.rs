//! How hard the English words are that patients read, on the sheet and on the website.

use crate::languages::{first, folder, named, tags};
use crate::reading::{grade, sentences_of};

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
pub fn languages() -> Vec<String> {
    let mut names: Vec<_> = tags().iter().map(|tag| named(tag).to_owned()).collect();
    names.sort();
    names
}

/// Every message of the website: its name, and what it says, with a short word for everything that is filled in.
fn messages() -> Vec<(String, String)> {
    let said = compile_words::said(&folder(), first(), |_| PLAIN.to_owned());
    let said = said.unwrap_or_else(|problem| panic!("{problem}")).into_iter();
    let of_website = said.filter(|said| OF_WEBSITE.contains(&said.file.as_str()));
    of_website.map(|said| (format!("{}/{}", said.file, said.name), said.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_website_are_found() {
        assert!(of_website().sentences > 150, "{}", of_website().sentences);
        assert!(messages().iter().all(|(_, text)| !text.contains(['{', '}'])));
        assert!(languages().contains(&"English".to_owned()), "{:?}", languages());
    }
}
