//! The one print job of a list: a page for each patient, sent as it is drawn, so that ten thousand take no
//! more memory than a few.

use super::{batch, counted, href, name};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Keys, go_to};
use crate::ehr::patient_details::document::{Drawn, Sheet, logo_version};
use crate::ehr::refusal::Refusal;
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http::header::CONTENT_TYPE;
use portal_host::batch::MOST_AT_ONCE;
use portal_host::identity::PatientId;
use portal_host::tab::{Document, Value};
use portal_host::{Chain, TabError};
use sandbox_db::{BatchNumber, BatchOutcome, BatchState};
use std::convert::Infallible;
use std::time::Duration;

/// How often the portal is asked again where it cannot answer for the moment.
const TRIES: u32 = 5;
/// Longest wait before it is asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What the page ends with where not even its end can be drawn: without it nobody could tell that sheets may be
/// missing.
const END_IN_PLAIN_WORDS: &str =
    "<p>Something went wrong: sheets may be missing. Load the page anew to get all of them.</p>";

/// `GET /invitations/{number}/sheets`: each sheet sent is put on record.
pub(in crate::ehr) async fn print(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(number): Keys<u64>,
) -> Result<Response, Refusal> {
    let batch = batch(&ehr, number).await?;
    let back = href(batch.number);
    if batch.state.has_work() || batch.state == BatchState::Proposed || ehr.portal.batches().is_none() {
        return Ok(go_to(&back));
    }
    let title = format!("Patient Portal Instructions, {}", name(batch.number));
    let head = Head { title, back }.render()?;
    let job = Job { ehr, staff, number: batch.number, at: Place::Head(head), printed: 0, done_with: 0 };
    let pages = stream::unfold(job, Job::next);
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], Body::from_stream(pages)).into_response())
}

/// A print job under way.
struct Job {
    ehr: EhrState,
    staff: SignedIn,
    number: BatchNumber,
    at: Place,
    /// Sheets sent.
    printed: u64,
    /// Patients invited by the list who do not need one any more.
    done_with: u64,
}

/// What is sent next.
enum Place {
    Head(String),
    /// The sheets of those after this place on the list.
    Sheets(Option<u64>),
    Over,
}

impl Job {
    /// The next part of the page, and what is left to do; none at its end.
    async fn next(mut self) -> Option<(Result<String, Infallible>, Self)> {
        let part = match std::mem::replace(&mut self.at, Place::Over) {
            Place::Head(head) => {
                self.at = Place::Sheets(None);
                head
            }
            Place::Sheets(after) => match self.sheets(after).await {
                Ok(part) => part,
                Err(refusal) => {
                    tracing::error!(cause = %Chain(&refusal), "a print job broke off");
                    self.foot(true)
                }
            },
            Place::Over => return None,
        };
        Some((Ok(part), self))
    }

    /// The sheets of the next few patients, or the end of the page where there are no more.
    async fn sheets(&mut self, after: Option<u64>) -> Result<String, Refusal> {
        let (database, practice) = (&self.ehr.database, &self.ehr.practice);
        let listed = database
            .batch_patients(practice, self.number, &BatchOutcome::Invited, after, MOST_AT_ONCE.into())
            .await?;
        let Some(last) = listed.last() else { return Ok(self.foot(false)) };
        let next = last.position;
        let patients: Vec<_> = listed.into_iter().map(|listed| listed.patient).collect();
        let mut part = String::new();
        let logo = logo_version(&self.ehr).await;
        for document in self.documents(&patients).await? {
            match document {
                Some(document) => {
                    part.push_str(&OneSheet { sheet: Sheet::of(document, logo)? }.render()?);
                    self.printed = self.printed.saturating_add(1);
                }
                None => self.done_with = self.done_with.saturating_add(1),
            }
        }
        self.at = Place::Sheets(Some(next));
        Ok(part)
    }

    /// Asks the portal, with the rights that hold now: the job may be long.
    async fn documents(&self, patients: &[PatientId]) -> Result<Vec<Option<Document>>, Refusal> {
        let batches = self.ehr.portal.batches().ok_or(Refusal::NotFound)?;
        let mut tries = 0;
        loop {
            let viewer = self.staff.viewer_now(&self.ehr).await?.ok_or(Refusal::Forbidden)?;
            match batches.sheets(&self.ehr.practice, &viewer, patients).await {
                Ok(documents) => return Ok(documents),
                Err(TabError::Unavailable { retry_after }) if tries < TRIES => {
                    tries = tries.saturating_add(1);
                    tokio::time::sleep(retry_after.min(LONGEST_WAIT)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn foot(&self, broke_off: bool) -> String {
        let done_with = (self.done_with > 0).then(|| counted(self.done_with, "patient", "patients"));
        let foot = Foot { printed: counted(self.printed, "sheet", "sheets"), done_with, broke_off };
        foot.render().unwrap_or_else(|error| {
            tracing::error!(%error, "the end of a print job could not be drawn");
            END_IN_PLAIN_WORDS.to_owned()
        })
    }
}

#[derive(Template)]
#[template(path = "sheets_head.html")]
struct Head {
    title: String,
    back: String,
}

#[derive(Template)]
#[template(path = "sheets_one.html")]
struct OneSheet {
    sheet: Sheet,
}

#[derive(Template)]
#[template(path = "sheets_foot.html")]
struct Foot {
    printed: String,
    done_with: Option<String>,
    broke_off: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_host::tab::{Block, Fact};

    /// The whole print job of two patients, with this end.
    fn drawn(foot: &Foot) -> String {
        let number = BatchNumber(7);
        let head = Head { title: "Patient Portal Instructions, List 7".into(), back: href(number) };
        let mut page = head.render().unwrap();
        for code in ["482 913", "105 577"] {
            let fact = Fact { label: "Your Portal ID".into(), value: Value::Code(code.into()) };
            let language = "en".to_owned();
            let document =
                Document { title: "Welcome".into(), language, blocks: vec![Block::Facts(vec![fact])] };
            page.push_str(&OneSheet { sheet: Sheet::of(document, None).unwrap() }.render().unwrap());
        }
        page.push_str(&foot.render().unwrap());
        page
    }

    #[test]
    fn a_print_job_however_it_ends() {
        let printed = || "2 sheets".to_owned();
        for (name, done_with, broke_off) in [
            ("print_whole", None, false),
            ("print_some_need_none", Some("1 patient".to_owned()), false),
            ("print_broke_off", None, true),
        ] {
            insta::assert_snapshot!(name, drawn(&Foot { printed: printed(), done_with, broke_off }));
        }
    }
}
