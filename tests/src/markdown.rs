//! Just enough Markdown to tell what a page says from what stands in its fences.

use crate::html::in_one_line;

/// A page without what stands in fences, where nothing is a link or a heading.
pub fn outside_fences(page: &str) -> String {
    let mut is_fenced = false;
    let lines = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands in backticks within its sentences and tables, each in one line.
pub fn marked(page: &str) -> Vec<String> {
    let words = in_one_line(&outside_fences(page));
    words.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A page without what stands in backticks either.
pub fn without_code(page: &str) -> String {
    outside_fences(page).split('`').step_by(2).collect()
}

#[test]
fn what_stands_in_a_fence_is_neither_said_nor_marked() {
    let page = "Say `one\ntwo` and `three`.\n```sh\nfour `five`\n```\nSix.";

    assert_eq!(marked(page), ["one two", "three"]);
    assert_eq!(without_code(page), "Say  and .\nSix.");
}
