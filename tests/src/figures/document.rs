//! The table of figures, and its place in docs/experience.md.

use super::desk::{Desk, Took};
use super::pages::Weight;
use super::patient::{Journey, Journeys};
use super::words::{Grade, hardest, languages, of_sheet, of_website};
use crate::states::seen::Seen;
use crate::states::{ehr, website};
use std::time::Duration;

/// After this line the table begins.
pub const BEGIN: &str = "<!-- What follows is written by `cargo xtask figures`. -->";
/// Before this line it ends.
pub const END: &str = "<!-- What was written by `cargo xtask figures` ends here. -->";

/// Everything that was measured.
pub struct Measured {
    /// Pages for patients.
    pub pages: Vec<Weight>,
    /// The front desk.
    pub desk: Desk,
    /// Patients with a sheet.
    pub patients: Journeys,
    /// What axe found.
    pub seen: Seen,
}

/// The whole table, in Markdown.
pub fn table(measured: &Measured) -> String {
    let Measured { pages, desk, patients, seen } = measured;
    let sheet = of_sheet(&desk.sheet);
    let (hardest, name, text) = hardest();
    let languages = languages();
    let (people, list) = &desk.list;
    let faults = format!(
        "{}, in {} looks at {} states of pages",
        seen.faults.len(),
        seen.looks,
        website::STATES.len() + ehr::STATES.len()
    );
    let contrast = seen.contrast.as_ref();
    let contrast = contrast.map(|(ratio, place)| format!("{ratio:.2} : 1 ({})", place.replace('|', "/")));
    let (heavy, light) = (heaviest(pages, Weight::in_all), lightest(pages, Weight::in_all));
    let (heavy_again, light_again) =
        (heaviest(pages, Weight::afterwards), lightest(pages, Weight::afterwards));
    let rows = [
        ("from Patient Details to the printer's window, by mouse", took(&desk.clicks, "clicks")),
        ("the same with a keyboard alone", took(&desk.keys, "presses of a key")),
        (
            "from the list of patients to the printer's window, for everyone on it",
            format!("{}, {people} sheets", took(list, "clicks")),
        ),
        ("from the sheet to the home page, typing its address and ID", journey(patients.typed)),
        ("the same with the square code", journey(patients.scanned)),
        ("heaviest page for patients, with all it refers to, first visit", heavy),
        ("lightest page, first visit", light),
        ("heaviest page for patients, later visits, when files are kept", heavy_again),
        ("lightest page, later visits", light_again),
        ("pages for patients that were weighed", format!("{}, each language and visitor apart", pages.len())),
        ("reading grade of the sheet in English", graded(&sheet)),
        ("reading grade of the website's sentences in English", graded(&of_website())),
        ("the hardest message of 8 words or more", format!("{hardest:.1}: “{}” (`{name}`)", text.trim())),
        ("languages that patients can read", format!("{}: {}", languages.len(), languages.join(", "))),
        ("findings of axe", faults),
        ("smallest contrast of text", contrast.unwrap_or_else(|| "none was found".to_owned())),
    ];
    let rows = rows.map(|(what, figure)| format!("| {what} | {figure} |\n"));
    format!("| what | figure |\n| --- | --- |\n{}", rows.concat())
}

fn took(took: &Took, acts: &str) -> String {
    format!("{} {acts}, {} s", took.acts, seconds(took.time))
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64())
}

fn journey(journey: Journey) -> String {
    let Journey { fields, screens, presses } = journey;
    format!("{fields} fields, {screens} screens, {presses} links and buttons")
}

fn graded(grade: &Grade) -> String {
    format!("{:.1}, over {} sentences", grade.grade, grade.sentences)
}

fn heaviest(pages: &[Weight], weight: fn(&Weight) -> usize) -> String {
    weighed(pages.iter().max_by_key(|page| weight(page)).expect("a page"), weight)
}

fn lightest(pages: &[Weight], weight: fn(&Weight) -> usize) -> String {
    weighed(pages.iter().min_by_key(|page| weight(page)).expect("a page"), weight)
}

fn weighed(page: &Weight, weight: fn(&Weight) -> usize) -> String {
    format!("{} bytes ({})", thousands(weight(page)), page.name())
}

fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

/// The document with another table in its place.
///
/// # Errors
/// Where it has no place for it.
pub fn with_table(document: &str, table: &str) -> Result<String, NoPlace> {
    let (before, rest) = document.split_once(BEGIN).ok_or(NoPlace)?;
    let (_, after) = rest.split_once(END).ok_or(NoPlace)?;
    Ok(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

/// The document lacks the lines between which the table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("docs/experience.md lacks the lines between which the figures stand: {BEGIN} and {END}")]
pub struct NoPlace;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_takes_the_place_of_the_one_before_and_of_nothing_else() {
        let before = format!("# Title\n\n{BEGIN}\n\n| old |\n\n{END}\n\nMore.\n");

        let after = with_table(&before, "| new |\n").expect("a place");

        assert_eq!(after, format!("# Title\n\n{BEGIN}\n\n| new |\n\n{END}\n\nMore.\n"));
        assert_eq!(with_table(&after, "| new |\n"), Ok(after));
        assert_eq!(with_table(END, ""), Err(NoPlace));
    }

    #[test]
    fn bytes_are_written_in_groups() {
        assert_eq!([7, 12_034].map(thousands), ["7", "12,034"]);
    }
}
