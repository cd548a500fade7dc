//! What staff type into the patient search, and the ways it can be meant.

use crate::columns::{existing_date, iso};
use crate::folding::{AFTER_ALL, fold};

/// One way to look, answered by one index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Patients whose family name starts so, and whose given name does; sorted by family name.
    Family { family: String, given: String },
    /// Patients whose given name starts so, but not their family name; sorted by given name.
    Given { given: String },
    /// The patient with this chart number.
    Chart { id: String },
    /// Patients born on this day, `YYYY-MM-DD`.
    Birth { date: String },
}

/// The ways `typed` can be meant, in the order in which their patients are listed.
///
/// Nothing typed means every patient, by family name.
pub(crate) fn ways(typed: &str) -> Vec<Way> {
    let typed = typed.trim();
    if !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![Way::Chart { id: typed.to_owned() }];
    }
    if let Some(date) = birth_date(typed) {
        return vec![Way::Birth { date }];
    }
    if let Some((family, given)) = typed.split_once(',') {
        return vec![Way::Family { family: fold(family), given: fold(given) }];
    }
    let folded = fold(typed);
    if folded.is_empty() && !typed.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![Way::Family { family: folded.clone(), given: String::new() }];
    // "maria garcia", the way names are said.
    if let Some((given, family)) = folded.split_once(' ') {
        ways.push(Way::Family { family: family.to_owned(), given: given.to_owned() });
    }
    if !folded.is_empty() {
        ways.push(Way::Given { given: folded });
    }
    ways
}

/// The end of the range of texts that start with `prefix`.
pub(crate) fn end_of(prefix: &str) -> String {
    format!("{prefix}{AFTER_ALL}")
}

/// MM/DD/YYYY, with hyphens or full stops too, or YYYY-MM-DD.
fn birth_date(typed: &str) -> Option<String> {
    let mut parts = typed.split(['/', '-', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = |part: &str, digits: usize| -> Option<i64> {
        let fits = part.len() <= digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse().ok() } else { None }
    };
    let date = if parts.next().is_some() {
        None
    } else if first.len() == 4 {
        existing_date(whole(first, 4)?, whole(second, 2)?, whole(third, 2)?)
    } else if third.len() == 4 {
        existing_date(whole(third, 4)?, whole(first, 2)?, whole(second, 2)?)
    } else {
        None
    };
    date.map(iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_chart_number() {
        assert_eq!(ways(" 100001 "), [Way::Chart { id: "100001".into() }]);
    }

    #[test]
    fn dates_are_read_as_americans_write_them_and_as_iso() {
        for typed in ["2/29/1984", "02/29/1984", "02-29-1984", "02.29.1984", "1984-02-29"] {
            assert_eq!(ways(typed), [Way::Birth { date: "1984-02-29".into() }], "{typed}");
        }
        assert!(!ways("02/30/1984").iter().any(|way| matches!(way, Way::Birth { .. })));
    }

    #[test]
    fn a_comma_separates_last_and_first_name() {
        assert_eq!(ways("O'Brien, Seán"), [Way::Family { family: "obrien".into(), given: "sean".into() }]);
    }

    #[test]
    fn words_are_a_last_name_or_a_first_name_or_both() {
        assert_eq!(
            ways("Maria Garcia"),
            [
                Way::Family { family: "maria garcia".into(), given: String::new() },
                Way::Family { family: "garcia".into(), given: "maria".into() },
                Way::Given { given: "maria garcia".into() },
            ]
        );
    }

    #[test]
    fn nothing_typed_is_everyone_and_only_punctuation_is_no_one() {
        assert_eq!(ways("  "), [Way::Family { family: String::new(), given: String::new() }]);
        assert_eq!(ways("'"), []);
    }
}
