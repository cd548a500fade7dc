//! The plural category of a number in a language, as a table: that of CLDR, by way of `intl_pluralrules`.

use crate::Problem;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::BTreeMap;
use unic_langid::LanguageIdentifier;

/// Up to here a number has a category of its own; beyond, its last two digits decide, in every language.
/// (Some have a category for whole millions, which nobody counts here.)
const OWN: u64 = 200;

/// The numbers below [`OWN`] that have each category but `other`.
pub(crate) fn categories(tag: &str) -> Result<BTreeMap<&'static str, Vec<u64>>, Problem> {
    let unknown = || Problem::UnknownLanguage(tag.to_owned());
    let language: LanguageIdentifier = tag.parse().map_err(|_| unknown())?;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL).map_err(|_| unknown())?;
    let mut numbers = BTreeMap::<_, Vec<_>>::new();
    for number in 0..OWN {
        let name = match rules.select(number).map_err(|_| unknown())? {
            PluralCategory::ZERO => "zero",
            PluralCategory::ONE => "one",
            PluralCategory::TWO => "two",
            PluralCategory::FEW => "few",
            PluralCategory::MANY => "many",
            PluralCategory::OTHER => continue,
        };
        numbers.entry(name).or_default().push(number);
    }
    Ok(numbers)
}
