//! A document that a plugin's tab offers, drawn as a sheet to read and print.

use super::tab::tab_href;
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Keys, draw_page, go_to};
use crate::ehr::patient_details::qr;
use crate::ehr::refusal::Refusal;
use crate::ehr::words::patients;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use portal_host::TabError;
use portal_host::identity::PatientId;
use portal_host::lent::Sites;
use portal_host::tab::{Block, Document, Fact, Notice, Tone, Value};
use unic_langid::{CharacterDirection, LanguageIdentifier};

/// `GET /patients/{key}/tabs/{tab}/documents/{document}`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys((key, tab, document)): Keys<(String, String, String)>,
) -> Result<Response, Refusal> {
    super::tab::is_the_portals(&ehr, &tab)?;
    let patient = PatientId::new(key);
    let back = tab_href(&patient, &tab);
    match ehr.portal.open(&ehr.practice, &staff.viewer(), &patient, &document).await {
        Ok(document) => {
            let logo = logo_version(&ehr).await;
            draw_page(&DocumentPage { sheet: Sheet::of(document, logo)?, back })
        }
        // An old page may offer what is gone: the tab says how it stands now.
        Err(TabError::NotOffered) => {
            let text = patients::NOT_PRINTED.to_owned();
            staff.leave_notice(&ehr, Notice { tone: Tone::Warning, text }).await?;
            Ok(go_to(&back))
        }
        Err(TabError::ModuleOff) => Ok(go_to(&back)),
        Err(
            error @ (TabError::Forbidden
            | TabError::NoSuchPatient
            | TabError::Invalid { .. }
            | TabError::Unavailable { .. }
            | TabError::Failed(_)),
        ) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    sheet: Sheet,
    back: String,
}

/// A document, ready to be put on paper.
pub(in crate::ehr) struct Sheet {
    pub(in crate::ehr) title: String,
    pub(in crate::ehr) language: String,
    pub(in crate::ehr) direction: &'static str,
    pub(in crate::ehr) blocks: Vec<Drawn>,
    /// Changes with the practice's logo; none where it has none.
    pub(in crate::ehr) logo: Option<u32>,
}

/// A block, ready to be put on paper.
pub(in crate::ehr) enum Drawn {
    Heading(String),
    Text(String),
    Steps(Vec<String>),
    Facts(Vec<Fact>),
    QrCode(String),
}

impl Sheet {
    pub(in crate::ehr) fn of(document: Document, logo: Option<u32>) -> Result<Self, Refusal> {
        let blocks = document.blocks.into_iter().map(drawn).collect::<Result<_, _>>()?;
        let direction = direction(&document.language);
        Ok(Self { title: document.title, language: document.language, direction, blocks, logo })
    }
}

/// The version of the practice's logo. A sheet without it is as good as one with it.
pub(in crate::ehr) async fn logo_version(ehr: &EhrState) -> Option<u32> {
    let profile = ehr.database.profile(&ehr.practice).await.ok()?;
    profile.logo.map(|logo| logo.version())
}

fn drawn(block: Block) -> Result<Drawn, Refusal> {
    Ok(match block {
        Block::Heading(text) => Drawn::Heading(text),
        Block::Text(text) => Drawn::Text(text),
        Block::Steps(steps) => Drawn::Steps(steps),
        Block::Facts(facts) => Drawn::Facts(facts),
        Block::QrCode(text) => Drawn::QrCode(qr::svg(&text)?),
    })
}

/// The direction that a language is written in, by its tag, or by the first part of a tag that says more than that.
/// What is no language is read like English.
fn direction(tag: &str) -> &'static str {
    let primary = tag.split('-').next().unwrap_or_default();
    let language = [tag, primary].into_iter().find_map(|tag| tag.parse::<LanguageIdentifier>().ok());
    match language.map(|language| language.character_direction()) {
        Some(CharacterDirection::RTL) => "rtl",
        Some(CharacterDirection::LTR | CharacterDirection::TTB) | None => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As long as the portal's own sheet.
    fn instructions() -> Document {
        let fact = |label: &str, value| Fact { label: label.into(), value };
        let steps = [
            "On a phone or computer, go to http://127.0.0.1:8081",
            "Choose “Activate Account”. A page named “User Confirmation” opens.",
            "Patient Portal ID: type the 6 digits from this sheet.",
            "First initial of your first name: type the first letter of your first name.",
            "First initial of your last name: type the first letter of your last name.",
            "Date of birth: type the month, the day and the year like this: MM/DD/YYYY.",
            "Press “Confirm”.",
            "Make up a username and a password. The password needs at least 15 characters. Type it once \
             more under “Password again”.",
            "Press “Save”. That is all. Now you can log in: type your username and password and press \
             “Log in”.",
        ];
        Document {
            title: "Your patient portal".into(),
            language: "en-US".into(),
            blocks: vec![
                Block::Heading("Willow Creek Clinic".into()),
                Block::Text("For Sean O'Brien <patient>".into()),
                Block::Facts(vec![
                    fact("Website", Value::Text("http://127.0.0.1:8081".into())),
                    fact("Patient Portal ID", Value::Code("482 913".into())),
                    fact("Works until", Value::Text("Sunday, November 29, 2026, 3:04 PM".into())),
                ]),
                Block::Steps(steps.map(str::to_owned).into()),
                Block::Text("With a phone you can scan this code instead of typing the address.".into()),
                Block::QrCode("http://127.0.0.1:8081/confirm#3q2-7wABAgMEBQYHCAkKCw".into()),
                Block::Text("Need help? Call Willow Creek Clinic at (555) 010-0199.".into()),
                Block::Text("Keep this sheet safe. The ID works only once.".into()),
            ],
        }
    }

    #[test]
    fn a_document_is_drawn_block_by_block() {
        let back = "/patients/7/tabs/portal".into();
        let page = DocumentPage { sheet: Sheet::of(instructions(), None).unwrap(), back };

        insta::assert_snapshot!(page.render().unwrap());
    }

    #[test]
    fn a_document_in_another_language_says_so() {
        let document = Document { language: "ar".into(), ..instructions() };

        let page =
            DocumentPage { sheet: Sheet::of(document, Some(7)).unwrap(), back: "/".into() }.render().unwrap();

        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
        assert!(page.contains("<img class=\"logo\" src=\"/assets/logo.svg?v=7\" alt=\"\">"), "{page}");
        let from_the_right = ["dv", "he", "ps-AF", "ug", "ur", "yi", "ar-u-nu-latn", "pa-Arab"];
        assert!(from_the_right.iter().all(|tag| direction(tag) == "rtl"));
        assert!(["en", "zh-Hant", "pa", "az", "", "no language"].iter().all(|tag| direction(tag) == "ltr"));
    }
}
