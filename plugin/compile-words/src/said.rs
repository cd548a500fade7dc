//! What messages say, for whoever looks at the words themselves and not at pages: how hard they are to read, for one.

use crate::read::{Part, Text};
use crate::{Problem, read_all};
use std::path::Path;

/// A message, or one of the ways to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The file, without `.ftl`.
    pub file: String,
    /// The name of the message.
    pub name: String,
    /// What it says, with the labels it quotes.
    pub text: String,
}

/// What all messages in this folder say in the language with this tag. `value` gives what stands for each variable. Of a
/// choice by number each way to say it is one.
///
/// # Errors
/// Where the words are not right, or not in this language.
pub fn said(folder: &Path, tag: &str, value: impl Fn(&str) -> String) -> Result<Vec<Said>, Problem> {
    let languages = read_all(folder)?;
    let language = languages.iter().find(|language| language.tag == tag);
    let language = language.ok_or_else(|| Problem::UnknownLanguage(tag.to_owned()))?;
    let mut said = Vec::new();
    for (file, messages) in &language.files {
        for (name, message) in &messages.messages {
            let texts: Vec<&[Part]> = match &message.text {
                Text::Plain(parts) => vec![parts],
                Text::Choice { variants, .. } => variants.iter().map(|(_, parts)| parts.as_slice()).collect(),
            };
            said.extend(texts.into_iter().map(|parts| Said {
                file: file.clone(),
                name: name.clone(),
                text: language.written(parts, &value),
            }));
        }
    }
    Ok(said)
}
