//! What the pages of the sandbox EHR say in every case: the words in its templates.

use crate::html::in_one_line;
use crate::tree::files;
use compile_words::escaped;
use std::fs;
use std::path::Path;

/// Where they are.
pub(super) const FOLDER: &str = "host/sandbox/templates";

/// What a part of a template that decides something becomes: what stands before and after it is said apart.
const DECIDED: &str = "<if>";

/// Elements within a sentence.
const WITHIN: [&str; 6] = ["a", "strong", "em", "code", "span", "br"];

/// Attributes that are read or read out.
const SAID: [&str; 6] = ["aria-label", "aria-description", "alt", "title", "placeholder", "data-label"];

/// A list for each template that says anything.
pub(super) fn listed(workspace: &Path) -> String {
    let mut page = String::new();
    for path in files(&workspace.join(FOLDER), &[".html"]) {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let said = said(&text);
        if said.is_empty() {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        page.push_str(&format!("### {name}\n\n"));
        said.iter().for_each(|text| page.push_str(&format!("- {}\n", escaped(text))));
        page.push('\n');
    }
    page
}

/// Everything that a template says, in its order and once.
fn said(template: &str) -> Vec<String> {
    let html = without_askama(template);
    let (mut found, mut sentence) = (Vec::new(), String::new());
    for (at, piece) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        let element = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if !WITHIN.contains(&element) {
            take(&mut found, &std::mem::take(&mut sentence));
        }
        for name in SAID {
            let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
            take(&mut found, value.map_or("", |(value, _)| value));
        }
        sentence.push_str(text);
    }
    take(&mut found, &sentence);
    found
}

fn take(found: &mut Vec<String>, text: &str) {
    let text = text.replace("&nbsp;", " ").replace("&amp;", "&");
    let text = in_one_line(&text);
    if super::has_words(&text) && !found.contains(&text) {
        found.push(text);
    }
}

/// What is filled in stands in braces, by its last name; whatever decides is a tag of its own, or nothing in a tag.
fn without_askama(template: &str) -> String {
    let mut html = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        html.push_str(before);
        let is_in_tag = html.rfind('<') > html.rfind('>');
        let (kind, end) = match after.chars().next() {
            Some('{') => ('{', "}}"),
            Some('%') => ('%', "%}"),
            Some('#') => ('#', "#}"),
            _ => panic!("a brace stands alone before {after:.40}"),
        };
        let (inside, after) = after.get(1..).and_then(|after| after.split_once(end)).expect("an end");
        match kind {
            '{' => html.push_str(&format!("{{{}}}", name_of(inside))),
            '%' if !is_in_tag => html.push_str(DECIDED),
            _ => {}
        }
        // The name of a class is nothing that is said.
        let is_class =
            kind == '%' && inside.trim().starts_with("block ") && inside.trim().ends_with("_class");
        rest = if is_class {
            after.find("{%").and_then(|end| after.get(end..)).unwrap_or_default()
        } else {
            after
        };
    }
    html.push_str(rest);
    html
}

/// What an expression is called by: its last name, without what is done to it.
fn name_of(expression: &str) -> &str {
    let expression = expression.split(['|', '(']).next().unwrap_or_default().trim_matches([' ', '-']);
    expression.rsplit(['.', ':']).next().unwrap_or_default()
}

#[test]
fn a_template_says_its_texts_and_what_is_read_out() {
    let template = "{% extends \"x\" %}{% block main_class %}wide{% endblock %}<p class=\"a\" aria-label=\"One {{ thing.name }}\">Two <strong>{{ n|number }}</strong> three{% if \
                    a > b %} or four{% else %} or five{% endif %}.</p>{# six #}<input value=\"{{ seven }}\"{% if x %} \
                    autofocus{% endif %}><p>{{ all }}</p>";

    assert_eq!(said(template), ["One {name}", "Two {n} three", "or four", "or five"]);
}

#[test]
fn the_portals_own_templates_say_nothing_by_themselves() {
    // All their words are in `plugin/words` and `plugin/src/words/staff`.
    let templates = files(&crate::artifacts::root().join("plugin/templates"), &[".html"]);
    assert!(templates.len() > 5, "{templates:?}");
    for path in templates {
        let text = fs::read_to_string(&path).expect("a template");
        assert_eq!(said(&text), [""; 0], "{}", path.display());
    }
}
