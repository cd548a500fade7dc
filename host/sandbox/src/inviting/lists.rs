//! The work on the lists of one practice: a few patients at a time, in the name of who started the list and with
//! the rights they have at that moment. It goes on where this or another host stopped: the portal, asked again
//! about the same patients for the same list, invites nobody twice.

use portal_host::batch::{MOST_AT_ONCE, Outcome};
use portal_host::identity::{PatientId, PracticeId};
use portal_host::tab::Viewer;
use portal_host::{CallError, Chain, Clock, Portal, TabError};
use sandbox_db::{BatchOutcome, Database, StoreError, Work, Worker};
use std::sync::Arc;
use std::time::Duration;

/// Rest where the database does not answer: shorter than the lease, so that a list is still held after one
/// failure, and long enough not to weigh on a database in trouble.
const TROUBLE: Duration = Duration::from_secs(5);
/// Longest rest where the portal or the EHR cannot answer for the moment, whatever they ask for: shorter than
/// the lease, so that the list is held meanwhile, and staff who watch it see it go on soon after they can.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Seconds after which another host takes up what this one is at, unless it is heard of: longer than a call
/// of the portal takes on any ordinary day.
const LEASE: u64 = 10;

// Why a list stopped, in words for staff: its page shows them as they stand here.

const NO_RIGHT: &str = "Whoever started this list no longer has the right to invite patients.";
const MODULE_OFF: &str = "The practice no longer has the Patient Portal module.";
const NOT_OFFERED: &str =
    "The installed version of the Patient Portal cannot invite many patients in one go.";
const REFUSED: &str = "The Patient Portal did not take this list; the operator's log says why.";

/// What works on the lists of a practice.
pub(super) struct Lists {
    pub(super) portal: Arc<Portal>,
    pub(super) database: Database,
    pub(super) practice: PracticeId,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) worker: Worker,
}

/// The name that this host works under.
pub(super) fn worker(name: String) -> Worker {
    Worker { name, lease: LEASE, most: MOST_AT_ONCE.into() }
}

/// What came of asking the portal.
enum Answer {
    /// Something of every patient.
    Outcomes(Vec<BatchOutcome>),
    /// Nothing yet.
    Later(Duration),
    /// The list cannot go on.
    Stop(&'static str),
}

impl Lists {
    /// Goes on until nothing is left to do, or `stop` completes; a step under way is finished first, and what is
    /// left is free for other hosts at once.
    pub(super) async fn work_through(self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let (mut work, mut took) = (None, false);
        while let Some((next, rest)) = self.step(work).await {
            took |= next.is_some();
            work = next;
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = tokio::time::sleep(rest) => {}
            }
        }
        if took && let Err(error) = self.database.release_batch_work(&self.practice, &self.worker).await {
            tracing::warn!(practice = %self.practice, cause = %Chain(&error), "lists under way could not be released; other hosts wait some seconds");
        }
    }

    /// Does a little, and says what is next and how long to rest before it; none where there is nothing to do.
    async fn step(&self, work: Option<Work>) -> Option<(Option<Work>, Duration)> {
        let Some(mut work) = work else {
            return match self.database.take_batch_work(&self.practice, &self.worker, self.clock.now()).await {
                Ok(Some(work)) => Some((Some(work), Duration::ZERO)),
                Ok(None) => None,
                Err(error) => {
                    log(&error);
                    Some((None, TROUBLE))
                }
            };
        };
        let done = match self.ask(&mut work).await {
            Ok(Answer::Outcomes(outcomes)) => {
                self.record(&work, &outcomes).await.map(|next| (next, Duration::ZERO))
            }
            Ok(Answer::Later(wait)) => self.hold(&work).await.map(|()| (Some(again(&work)), wait)),
            Ok(Answer::Stop(why)) => self.stop(&work, why).await.map(|()| (None, Duration::ZERO)),
            Err(error) => Err(error),
        };
        Some(done.unwrap_or_else(|error| {
            log(&error);
            (Some(again(&work)), TROUBLE)
        }))
    }

    async fn record(&self, work: &Work, outcomes: &[BatchOutcome]) -> Result<Option<Work>, StoreError> {
        let now = self.clock.now();
        self.database.record_batch_work(&self.practice, &self.worker, work, outcomes, now).await
    }

    async fn hold(&self, work: &Work) -> Result<(), StoreError> {
        self.database.hold_batch_work(&self.practice, &self.worker, work, self.clock.now()).await
    }

    async fn stop(&self, work: &Work, why: &str) -> Result<(), StoreError> {
        tracing::warn!(practice = %self.practice, list = work.number.0, why, "a list of patients to invite stopped");
        let now = self.clock.now();
        self.database.stop_batch(&self.practice, &self.worker, work, why, &unclear(), now).await
    }

    /// Asks the portal about the patients at hand.
    async fn ask(&self, work: &mut Work) -> Result<Answer, StoreError> {
        let Some(viewer) = self.viewer(work).await? else { return Ok(Answer::Stop(NO_RIGHT)) };
        let Some(batches) = self.portal.batches() else { return Ok(Answer::Stop(NOT_OFFERED)) };
        let list = work.number.to_string();
        let invite = |patients| batches.invite(&self.practice, &viewer, &list, patients);
        Ok(ask_about(&work.patients, &mut work.was_under_way, invite).await)
    }

    /// Whoever started the list, with the rights they have now; none where those no longer suffice.
    async fn viewer(&self, work: &Work) -> Result<Option<Viewer>, StoreError> {
        let id = &work.by.staff;
        let Some(access) = self.database.rights_of(&self.practice, id).await? else { return Ok(None) };
        let Some(staff) = self.database.staff(&self.practice, id).await? else { return Ok(None) };
        if !access.may_open_tab(&self.portal.tab().requires) {
            return Ok(None);
        }
        let rights = access.rights.into_iter().collect();
        Ok(Some(Viewer { id: id.clone(), name: staff.name, rights, address: work.by.address.clone() }))
    }
}

/// Asks about all of them together and, where the portal fails at that, about each alone: one of them may be
/// what it fails at, and the others need not suffer for that. From then on nobody knows of whom it was asked,
/// whatever comes of the rest.
async fn ask_about<'a, A>(
    patients: &'a [PatientId],
    was_under_way: &mut bool,
    invite: impl Fn(&'a [PatientId]) -> A,
) -> Answer
where
    A: Future<Output = Result<Vec<Outcome>, TabError>>,
{
    match invite(patients).await {
        Ok(outcomes) => return Answer::Outcomes(outcomes.into_iter().map(outcome).collect()),
        Err(TabError::Failed(cause)) => log_failure(&cause),
        Err(error) => return without_outcome(&error),
    }
    *was_under_way = true;
    let mut outcomes = Vec::new();
    for patient in patients {
        match invite(std::slice::from_ref(patient)).await {
            Ok(alone) => outcomes.extend(alone.into_iter().map(outcome)),
            Err(TabError::Failed(cause)) => {
                log_failure(&cause);
                outcomes.push(failed());
            }
            Err(error) => return without_outcome(&error),
        }
    }
    Answer::Outcomes(outcomes)
}

/// The same work, of which nobody knows any more whether it was done.
fn again(work: &Work) -> Work {
    let mut work = work.clone();
    work.was_under_way = true;
    work
}

/// What an error other than a failure of the portal comes to.
fn without_outcome(error: &TabError) -> Answer {
    match error {
        TabError::Forbidden => Answer::Stop(NO_RIGHT),
        TabError::ModuleOff => Answer::Stop(MODULE_OFF),
        TabError::Unavailable { retry_after } => Answer::Later((*retry_after).min(LONGEST_WAIT)),
        TabError::NoSuchPatient | TabError::NotOffered | TabError::Invalid { .. } | TabError::Failed(_) => {
            tracing::error!(cause = %Chain(error), "the portal did not take a list of patients");
            Answer::Stop(REFUSED)
        }
    }
}

fn outcome(outcome: Outcome) -> BatchOutcome {
    match outcome {
        Outcome::Invited => BatchOutcome::Invited,
        Outcome::LeftOut(reason) => BatchOutcome::LeftOut { reason: reason.id, label: reason.label },
    }
}

fn failed() -> BatchOutcome {
    left_out("failed", "Something went wrong: look at the patient's tab")
}

/// A host ended while it was at them, and nobody may ask the portal any more.
fn unclear() -> BatchOutcome {
    left_out("interrupted", "Interrupted: look at the patient's tab")
}

fn left_out(reason: &str, label: &str) -> BatchOutcome {
    BatchOutcome::LeftOut { reason: reason.to_owned(), label: label.to_owned() }
}

fn log(error: &StoreError) {
    tracing::error!(cause = %Chain(error), "the work on a list of patients was interrupted; trying again");
}

fn log_failure(cause: &CallError) {
    tracing::error!(kind = cause.kind(), cause = %Chain(cause), "a call of the portal for a list of patients failed");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_no_longer_stops_the_list_and_who_cannot_answer_is_asked_later() {
        let stops = |error: TabError| match without_outcome(&error) {
            Answer::Stop(why) => Some(why),
            Answer::Later(_) | Answer::Outcomes(_) => None,
        };
        assert_eq!(stops(TabError::Forbidden), Some(NO_RIGHT));
        assert_eq!(stops(TabError::ModuleOff), Some(MODULE_OFF));
        assert_eq!(stops(TabError::NotOffered), Some(REFUSED));

        for (asked, waits) in [(2, 2), (3_600, 5)] {
            let unavailable = TabError::Unavailable { retry_after: Duration::from_secs(asked) };
            let later = without_outcome(&unavailable);
            assert!(matches!(later, Answer::Later(wait) if wait == Duration::from_secs(waits)));
        }
    }

    /// Asked about two patients together, the portal fails; asked about each alone, it answers so.
    async fn after_a_failure(alone: fn(&PatientId) -> Result<Vec<Outcome>, TabError>) -> (Answer, bool) {
        let patients = ["100001", "100002"].map(PatientId::new);
        let mut was_under_way = false;
        let answer = ask_about(&patients, &mut was_under_way, async |asked| match asked {
            [one] => alone(one),
            _ => Err(TabError::Failed(CallError::ComputedTooLong)),
        });
        (answer.await, was_under_way)
    }

    #[tokio::test]
    async fn one_patient_the_portal_fails_at_costs_the_others_nothing() {
        let (answer, _) = after_a_failure(|patient| match patient.as_str() {
            "100001" => Err(TabError::Failed(CallError::ComputedTooLong)),
            _ => Ok(vec![Outcome::Invited]),
        })
        .await;

        let Answer::Outcomes(outcomes) = answer else { panic!("no outcomes") };
        assert_eq!(outcomes, [failed(), BatchOutcome::Invited]);
    }

    #[tokio::test]
    async fn who_may_have_been_invited_before_the_list_stopped_is_known_to_be_unclear() {
        let (answer, is_unclear) = after_a_failure(|_| Err(TabError::Forbidden)).await;

        assert!(matches!(answer, Answer::Stop(NO_RIGHT)));
        assert!(is_unclear, "the call that failed may have invited some");
    }

    #[tokio::test]
    async fn whoever_was_refused_at_once_invited_nobody() {
        let mut was_under_way = false;
        let patients = [PatientId::new("100001")];

        let answer = ask_about(&patients, &mut was_under_way, async |_| Err(TabError::Forbidden)).await;

        assert!(matches!(answer, Answer::Stop(NO_RIGHT)) && !was_under_way);
    }

    #[test]
    fn what_the_portal_says_of_a_patient_is_kept_in_its_words() {
        let reason = portal_host::batch::Reason { id: "off".to_owned(), label: "Access is off".to_owned() };

        assert_eq!(outcome(Outcome::LeftOut(reason)), left_out("off", "Access is off"));
        assert_eq!(outcome(Outcome::Invited), BatchOutcome::Invited);
    }
}
