//! One Fluent file as messages, with whatever is not used here refused by name.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser;
use std::collections::BTreeMap;

/// The messages of one subject, by name. A term has a hyphen before it.
pub(crate) struct File {
    pub(crate) messages: BTreeMap<String, Message>,
}

/// One message.
pub(crate) struct Message {
    /// Where it stands.
    pub(crate) comment: String,
    pub(crate) text: Text,
}

/// What a message says.
pub(crate) enum Text {
    /// The same each time.
    Plain(Vec<Part>),
    /// One of several, by a number.
    Choice {
        variable: String,
        /// All but the last apply to some numbers only.
        variants: Vec<(Key, Vec<Part>)>,
    },
}

/// A piece of a text.
#[derive(Clone)]
pub(crate) enum Part {
    Letters(String),
    Variable(String),
    Term(String),
}

/// For which numbers a variant is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// For this very number.
    Number(u64),
    /// For all of a plural category, such as `one`.
    Category(String),
    /// For all others.
    Other,
}

/// Reads a file.
pub(crate) fn file(text: &str) -> Result<File, Vec<String>> {
    let resource = parser::parse(text).map_err(|(_, errors)| {
        let line = |at: usize| text.get(..at).map_or(0, |before| before.lines().count());
        let named = errors.iter().map(|error| format!("line {}: {}", line(error.pos.start), error.kind));
        named.collect::<Vec<_>>()
    })?;
    let mut messages = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in resource.body {
        let (name, pattern, attributes, comment) = match entry {
            Entry::Message(it) => (it.id.name.to_owned(), it.value, it.attributes, it.comment),
            Entry::Term(it) => (format!("-{}", it.id.name), Some(it.value), it.attributes, it.comment),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            Entry::Junk { content } => {
                wrong.push(format!("this is no message: {content}"));
                continue;
            }
        };
        let comment = comment.map(|it| it.content.join(" ")).unwrap_or_default();
        let read = match pattern {
            Some(pattern) if attributes.is_empty() => read(&pattern),
            Some(_) => Err("attributes are not used here".to_owned()),
            None => Err("it has no text".to_owned()),
        };
        match read {
            Err(mistake) => wrong.push(format!("{name}: {mistake}")),
            Ok(text) => {
                if messages.insert(name.clone(), Message { comment, text }).is_some() {
                    wrong.push(format!("{name} is there twice"));
                }
            }
        }
    }
    if wrong.is_empty() { Ok(File { messages }) } else { Err(wrong) }
}

fn read(pattern: &Pattern<&str>) -> Result<Text, String> {
    let choice = pattern.elements.iter().enumerate().find_map(|(at, element)| match element {
        PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
            Some((at, selector, variants))
        }
        PatternElement::Placeable { expression: Expression::Inline(_) }
        | PatternElement::TextElement { .. } => None,
    });
    let Some((at, selector, variants)) = choice else { return Ok(Text::Plain(parts(&pattern.elements)?)) };
    let InlineExpression::VariableReference { id } = selector else {
        return Err("a choice is made by a variable".to_owned());
    };
    let (before, after) = pattern.elements.split_at(at);
    let (before, after) = (parts(before)?, parts(after.get(1..).unwrap_or_default())?);
    let mut read = variants.iter().map(variant).collect::<Result<Vec<_>, _>>()?;
    // The default is last: nothing after it would ever be said.
    read.sort_by_key(|(key, _)| *key == Key::Other);
    let whole = |(key, middle): (Key, Vec<Part>)| (key, [before.clone(), middle, after.clone()].concat());
    Ok(Text::Choice { variable: id.name.to_owned(), variants: read.into_iter().map(whole).collect() })
}

fn variant(variant: &Variant<&str>) -> Result<(Key, Vec<Part>), String> {
    let key = match &variant.key {
        _ if variant.default => Key::Other,
        VariantKey::Identifier { name } => Key::Category((*name).to_owned()),
        VariantKey::NumberLiteral { value } => {
            Key::Number(value.parse().map_err(|_| format!("{value} is no whole number"))?)
        }
    };
    Ok((key, parts(&variant.value.elements)?))
}

fn parts(elements: &[PatternElement<&str>]) -> Result<Vec<Part>, String> {
    elements.iter().map(part).collect()
}

fn part(element: &PatternElement<&str>) -> Result<Part, String> {
    let expression = match element {
        PatternElement::TextElement { value } => return Ok(Part::Letters((*value).to_owned())),
        PatternElement::Placeable { expression } => expression,
    };
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            Ok(Part::Variable(id.name.to_owned()))
        }
        Expression::Inline(InlineExpression::TermReference { id, attribute: None, arguments: None }) => {
            Ok(Part::Term(format!("-{}", id.name)))
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            Ok(Part::Letters((*value).to_owned()))
        }
        Expression::Inline(
            InlineExpression::TermReference { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::Placeable { .. },
        ) => Err("in braces stand a variable or a term and nothing else".to_owned()),
        Expression::Select { .. } => Err("there is one choice in a message at the most".to_owned()),
    }
}

impl Text {
    /// Every piece of every variant.
    pub(crate) fn parts(&self) -> Vec<&Part> {
        match self {
            Self::Plain(parts) => parts.iter().collect(),
            Self::Choice { variants, .. } => variants.iter().flat_map(|(_, parts)| parts).collect(),
        }
    }

    /// The number that chooses, if one does.
    pub(crate) fn chosen_by(&self) -> Option<&str> {
        match self {
            Self::Plain(_) => None,
            Self::Choice { variable, .. } => Some(variable),
        }
    }

    /// Everything it asks for.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let shown = self.parts().into_iter().filter_map(|part| match part {
            Part::Variable(name) => Some(name.as_str()),
            Part::Letters(_) | Part::Term(_) => None,
        });
        shown.chain(self.chosen_by())
    }

    /// The terms it quotes.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        self.parts().into_iter().filter_map(|part| match part {
            Part::Term(name) => Some(name.as_str()),
            Part::Letters(_) | Part::Variable(_) => None,
        })
    }
}
