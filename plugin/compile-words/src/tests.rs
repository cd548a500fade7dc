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

fn compiled(files: &[(&str, &str)]) -> Result<String, String> {
    compile(folder(files).path()).map_err(|problem| problem.to_string())
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
fn the_table_in_the_documents_is_what_is_said() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).unwrap();
    let table = table(&root.join("plugin/words")).unwrap();
    let written = fs::read_to_string(root.join("docs/words.md")).unwrap();
    assert!(table == written, "docs/words.md is not what `cargo xtask words` writes now");
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
