//! All messages in one table, to be read side by side by whoever writes or checks them.

use crate::read::{Key, Part, Text};
use crate::{Language, OF_EHR, TO_PATIENTS, TO_STAFF};

/// A page in Markdown: for each file a table, a row a message, a column a language.
pub(crate) fn page(to_patients: &[Language], to_staff: &[Language], of_ehr: &[Language]) -> String {
    format!(
        "# Every message\n\nWritten by `cargo xtask words` from the folders that are named below, which are the places to change \
        them. In braces stands what is filled in; labels that several messages quote are in place. Where there are several, the \
        number decides which is said.\n\n\
        ## Every message to patients\n\nFrom `plugin/{TO_PATIENTS}`. The pages that the host writes itself say what stands under \
        `notices`, in all languages at once.\n{}\n\
        ## Every message to staff\n\nFrom `plugin/{TO_STAFF}`: the tab, the list of many patients, and what an auditor reads.\n{}\n\
        ## Every message of the sandbox EHR\n\nFrom `{OF_EHR}`: what it says to staff of what they asked for and did.\n{}",
        tables(to_patients),
        tables(to_staff),
        tables(of_ehr)
    )
}

fn tables(languages: &[Language]) -> String {
    let mut page = String::new();
    let Some(first) = languages.first() else { return page };
    for (name, file) in &first.files {
        page.push_str(&format!("\n### {name}\n\n| message | where it stands |"));
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
        Text::Plain(parts) => escaped(&in_braces(language, parts)),
        Text::Choice { variable, variants } => {
            let variants = variants.iter().map(|(key, parts)| {
                let key = match key {
                    Key::Number(number) => number.to_string(),
                    Key::Category(name) => name.clone(),
                    Key::Other => "other".to_owned(),
                };
                format!("{variable} {key}: {}", escaped(&in_braces(language, parts)))
            });
            variants.collect::<Vec<_>>().join("<br>")
        }
    }
}

fn in_braces(language: &Language, parts: &[Part]) -> String {
    language.written(parts, &|name| format!("{{{name}}}"))
}

/// As a cell of a table or an item of a list may have it, in Markdown.
pub fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_")
}
