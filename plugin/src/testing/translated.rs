//! A form that is changed to another language as it stands: what was typed and what was said of it stay, and nothing is
//! tried for it.

use super::authenticators::between;
use super::browser::{Browser, PASSWORD, Typed, header, invite, location, maria, text, typed};
use super::languages::bilingual;
use super::memory::Memory;
use super::people;
use crate::patient::response::Response;

const WRONG: &str = "a quiet walk by the river";

/// What the page sends for the button "Español": where, and which fields.
fn sends(page: &Response) -> (String, Vec<(String, String)>) {
    let form = between(page, r#"<form class="languages""#, "</form>");
    let attribute = |of: &str, name: &str| {
        let (_, after) = of.split_once(&format!("{name}=\"")).unwrap();
        after.split_once('"').unwrap().0.to_owned()
    };
    let hidden = form.split("<input type=\"hidden\"").skip(1);
    let mut fields: Vec<_> =
        hidden.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect();
    fields.push(("language".to_owned(), "es".to_owned()));
    (attribute(&form, "action"), fields)
}

fn in_spanish(browser: &Browser<'_>, page: &Response) -> Response {
    let (action, fields) = sends(page);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post_as_it_is(&action, &fields)
}

fn says(page: &Response, words: &[&str]) {
    for words in words {
        assert!(text(page).contains(words), "{words:?} is not on\n{}", text(page));
    }
}

#[test]
fn who_is_refused_at_user_confirmation_reads_why_in_another_language_and_no_try_is_counted() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    let right = maria(&invite(&ehr, &people::maria_garcia()));
    let mut page = browser.confirm(&Typed { last_initial: "X", ..maria(&right.portal_id) });
    let deeds = ehr.deeds();
    let typed = [
        format!(r#"value="{}""#, right.portal_id),
        r#"value="X""#.to_owned(),
        r#"value="02/29/1984""#.to_owned(),
    ];

    // More often than the Portal ID may be guessed at.
    for _ in 0..20 {
        page = in_spanish(&browser, &page);
        assert_eq!(page.status, 422);
        says(&page, &["No pudimos confirmar", &typed[0], &typed[1], &typed[2], r#"lang="es""#]);
    }
    assert_eq!(ehr.deeds(), deeds);
    assert!(header(&page, "set-cookie").is_some_and(|cookie| cookie.starts_with("__Host-language=es;")));
    assert_eq!(location(&browser.confirm(&right)), Some("/credentials"));
}

#[test]
fn right_details_with_another_language_confirm_nobody() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    let Typed { portal_id, first_initial, last_initial, birth_date } =
        maria(&invite(&ehr, &people::maria_garcia()));
    let deeds = ehr.deeds();
    let fields = [
        ("portal_id", &*portal_id),
        ("first_initial", first_initial),
        ("last_initial", last_initial),
        ("birth_date", birth_date),
        ("language", "es"),
    ];

    let page = browser.post("/activate", &fields);

    assert_eq!(page.status, 200);
    says(&page, &["Confirmación de usuario", &portal_id]);
    assert_eq!((ehr.deeds(), browser.cookie("__Host-activation")), (deeds, None));
}

#[test]
fn mistakes_of_form_are_named_in_another_language() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    let english = browser.confirm(&Typed { birth_date: "02/30/1984", ..maria("48291") });

    let spanish = in_spanish(&browser, &english);

    assert_eq!((english.status, spanish.status), (422, 422));
    says(&spanish, &["Hay un problema", r#"value="48291""#, r#"value="02/30/1984""#]);
    assert_eq!(text(&english).matches("-mistake\"").count(), text(&spanish).matches("-mistake\"").count());
}

#[test]
fn a_refused_log_in_keeps_the_username_and_never_the_password() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    browser.activate_maria();
    let mut page = browser.log_in("maria84", WRONG);
    let deeds = ehr.deeds();

    for _ in 0..20 {
        page = in_spanish(&browser, &page);
        says(&page, &["no coinciden", r#"value="maria84""#]);
        assert!(!text(&page).contains(WRONG));
    }
    assert_eq!(ehr.deeds(), deeds);
    let page = in_spanish(&browser, &browser.log_in("maria84", ""));
    says(&page, &[r#"value="maria84""#, "Escriba su contraseña"]);
    assert_eq!(location(&browser.log_in("maria84", PASSWORD)), Some("/home"));
}

#[test]
fn the_right_password_with_another_language_logs_nobody_in() {
    let ehr = bilingual();
    Browser::new(&ehr).activate_maria();
    let browser = Browser::new(&ehr);
    browser.get("/");
    let deeds = ehr.deeds();
    ehr.calls.take();

    let page = browser.post("/login", &[("username", "maria84"), ("password", PASSWORD), ("language", "es")]);

    assert_eq!((page.status, browser.cookie("__Host-portal")), (200, None));
    assert!(!text(&page).contains(PASSWORD), "{}", text(&page));
    assert_eq!((ehr.deeds(), ehr.calls.take()), (deeds, Vec::new()));
}

/// A browser in which Élodie is about to choose a username and a password.
fn confirmed(ehr: &Memory) -> Browser<'_> {
    let browser = Browser::new(ehr);
    let elodie = typed(&invite(ehr, &people::elodie_dubois_lefevre()), "E", "D", "07/04/1991");
    assert_eq!(location(&browser.confirm(&elodie)), Some("/credentials"));
    browser
}

#[test]
fn a_username_that_is_taken_is_named_in_another_language_and_none_can_be_tried_out_that_way() {
    let ehr = bilingual();
    Browser::new(&ehr).activate_maria();
    let browser = confirmed(&ehr);
    let english = browser.save("maria84");
    ehr.calls.take();

    let spanish = in_spanish(&browser, &english);

    assert_eq!((english.status, spanish.status), (422, 422));
    says(&spanish, &["Este nombre de usuario ya está en uso", r#"value="maria84""#]);
    let other = browser.post("/credentials", &[("username", "maria84"), ("language", "es")]);
    assert_eq!(other.status, 200);
    assert!(!ehr.calls.take().iter().any(|call| call.contains("name")), "a username was looked up");
    assert_eq!(location(&browser.save("elodie91")), Some("/activated"));
}

#[test]
fn a_password_that_is_not_taken_is_named_in_another_language_and_saves_nothing() {
    let ehr = bilingual();
    let browser = confirmed(&ehr);
    let deeds = ehr.deeds();
    for (password, again, said) in [
        ("herons", "herons", "Use al menos"),
        ("password password", "password password", "fácil de adivinar"),
        (PASSWORD, WRONG, "no son iguales"),
    ] {
        let fields = [("username", "elodie91"), ("password", password), ("password_again", again)];
        let page = in_spanish(&browser, &browser.post("/credentials", &fields));
        assert_eq!(page.status, 422, "{password}");
        says(&page, &[said, r#"value="elodie91""#]);
        assert!(!text(&page).contains(password));
    }
    let right =
        [("username", "elodie91"), ("password", PASSWORD), ("password_again", PASSWORD), ("language", "es")];
    assert_eq!(browser.post("/credentials", &right).status, 200);
    assert_eq!(ehr.deeds(), deeds);
}

#[test]
fn who_opens_user_confirmation_while_it_is_paused_reads_so_in_another_language() {
    let ehr = bilingual();
    super::guessing::pause(&ehr);
    let browser = Browser::new(&ehr);
    let english = browser.get("/activate");
    says(&english, &["is paused right now"]);

    let spanish = in_spanish(&browser, &english);

    says(&spanish, &["en este momento no se puede escribir el ID"]);
    assert!(!text(&spanish).contains("-mistake\""), "{}", text(&spanish));
}

#[test]
fn a_form_that_nothing_was_typed_into_is_changed_by_what_changes_any_page() {
    let ehr = bilingual();
    for path in ["/", "/activate"] {
        assert_eq!(sends(&Browser::new(&ehr).get(path)).0, "/language", "{path}");
    }
}

#[test]
fn what_was_said_before_is_said_by_name_alone() {
    let ehr = bilingual();
    let browser = Browser::new(&ehr);
    let fields = [("username", "maria84"), ("said", "<b>call 555</b>"), ("language", "es")];
    let page = browser.post("/login", &fields);
    assert_eq!(page.status, 200);
    assert!(!text(&page).contains("555</b>") && !text(&page).contains("call 555"), "{}", text(&page));
}
