//! A list's own page: who would be invited and what was wrong with the rest, how far it is, and what came of
//! it. While a host works on it the page shows itself anew, without a script.

use super::{HREF, TITLE, batch, counted, grouped, href, moment, name};
use crate::ehr::EhrState;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::{Announce, Frame, Keys, draw_page, segment};
use crate::ehr::refusal::Refusal;
use crate::ehr::words::invitations;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::HeaderValue;
use http::header::REFRESH;
use portal_host::tab::{Fact, Notice, Tone, Value};
use sandbox_db::{Batch, BatchOutcome, BatchState, FaultyLine, Menu};

/// Faulty lines shown: a list with more of them is better mended than read.
const FAULTS_SHOWN: u16 = 500;
/// Seconds after which the page of a running list shows itself anew.
const REFRESHED_AFTER: HeaderValue = HeaderValue::from_static("2");
/// The query of the page that stays as it is.
const STILL: &str = "still";

/// `GET /invitations/{number}`
pub(in crate::ehr) async fn show(
    State(ehr): State<EhrState>,
    staff: SignedIn,
    Keys(number): Keys<u64>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let batch = batch(&ehr, number).await?;
    let is_still = query.as_deref() == Some(STILL);
    let moves = batch.state.has_work() && !is_still;
    let page = ListPage::of(&ehr, &staff, batch, is_still).await?;
    let mut response = draw_page(&page)?;
    if moves {
        response.headers_mut().insert(REFRESH, REFRESHED_AFTER);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "invitation_list.html")]
struct ListPage {
    frame: Frame,
    title: String,
    href: String,
    all: &'static str,
    /// What the page with all of them is called.
    all_title: &'static str,
    facts: Vec<Fact>,
    notice: Option<Notice>,
    stage: Stage,
    counts: Vec<Count>,
    faults: Vec<FaultyLine>,
    /// How many faulty lines there are beyond those shown.
    more_faults: Option<String>,
}

/// What the page is for at this moment.
enum Stage {
    /// Look, then start it.
    Proposed {
        /// What the button says; none where there is nobody to invite.
        start: Option<String>,
    },
    /// Watch it.
    Running {
        done: u64,
        total: u64,
        words: String,
        /// Whether the page stays as it is.
        is_still: bool,
        can_be_cancelled: bool,
    },
    /// Read what came of it, and print.
    Over {
        /// What the link says; none where there is nothing to print.
        print: Option<String>,
    },
}

impl Stage {
    /// What the counts are called.
    fn summary(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => "On the list",
            Self::Running { .. } => "So far",
            Self::Over { .. } => "Summary",
        }
    }
}

/// One line of the summary.
struct Count {
    label: String,
    patients: String,
    href: String,
}

impl ListPage {
    async fn of(ehr: &EhrState, staff: &SignedIn, batch: Batch, is_still: bool) -> Result<Self, Refusal> {
        let (practice, number) = (&ehr.practice, batch.number);
        let outcomes = ehr.database.batch_outcomes(practice, number).await?;
        let faults = ehr.database.faulty_lines(practice, number, FAULTS_SHOWN).await?;
        let all_faults = ehr.database.count_faulty_lines(practice, number).await?;
        let more = all_faults.saturating_sub(faults.len() as u64);
        let invited = outcomes.iter().find(|(outcome, _)| *outcome == BatchOutcome::Invited);
        let invited = invited.map_or(0, |(_, count)| *count);
        Ok(Self {
            title: name(number),
            href: href(number),
            all: HREF,
            all_title: TITLE,
            facts: facts(ehr, &batch, all_faults).await?,
            notice: notice(&batch),
            stage: stage(&batch, invited, is_still),
            counts: outcomes.iter().map(|(outcome, count)| Count::of(&batch, outcome, *count)).collect(),
            faults,
            more_faults: (more > 0).then(|| counted(more, "line more", "lines more")),
            frame: staff.frame(ehr, Some(Menu::Patients)).await?,
        })
    }
}

impl Count {
    fn of(batch: &Batch, outcome: &BatchOutcome, count: u64) -> Self {
        Self {
            label: label(outcome, &batch.state).to_owned(),
            patients: grouped(count),
            href: format!("{}/patients/{}", href(batch.number), segment(&key(outcome))),
        }
    }
}

/// What an outcome is called, on a list that stands so.
pub(super) fn label<'a>(outcome: &'a BatchOutcome, state: &BatchState) -> &'a str {
    match outcome {
        BatchOutcome::Open => match state {
            BatchState::Proposed => "On the list",
            BatchState::Running { .. } => "Not looked at yet",
            BatchState::Discarded { .. }
            | BatchState::Done { .. }
            | BatchState::Cancelled { .. }
            | BatchState::Stopped { .. } => "Not looked at",
        },
        BatchOutcome::Invited => "Invited",
        BatchOutcome::LeftOut { label, .. } => label,
    }
}

/// How an address names an outcome.
pub(super) fn key(outcome: &BatchOutcome) -> String {
    match outcome {
        BatchOutcome::Open => "open".to_owned(),
        BatchOutcome::Invited => "invited".to_owned(),
        BatchOutcome::LeftOut { reason, .. } => format!("left-out-{reason}"),
    }
}

async fn facts(ehr: &EhrState, batch: &Batch, faults: u64) -> Result<Vec<Fact>, Refusal> {
    let fact = |label: &str, text: String| Fact { label: label.to_owned(), value: Value::Text(text) };
    let mut facts = vec![fact("Patients on the list", grouped(batch.total))];
    if faults > 0 {
        facts.push(fact("Lines left out", grouped(faults)));
    }
    let by = |moment: String| format!("{moment}, by {}", batch.staff_name);
    match batch.state.started() {
        None => facts.push(fact("Made", by(moment(ehr, batch.created).await?))),
        Some(started) => facts.push(fact("Started", by(moment(ehr, started).await?))),
    }
    if let Some(ended) = batch.state.ended() {
        facts.push(fact(batch.state.label(), moment(ehr, ended).await?));
    }
    Ok(facts)
}

fn notice(batch: &Batch) -> Option<Notice> {
    let (tone, text) = match &batch.state {
        BatchState::Proposed | BatchState::Running { .. } => return None,
        BatchState::Done { .. } => (Tone::Success, invitations::LIST_DONE.to_owned()),
        BatchState::Discarded { .. } => (Tone::Info, invitations::LIST_DISCARDED.to_owned()),
        BatchState::Cancelled { .. } => (Tone::Info, invitations::LIST_CANCELLED.to_owned()),
        BatchState::Stopped { why, .. } => (Tone::Warning, invitations::list_stopped(why)),
    };
    Some(Notice { tone, text })
}

fn stage(batch: &Batch, invited: u64, is_still: bool) -> Stage {
    if batch.state == BatchState::Proposed {
        let start = format!("Invite {}", counted(batch.total, "patient", "patients"));
        return Stage::Proposed { start: (batch.total > 0).then_some(start) };
    }
    if batch.state.has_work() {
        let (done, total) = (batch.done, batch.total);
        let words = format!("{} of {}", grouped(done), grouped(total));
        let can_be_cancelled = batch.state.can_be_cancelled();
        return Stage::Running { done, total, words, is_still, can_be_cancelled };
    }
    let print = format!("Print {}", counted(invited, "sheet", "sheets"));
    Stage::Over { print: (invited > 0).then_some(print) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::frame;
    use super::*;
    use portal_host::identity::Timestamp;
    use sandbox_db::{BatchNumber, LineFault};

    const STARTED: Timestamp = Timestamp(1_795_359_600);
    const ENDED: Timestamp = Timestamp(1_795_360_000);

    /// The page of a list that stands so, of which so many patients were looked at.
    fn drawn(state: BatchState, done: u64, outcomes: &[(BatchOutcome, u64)], is_still: bool) -> String {
        let staff_name = "Fran Desk".to_owned();
        let batch = Batch { number: BatchNumber(7), state, staff_name, created: STARTED, total: 3_120, done };
        let total = Fact { label: "Patients on the list".into(), value: Value::Text("3,120".into()) };
        let faults = vec![FaultyLine { line: 4, cell: "<b>x".into(), fault: LineFault::Unknown }];
        let page = ListPage {
            frame: frame(),
            title: name(batch.number),
            href: href(batch.number),
            all: HREF,
            all_title: TITLE,
            facts: vec![total],
            notice: notice(&batch),
            stage: stage(&batch, 2_000, is_still),
            counts: outcomes.iter().map(|(outcome, count)| Count::of(&batch, outcome, *count)).collect(),
            faults,
            more_faults: Some("12 lines more".into()),
        };
        page.render().unwrap()
    }

    fn left_out() -> BatchOutcome {
        BatchOutcome::LeftOut { reason: "has-access".into(), label: "Has access already".into() }
    }

    #[test]
    fn the_page_of_a_list_in_every_state() {
        let some = [(BatchOutcome::Invited, 2_000), (left_out(), 20), (BatchOutcome::Open, 1_100)];
        let (started, ended) = (STARTED, ENDED);
        let why = "Fran Desk no longer has the right to the Patient Portal.".to_owned();
        for (name, state, done, is_still) in [
            ("list_proposed", BatchState::Proposed, 0, false),
            ("list_discarded", BatchState::Discarded { ended }, 0, false),
            ("list_running", BatchState::Running { started }, 2_020, false),
            ("list_running_held_still", BatchState::Running { started }, 2_020, true),
            ("list_done", BatchState::Done { started, ended }, 3_120, false),
            ("list_cancelling", BatchState::Cancelled { started, ended, is_under_way: true }, 2_020, false),
            ("list_cancelled", BatchState::Cancelled { started, ended, is_under_way: false }, 2_020, false),
            ("list_stopped", BatchState::Stopped { started, ended, why }, 2_020, false),
        ] {
            insta::assert_snapshot!(name, drawn(state, done, &some, is_still));
        }
    }
}
