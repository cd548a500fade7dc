//! The printed instructions: what a patient takes home. The date of birth is never on them.

use super::view::{Block, Document, Fact};
use super::viewer::Viewer;
use crate::audit::{Deed, Event};
use crate::ehr::{Ehr, Unavailable};
use crate::patient::routes::CONFIRMATION;
use crate::people::Patient;
use crate::practice::Practice;
use crate::randomness::HostRng;
use crate::rules::account::{Account, Invitation, Standing, standing};
use crate::rules::session::Session;
use crate::rules::token::Token;
use crate::words::Language;

/// Prints the sheet of this patient, on record; none unless there is a Portal ID that works.
///
/// Every print has a QR code of its own, which stands for the Portal ID: only its hash is stored, so
/// that it cannot be printed a second time by anyone.
pub(super) fn print(
    ehr: &dyn Ehr,
    viewer: &Viewer,
    patient: &Patient,
    account: &Account,
) -> Result<Option<Document>, Unavailable> {
    let now = ehr.now();
    let invitation = match standing(Some(account), now) {
        Standing::Invited(invitation) => invitation,
        Standing::NotInvited
        | Standing::Expired
        | Standing::Burnt(_)
        | Standing::Active(_)
        | Standing::Off(_) => return Ok(None),
    };
    let code = Token::draw(&mut HostRng::new(ehr));
    let event = Event::by_staff(&viewer.id, &patient.id, Deed::InstructionsPrinted);
    ehr.open_session(&code.hash(), &Session::on_sheet(account, invitation, now), &event)?;
    Ok(Some(instructions(ehr, patient, invitation, &code)))
}

/// With a telephone number that no line of the paper ends within.
fn unbroken(practice: Practice) -> Practice {
    Practice { phone: practice.phone.replace(' ', "\u{a0}").replace('-', "\u{2011}"), ..practice }
}

fn instructions(ehr: &dyn Ehr, patient: &Patient, invitation: &Invitation, code: &Token) -> Document {
    let practice = unbroken(ehr.practice());
    let language = Language::on_file(patient.language.as_deref(), &practice);
    let words = language.sheet();
    let facts = vec![
        Fact::text(words.website(), practice.portal_url.clone()),
        Fact::code(language.labels().portal_id(), invitation.portal_id.grouped()),
        Fact::text(words.works_until(), language.long_moment(ehr.local_time(invitation.expires))),
    ];
    let blocks = vec![
        Block::Heading(practice.name.clone()),
        Block::Text(words.greeting(patient.name.written())),
        Block::Facts(facts),
        Block::Steps(language.steps(patient, &practice, ehr.is_second_factor_required())),
        // Behind the number sign, so that it reaches neither a server's log nor another website.
        Block::QrCode(format!("{}#{}", practice.address_of(CONFIRMATION), code.text())),
        Block::Text(words.scan().to_owned()),
        Block::Text(words.help(&practice)),
        Block::Text(words.keep_safe().to_owned()),
    ];
    Document { title: words.title(), language: language.tag(), blocks }
}
