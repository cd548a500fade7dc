//! What people type, as the portal's rules read it. An input is the text of one field, unless its target
//! says otherwise.

use jiff::civil;
use patient_portal::calendar::Date;
use patient_portal::people::PersonName;
use patient_portal::rules::birth_date::{self, BirthDateMistake};
use patient_portal::rules::initials::{Initial, Initials};
use patient_portal::rules::password::{self, Password, PasswordContext, PasswordMistake};
use patient_portal::rules::portal_id::PortalId;
use patient_portal::rules::reason::Reason;
use patient_portal::rules::token::{Token, TokenHash};
use patient_portal::rules::username::Username;
use patient_portal::settings::{
    EARLIEST_BIRTH_YEAR, PASSWORD_LONGEST, REASON_LONGEST, USERNAME_LONGEST, USERNAME_SHORTEST,
};
use portal_fuzz::message::line;
use portal_fuzz::practice::{patient, practice};
use portal_fuzz::{Target, fuzz};
use std::borrow::Cow;
use std::net::IpAddr;
use unicode_normalization::UnicodeNormalization;

const WEBSITE: &str = "https://portal.riverside.example";

/// What is not text never gets as far as a rule.
fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}

#[test]
fn birth_date() {
    let words = &[
        "/", "-", ".", "0", "1", "3", "7", "02", "29", "30", "31", "12", "13", "1900", "1899", "1984",
        "2026", "9999",
    ];
    fuzz!(Target::named("birth_date", words), |input: &[u8]| {
        let text = text(input);
        let today = Date::new(2026, 11, 22).unwrap();
        let outcome = birth_date::typed(&text, today);
        if let Ok(date) = outcome {
            assert!(date <= today && date.year() >= EARLIEST_BIRTH_YEAR, "{text:?}");
            let (year, month, day) = (date.year(), date.month(), date.day());
            for written in [
                format!("{month:02}/{day:02}/{year:04}"),
                format!("{month}-{day}-{year}"),
                format!(" {month} . {day:02} . {year} "),
            ] {
                assert!(birth_date::typed(&written, today) == Ok(date), "{text:?} as {written:?}");
            }
        }
        if let Some(expected) = by_another_calendar(&text, today) {
            assert_eq!(outcome.is_ok(), expected, "{text:?}: {outcome:?}");
        }
        if let Err(BirthDateMistake::NoSuchDay { days }) = outcome {
            assert!((28..=31).contains(&days), "{text:?}");
        }
        assert!(
            birth_date::typed(&format!("\u{3000}{text} "), today) == outcome,
            "{text:?} with space around"
        );
    });
}

/// Whether a date in plain digits is one, by a calendar that is not ours; none for other texts.
fn by_another_calendar(text: &str, today: Date) -> Option<bool> {
    let separator = ['/', '-', '.'].into_iter().find(|&separator| text.contains(separator))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [month, day, year] = parts[..] else { return None };
    let number = |part: &str, longest: usize| {
        let plain = (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<i16>().unwrap())
    };
    let (month, day, year) =
        (number(month, 2)?, number(day, 2)?, number(year, 4).filter(|_| year.len() == 4)?);
    let exists = civil::Date::new(year, month.try_into().unwrap(), day.try_into().unwrap());
    let today =
        civil::date(today.year().cast_signed(), today.month().cast_signed(), today.day().cast_signed());
    Some(exists.is_ok_and(|date| date <= today && year >= EARLIEST_BIRTH_YEAR.cast_signed()))
}

/// The given name, and in a second line the family name.
#[test]
fn initials() {
    let words =
        &["\u{2bc}", "O'", ".", "\u{131}", "\u{1c5}", "\u{149}", "\u{2160}", "\u{1e9e}", "\u{aa}", "\n"];
    fuzz!(Target::named("initials", words), |input: &[u8]| {
        let (given, family) = line(input);
        let (given, family) = (text(given), text(family));
        if let Ok(Some(initial)) = Initial::typed(&given) {
            assert_eq!(Initial::of_text(&given), Some(initial), "{given:?}");
            assert_eq!(Initial::of_text(&format!("{given}x")), Some(initial), "{given:?} of a name");
            if let Ok(Some(lower)) = Initial::typed(&given.to_lowercase()) {
                assert_eq!(lower, initial, "{given:?} in lower case");
            }
            if let Ok(Some(upper)) = Initial::typed(&given.to_uppercase()) {
                assert_eq!(upper, initial, "{given:?} in upper case");
            }
        }
        let composed: String = given.nfc().collect();
        let decomposed: String = given.nfd().collect();
        assert_eq!(Initial::of_text(&composed), Initial::of_text(&decomposed), "{given:?}");
        assert_eq!(Initial::typed(&composed), Initial::typed(&decomposed), "{given:?}");

        let name =
            PersonName::Full { given: given.clone().into_owned(), family: family.clone().into_owned() };
        let expected = Initials::typed(Initial::of_text(&given), Initial::of_text(&family));
        assert_eq!(Initials::of(&name), expected, "{given:?} {family:?}");
    });
}

#[test]
fn portal_id() {
    let words = &["482913", "000042", " ", "-", "\u{2013}", "\u{a0}", "\u{ff14}", "\u{2460}", "\u{b2}"];
    fuzz!(Target::named("portal_id", words), |input: &[u8]| {
        let text = text(input);
        let Ok(id) = PortalId::typed(&text) else { return };
        let digits = id.digits();
        let typed: String = text.nfkc().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, typed, "{text:?}");
        assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{text:?}");
        assert_eq!(PortalId::stored(&digits), Some(id), "{text:?}");
        for written in [id.grouped(), format!("{}-{} ", &digits[..2], &digits[2..]), format!("\t{digits}")] {
            assert_eq!(PortalId::typed(&written), Ok(id), "{text:?} as {written:?}");
        }
        assert!(!format!("{id:?}").contains(&digits));
    });
}

#[test]
fn username() {
    let words = &[
        "maria84",
        "@example.org",
        "\u{3a3}",
        "\u{3c3}",
        "I\u{307}",
        "\u{1e9e}",
        "\u{b4}",
        "\u{ad}",
        "\u{2126}",
    ];
    fuzz!(Target::named("username", words), |input: &[u8]| {
        let text = text(input);
        let sought = Username::sought(&text);
        assert_eq!(Username::sought(sought.as_str()), sought, "{text:?}");
        if let Ok(typed) = Username::typed(&text) {
            assert_eq!(typed, sought, "{text:?}");
            assert!((1..=USERNAME_LONGEST).contains(&typed.as_str().chars().count()), "{text:?}");
            assert_eq!(Username::typed(typed.as_str()), Ok(typed), "{text:?}");
        }
        let Ok(chosen) = Username::chosen(&text) else { return };
        let length = chosen.as_str().chars().count();
        assert!((USERNAME_SHORTEST..=USERNAME_LONGEST).contains(&length), "{text:?}");
        assert!(!chosen.as_str().contains(|c: char| c.is_whitespace() || c.is_control()), "{text:?}");
        assert!(!chosen.as_str().contains('\u{3c2}'), "{text:?} keeps the form that ends a word");
        assert_eq!(Username::chosen(chosen.as_str()), Ok(chosen.clone()), "{text:?}");
        // Whoever chose it finds it again, with capitals and space around it too.
        assert_eq!(Username::typed(&format!(" {} ", text.to_ascii_uppercase())), Ok(chosen), "{text:?}");
    });
}

/// The password, and in a second line the same again.
#[test]
fn password() {
    let words = &[
        "\n",
        "password",
        "seven quiet herons at dusk",
        "qwertyuiop",
        "02291984",
        "dubois",
        "aaaaaaaa",
        "riverside",
    ];
    fuzz!(Target::named("password", words), |input: &[u8]| {
        let (one, again) = line(input);
        let (one, again) = (text(one), text(again));
        if let Ok(typed) = Password::typed(&one) {
            let length = typed.expose().chars().count();
            assert!((1..=PASSWORD_LONGEST).contains(&length) && !typed.expose().contains('\t'), "{one:?}");
            assert!(
                Password::typed(typed.expose()).is_ok_and(|same| same.expose() == typed.expose()),
                "{one:?}"
            );
            assert!(password::is_repeated(&one, typed.expose()), "{one:?}");
        }
        let decomposed: String = one.nfd().collect();
        assert!(password::is_repeated(&one, &decomposed), "{one:?}");
        assert_eq!(
            password::is_repeated(&one, &again),
            password::is_repeated(&again, &one),
            "{one:?} {again:?}"
        );

        let (patient, practice) = (patient(), practice(WEBSITE));
        let username = Username::chosen(&again).ok();
        let (username, policy) = (username.as_ref(), practice.policy);
        let context = PasswordContext { patient: &patient, username, practice: &practice, policy };
        let outcome = password::chosen(&one, &context);
        let shortest = usize::from(practice.policy.minimum_password_length);
        match &outcome {
            Ok(password) => {
                assert!(password.expose().chars().count() >= shortest, "{one:?}");
                assert!(
                    Password::typed(&one).is_ok_and(|typed| typed.expose() == password.expose()),
                    "{one:?}"
                );
            }
            Err(PasswordMistake::TooShort) => assert!(one.nfc().count() < shortest, "{one:?}"),
            Err(PasswordMistake::TooLong) => assert!(one.nfc().count() > PASSWORD_LONGEST, "{one:?}"),
            Err(PasswordMistake::Missing) => assert!(one.is_empty(), "{one:?}"),
            Err(PasswordMistake::HasTab) => assert!(one.contains('\t'), "{one:?}"),
            Err(PasswordMistake::Guessable(_)) => assert!(Password::typed(&one).is_ok(), "{one:?}"),
        }
        let same = password::chosen(&decomposed, &context);
        assert_eq!(same.err(), outcome.err(), "{one:?} decomposed");
    });
}

#[test]
fn token() {
    let words = &["00112233445566778899aabbccddeeff", "A", "g", "0x"];
    fuzz!(Target::named("token", words), |input: &[u8]| {
        let text = text(input);
        let is_one = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let token = Token::read(&text);
        assert_eq!(token.is_some(), is_one, "{text:?}");
        let Some(token) = token else { return };
        assert_eq!(token.text(), text);
        let for_form = token.for_form();
        assert!(for_form.is(&for_form.text()) && !for_form.is(&text) && for_form.text() != text, "{text:?}");
        let hash = token.hash();
        assert!(TokenHash::stored(&hash.0) == Some(hash.clone()) && hash.name().len() == 16, "{text:?}");
        assert!(!text.contains(&hash.name()), "{text:?}");
    });
}

#[test]
fn reason() {
    let words = &["moved", "\u{2028}", "\u{85}", "\u{3000}", "<b>", "-"];
    fuzz!(Target::named("reason", words), |input: &[u8]| {
        let text = text(input);
        let Ok(reason) = Reason::typed(&text) else { return };
        let words = reason.clone().into_words();
        assert!(words.chars().count() <= REASON_LONGEST && !words.contains(char::is_control), "{text:?}");
        assert_eq!(Reason::typed(&words), Ok(reason), "{text:?}");
    });
}

/// The client's address, and below it a network in each line.
#[test]
fn never_paused() {
    let words = &[
        "\n",
        "192.0.2.7",
        "192.0.2.0/24",
        "0.0.0.0/0",
        "::/0",
        "::ffff:192.0.2.7",
        "2001:db8::/32",
        "/",
        "/33",
        "fe80::1%eth0",
    ];
    fuzz!(Target::named("never_paused", words), |input: &[u8]| {
        let text = text(input);
        let mut lines = text.split('\n').map(str::to_owned);
        let client = lines.next().unwrap_or_default();
        let networks: Vec<String> = lines.take(50).collect();
        let spares = |networks: &[String], client: &str| {
            let mut practice = practice(WEBSITE);
            practice.never_paused = networks.to_vec();
            practice.never_pauses(client)
        };
        let spared = spares(&networks, &client);
        let by_one = networks.iter().any(|network| spares(std::slice::from_ref(network), &client));
        assert_eq!(spared, by_one, "{text:?}");
        match client.parse::<IpAddr>() {
            Ok(address) => {
                assert!(spares(std::slice::from_ref(&client), &client), "{client:?}");
                let canonical = address.to_canonical().to_string();
                assert_eq!(spares(&networks, &canonical), spared, "{text:?} as {canonical}");
            }
            Err(_) => assert!(!spared, "{text:?}"),
        }
    });
}
