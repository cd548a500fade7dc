//! All messages in one table, to be read side by side by whoever writes or checks them.

use crate::Language;
use crate::read::{Key, Part, Text};

/// A page in Markdown: for each file a table, a row a message, a column a language.
pub(crate) fn table(languages: &[Language]) -> String {
    let mut page = "# Every message to patients\n\nWritten by `cargo xtask words` from `plugin/words`, which is the place to change them. In braces \
        stands what is filled in; labels that several messages quote are in place. Where there are several, the number decides which \
        is said.\n"
        .to_owned();
    let Some(first) = languages.first() else { return page };
    for (name, file) in &first.files {
        page.push_str(&format!("\n## {name}\n\n| message | where it stands |"));
        languages.iter().for_each(|language| page.push_str(&format!(" {} |", language.tag)));
        page.push_str(&format!("\n| --- | --- |{}\n", " --- |".repeat(languages.len())));
        for (id, message) in &file.messages {
            let texts = languages.iter().filter_map(|language| {
                Some(shown(language, &language.files.get(name)?.messages.get(id)?.text))
            });
            let texts: Vec<_> = texts.collect();
            page.push_str(&format!("| `{id}` | {} | {} |\n", escaped(&message.comment), texts.join(" | ")));
        }
    }
    page
}

fn shown(language: &Language, text: &Text) -> String {
    match text {
        Text::Plain(parts) => escaped(&written(language, parts)),
        Text::Choice { variable, variants } => {
            let variants = variants.iter().map(|(key, parts)| {
                let key = match key {
                    Key::Number(number) => number.to_string(),
                    Key::Category(name) => name.clone(),
                    Key::Other => "other".to_owned(),
                };
                format!("{variable} {key}: {}", escaped(&written(language, parts)))
            });
            variants.collect::<Vec<_>>().join("<br>")
        }
    }
}

fn written<'a>(language: &Language, parts: impl IntoIterator<Item = &'a Part>) -> String {
    let parts = parts.into_iter().map(|part| match part {
        Part::Letters(letters) => letters.clone(),
        Part::Variable(name) => format!("{{{name}}}"),
        Part::Term(name) => {
            language.term(name).map(|term| written(language, term.text.parts())).unwrap_or_default()
        }
    });
    parts.collect()
}

/// As a cell of a table may have it.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_")
}
