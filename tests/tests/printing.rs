//! The patient instructions on paper: one clean page on US Letter and on A4, whoever it is for.

use portal_tests::Installation;
use portal_tests::browser::{Browser, Paper};
use portal_tests::figures::words::{Grade, of_sheet};
use portal_tests::paper::Printed;
use portal_tests::people::{ELODIE, FRONT_DESK, MADONNA, MARIA, Person, SEAN, XIUYING};
use portal_tests::staff::{self, PRINT};

/// Labels that must stand on the sheet, in the patient's language.
fn labels(person: &Person) -> [&'static str; 4] {
    if person.name == MARIA.name {
        ["Activar cuenta", "Confirmación de usuario", "Confirmar", "Guardar"]
    } else {
        ["Activate Account", "User Confirmation", "Confirm", "Save"]
    }
}

/// Text that can be read at arm's length, and a Portal ID that stands out; black, so that any printer will do.
fn assert_readable(printed: &Printed) {
    let letters = printed.letters();
    let sizes: Vec<f64> = letters.iter().map(|letters| letters.points).collect();
    assert!(sizes.iter().all(|points| *points >= 12.0), "{letters:?}");
    assert!(sizes.iter().any(|points| *points >= 28.0), "{letters:?}");
    assert!(letters.iter().all(|letters| letters.colour == "#000000"), "{letters:?}");
}

/// A page's width and height, in points.
fn size(paper: Paper) -> (f64, f64) {
    match paper {
        Paper::Letter => (612.0, 792.0),
        Paper::A4 => (595.3, 841.9),
    }
}

fn assert_clean(printed: &Printed, paper: Paper, person: &Person, id: &str, website: &str) {
    let words = printed.words();
    assert_eq!(printed.pages, 1, "{} on {paper:?}: {words}", person.name);
    let (width, height) = size(paper);
    assert!(
        (printed.size.0 - width).abs() < 1.5 && (printed.size.1 - height).abs() < 1.5,
        "{:?}",
        printed.size
    );

    let grouped = format!("{} {}", &id[..3], &id[3..]);
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    for part in [grouped.as_str(), person.name, website].into_iter().chain(labels(person)) {
        // A line may break anywhere a language lets it.
        assert!(without_spaces(&words).contains(&without_spaces(part)), "{part:?} is missing: {words}");
    }
    for step in 1..=10 {
        let number = format!("{step}.");
        let begins = |line: &str| line.split_whitespace().next() == Some(&number);
        assert!(printed.text.lines().any(begins), "step {step} is missing: {words}");
    }
    for stray in ["Sign out", "Back to the patient", "Patients ›", "Print command", "Print Patient"] {
        assert!(!words.contains(stray), "{stray:?} is on paper: {words}");
    }
    assert!(!words.split(' ').any(|word| word == "Print"), "a button is on paper: {words}");
    assert_readable(printed);
    let born: Vec<&str> = person.born.split('/').collect();
    for date in [person.born.to_owned(), format!("{}-{}-{}", born[2], born[0], born[1]), born[2].to_owned()] {
        assert!(!words.contains(&date), "the date of birth is on paper: {words}");
    }
}

/// A camera finds one code, which leads to User Confirmation with a token after the number sign.
fn assert_scans(printed: &Printed, website: &str) {
    let codes = printed.scan();
    assert_eq!(codes.len(), 1, "{codes:?}");
    let (address, token) = codes[0].split_once('#').expect("a token");
    assert_eq!((address, token.len()), (format!("{website}/activate").as_str(), 64));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_instructions_are_one_clean_page_on_letter_and_a4_for_everyone() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;

    for (name, person) in
        [("maria", MARIA), ("elodie", ELODIE), ("sean", SEAN), ("xiuying", XIUYING), ("madonna", MADONNA)]
    {
        let id = staff::invite(&desk, &person).await;
        let tab = staff::open_tab(&desk, &person).await;
        browser.open(&format!("{}{}", host.ehr, tab.path)).await;
        browser.follow(PRINT).await;
        for (paper_name, paper) in [("letter", Paper::Letter), ("a4", Paper::A4)] {
            let printed = browser.print(&format!("instructions-{name}-{paper_name}"), paper).await;
            assert_clean(&printed, paper, &person, &id, &host.portal);
            assert_scans(&printed, &host.portal);
        }
    }
    browser.close().await;
}

#[tokio::test]
async fn the_instructions_in_english_are_for_a_sixth_grader() {
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    staff::invite(&desk, &ELODIE).await;
    let tab = staff::open_tab(&desk, &ELODIE).await;
    let sheet = desk.get(&tab.link(PRINT)).await;

    let Grade { grade, sentences } = of_sheet(&sheet.body);

    assert!(sentences > 15, "{sentences}");
    assert!(grade <= 6.0, "grade {grade:.1}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_address_still_fits_the_page() {
    const LONG: &str = "https://patients.lakeside-family-practice-of-greater-evanston.example.org";
    let host = portal_tests::Setup::fresh().with_website(LONG).start();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &ELODIE).await;
    let tab = staff::open_tab(&desk, &ELODIE).await;
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    browser.open(&format!("{}{}", host.ehr, tab.path)).await;
    browser.follow(PRINT).await;

    let printed = browser.print("instructions-long-address", Paper::Letter).await;

    assert_clean(&printed, Paper::Letter, &ELODIE, &id, &host.portal);
    assert_scans(&printed, LONG);
    browser.close().await;
}

/// How many lines end where the text ends at the right, and begin where it begins at the left.
fn flush(printed: &Printed) -> (usize, usize) {
    let lines = printed.lines();
    let right = lines.iter().map(|line| line.right).fold(0.0, f64::max);
    let left = lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
    let near = |one: f64, other: f64| (one - other).abs() < 1.0;
    (
        lines.iter().filter(|line| near(line.right, right)).count(),
        lines.iter().filter(|line| near(line.left, left)).count(),
    )
}

/// The portal has no language yet that is written from right to left. The EHR draws a sheet in any.
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_is_read_from_right_to_left_is_one_page_too_with_the_portal_id_as_it_is_typed() {
    /// A printer's margins, and some more: 12 millimetres.
    const MARGIN: f64 = 34.0;
    let host = Installation::fresh();
    let desk = staff::sign_in(&host.ehr, FRONT_DESK).await;
    let browser = Browser::desktop().await;
    staff::sign_in_at(&browser, &host.ehr, FRONT_DESK).await;
    let id = staff::invite(&desk, &MARIA).await;
    let tab = staff::open_tab(&desk, &MARIA).await;
    browser.open(&format!("{}{}", host.ehr, tab.path)).await;
    browser.follow(PRINT).await;
    let usual = flush(&browser.print("instructions-left-to-right", Paper::Letter).await);
    assert!(usual.0 < 5 && usual.1 >= 10, "{usual:?}");

    browser.find_out("document.documentElement.lang = 'ar'; document.documentElement.dir = 'rtl'; 0").await;
    for (name, paper) in [("letter", Paper::Letter), ("a4", Paper::A4)] {
        let printed = browser.print(&format!("instructions-right-to-left-{name}"), paper).await;

        assert_eq!(printed.pages, 1, "{}", printed.text);
        let (width, words) = (size(paper).0, printed.placed_words());
        assert!(words.len() > 100, "{}", words.len());
        for word in &words {
            assert!(word.left > MARGIN && word.right < width - MARGIN, "{word:?} on {paper:?}");
        }
        let (at_right, at_left) = flush(&printed);
        assert!(at_right >= 10 && at_left < 5, "{at_right} at the right, {at_left} at the left");
        // Read in either direction it would be another patient's, so it never turns around.
        let of = |digits: &str| words.iter().find(|word| word.text == digits).expect("it is on paper").left;
        assert!(id[..3] == id[3..] || of(&id[..3]) < of(&id[3..]), "{id}: {}", printed.text);
        assert_scans(&printed, &host.portal);
    }
    browser.close().await;
}
