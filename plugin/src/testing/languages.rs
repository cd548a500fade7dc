//! The website in another language: all of it, and chosen by the patient.

use super::browser::{Browser, PASSWORD, header, text};
use super::memory::Memory;
use super::pages::every_answer;
use crate::words::Language;

/// Whether the English words on a page in another language would be a mistake: not where both say the same, or the words are
/// too short to tell.
fn tells(english: &str, other: &str) -> bool {
    english != other && english.len() > 5 && !other.contains(english)
}

#[test]
fn a_page_in_another_language_has_no_english_on_it() {
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        has_no_english_on_it(language);
    }
}

fn has_no_english_on_it(language: Language) {
    let pairs = Language::En.plain().iter().zip(language.plain());
    let english: Vec<_> =
        pairs.filter(|(english, other)| tells(english, other)).map(|(english, _)| english).collect();
    let (tag, direction) = (language.tag(), language.direction());
    assert!(english.len() > 150, "{tag}: {}", english.len());
    let mut seen = 0;
    for (name, answer) in every_answer(|ehr| ehr.practice.borrow_mut().languages = vec![tag.to_owned()]) {
        let page = text(&answer);
        if page.is_empty() {
            continue;
        }
        seen += 1;
        assert!(page.contains(&format!(r#"<html lang="{tag}" dir="{direction}">"#)), "{name}");
        for words in &english {
            let between = [format!(">{words}<"), format!(">{words}"), format!("{words}<")];
            assert!(!between.iter().any(|words| page.contains(words.as_str())), "{name}: {words}\n{page}");
        }
    }
    assert!(seen > 50, "{seen}");
}

/// An EHR whose practice serves two languages.
pub(super) fn bilingual() -> Memory {
    let ehr = Memory::new();
    ehr.practice.borrow_mut().languages = vec!["en".to_owned(), "es-MX".to_owned()];
    ehr
}

#[test]
fn a_patient_changes_the_language_and_comes_back_to_the_same_page() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    let answer = browser.get("/activate");
    let page = text(&answer);
    assert!(page.contains(r#"<button class="way" type="submit" name="language" value="es" lang="es">"#));
    assert!(page.contains(r#"<input type="hidden" name="page" value="/activate">"#), "{page}");

    let answer = browser.post("/language", &[("page", "/activate"), ("language", "es")]);

    assert_eq!((answer.status, header(&answer, "location")), (303, Some("/activate")));
    let answer = browser.get("/activate");
    let page = text(&answer);
    assert!(page.contains("Confirmación de usuario"), "{page}");
    assert!(page.contains(r#"value="en" lang="en">English</button>"#), "{page}");
}

#[test]
fn nobody_is_sent_anywhere_but_to_a_page_of_ours() {
    let ehr = bilingual();
    for page in ["https://evil.example/", "//evil.example", "/logout", "/nowhere", ""] {
        let answer = Browser::new(&ehr).post("/language", &[("page", page), ("language", "es")]);
        assert_eq!((answer.status, header(&answer, "location")), (303, Some("/")), "{page}");
    }
}

#[test]
fn a_language_that_is_not_offered_is_not_kept() {
    for language in ["fr", "", "../es"] {
        let ehr = bilingual();
        let browser = Browser::new(&ehr);
        let answer = browser.post("/language", &[("page", "/"), ("language", language)]);
        assert_eq!(header(&answer, "set-cookie"), None, "{language}");
    }
}

#[test]
fn where_there_is_one_language_there_is_nothing_to_choose() {
    let ehr = Memory::new();
    let answer = Browser::new(&ehr).get("/");
    let page = text(&answer);
    assert!(!page.contains("/language"), "{page}");
}

#[test]
fn a_page_that_cannot_be_shown_again_has_no_other_language_to_lose_it_to() {
    let ehr = bilingual();
    let browser = Browser::signed_in(&ehr);
    super::second_step::add_app(&ehr, &browser);

    let codes = browser.post("/account/second-step/recovery-codes", &[("current_password", PASSWORD)]);

    assert!(text(&codes).contains("class=\"codes\""), "{}", text(&codes));
    assert!(!text(&codes).contains("/language"), "{}", text(&codes));
    assert!(text(&browser.get("/account")).contains("/language"));
}

#[test]
fn another_website_cannot_choose_the_language() {
    let ehr = bilingual();
    let forged = [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://evil.example")];
    let answer = Browser::new(&ehr).send("POST", "/language", &forged, b"language=es&page=%2F".to_vec());
    assert_eq!((answer.status, header(&answer, "set-cookie")), (403, None));
}
