//! The code: a language, a type for each file, a function for each message.

use crate::language::{categories, direction};
use crate::read::{Key, Part, Text};
use crate::{Language, Problem, Subjects};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What patients know the practice by, which comes from what is on record about it.
const OF_PRACTICE: [(&str, &str); 2] = [("practice", "name"), ("phone", "phone")];

/// What stands in a text for its values, the first to the eighth of them: code points that no text has, since they are
/// for private use.
pub(crate) const MARKS: [char; 8] =
    ['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}', '\u{e004}', '\u{e005}', '\u{e006}', '\u{e007}'];

/// Puts values into a text: one function for all messages, whose code would otherwise be a fifth of the portal's words.
pub(crate) const FILL: &str = "/// The text with its values in the places of their marks.\n\
    #[inline(never)]\nfn fill(text: &str, values: &[&dyn Display]) -> String {\n\
    let mut filled = String::with_capacity(text.len() + 32);\n\
    for letter in text.chars() {\n\
    let place = (letter as usize).checked_sub(0xe000);\n\
    match place.and_then(|place| values.get(place)) {\n\
    Some(value) => { let _ = write!(filled, \"{value}\"); }\n\
    None => filled.push(letter),\n}\n}\nfilled\n}";

/// Writing to memory does not fail.
macro_rules! line {
    ($code:expr, $($text:tt)*) => {
        let _ = writeln!($code, $($text)*);
    };
}
pub(crate) use line;

/// The code for these languages, which say the same.
pub(crate) fn code(languages: &[Language], subjects: Subjects<'_>) -> Result<String, Problem> {
    let mut code = format!("{FILL}\n");
    enumeration(&mut code, languages, subjects)?;
    let Some(first) = languages.first() else { return Ok(code) };
    let files = languages.iter().flat_map(|language| language.files.values());
    let messages = files.flat_map(|file| file.messages.values());
    let quoted: BTreeSet<_> = messages.flat_map(|message| message.text.terms()).collect();
    for (name, file) in first.files.iter().filter(|(name, _)| subjects.has(name)) {
        let subject = camel(name);
        line!(code, "/// The words of `{name}.ftl`.\n#[derive(Clone, Copy, Debug)]");
        line!(code, "pub(crate) struct {subject}(Language);\nimpl {subject} {{");
        for (id, message) in &file.messages {
            let texts = languages
                .iter()
                .filter_map(|language| Some((language, &language.files.get(name)?.messages.get(id)?.text)));
            if quoted.contains(id.as_str()) {
                line!(code, "#[allow(dead_code, reason = \"other messages quote it\")]");
            }
            function(&mut code, id, &message.comment, &texts.collect::<Vec<_>>())?;
        }
        line!(code, "}}");
    }
    Ok(code)
}

/// The languages, and the way from each to its words.
fn enumeration(code: &mut String, languages: &[Language], subjects: Subjects<'_>) -> Result<(), Problem> {
    line!(code, "/// A language that patients read.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]");
    line!(code, "pub(crate) enum Language {{");
    for Language { tag, .. } in languages {
        line!(code, "/// `{tag}`.\n{},", camel(tag));
    }
    let all: Vec<_> = languages.iter().map(|language| format!("Self::{}", camel(&language.tag))).collect();
    line!(code, "}}\nimpl Language {{\n/// All of them.");
    line!(code, "pub(crate) const ALL: [Self; {}] = [{}];", all.len(), all.join(", "));
    line!(
        code,
        "/// The tag of the language, BCP 47.\npub(crate) const fn tag(self) -> &'static str {{ match self {{"
    );
    for Language { tag, .. } in languages {
        line!(code, "Self::{} => {tag:?},", camel(tag));
    }
    line!(code, "}} }}");
    line!(code, "/// Which way its letters run, as the attribute `dir` has it.");
    line!(code, "pub(crate) const fn direction(self) -> &'static str {{ match self {{");
    for Language { tag, .. } in languages {
        line!(code, "Self::{} => {:?},", camel(tag), direction(tag)?);
    }
    line!(code, "}} }}");
    plain(code, languages, subjects);
    let names = languages.first().into_iter().flat_map(|first| first.files.keys());
    for name in names.filter(|name| subjects.has(name)) {
        let subject = camel(name);
        line!(code, "/// The words of `{name}.ftl`.");
        line!(code, "pub(crate) const fn {}(self) -> {subject} {{ {subject}(self) }}", snake(name));
    }
    line!(code, "}}");
    Ok(())
}

/// For tests: what says the same each time, in the same order in every language.
fn plain(code: &mut String, languages: &[Language], subjects: Subjects<'_>) {
    line!(code, "#[cfg(test)]\npub(crate) fn plain(self) -> &'static [&'static str] {{ match self {{");
    for language in languages {
        let files = language.files.iter().filter(|(name, _)| subjects.has(name));
        let messages = files.flat_map(|(_, file)| file.messages.values());
        let plain = messages.filter(|message| message.text.variables().next().is_none());
        let texts: Vec<_> = plain.map(|message| literal(language, message.text.parts(), &[])).collect();
        line!(code, "Self::{} => &[{}],", camel(&language.tag), texts.join(", "));
    }
    line!(code, "}} }}");
}

/// One message in every language.
fn function(code: &mut String, id: &str, comment: &str, texts: &[(&Language, &Text)]) -> Result<(), Problem> {
    let variables: BTreeSet<_> = texts.iter().flat_map(|(_, text)| text.variables()).collect();
    let numbers: BTreeSet<_> = texts.iter().filter_map(|(_, text)| text.chosen_by()).collect();
    let about_practice = OF_PRACTICE.iter().filter(|(name, _)| variables.contains(name));
    let mut parameters = vec!["self".to_owned()];
    parameters.extend(about_practice.clone().next().map(|_| "of: &Practice".to_owned()));
    for &name in variables.iter().filter(|name| OF_PRACTICE.iter().all(|(other, _)| other != *name)) {
        let kind = if numbers.contains(name) { "impl TryInto<u64>" } else { "impl Display" };
        parameters.push(format!("{}: {kind}", snake(name)));
    }
    let says = if variables.is_empty() { "&'static str" } else { "String" };
    line!(code, "/// {}", if comment.is_empty() { id } else { comment });
    line!(
        code,
        "pub(crate) fn {}({}) -> {says} {{",
        snake(id.trim_start_matches('-')),
        parameters.join(", ")
    );
    for (name, field) in about_practice {
        line!(code, "let {name} = &of.{field};");
    }
    for name in numbers.iter().map(|name| snake(name)) {
        line!(code, "let {name}: u64 = {name}.try_into().unwrap_or(u64::MAX);");
    }
    line!(code, "{}match self.0 {{", if variables.is_empty() { "" } else { "let said = " });
    let order: Vec<_> = variables.iter().copied().collect();
    for (language, text) in texts {
        line!(code, "Language::{} => {},", camel(&language.tag), said(language, text, &order)?);
    }
    if order.is_empty() {
        line!(code, "}} }}");
    } else {
        let values: Vec<_> = order.iter().map(|name| format!("&{}", snake(name))).collect();
        line!(code, "}};\nfill(said, &[{}]) }}", values.join(", "));
    }
    Ok(())
}

/// What the message says in one language, as an expression, with a mark for each of these variables.
pub(crate) fn said(language: &Language, text: &Text, order: &[&str]) -> Result<String, Problem> {
    let (variable, variants) = match text {
        Text::Plain(parts) => return Ok(literal(language, parts, order)),
        Text::Choice { variable, variants } => (snake(variable), variants),
    };
    let categories = categories(&language.tag)?;
    let mut arms = String::new();
    for (key, parts) in variants {
        let said = literal(language, parts, order);
        match key {
            Key::Number(number) => {
                line!(arms, "{number} => {said},");
            }
            Key::Other => {
                line!(arms, "_ => {said},");
            }
            Key::Category(name) => {
                let numbers = numbers(&categories, name).ok_or_else(|| {
                    let tag = &language.tag;
                    Problem::Wrong(vec![format!("{tag}: no number of things is in the category {name}")])
                })?;
                let by_digits = "if n < 200 { n } else { 100 + n % 100 }";
                line!(arms, "n if matches!({by_digits}, {numbers}) => {said},");
            }
        }
    }
    Ok(format!("match {variable} {{\n{arms}}}"))
}

/// The numbers of a category as a pattern.
fn numbers(categories: &BTreeMap<&str, Vec<u64>>, name: &str) -> Option<String> {
    Some(categories.get(name)?.iter().map(u64::to_string).collect::<Vec<_>>().join(" | "))
}

/// A text with its terms in place, quoted.
fn literal<'a>(language: &Language, parts: impl IntoIterator<Item = &'a Part>, order: &[&str]) -> String {
    let mark = |name: &str| {
        let marks = order.iter().zip(MARKS);
        marks.filter(|(variable, _)| **variable == name).map(|(_, mark)| mark).collect()
    };
    format!("{:?}", language.written(parts, &mark))
}

pub(crate) fn snake(name: &str) -> String {
    name.replace('-', "_")
}

fn camel(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split('-').map(word).collect()
}
