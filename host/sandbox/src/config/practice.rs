//! The practices of an installation, as the configuration has them: each a table with what it is called and where
//! its patients and its staff find it.

use super::ConfigError;
use super::keys::Keys;
use crate::site::Site;
use portal_host::Chain;
use portal_host::identity::PracticeId;
use portal_host::lent::{Colour, Logo};
use sandbox_db::PracticeDetails;
use std::collections::HashMap;
use std::str::FromStr;

/// A practice as it is configured.
#[derive(Clone, Debug)]
pub(crate) struct Configured {
    pub(crate) id: PracticeId,
    pub(crate) details: PracticeDetails,
    /// Where its patients find it.
    pub(crate) website: Site,
    /// Where its staff do.
    pub(crate) ehr: Site,
}

/// Every practice; two of them share neither their key nor a name of a machine, since browsers hand out cookies by
/// that name.
pub(super) fn all(tables: Vec<Keys<'_>>) -> Result<Vec<Configured>, ConfigError> {
    let mut practices: Vec<Configured> = Vec::new();
    let mut whose: HashMap<String, PracticeId> = HashMap::new();
    for mut table in tables {
        let practice = one(&mut table)?;
        table.no_more()?;
        if practices.iter().any(|other| other.id == practice.id) {
            return Err(table.bad("key", "another practice has the same".to_owned()));
        }
        for site in [&practice.website, &practice.ehr] {
            let owner = whose.entry(site.machine().to_owned()).or_insert_with(|| practice.id.clone());
            if *owner != practice.id {
                let problem = format!(
                    "{} is found there as well, and browsers would hand the cookies of one practice to the other",
                    *owner
                );
                return Err(table.bad("portal-url and ehr-url", problem));
            }
        }
        practices.push(practice);
    }
    Ok(practices)
}

fn one(table: &mut Keys<'_>) -> Result<Configured, ConfigError> {
    let languages: Vec<Language> =
        table.some("languages", "a list of one or more, such as [\"en\", \"es\"]")?;
    let languages = languages.into_iter().map(|Language(tag)| tag);
    let website: Website = table.needed("portal-url")?;
    let ehr: Website = table.needed("ehr-url")?;
    if website.0.url() == ehr.0.url() {
        return Err(table.bad("portal-url and ehr-url", "they are the same address".to_owned()));
    }
    let details = PracticeDetails {
        name: table.needed::<Text>("name")?.0,
        phone: table.needed::<Text>("phone")?.0,
        helpdesk_url: table
            .words::<Helpdesk>("helpdesk-url")?
            .map_or_else(|| "/helpdesk".to_owned(), |page| page.0),
        time_zone: table.needed::<TimeZone>("time-zone")?.0,
        languages: languages.collect(),
        accent: table.words::<Accent>("accent")?.map(|accent| accent.0),
        logo: logo(table)?,
    };
    if details.languages.is_empty() {
        return Err(table.bad("languages", "a practice serves at least one, such as [\"en\"]".to_owned()));
    }
    Ok(Configured { id: table.needed::<Key>("key")?.0, details, website: website.0, ehr: ehr.0 })
}

/// A picture in a file of its own.
fn logo(table: &mut Keys<'_>) -> Result<Option<Logo>, ConfigError> {
    let Some(svg) = table.file("logo")? else { return Ok(None) };
    Logo::new(&svg).map(Some).map_err(|error| table.bad("logo", Chain(&error).to_string()))
}

/// What a practice is known by in commands and in the database.
struct Key(PracticeId);

impl FromStr for Key {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits && (1..=64).contains(&text.len()) {
            Ok(Self(PracticeId::new(text)))
        } else {
            Err("a practice's key is up to 64 small letters, digits and hyphens")
        }
    }
}

/// Words to print.
struct Text(String);

impl FromStr for Text {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() || text.len() > 256 || text.chars().any(char::is_control) {
            Err("it is empty, longer than 256 bytes, or not on one line")
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// A page where staff ask for help: one of the EHR's own, or another website's.
struct Helpdesk(String);

impl FromStr for Helpdesk {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let elsewhere = url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if elsewhere || text.starts_with('/') && !text.starts_with("//") {
            Ok(Self(text.to_owned()))
        } else {
            Err("neither an http or https address nor a path")
        }
    }
}

struct TimeZone(String);

impl FromStr for TimeZone {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = jiff::tz::TimeZone::get(text).map_err(|_| "no such time zone; one is America/Chicago")?;
        // The name as the database of time zones has it.
        Ok(Self(known.iana_name().unwrap_or(text).to_owned()))
    }
}

struct Language(String);

impl FromStr for Language {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let first = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && is_letters(part));
        if first
            && parts
                .all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            Ok(Self(text.to_owned()))
        } else {
            Err("a language is a BCP 47 tag, such as en or es-MX")
        }
    }
}

fn is_letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

struct Website(Site);

impl FromStr for Website {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Site::named(text).map(Self).map_err(|_| {
            "it begins with http:// or https:// and ends after the name (and port), such as https://portal.example.org".to_owned()
        })
    }
}

/// A colour in which words on white, and white words on it, can be read.
struct Accent(Colour);

impl FromStr for Accent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let colour: Colour =
            text.parse().map_err(|error: portal_host::lent::NotAColour| error.to_string())?;
        if colour.is_readable() {
            return Ok(Self(colour));
        }
        let (contrast, least) = (colour.contrast_with(Colour::WHITE), Colour::LEAST_CONTRAST);
        Err(format!("its contrast with white is {contrast:.1}, and words need {least}: choose a darker one"))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use std::path::Path;

    const HILLSIDE: &str = "[[practice]]\nkey = \"hillside\"\nname = \"Hillside Pediatrics\"\nphone = \"(555) 010-0142\"\n\
        portal-url = \"https://portal.hillside.example\"\nehr-url = \"https://ehr.hillside.example\"\n\
        time-zone = \"America/Denver\"\nlanguages = [\"en\", \"es-MX\"]\n";

    fn read(text: &str) -> Result<Config, String> {
        Config::of(Path::new("portal.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn practices_are_read_each_with_its_own() {
        let lakeside =
            HILLSIDE.replace("illside", "arbor").replace("languages", "accent = \"#0b5d66\"\nlanguages");
        let practices = read(&format!("ehr = \"0.0.0.0:80\"\n{HILLSIDE}{lakeside}")).unwrap().practices;

        let [hillside, harbor] = practices.as_slice() else { panic!("{practices:?}") };
        assert_eq!((hillside.id.as_str(), harbor.id.as_str()), ("hillside", "harbor"));
        assert_eq!(hillside.details.languages, ["en", "es-MX"]);
        assert_eq!(hillside.website.hosts(), ["portal.hillside.example"]);
        assert_eq!(hillside.details.accent, None);
        assert_eq!(harbor.details.accent.unwrap().to_string(), "#0b5d66");
    }

    #[test]
    fn what_is_wrong_with_a_practice_is_told_with_its_line() {
        let with = |old: &str, new: &str| {
            assert!(HILLSIDE.contains(old), "{old}");
            HILLSIDE.replace(old, new)
        };
        for (text, line, said) in [
            (with("name = \"Hillside Pediatrics\"\n", ""), 1, "a practice needs the key name"),
            (with("\"hillside\"", "\"Hill side\""), 2, "key: a practice's key is up to 64"),
            (with("Hillside Pediatrics", " "), 3, "name: it is empty"),
            (
                with("https://portal.hillside.example", "portal.hillside.example"),
                5,
                "portal-url: it begins with http",
            ),
            (with("America/Denver", "Denver"), 7, "time-zone: no such time zone"),
            (with("es-MX", "Spanish_"), 8, "languages: a language is"),
            (with("[\"en\", \"es-MX\"]", "[]"), 8, "languages takes a list of one or more"),
            (with("languages = [\"en\", \"es-MX\"]\n", ""), 1, "languages: a practice serves at least one"),
            (
                with("languages", "accent = \"#ffcc00\"\nlanguages"),
                8,
                "accent: its contrast with white is 1.5",
            ),
            (
                with("languages", "helpdesk-url = \"javascript:alert(1)\"\nlanguages"),
                8,
                "helpdesk-url: neither an http",
            ),
            (
                with("languages", "crest = \"x\"\nlanguages"),
                8,
                "there is no key crest; there are languages, ",
            ),
            (with("languages", "logo = \"no.svg\"\nlanguages"), 1, "logo: no.svg cannot be read"),
            (with("portal.hillside", "ehr.hillside"), 1, "portal-url and ehr-url: they are the same"),
            (format!("{HILLSIDE}{HILLSIDE}"), 9, "key: another practice has the same"),
            (
                format!("{HILLSIDE}{}", with("\"hillside\"", "\"other\"")),
                9,
                "portal-url and ehr-url: hillside is",
            ),
            (
                format!(
                    "{HILLSIDE}{}",
                    with("\"hillside\"", "\"other\"").replace(".example\"", ".example:8443\"")
                ),
                9,
                "portal-url and ehr-url: hillside is",
            ),
            ("practice = 5".to_owned(), 1, "practice takes tables"),
        ] {
            let error = read(&text).unwrap_err();
            assert!(error.starts_with(&format!("portal.toml, line {line}: {said}")), "{text}: {error}");
        }
    }
}
