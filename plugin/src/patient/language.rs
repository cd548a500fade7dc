//! In which language a browser's pages are: the one chosen here before, else the one that the browser asks for, of
//! those that the practice offers.

use super::cookies;
use super::form::Form;
use super::request::Request;
use super::response::Response;
use super::routes::{Answer, START, page_at};
use super::visit::Visit;
use crate::practice::Practice;
use crate::settings::{LANGUAGE_LIFE, LANGUAGES_READ};
use crate::words::Language;

/// The field that names the language.
pub(super) const LANGUAGE: &str = "language";
/// The field that names the page to come back to.
pub(super) const PAGE: &str = "page";

/// The language of the pages that answer this request.
pub(super) fn of(request: &Request, practice: &Practice) -> Language {
    let offered = Language::offered_by(practice);
    let among = |tag: &str| Language::of_tag(tag).filter(|language| offered.contains(language));
    let chosen = cookies::value(request, name(practice)).and_then(among);
    chosen
        .or_else(|| asked_for(request).into_iter().find_map(among))
        .or_else(|| offered.first().copied())
        .unwrap_or(Language::En)
}

/// What the browser asks for, most wanted first (RFC 9110, section 12.5.4).
fn asked_for(request: &Request) -> Vec<&str> {
    let ranges = request.header("accept-language").flat_map(|header| header.split(','));
    let mut wanted: Vec<(u16, &str)> = ranges.take(LANGUAGES_READ).filter_map(weighed).collect();
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

/// A tag and its weight in thousandths; none where it is not wanted or cannot be read.
fn weighed(range: &str) -> Option<(u16, &str)> {
    let (tag, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
    let weight = parameter.trim().strip_prefix("q=")?;
    let (whole, parts) = weight.split_once('.').unwrap_or((weight, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if !matches!(whole, "0" | "1") || parts.len() > 3 || !is_number(parts) {
        return None;
    }
    let thousandths = format!("{whole}{parts:0<3}").parse::<u16>().ok()?.min(1000);
    (thousandths > 0).then_some((thousandths, tag.trim()))
}

/// The language that a form asks for, of those that the practice offers.
pub(super) fn chosen(form: &Form<'_>, practice: &Practice) -> Option<Language> {
    let offered = Language::offered_by(practice);
    Language::of_tag(form.field(LANGUAGE)).filter(|chosen| offered.contains(chosen))
}

/// Keeps the language for this browser, and goes back to where it was chosen.
pub(super) fn choose(visit: &Visit<'_>) -> Answer {
    let back = Response::see_other(page_at(visit.form.field(PAGE)).unwrap_or(START));
    Ok(match chosen(&visit.form, visit.practice) {
        Some(language) => back.with("set-cookie", keep(language, visit.practice)),
        None => back,
    })
}

/// The header that makes a browser keep the language. It says nothing about anyone, and is sent along from other
/// websites too, so that a link to the portal opens it in the language that was chosen.
pub(super) fn keep(language: Language, practice: &Practice) -> String {
    let secure = if practice.is_secure() { "; Secure" } else { "" };
    let (name, tag, life) = (name(practice), language.tag(), LANGUAGE_LIFE.seconds());
    format!("{name}={tag}; Path=/{secure}; HttpOnly; SameSite=Lax; Max-Age={life}")
}

fn name(practice: &Practice) -> &'static str {
    if practice.is_secure() { "__Host-language" } else { "language" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;
    use proptest::prelude::*;

    fn asking(headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
        Request {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            headers: headers.collect(),
            body: Vec::new(),
            client: "192.0.2.7".to_owned(),
        }
    }

    fn answered(headers: &[(&str, &str)], languages: &[&str]) -> Language {
        let languages = languages.iter().map(|tag| (*tag).to_owned()).collect();
        of(&asking(headers), &Practice { languages, ..practice() })
    }

    #[test]
    fn a_browser_gets_the_language_that_it_wants_most() {
        for (wanted, language) in [
            ("es-US,es;q=0.9,en;q=0.8", Language::Es),
            ("fr, en;q=0.5, es;q=0.7", Language::Es),
            ("en-GB,es;q=0.9", Language::En),
            ("es;q=0, en;q=0.1", Language::En),
            ("es;q=0.001", Language::Es),
            ("fr", Language::En),
            ("", Language::En),
            (";;,q=,es;q=x", Language::En),
        ] {
            assert_eq!(answered(&[("accept-language", wanted)], &["en", "es"]), language, "{wanted}");
        }
    }

    #[test]
    fn more_than_anybody_asks_for_is_not_read() {
        let long = format!("{}es", "fr;q=0.1,".repeat(LANGUAGES_READ));
        assert_eq!(answered(&[("accept-language", &long)], &["en", "es"]), Language::En);
        let just = format!("{}es", "fr;q=0.1,".repeat(LANGUAGES_READ - 1));
        assert_eq!(answered(&[("accept-language", &just)], &["en", "es"]), Language::Es);
    }

    #[test]
    fn what_was_chosen_counts_for_more() {
        let headers = [("accept-language", "en"), ("cookie", "__Host-language=es")];
        assert_eq!(answered(&headers, &["en", "es"]), Language::Es);
        let unknown = [("accept-language", "es"), ("cookie", "__Host-language=tlh")];
        assert_eq!(answered(&unknown, &["en", "es"]), Language::Es);
    }

    #[test]
    fn what_the_practice_does_not_serve_is_not_spoken() {
        let headers = [("accept-language", "es"), ("cookie", "__Host-language=es")];
        assert_eq!(answered(&headers, &["en"]), Language::En);
        assert_eq!(answered(&[], &["es-MX", "en"]), Language::Es);
    }

    #[test]
    fn the_language_is_kept_for_a_year_and_belongs_to_the_host() {
        let expected = "__Host-language=es; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000";
        assert_eq!(keep(Language::Es, &practice()), expected);
    }

    proptest! {
        #[test]
        fn whatever_a_browser_asks_for_it_gets_a_language(wanted in "\\PC{0,60}") {
            let _ = answered(&[("accept-language", &wanted)], &["en", "es"]);
        }
    }
}
