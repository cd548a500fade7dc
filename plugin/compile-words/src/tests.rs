//! What comes out of words that are right, and what is said of those that are not.

use super::*;
use tempfile::TempDir;

/// A folder with these files, each a path and what is in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The portal's package.
fn portal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn compiled(files: &[(&str, &str)]) -> Result<String, String> {
    compile(folder(files).path(), Subjects::AllBut(&[])).map_err(|problem| problem.to_string())
}

/// What is wrong with these two, which are called `site.ftl`.
fn mistakes(english: &str, spanish: &str) -> String {
    compiled(&[("en/site.ftl", english), ("es/site.ftl", spanish)]).unwrap_err()
}

#[test]
fn each_message_is_a_function_that_knows_every_language() {
    let english = "# Above the form.\nlog-in = Log in\nhello = Hello, { $name }\n";
    let code = compiled(&[
        ("en/site.ftl", english),
        ("es/site.ftl", "log-in = Iniciar sesión\nhello = Hola, { $name }\n"),
    ]);

    let code = code.unwrap();
    for part in [
        "/// Above the form.\npub(crate) fn log_in(self) -> &'static str {",
        "Language::En => \"Log in\",\nLanguage::Es => \"Iniciar sesión\",",
        "pub(crate) fn hello(self, name: impl Display) -> String {",
        "Language::Es => \"Hola, \\u{e000}\",",
        "fill(said, &[&name])",
        "pub(crate) const ALL: [Self; 2] = [Self::En, Self::Es];",
        "pub(crate) const fn site(self) -> Site { Site(self) }",
    ] {
        assert!(code.contains(part), "{part}\n{code}");
    }
}

#[test]
fn what_a_language_lacks_ends_the_build() {
    assert_eq!(mistakes("a = A\nb = B\n", "a = A\n"), "es/site.ftl: b is missing");
    assert_eq!(mistakes("a = A\n", "a = A\nb = B\n"), "es/site.ftl: b is nowhere else");
    assert_eq!(
        mistakes("a = { $one }\n", "a = { $two }\n"),
        "es/site.ftl: a uses {\"two\"} where {\"one\"} is expected"
    );
    let file = compiled(&[("en/site.ftl", "a = A\n"), ("es/home.ftl", "a = A\n")]);
    assert_eq!(file.unwrap_err(), "es: there is no site.ftl\nes: home.ftl is there, but en has none");
}

#[test]
fn what_cannot_be_said_is_named() {
    let wrong = |text: &str| compiled(&[("en/site.ftl", text)]).unwrap_err();
    for (text, named) in [
        ("a = { -b }\n", "en/site.ftl: a: there is no term -b"),
        ("a = { b }\nb = B\n", "a: in braces stand a variable or a term"),
        ("a = { NUMBER($b) }\n", "a: in braces stand a variable or a term"),
        ("-b = { -b }\na = { -b }\n", "a: a term that is quoted quotes no other"),
        ("a = \u{e000}\n", "a: it has a code point for private use"),
        ("a = A\na = B\n", "a is there twice"),
        ("a = { $b }{ $c }{ $d }{ $e }{ $f }{ $g }{ $h }{ $i }{ $j }\n", "a: it takes more than 8 values"),
        ("a = A\n  .b = B\n", "a: attributes are not used here"),
        ("-b = { $c }\na = { -b }\n", "a: a term that is quoted says the same each time"),
        ("a = { $n ->\n  [few] some\n *[other] more\n }\n", "no number of things is in the category few"),
    ] {
        assert!(wrong(text).contains(named), "{text}: {}", wrong(text));
    }
    assert!(compiled(&[("es/site.ftl", "a = A\n")]).unwrap_err().contains("no folder en"));
    assert!(
        compiled(&[
            ("en/site.ftl", "a = { $n ->\n [one] 1\n *[other] 2\n }\n"),
            ("xx/site.ftl", "a = { $n ->\n [one] 1\n *[other] 2\n }\n")
        ])
        .unwrap_err()
        .contains("xx")
    );
}

#[test]
fn a_label_is_quoted_as_it_stands() {
    let files =
        [("en/labels.ftl", "-save = Save\n"), ("en/sheet.ftl", "step = Press “{ -save }” {\"{\"}.\n")];
    assert!(compiled(&files).unwrap().contains(r#"Language::En => "Press “Save” {.","#));
}

#[test]
fn numbers_choose_by_the_plurals_of_the_language() {
    let english = "left = { $count ->\n [0] None.\n [one] { $count } code\n *[other] { $count } codes\n }\n";
    let polish = "left = { $count ->\n [0] Brak.\n [one] { $count } kod\n [few] { $count } kody\n [many] { $count } kodów\n *[other] { $count } kodu\n }\n";

    let code = compiled(&[("en/site.ftl", english), ("pl/site.ftl", polish)]).unwrap();

    assert!(code.contains("pub(crate) fn left(self, count: impl TryInto<u64>) -> String {"), "{code}");
    assert!(code.contains("0 => \"Brak.\","), "{code}");
    // Twelve is not among the few.
    assert!(code.contains("2 | 3 | 4 | 22 | 23 | 24 | 32"), "{code}");
}

#[test]
fn the_practice_is_named_from_what_is_on_record_about_it() {
    let code = compiled(&[("en/site.ftl", "call = Call { $practice } at { $phone }.\n")]).unwrap();
    assert!(code.contains("fn call(self, of: &Practice) -> String {"), "{code}");
    assert!(code.contains("let phone = &of.phone;"), "{code}");
}

#[test]
fn a_program_has_the_subjects_that_it_says_something_of() {
    let files = [
        ("en/labels.ftl", "-save = Save\n"),
        ("en/notices.ftl", "lost = Lost\nagain = Press { -save }\n"),
        ("en/site.ftl", "a = A\n"),
    ];
    let folder = folder(&files);
    let of = |subjects| compile(folder.path(), subjects).map_err(|problem| problem.to_string());

    let only = of(Subjects::Only(&["notices"])).unwrap();
    assert!(only.contains("fn lost(self)") && only.contains("\"Press Save\""), "{only}");
    assert!(!only.contains("site") && !only.contains("fn save"), "{only}");
    let others = of(Subjects::AllBut(&["notices"])).unwrap();
    assert!(others.contains("fn a(self)") && others.contains("fn save(self)"), "{others}");
    assert!(!others.contains("Lost") && !others.contains("notices"), "{others}");
    for subjects in [Subjects::Only(&["notes"]), Subjects::AllBut(&["notes"])] {
        assert_eq!(of(subjects).unwrap_err(), "there is no notes.ftl, which was asked for or left out");
    }
}

#[test]
fn letters_run_as_the_language_is_written() {
    let a = "a = A\n";
    let code = compiled(&[("en/a.ftl", a), ("he/a.ftl", a), ("pa/a.ftl", a), ("pa-Arab/a.ftl", a)]).unwrap();
    for (language, direction) in [("En", "ltr"), ("He", "rtl"), ("Pa", "ltr"), ("PaArab", "rtl")] {
        assert!(code.contains(&format!("Self::{language} => \"{direction}\",")), "{language}\n{code}");
    }
}

#[test]
fn a_script_or_a_country_changes_no_plurals() {
    let choice = "n = { $n ->\n [one] one\n *[other] more\n }\n";
    let code = compiled(&[("en/a.ftl", choice), ("es-MX/a.ftl", choice)]).unwrap();
    assert!(code.contains("Language::EsMX => match n {"), "{code}");
}

#[test]
fn what_has_one_language_has_constants_and_no_languages() {
    let english = "# The first.\n-go-on = Go on\nleft = { $count ->\n [one] { $who }, one\n *[other] { $who }, more\n }\n";
    let alone = folder(&[("en/tab-bar.ftl", english)]);

    let code = compile_alone(alone.path()).unwrap();

    for part in [
        "pub mod tab_bar {",
        "/// The first.\npub const GO_ON: &str = \"Go on\";",
        "pub fn left(count: impl TryInto<u64>, who: &str) -> String {",
        "_ => \"\\u{e001}, more\",",
        ", &[&count, &who])",
    ] {
        assert!(code.contains(part), "{part}\n{code}");
    }
    assert!(!code.contains("Language"), "{code}");
    let two = folder(&[("en/a.ftl", "a = A\n"), ("es/a.ftl", "a = A\n")]);
    assert!(compile_alone(two.path()).unwrap_err().to_string().starts_with("es is more than the one"));
}

/// The portal's own words, with the English ones once more as a third language.
fn with_a_third(tag: &str) -> TempDir {
    let all = TempDir::new().unwrap();
    for (from, to) in [("en", "en"), ("es", "es"), ("en", tag)] {
        fs::create_dir(all.path().join(to)).unwrap();
        for file in list(&portal().join(TO_PATIENTS).join(from)).unwrap() {
            fs::copy(&file, all.path().join(to).join(file.file_name().unwrap())).unwrap();
        }
    }
    all
}

#[test]
fn a_language_is_added_by_its_folder_alone() {
    for (tag, name) in [("fr", "Fr"), ("ar", "Ar"), ("pt-BR", "PtBR")] {
        let all = with_a_third(tag);
        for subjects in [Subjects::AllBut(&["notices"]), Subjects::Only(&["notices"])] {
            let code = compile(all.path(), subjects).unwrap();
            assert!(code.contains(&format!("Self::{name} => \"{tag}\",")), "{tag}");
            assert!(code.contains("pub(crate) const ALL: [Self; 3] = [Self::En, "), "{tag}");
            let messages = code.matches("Language::En => ").count();
            assert!(messages > 10 && code.matches(&format!("Language::{name} => ")).count() == messages);
        }
        assert!(languages(all.path()).unwrap().contains(&tag.to_owned()));
    }
}

#[test]
fn a_language_that_lacks_any_message_is_refused() {
    let all = with_a_third("fr");
    let mut tried = 0;
    for file in list(&all.path().join("fr")).unwrap() {
        let whole = fs::read_to_string(&file).unwrap();
        let messages = read::file(&whole).unwrap_or_else(|wrong| panic!("{wrong:?}")).messages;
        for id in messages.keys() {
            fs::write(&file, without(&whole, id)).unwrap();
            let refused = compile(all.path(), Subjects::AllBut(&[])).unwrap_err().to_string();
            assert!(refused.contains(&format!("fr/{}.ftl: {id} is missing", name(&file))), "{id}: {refused}");
            tried += 1;
        }
        fs::write(&file, &whole).unwrap();
    }
    assert!(tried > 250, "{tried}");
    compile(all.path(), Subjects::AllBut(&[])).unwrap();
}

/// A file without this message and whatever lines belong to it.
fn without(file: &str, id: &str) -> String {
    let begins = format!("{id} =");
    let mut is_of_it = false;
    let kept = file.lines().filter(|line| {
        is_of_it = line.starts_with(&begins) || is_of_it && line.starts_with([' ', '}']);
        !is_of_it
    });
    kept.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn a_label_that_is_only_quoted_is_in_use() {
    let folder =
        folder(&[("en/labels.ftl", "-go = Go\n-stop = Stop\n"), ("en/site.ftl", "press = Press { -go }.\n")]);

    let code = compile(folder.path(), Subjects::AllBut(&[])).unwrap();

    let before =
        |function: &str| code.split(function).next().unwrap().lines().rev().nth(1).unwrap().to_owned();
    assert!(before("pub(crate) fn go(").contains("dead_code"), "{code}");
    assert!(!before("pub(crate) fn stop(").contains("dead_code"), "{code}");
}

#[test]
fn what_is_said_has_its_labels_and_a_value_for_each_variable() {
    let english = "plain = Press “{ -go }” by { $day }.\nmany = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n}\n\
        prefix = Error:{ \" \" }\nlong =\n    One line.\n    Another.\n";
    let folder = folder(&[("en/labels.ftl", "-go = Go\n"), ("en/site.ftl", english)]);

    let said = said(folder.path(), "en", |name| format!("a {name}")).unwrap();

    let said: Vec<_> = said.iter().map(|it| (it.file.as_str(), it.name.as_str(), it.text.as_str())).collect();
    let expected = [
        ("labels", "-go", "Go"),
        ("site", "long", "One line.\nAnother."),
        ("site", "many", "a n day"),
        ("site", "many", "a n days"),
        ("site", "plain", "Press “Go” by a day."),
        ("site", "prefix", "Error: "),
    ];
    assert_eq!(said, expected);
}
