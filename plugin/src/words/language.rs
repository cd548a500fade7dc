//! Which of the languages there are somebody reads.

use super::Language;
use crate::practice::Practice;

impl Language {
    /// The language that a tag is of: of `es-MX` it is Spanish.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let exact = Self::ALL.into_iter().find(|language| same(language.tag(), tag));
        exact.or_else(|| Self::ALL.into_iter().find(|it| same(&primary(it.tag()), &primary(tag))))
    }

    /// What a practice's patients can choose from, the practice's own preference first. Where it serves none that
    /// the portal speaks, they read English.
    pub(crate) fn offered_by(practice: &Practice) -> Vec<Self> {
        let mut offered = Vec::new();
        for language in practice.languages.iter().filter_map(|tag| Self::of_tag(tag)) {
            if !offered.contains(&language) {
                offered.push(language);
            }
        }
        if offered.is_empty() { vec![Self::En] } else { offered }
    }

    /// What a patient is written to in: their own language, where the practice offers it.
    pub(crate) fn on_file(own: Option<&str>, practice: &Practice) -> Self {
        let offered = Self::offered_by(practice);
        let own = own.and_then(Self::of_tag).filter(|own| offered.contains(own));
        own.or_else(|| offered.first().copied()).unwrap_or(Self::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;

    fn serving(languages: &[&str]) -> Practice {
        Practice { languages: languages.iter().map(|tag| (*tag).to_owned()).collect(), ..practice() }
    }

    #[test]
    fn a_tag_is_of_the_language_it_begins_with() {
        assert_eq!(Language::of_tag("es"), Some(Language::Es));
        assert_eq!(Language::of_tag("ES-mx"), Some(Language::Es));
        assert_eq!(Language::of_tag("est"), None);
        assert_eq!(Language::of_tag(""), None);
    }

    #[test]
    fn a_practice_offers_what_it_serves_of_what_there_is() {
        let offered = |tags: &[&str]| Language::offered_by(&serving(tags));
        assert_eq!(offered(&["zh", "es-MX", "en-US", "es"]), [Language::Es, Language::En]);
        assert_eq!(offered(&["zh"]), [Language::En]);
    }

    #[test]
    fn a_sheet_is_in_the_patients_language_where_the_practice_offers_it() {
        let both = serving(&["en", "es"]);
        assert_eq!(Language::on_file(Some("es-419"), &both), Language::Es);
        assert_eq!(Language::on_file(Some("zh"), &both), Language::En);
        assert_eq!(Language::on_file(None, &serving(&["es"])), Language::Es);
        assert_eq!(Language::on_file(Some("es"), &serving(&["en"])), Language::En);
    }

    #[test]
    fn every_language_has_a_name_and_a_direction() {
        for language in Language::ALL {
            assert!(!language.labels().language_name().is_empty());
            assert!(["ltr", "rtl"].contains(&language.direction()));
        }
    }
}
