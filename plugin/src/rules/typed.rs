//! How what people type is tidied before any rule looks at it.

use unicode_normalization::UnicodeNormalization;

/// The text in NFKC without space around it, so that full-width digits from an East Asian
/// keyboard and the space a phone adds after a word are no mistakes.
pub fn tidied(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    composed.trim().to_owned()
}

/// The letters and digits of a code that may be typed in groups, with space or hyphens between them.
pub fn ungrouped(text: &str) -> String {
    tidied(text).chars().filter(|&c| !c.is_whitespace() && !is_hyphen(c)).collect()
}

/// The text in one line, with one space between words and none around them.
pub fn one_line(text: &str) -> String {
    let composed: String = text.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the character is one of the dashes that keyboards and phones put for a hyphen.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The number, if the text is one to `longest` ASCII digits.
pub fn small_number(text: &str, longest: usize) -> Option<u16> {
    let digits_only = text.chars().all(|c| c.is_ascii_digit());
    if digits_only && (1..=longest).contains(&text.len()) { text.parse().ok() } else { None }
}
