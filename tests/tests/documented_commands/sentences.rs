//! What a page says to do within its sentences and tables.

use crate::fences::{Step, What};
use portal_tests::html::in_one_line;

/// The commands of ours that stand within sentences.
pub fn in_sentences(text: &str) -> Vec<Step> {
    let words = in_one_line(text);
    let marked = words.split('`').skip(1).step_by(2);
    let commands = marked.filter(|it| it.starts_with("portal-host "));
    commands.map(|it| Step { heading: String::new(), what: What::Typed(it.to_owned()) }).collect()
}
