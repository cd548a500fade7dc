//! Whether every language says everything, and asks for the same.

use crate::Language;
use crate::read::{File, Message, Part, Text};
use crate::write::MARKS;
use std::collections::BTreeSet;

/// How a moment is written differs so much that a language takes what it needs of what there is.
const FREE: &str = "dates";

/// What would leave somebody without words, or with the wrong ones.
pub(crate) fn mistakes(languages: &[Language]) -> Vec<String> {
    let Some((first, others)) = languages.split_first() else { return Vec::new() };
    let compared = others.iter().flat_map(|other| compare(first, other));
    compared.chain(languages.iter().flat_map(alone)).collect()
}

fn compare(first: &Language, other: &Language) -> Vec<String> {
    let mut mistakes = Vec::new();
    let tag = &other.tag;
    for (name, file) in &first.files {
        let Some(theirs) = other.files.get(name) else {
            mistakes.push(format!("{tag}: there is no {name}.ftl"));
            continue;
        };
        mistakes
            .extend(differences(name, file, theirs).map(|mistake| format!("{tag}/{name}.ftl: {mistake}")));
    }
    let more = other.files.keys().filter(|name| !first.files.contains_key(*name));
    mistakes.extend(more.map(|name| format!("{tag}: {name}.ftl is there, but {} has none", first.tag)));
    mistakes
}

fn differences(name: &str, first: &File, other: &File) -> impl Iterator<Item = String> {
    let ids = |file: &File| file.messages.keys().cloned().collect::<BTreeSet<_>>();
    let (ours, theirs) = (ids(first), ids(other));
    let missing = ours.difference(&theirs).map(|id| format!("{id} is missing"));
    let more = theirs.difference(&ours).map(|id| format!("{id} is nowhere else"));
    let mut differences: Vec<_> = missing.chain(more).collect();
    if name != FREE {
        let both = ours.intersection(&theirs);
        let asked = |file: &File, id: &String| {
            let message = file.messages.get(id).map(|message| &message.text);
            let variables = message.into_iter().flat_map(Text::variables);
            variables.map(str::to_owned).collect::<BTreeSet<_>>()
        };
        differences.extend(both.filter_map(|id| {
            let (ours, theirs) = (asked(first, id), asked(other, id));
            (ours != theirs).then(|| format!("{id} uses {theirs:?} where {ours:?} is expected"))
        }));
    }
    differences.into_iter()
}

/// What is wrong with a language whatever the others say.
fn alone(language: &Language) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (name, file) in &language.files {
        for (id, message) in &file.messages {
            let wrong = wrong(language, message);
            mistakes.extend(wrong.map(|mistake| format!("{}/{name}.ftl: {id}: {mistake}", language.tag)));
        }
    }
    mistakes
}

fn wrong(language: &Language, message: &Message) -> impl Iterator<Item = String> {
    let terms = message.text.terms().filter(|term| language.term(term).is_none());
    let mut wrong: Vec<_> = terms.map(|term| format!("there is no term {term}")).collect();
    if message.text.variables().collect::<BTreeSet<_>>().len() > MARKS.len() {
        wrong.push(format!("it takes more than {} values", MARKS.len()));
    }
    if message
        .text
        .parts()
        .iter()
        .any(|part| matches!(part, Part::Letters(letters) if letters.contains(MARKS)))
    {
        wrong.push("it has a code point for private use, which stands for values here".to_owned());
    }
    let quoted = message.text.terms().filter_map(|term| language.term(term));
    for term in quoted {
        if term.text.variables().next().is_some() {
            wrong.push("a term that is quoted says the same each time".to_owned());
        }
        if term.text.terms().next().is_some() {
            wrong.push("a term that is quoted quotes no other".to_owned());
        }
    }
    wrong.into_iter()
}
