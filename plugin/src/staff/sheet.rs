//! The printed instructions: what a patient takes home. The date of birth is never on them.

use super::view::{Block, Document, Fact};
use crate::ehr::Ehr;
use crate::patient::routes::CONFIRMATION;
use crate::people::Patient;
use crate::rules::account::{Account, Standing, standing};
use crate::words::{self, dates, labels, sheet};

/// The sheet of this patient; none unless there is a Portal ID that works.
pub(super) fn instructions(ehr: &dyn Ehr, patient: &Patient, account: Option<&Account>) -> Option<Document> {
    let invitation = match standing(account, ehr.now()) {
        Standing::Invited(invitation) => invitation,
        Standing::NotInvited | Standing::Expired(_) | Standing::Active(_) | Standing::Off => return None,
    };
    let practice = ehr.practice();
    let facts = vec![
        Fact::text(sheet::WEBSITE, practice.portal_url.clone()),
        Fact::code(labels::PORTAL_ID, invitation.portal_id.grouped()),
        Fact::text(sheet::WORKS_UNTIL, dates::long(ehr.local_time(invitation.expires))),
    ];
    let blocks = vec![
        Block::Heading(practice.name.clone()),
        Block::Text(sheet::greeting(&patient.name)),
        Block::Facts(facts),
        Block::Steps(sheet::steps(patient, &practice)),
        Block::Text(sheet::SCAN.to_owned()),
        Block::QrCode(practice.address_of(CONFIRMATION)),
        Block::Text(sheet::help(&practice)),
        Block::Text(sheet::KEEP_SAFE.to_owned()),
    ];
    Some(Document { title: sheet::TITLE, language: words::LANGUAGE, blocks })
}
