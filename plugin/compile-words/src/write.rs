//! The code: a language, a type for each file, a function for each message.

use crate::plural::categories;
use crate::read::{Key, Part, Text};
use crate::{Language, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What patients know the practice by, which comes from what is on record about it.
const OF_PRACTICE: [(&str, &str); 2] = [("practice", "name"), ("phone", "phone")];

/// Writing to memory does not fail.
macro_rules! line {
    ($code:expr, $($text:tt)*) => {
        let _ = writeln!($code, $($text)*);
    };
}

/// The code for these languages, which say the same.
pub(crate) fn code(languages: &[Language]) -> Result<String, Problem> {
    let mut code = String::new();
    enumeration(&mut code, languages);
    let Some(first) = languages.first() else { return Ok(code) };
    for (name, file) in &first.files {
        let subject = camel(name);
        line!(code, "/// The words of `{name}.ftl`.\n#[derive(Clone, Copy, Debug)]");
        line!(code, "pub(crate) struct {subject}(Language);\nimpl {subject} {{");
        for (id, message) in &file.messages {
            let texts = languages
                .iter()
                .filter_map(|language| Some((language, &language.files.get(name)?.messages.get(id)?.text)));
            function(&mut code, id, &message.comment, &texts.collect::<Vec<_>>())?;
        }
        line!(code, "}}");
    }
    Ok(code)
}

/// The languages, and the way from each to its words.
fn enumeration(code: &mut String, languages: &[Language]) {
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
    plain(code, languages);
    for name in languages.first().into_iter().flat_map(|first| first.files.keys()) {
        let subject = camel(name);
        line!(code, "/// The words of `{name}.ftl`.");
        line!(code, "pub(crate) const fn {}(self) -> {subject} {{ {subject}(self) }}", snake(name));
    }
    line!(code, "}}");
}

/// For tests: what says the same each time, in the same order in every language.
fn plain(code: &mut String, languages: &[Language]) {
    line!(code, "#[cfg(test)]\npub(crate) fn plain(self) -> &'static [&'static str] {{ match self {{");
    for language in languages {
        let messages = language.files.values().flat_map(|file| file.messages.values());
        let plain = messages.filter(|message| message.text.variables().next().is_none());
        let texts: Vec<_> = plain.map(|message| literal(language, message.text.parts(), false)).collect();
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
    line!(code, "match self.0 {{");
    for (language, text) in texts {
        let said = said(language, text, !variables.is_empty())?;
        line!(code, "Language::{} => {said},", camel(&language.tag));
    }
    line!(code, "}} }}");
    Ok(())
}

/// What the message says in one language, as an expression.
fn said(language: &Language, text: &Text, is_owned: bool) -> Result<String, Problem> {
    let (variable, variants) = match text {
        Text::Plain(parts) => return Ok(literal(language, parts, is_owned)),
        Text::Choice { variable, variants } => (snake(variable), variants),
    };
    let categories = categories(&language.tag)?;
    let mut arms = String::new();
    for (key, parts) in variants {
        let said = literal(language, parts, is_owned);
        match key {
            Key::Number(number) => {
                let _ = writeln!(arms, "{number} => {said},");
            }
            Key::Other => {
                let _ = writeln!(arms, "_ => {said},");
            }
            Key::Category(name) => {
                let numbers = numbers(&categories, name).ok_or_else(|| {
                    let tag = &language.tag;
                    Problem::Wrong(vec![format!("{tag}: no number of things is in the category {name}")])
                })?;
                let by_digits = "if n < 200 { n } else { 100 + n % 100 }";
                let _ = writeln!(arms, "n if matches!({by_digits}, {numbers}) => {said},");
            }
        }
    }
    Ok(format!("match {variable} {{\n{arms}}}"))
}

/// The numbers of a category as a pattern.
fn numbers(categories: &BTreeMap<&str, Vec<u64>>, name: &str) -> Option<String> {
    Some(categories.get(name)?.iter().map(u64::to_string).collect::<Vec<_>>().join(" | "))
}

/// A text with its terms in place.
fn literal<'a>(
    language: &Language,
    parts: impl IntoIterator<Item = &'a Part> + Clone,
    is_owned: bool,
) -> String {
    let text: String = parts.clone().into_iter().map(|part| written(language, part)).collect();
    let is_filled_in = parts.into_iter().any(|part| matches!(part, Part::Variable(_)));
    // Where nothing is filled in, braces stand for themselves.
    let plain = || format!("{:?}", text.replace("{{", "{").replace("}}", "}"));
    match (is_filled_in, is_owned) {
        (true, _) => format!("format!({text:?})"),
        (false, true) => format!("{}.to_owned()", plain()),
        (false, false) => plain(),
    }
}

fn written(language: &Language, part: &Part) -> String {
    match part {
        Part::Letters(letters) => letters.replace('{', "{{").replace('}', "}}"),
        Part::Variable(name) => format!("{{{}}}", snake(name)),
        Part::Term(name) => {
            let parts = language.term(name).map(|term| term.text.parts()).unwrap_or_default();
            parts.into_iter().map(|part| written(language, part)).collect()
        }
    }
}

fn snake(name: &str) -> String {
    name.replace('-', "_")
}

fn camel(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split('-').map(word).collect()
}
