//! The code for one language that no other stands beside: a module for each file, a constant for each message that says the
//! same each time, a function for each that takes values.

use crate::read::Message;
use crate::write::{FILL, line, said, snake};
use crate::{Language, Problem};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The code for the only one of these languages. What is public in it is seen as far as whoever includes it lets it.
pub(crate) fn code(languages: &[Language]) -> Result<String, Problem> {
    if let Some(other) = languages.get(1) {
        return Err(Problem::NotAlone(other.tag.clone()));
    }
    let mut code = format!("{FILL}\n");
    for language in languages {
        for (name, file) in &language.files {
            line!(code, "/// The words of `{name}.ftl`.\npub mod {} {{", snake(name));
            for (id, message) in &file.messages {
                item(&mut code, language, id, message)?;
            }
            line!(code, "}}");
        }
    }
    Ok(code)
}

fn item(code: &mut String, language: &Language, id: &str, message: &Message) -> Result<(), Problem> {
    let Message { comment, text } = message;
    let name = snake(id.trim_start_matches('-'));
    line!(code, "/// {}", if comment.is_empty() { id } else { comment });
    let variables: BTreeSet<_> = text.variables().collect();
    let order: Vec<_> = variables.iter().copied().collect();
    let said = said(language, text, &order)?;
    if order.is_empty() {
        line!(code, "pub const {}: &str = {said};", name.to_uppercase());
        return Ok(());
    }
    let kind = |name: &str| if text.chosen_by() == Some(name) { "impl TryInto<u64>" } else { "&str" };
    let parameters = order.iter().map(|name| format!("{}: {}", snake(name), kind(name)));
    let values: Vec<_> = order.iter().map(|name| format!("&{}", snake(name))).collect();
    line!(code, "pub fn {name}({}) -> String {{", parameters.collect::<Vec<_>>().join(", "));
    if let Some(name) = text.chosen_by().map(snake) {
        line!(code, "let {name}: u64 = {name}.try_into().unwrap_or(u64::MAX);");
    }
    line!(code, "super::fill({said}, &[{}])\n}}", values.join(", "));
    Ok(())
}
