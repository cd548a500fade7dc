//! Just enough HTML to use a page without a browser: its words, its links, and its forms by the
//! labels a person reads.

use crate::planted;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Open(Tag),
    Close(String),
    Text(String),
}

/// An element's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

/// A form, ready to be filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// What the button says, and what it adds.
    pub button: String,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    label: String,
    /// Unticked boxes are not sent.
    is_sent: bool,
    is_tick: bool,
    options: Vec<(String, String)>,
}

impl Form {
    /// Types into the field with this label, or picks this option.
    ///
    /// # Panics
    /// Where there is no such field or option.
    #[must_use]
    pub fn fill(mut self, label: &str, typed: &str) -> Self {
        planted::plant(typed);
        let field = self.labelled(label);
        field.value = if field.options.is_empty() {
            typed.to_owned()
        } else {
            let option = field.options.iter().find(|(text, _)| text == typed);
            option.unwrap_or_else(|| panic!("{label} offers no {typed:?}: {:?}", field.options)).1.clone()
        };
        self
    }

    /// Ticks or unticks the box with this label.
    ///
    /// # Panics
    /// Where there is no such box.
    #[must_use]
    pub fn tick(mut self, label: &str, ticked: bool) -> Self {
        let field = self.labelled(label);
        assert!(field.is_tick, "{label} is not a box to tick");
        field.is_sent = ticked;
        self
    }

    /// What a browser would send.
    pub fn sent(&self) -> Vec<(String, String)> {
        let sent = self.fields.iter().filter(|field| field.is_sent && !field.name.is_empty());
        sent.map(|field| (field.name.clone(), field.value.clone())).collect()
    }

    fn labelled(&mut self, label: &str) -> &mut Field {
        let labels: Vec<String> = self.fields.iter().map(|field| field.label.clone()).collect();
        let exact = labels.iter().position(|known| known == label);
        let found = exact.or_else(|| labels.iter().position(|known| known.starts_with(label)));
        let index = found.unwrap_or_else(|| panic!("no field is labelled {label:?}: {labels:?}"));
        &mut self.fields[index]
    }
}

/// The page's words, each run of white space as one space.
pub fn text(html: &str) -> String {
    let mut words = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => words.push_str(&text),
            // Inline elements do not part words.
            Piece::Open(Tag { name, .. }) | Piece::Close(name) => {
                if !matches!(name.as_str(), "a" | "b" | "code" | "em" | "span" | "strong") {
                    words.push(' ');
                }
            }
        }
    }
    in_one_line(&words)
}

/// Where the link with this text leads.
pub fn link(html: &str, text: &str) -> Option<String> {
    links(html).into_iter().find(|(words, _)| words == text).map(|(_, href)| href)
}

/// Every link: its text and where it leads.
pub fn links(html: &str) -> Vec<(String, String)> {
    let pieces = pieces(html);
    let links = pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
        Piece::Open(tag) if tag.is("a") => Some((inner_text(&pieces, at), tag.attribute("href")?.to_owned())),
        _ => None,
    });
    links.collect()
}

/// The value under a label, as `dl` lists them.
pub fn fact(html: &str, label: &str) -> Option<String> {
    let pieces = pieces(html);
    let term = pieces.iter().enumerate().position(
        |(at, piece)| matches!(piece, Piece::Open(tag) if tag.is("dt") && inner_text(&pieces, at) == label),
    )?;
    let value =
        pieces.iter().skip(term).position(|piece| matches!(piece, Piece::Open(tag) if tag.is("dd")))?;
    Some(inner_text(&pieces, term + value))
}

/// The form whose button says `button`.
pub fn form(html: &str, button: &str) -> Option<Form> {
    forms(html).into_iter().find(|form| form.button == button)
}

/// Every form, once for each of its buttons.
pub fn forms(html: &str) -> Vec<Form> {
    let pieces = pieces(html);
    let begins = pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
        Piece::Open(tag) if tag.is("form") => Some((at, tag)),
        _ => None,
    });
    begins.flat_map(|(at, tag)| form_at(&pieces, at, tag)).collect()
}

fn form_at(pieces: &[Piece], at: usize, form: &Tag) -> Vec<Form> {
    let end = pieces.iter().skip(at).position(|piece| *piece == Piece::Close("form".to_owned()));
    let inside = &pieces[at..end.map_or(pieces.len(), |length| at + length)];
    let mut fields = Vec::new();
    let mut buttons = Vec::new();
    for (here, piece) in inside.iter().enumerate() {
        let Piece::Open(tag) = piece else { continue };
        let name = tag.attribute("name").unwrap_or_default().to_owned();
        let value = tag.attribute("value").unwrap_or_default().to_owned();
        let kind = tag.attribute("type").unwrap_or("text");
        match tag.name.as_str() {
            "input" => {
                let is_tick = matches!(kind, "checkbox" | "radio");
                fields.push(Field {
                    label: label_of(inside, here, tag),
                    is_sent: !is_tick || tag.attribute("checked").is_some(),
                    is_tick,
                    options: Vec::new(),
                    name,
                    value,
                });
            }
            "textarea" => fields.push(Field {
                label: label_of(inside, here, tag),
                value: inner_text(inside, here),
                is_sent: true,
                is_tick: false,
                options: Vec::new(),
                name,
            }),
            "select" => fields.push(select(inside, here, tag)),
            "button" if kind != "button" => {
                let label = tag.attribute("aria-label");
                let label = label.map_or_else(|| inner_text(inside, here), str::to_owned);
                buttons.push((label, name, value));
            }
            _ => {}
        }
    }
    let action = form.attribute("action").unwrap_or_default().to_owned();
    let method = form.attribute("method").unwrap_or("get").to_lowercase();
    let of = |(button, name, value)| {
        let mut fields = fields.clone();
        let label = String::new();
        fields.push(Field { name, value, label, is_sent: true, is_tick: false, options: Vec::new() });
        Form { action: action.clone(), method: method.clone(), fields, button }
    };
    buttons.into_iter().map(of).collect()
}

fn select(inside: &[Piece], at: usize, tag: &Tag) -> Field {
    let mut options = Vec::new();
    let mut value = None;
    for (here, piece) in inside.iter().enumerate().skip(at) {
        match piece {
            Piece::Close(name) if name == "select" => break,
            Piece::Open(option) if option.is("option") => {
                let option_value = option.attribute("value").unwrap_or_default().to_owned();
                if option.attribute("selected").is_some() {
                    value = Some(option_value.clone());
                }
                options.push((inner_text(inside, here), option_value));
            }
            _ => {}
        }
    }
    Field {
        name: tag.attribute("name").unwrap_or_default().to_owned(),
        value: value.or_else(|| options.first().map(|(_, value)| value.clone())).unwrap_or_default(),
        label: label_of(inside, at, tag),
        is_sent: true,
        is_tick: false,
        options,
    }
}

/// The words of the label around the field, or of the one that names it.
fn label_of(pieces: &[Piece], at: usize, field: &Tag) -> String {
    let mut around = None;
    for (here, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(tag) if tag.is("label") => {
                if tag.attribute("for").is_some_and(|id| field.attribute("id") == Some(id)) {
                    return inner_text(pieces, here);
                }
                if here < at {
                    around = Some(here);
                }
            }
            Piece::Close(name) if name == "label" && here < at => around = None,
            _ => {}
        }
    }
    around.map_or_else(
        || field.attribute("aria-label").unwrap_or_default().to_owned(),
        |at| inner_text(pieces, at),
    )
}

/// The words inside the element that begins at `at`.
fn inner_text(pieces: &[Piece], at: usize) -> String {
    let Some(Piece::Open(tag)) = pieces.get(at) else { return String::new() };
    let inside = pieces.iter().skip(at + 1).take_while(|piece| **piece != Piece::Close(tag.name.clone()));
    let words = inside.filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Open(_) | Piece::Close(_) => None,
    });
    in_one_line(&words.collect::<String>())
}

/// Each run of white space as one space, as a person reads it.
pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        pieces.push(Piece::Text(unescaped(before)));
        let skip = |rest: &str, end: &str| rest.split_once(end).map_or("", |(_, after)| after).to_owned();
        if let Some(comment) = after.strip_prefix("!--") {
            rest = &after[after.len() - skip(comment, "-->").len()..];
            continue;
        }
        let Some((inside, after)) = split_tag(after) else { break };
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            pieces.push(Piece::Close(name.trim().to_lowercase()));
        } else if !inside.starts_with('!') {
            let tag = tag(inside);
            if tag.is("script") || tag.is("style") {
                rest = &rest[rest.len() - skip(rest, "</").len()..];
                rest = rest.split_once('>').map_or("", |(_, after)| after);
            } else {
                pieces.push(Piece::Open(tag));
            }
        }
    }
    pieces.push(Piece::Text(unescaped(rest)));
    pieces
}

/// What is inside the angle brackets, and what follows; quotes may hold brackets.
fn split_tag(html: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let end = html.char_indices().find(|(_, c)| match (quote, c) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(open), c) if open == *c => {
            quote = None;
            false
        }
        (None | Some(_), _) => false,
    })?;
    Some((&html[..end.0], &html[end.0 + 1..]))
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            attributes.push((key.to_lowercase(), String::new()));
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        attributes.push((key.to_lowercase(), unescaped(value)));
        rest = after;
    }
    Tag { name: name.trim_end_matches('/').to_lowercase(), attributes }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let named = after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        match named {
            Some((c, after)) => {
                plain.push(c);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
