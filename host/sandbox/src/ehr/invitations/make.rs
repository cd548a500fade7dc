//! Making a list: from an uploaded or pasted list of chart numbers, from the patients ticked on the patient
//! list, or from everyone its search finds. Nobody is invited by it: the list's own page asks first.

use super::{HREF, Offer, TITLE, closed, counted, grouped, href, keys, moment, name, offer, place};
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::limits::MOST_LISTED;
use crate::ehr::page::{Announce, Frame, draw_page, go_to};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::invitations;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal_host::identity::PatientId;
use portal_host::tab::{Notice, Tone};
use sandbox_db::{Batch, BatchNumber, BatchState, Menu, Wanted};
use std::collections::HashSet;

/// Lists shown at a time, newest first.
const LISTS: u16 = 50;
/// The query of the page with the lists before one.
const BEFORE: &str = "before";
/// Patients read at a time when a list is made of a search.
const READ_AT_ONCE: u16 = 500;

/// `GET /invitations`
pub(in crate::ehr) async fn ask(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let before = place(query.as_deref(), BEFORE).map(BatchNumber);
    draw(&ehr, &staff, before, None).await
}

/// `POST /invitations`: a file or pasted chart numbers.
pub(in crate::ehr) async fn from_numbers(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let pasted = form.every("numbers").next().unwrap_or_default();
    let wanted = keys::read(form.file().unwrap_or(pasted.as_bytes()));
    if wanted == Wanted::default() {
        let problem = invitations::NOTHING_GIVEN;
        let page = draw(&ehr, &staff, None, Some(problem)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    propose(&ehr, &staff, wanted).await
}

/// `POST /invitations/chosen`: those ticked on the patient list, or everyone its search finds.
pub(in crate::ehr) async fn from_the_patient_list(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    form: Form,
) -> Result<Response, Refusal> {
    let Chosen { patients, are_all } = match form.required("who")? {
        "ticked" => Chosen { patients: form.every("patient").map(PatientId::new).collect(), are_all: true },
        "found" => everyone_found(&ehr, &staff).await?,
        _ => return Err(Refusal::MissingField("who")),
    };
    let mut seen = HashSet::new();
    let patients = patients.into_iter().filter(|patient| seen.insert(patient.clone()));
    let patients: Vec<_> = patients.map(|patient| (None, patient)).collect();
    if patients.is_empty() {
        let text = invitations::NOBODY_CHOSEN.to_owned();
        staff.leave_notice(&ehr, warning(text)).await?;
        return Ok(go_to("/patients"));
    }
    if !are_all {
        let most = grouped(MOST_LISTED as u64);
        staff.leave_notice(&ehr, warning(invitations::more_than_fit(&most))).await?;
    }
    propose(&ehr, &staff, Wanted { patients, faults: Vec::new() }).await
}

fn warning(text: String) -> Notice {
    Notice { tone: Tone::Warning, text }
}

/// Who is to be on a list.
struct Chosen {
    patients: Vec<PatientId>,
    /// Whether a list has room for everyone there was.
    are_all: bool,
}

/// Everyone the session's search finds, in the order of the patient list, as many as a list may have.
async fn everyone_found(ehr: &EhrState, staff: &SignedIn) -> Result<Chosen, Refusal> {
    let search = ehr.database.kept_search(&ehr.practice, staff.token_hash()).await?;
    let (mut found, mut from) = (Vec::new(), None);
    loop {
        let page = ehr.database.search_patients(&ehr.practice, &search, from.as_ref(), READ_AT_ONCE).await?;
        found.extend(page.patients.into_iter().map(|patient| patient.id));
        from = page.next;
        if from.is_none() || found.len() >= MOST_LISTED {
            let are_all = from.is_none() && found.len() <= MOST_LISTED;
            found.truncate(MOST_LISTED);
            return Ok(Chosen { patients: found, are_all });
        }
    }
}

async fn propose(ehr: &EhrState, staff: &SignedIn, wanted: Wanted) -> Result<Response, Refusal> {
    if let Some(notice) = offer(ehr, staff).await?.notice() {
        return closed(ehr, staff, notice).await;
    }
    let number = ehr.database.propose_batch(&ehr.practice, wanted, &staff.by(), ehr.clock.now()).await?;
    Ok(go_to(&href(number)))
}

/// Draws the page, with the lists before one and with what was wrong with what was sent to it.
async fn draw(
    ehr: &EhrState,
    staff: &SignedIn,
    before: Option<BatchNumber>,
    problem: Option<&'static str>,
) -> Result<Response, Refusal> {
    let offer = offer(ehr, staff).await?;
    let mut batches = ehr.database.batches(&ehr.practice, before, LISTS.saturating_add(1)).await?;
    let has_more = batches.len() > usize::from(LISTS);
    batches.truncate(LISTS.into());
    let last = batches.last().filter(|_| has_more);
    let earlier = last.map(|last| format!("{HREF}?{BEFORE}={}", last.number.0));
    let mut lists = Vec::new();
    for batch in &batches {
        lists.push(Row::of(batch, moment(ehr, batch.created).await?));
    }
    let newest = before.map(|_| HREF);
    let frame = staff.frame(ehr, Some(Menu::Patients)).await?;
    draw_page(&MakePage { lists, newest, earlier, ..MakePage::of(frame, &offer, problem) })
}

#[derive(Template)]
#[template(path = "invitations.html")]
struct MakePage {
    frame: Frame,
    title: &'static str,
    action: &'static str,
    is_open: bool,
    notice: Option<Notice>,
    problem: Option<&'static str>,
    most: String,
    lists: Vec<Row>,
    /// Where the newest lists are, from earlier ones.
    newest: Option<&'static str>,
    /// Where the lists before these are.
    earlier: Option<String>,
}

impl MakePage {
    /// The page before there are lists.
    fn of(frame: Frame, offer: &Offer, problem: Option<&'static str>) -> Self {
        Self {
            frame,
            title: TITLE,
            action: HREF,
            is_open: matches!(offer, Offer::Open),
            notice: offer.notice(),
            problem,
            most: grouped(MOST_LISTED as u64),
            lists: Vec::new(),
            newest: None,
            earlier: None,
        }
    }
}

struct Row {
    name: String,
    href: String,
    patients: String,
    state: String,
    by: String,
    made: String,
}

impl Row {
    fn of(batch: &Batch, made: String) -> Self {
        Self {
            name: name(batch.number),
            href: href(batch.number),
            patients: counted(batch.total, "patient", "patients"),
            state: match batch.state {
                BatchState::Running { .. } => format!("{} of {}", grouped(batch.done), grouped(batch.total)),
                BatchState::Proposed
                | BatchState::Discarded { .. }
                | BatchState::Done { .. }
                | BatchState::Cancelled { .. }
                | BatchState::Stopped { .. } => batch.state.label().to_owned(),
            },
            by: batch.staff_name.clone(),
            made,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::frame;
    use super::*;
    use portal_host::identity::Timestamp;

    const AT: Timestamp = Timestamp(1_795_359_600);

    fn row(number: u64, state: BatchState) -> Row {
        let (number, staff_name) = (BatchNumber(number), "Fran Desk".to_owned());
        let batch = Batch { number, state, staff_name, created: AT, total: 3_120, done: 2_020 };
        Row::of(&batch, "11/22/2026 3:00 PM".into())
    }

    #[test]
    fn the_page_where_lists_are_made_in_every_state() {
        let problem = Some(invitations::NOTHING_GIVEN);
        for (name, offer, problem) in [
            ("make_first", Offer::Open, None),
            ("make_nothing_sent", Offer::Open, problem),
            ("make_module_off", Offer::ModuleOff, None),
            ("make_old_portal", Offer::NotInThisVersion, None),
        ] {
            insta::assert_snapshot!(name, MakePage::of(frame(), &offer, problem).render().unwrap());
        }
    }

    #[test]
    fn the_lists_there_were_in_every_state() {
        let why = "Fran Desk no longer has the right to the Patient Portal.".to_owned();
        let (started, ended) = (AT, AT);
        let lists = vec![
            row(17, BatchState::Proposed),
            row(16, BatchState::Running { started }),
            row(15, BatchState::Discarded { ended }),
            row(14, BatchState::Done { started, ended }),
            row(13, BatchState::Cancelled { started, ended, is_under_way: true }),
            row(12, BatchState::Cancelled { started, ended, is_under_way: false }),
            row(11, BatchState::Stopped { started, ended, why }),
        ];
        let page = MakePage {
            lists,
            newest: Some(HREF),
            earlier: Some(format!("{HREF}?{BEFORE}=11")),
            ..MakePage::of(frame(), &Offer::Open, None)
        };
        insta::assert_snapshot!("make_lists", page.render().unwrap());
    }
}
