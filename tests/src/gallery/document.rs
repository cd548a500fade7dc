//! The page that shows all pictures, a table for each state.

use super::{Shot, states, widths};
use crate::browser::Theme;
use crate::languages::named;
use crate::states::State;
use crate::states::arrive::{is_of_ehr, languages};

/// The whole page.
pub fn written() -> String {
    let mut page = "# Every page in every state\n\n\
        Taken from the running system by `cargo xtask screenshots`, and compared with it by a test\n\
        (`tests/tests/looks.rs`). What differs from run to run, such as Portal IDs, moments and QR codes, is replaced by\n\
        something fixed. The pictures are small, and very long pages are cut: they show how pages are laid out, not\n\
        every letter.\n"
        .to_owned();
    for (title, of_ehr) in [("The patients' website", false), ("The sandbox EHR", true)] {
        page.push_str(&format!("\n## {title}\n"));
        for state in states().filter(|state| is_of_ehr(state) == of_ehr) {
            page.push_str(&table(state));
        }
    }
    page
}

fn table(state: &'static State) -> String {
    let widths: Vec<i64> = widths(state).iter().map(|((width, ..), _)| *width).collect();
    let (method, path) = state.route;
    let route = if path == "*" { String::new() } else { format!("`{method} {path}`\n\n") };
    let head: Vec<String> = widths.iter().map(|width| format!("{width} pixels wide")).collect();
    let mut table = format!(
        "\n### {}\n\n{route}| | {} |\n|{}\n",
        state.name,
        head.join(" | "),
        " --- |".repeat(widths.len() + 1)
    );
    for language in languages(state) {
        let called = named(language);
        for theme in Theme::ALL {
            let pictures = widths.iter().map(|width| {
                let shot = Shot { state, language, theme, width: *width };
                let (name, theme) = (state.name, theme.name());
                format!("![{name}, {called}, {theme}, {width} pixels wide]({})", shot.path())
            });
            let pictures: Vec<String> = pictures.collect();
            table.push_str(&format!("| {called}, {} | {} |\n", theme.name(), pictures.join(" | ")));
        }
    }
    table
}
