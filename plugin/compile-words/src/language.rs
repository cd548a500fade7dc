//! What is known of a language by its tag, from CLDR: the plural categories of numbers, by way of `intl_pluralrules`, and which
//! way its letters run; and what it calls its labels.

use crate::read::{Message, Part};
use crate::{Language, Problem};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::BTreeMap;
use unic_langid::{CharacterDirection, LanguageIdentifier};

/// Up to here a number has a category of its own; beyond, its last two digits decide, in every language.
/// (Some have a category for whole millions, which nobody counts here.)
const OWN: u64 = 200;

/// The numbers below [`OWN`] that have each category but `other`.
pub(crate) fn categories(tag: &str) -> Result<BTreeMap<&'static str, Vec<u64>>, Problem> {
    let unknown = || Problem::UnknownLanguage(tag.to_owned());
    let language = read(tag)?;
    // Of a country's or a script's own way to write a language few have plurals of their own.
    let plain = LanguageIdentifier::from_parts(language.language, None, None, &[]);
    let rules = [language, plain]
        .into_iter()
        .find_map(|language| PluralRules::create(language, PluralRuleType::CARDINAL).ok());
    let rules = rules.ok_or_else(unknown)?;
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

/// Which way its letters run, as the attribute `dir` of HTML has it.
pub(crate) fn direction(tag: &str) -> Result<&'static str, Problem> {
    Ok(match read(tag)?.character_direction() {
        CharacterDirection::RTL => "rtl",
        CharacterDirection::LTR | CharacterDirection::TTB => "ltr",
    })
}

fn read(tag: &str) -> Result<LanguageIdentifier, Problem> {
    tag.parse().map_err(|_| Problem::UnknownLanguage(tag.to_owned()))
}

impl Language {
    /// A term, in whatever file it is.
    pub(crate) fn term(&self, name: &str) -> Option<&Message> {
        self.files.values().find_map(|file| file.messages.get(name))
    }

    /// A text with its terms in place, and with what there is for each variable.
    pub(crate) fn written<'a>(
        &self,
        parts: impl IntoIterator<Item = &'a Part>,
        value: &dyn Fn(&str) -> String,
    ) -> String {
        let parts = parts.into_iter().map(|part| match part {
            Part::Letters(letters) => letters.clone(),
            Part::Variable(name) => value(name),
            Part::Term(name) => {
                self.term(name).map(|term| self.written(term.text.parts(), value)).unwrap_or_default()
            }
        });
        parts.collect()
    }
}
