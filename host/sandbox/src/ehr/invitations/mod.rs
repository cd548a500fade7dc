//! Inviting many patients in one go: a list is made ([`make`]), looked at and followed ([`show`]), started and
//! cancelled ([`steps`]), and printed ([`sheets`]). The work itself is done beside the screens, in
//! `crate::inviting`; whom to invite is the portal's to say.

pub(super) mod keys;
pub(super) mod make;
pub(super) mod patients;
pub(super) mod sheets;
pub(super) mod show;
pub(super) mod steps;

use super::EhrState;
use super::guard::SignedIn;
use super::page::{Announce, Frame, draw_page};
use super::patient_details::on_file;
use super::refusal::{Refusal, unless_off};
use crate::ehr::words::invitations;
use askama::Template;
use axum::response::Response;
use portal_host::identity::Timestamp;
use portal_host::lent::{LocalTime, Sites};
use portal_host::tab::{Notice, Tone};
use sandbox_db::{Batch, BatchNumber, Menu};
use std::time::Duration;
use tokio::time::timeout;

/// What its pages call it.
const TITLE: &str = "Invite many patients";
/// Where lists are made.
pub(super) const HREF: &str = "/invitations";

/// Where a list is.
fn href(number: BatchNumber) -> String {
    format!("{HREF}/{}", number.0)
}

/// What staff call a list, at the beginning of a line.
fn name(number: BatchNumber) -> String {
    format!("List {}", number.0)
}

/// The list of this number, or 404.
async fn batch(ehr: &EhrState, number: u64) -> Result<Batch, Refusal> {
    ehr.database.batch(&ehr.practice, BatchNumber(number)).await?.ok_or(Refusal::NotFound)
}

/// Whether this member of staff may invite many here and now.
enum Offer {
    /// Yes.
    Open,
    /// The loaded portal is of a version that cannot.
    NotInThisVersion,
    /// The practice does not have the module.
    ModuleOff,
}

/// Asks the portal, whose rule it is, whether this member of staff may invite.
async fn offer(ehr: &EhrState, staff: &SignedIn) -> Result<Offer, Refusal> {
    let Some(batches) = ehr.portal.batches() else { return Ok(Offer::NotInThisVersion) };
    let asked = batches.invite(&ehr.practice, &staff.viewer(), "a list to come", &[]).await;
    Ok(if unless_off(asked)?.is_some() { Offer::Open } else { Offer::ModuleOff })
}

/// How long the patient list waits for the portal, which has the last word anyway once something is tried.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the patient list offers of all this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OnTheList {
    /// The way to the lists, or to why there can be none.
    pub(super) way: bool,
    /// Choosing patients for one.
    pub(super) choice: bool,
}

/// What the patient list offers this member of staff. It is there whether the portal answers or not.
pub(super) async fn on_the_patient_list(ehr: &EhrState, staff: &SignedIn) -> OnTheList {
    if !staff.holds(&ehr.portal.tab().requires) {
        return OnTheList { way: false, choice: false };
    }
    match timeout(PATIENCE, offer(ehr, staff)).await {
        Ok(Ok(Offer::Open)) | Err(_) => OnTheList { way: true, choice: true },
        Ok(Ok(Offer::NotInThisVersion | Offer::ModuleOff)) => OnTheList { way: true, choice: false },
        Ok(Err(_)) => OnTheList { way: false, choice: false },
    }
}

impl Offer {
    /// Why not, in words.
    fn notice(&self) -> Option<Notice> {
        let text = match self {
            Self::Open => return None,
            Self::NotInThisVersion => invitations::NOT_IN_THIS_VERSION,
            Self::ModuleOff => invitations::MODULE_OFF,
        };
        Some(Notice { tone: Tone::Warning, text: text.to_owned() })
    }
}

/// A page that says no more than why it cannot be done.
#[derive(Template)]
#[template(path = "invitations_closed.html")]
struct ClosedPage {
    frame: Frame,
    title: &'static str,
    notice: Notice,
}

async fn closed(ehr: &EhrState, staff: &SignedIn, notice: Notice) -> Result<Response, Refusal> {
    let frame = staff.frame(ehr, Some(Menu::Patients)).await?;
    draw_page(&ClosedPage { frame, title: TITLE, notice })
}

/// A moment as the practice's clock shows it.
async fn moment(ehr: &EhrState, at: Timestamp) -> Result<String, Refusal> {
    Ok(written(ehr.database.local_time(&ehr.practice, at).await?))
}

fn written(LocalTime { date, hour, minute }: LocalTime) -> String {
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{} {hour}:{minute:02} {half}", on_file::date(date))
}

/// A count as people write it: 10,000.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count with what is counted: 1 patient, 2 patients.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// The number after `key=` where that is all of the query: a place in something shown page by page. What is
/// not well-formed points at its beginning.
fn place(query: Option<&str>, key: &str) -> Option<u64> {
    query?.strip_prefix(key)?.strip_prefix('=')?.parse().ok()
}

/// What the pages drawn in tests stand in.
#[cfg(test)]
mod testing {
    use crate::ehr::page::{Frame, Link};

    pub(super) fn frame() -> Frame {
        let patients = Link { label: "Patients".into(), href: "/patients".into(), current: true };
        Frame {
            staff_name: "Fran Desk".into(),
            practice: "Lakeside Family Practice".into(),
            menu: vec![patients],
            notice: None,
            form_token: "f00d".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::frame;
    use super::*;
    use portal_host::identity::Date;

    #[test]
    fn a_place_is_a_number_and_all_there_is() {
        assert_eq!(place(Some("after=12"), "after"), Some(12));
        for query in [None, Some(""), Some("after="), Some("after=-1"), Some("after=1&x=2"), Some("before=1")]
        {
            assert_eq!(place(query, "after"), None, "{query:?}");
        }
    }

    #[test]
    fn the_page_that_says_why_nobody_can_be_invited() {
        for (name, offer) in
            [("closed_module_off", Offer::ModuleOff), ("closed_old_portal", Offer::NotInThisVersion)]
        {
            let page = ClosedPage { frame: frame(), title: TITLE, notice: offer.notice().unwrap() };
            insta::assert_snapshot!(name, page.render().unwrap());
        }
    }

    #[test]
    fn counts_are_written_as_people_write_them() {
        let written = [0, 999, 1_000, 10_000, 1_234_567].map(grouped);
        assert_eq!(written, ["0", "999", "1,000", "10,000", "1,234,567"]);
        assert_eq!(counted(1, "patient", "patients"), "1 patient");
        assert_eq!(counted(3_120, "patient", "patients"), "3,120 patients");
    }

    #[test]
    fn moments_are_written_as_the_practice_writes_them() {
        let at =
            |hour, minute| written(LocalTime { date: Date { year: 2026, month: 7, day: 4 }, hour, minute });
        assert_eq!(at(0, 5), "07/04/2026 12:05 AM");
        assert_eq!(at(12, 0), "07/04/2026 12:00 PM");
        assert_eq!(at(15, 30), "07/04/2026 3:30 PM");
    }
}
