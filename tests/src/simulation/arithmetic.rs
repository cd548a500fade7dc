//! From the guesses that were checked to the chance that one of them was right.
//!
//! The figures are on the attackers' side where there is a choice: as many open invitations as a large
//! practice has, and no more people than there are.

/// Portal IDs there are.
pub const PORTAL_IDS: f64 = 1_000_000.0;

/// Open invitations of a large practice.
pub const OPEN_INVITATIONS: u32 = 1_000;

/// Years in which someone of unknown age was born.
pub const YEARS_OF_BIRTH: i16 = 82;

/// Pairs of initials that are likely.
const LIKELY_INITIALS: f64 = 200.0;

/// Days in which someone of unknown age was born, as the attackers reckon: rounded up.
const LIKELY_BIRTH_DATES: f64 = 30_000.0;

/// For whoever knows nobody: any open invitation will do, and its ID, initials and date of birth are guessed.
pub fn blind(checked: u32) -> f64 {
    f64::from(checked) * f64::from(OPEN_INVITATIONS) / PORTAL_IDS / LIKELY_INITIALS / LIKELY_BIRTH_DATES
}

/// For whoever knows the person, and guesses the Portal ID.
pub fn sweeping(checked: u32) -> f64 {
    f64::from(checked) / PORTAL_IDS
}

/// For whoever found the sheet, and guesses the date of birth of a person of unknown age.
pub fn found_paper(checked: u32) -> f64 {
    f64::from(checked) / (f64::from(YEARS_OF_BIRTH) * 365.25)
}
