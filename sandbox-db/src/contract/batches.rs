//! Lists of patients to invite: made, worked through by hosts that may end at any moment, cancelled, summed
//! up; and every step by which one changes on record.

use super::bed::{Bed, NOW, acting, admin, elodie, frontdesk, maria};
use crate::{Batch, BatchNumber, BatchOutcome, BatchState, FaultyLine, LineFault, Wanted, Work, Worker};
use portal_host::identity::{PatientId, Timestamp};

/// The first patients of the sandbox.
fn charts(count: u64) -> Vec<PatientId> {
    (100_001..)
        .take(usize::try_from(count).unwrap())
        .map(|chart: u64| PatientId::new(chart.to_string()))
        .collect()
}

fn wanted(patients: &[PatientId]) -> Wanted {
    let patients = (1..).map(Some).zip(patients.iter().cloned()).collect();
    Wanted { patients, faults: vec![] }
}

fn worker(name: &str) -> Worker {
    Worker { name: name.to_owned(), lease: 10, most: 2 }
}

fn left_out(reason: &str) -> BatchOutcome {
    BatchOutcome::LeftOut { reason: reason.to_owned(), label: format!("Words for {reason}") }
}

async fn started(bed: &Bed, patients: u64) -> BatchNumber {
    let db = &bed.database;
    let by = acting(frontdesk());
    let number = db.propose_batch(&bed.practice, wanted(&charts(patients)), &by, NOW).await.unwrap();
    assert!(db.start_batch(&bed.practice, number, &by, NOW).await.unwrap());
    number
}

async fn take(bed: &Bed, name: &str, at: Timestamp) -> Option<Work> {
    bed.database.take_batch_work(&bed.practice, &worker(name), at).await.unwrap()
}

async fn record(bed: &Bed, name: &str, work: &Work, outcomes: &[BatchOutcome]) -> Option<Work> {
    bed.database.record_batch_work(&bed.practice, &worker(name), work, outcomes, NOW).await.unwrap()
}

async fn batch(bed: &Bed, number: BatchNumber) -> Batch {
    bed.database.batch(&bed.practice, number).await.unwrap().unwrap()
}

async fn outcomes(bed: &Bed, number: BatchNumber) -> Vec<(BatchOutcome, u64)> {
    bed.database.batch_outcomes(&bed.practice, number).await.unwrap()
}

pub(super) async fn a_list_keeps_its_patients_and_says_what_was_wrong_with_the_rest(bed: Bed) {
    let fault = |line, cell: &str, fault| FaultyLine { line, cell: cell.to_owned(), fault };
    let patients =
        vec![(Some(1), maria()), (Some(3), PatientId::new("nobody")), (None, PatientId::new("gone"))];
    let faults = vec![fault(2, "", LineFault::Empty)];
    let by = acting(frontdesk());

    let wanted = Wanted { patients, faults };
    let number = bed.database.propose_batch(&bed.practice, wanted, &by, NOW).await.unwrap();

    let made = batch(&bed, number).await;
    assert_eq!(
        (made.number, made.state, made.total, made.done),
        (BatchNumber(1), BatchState::Proposed, 1, 0)
    );
    assert_eq!((made.staff_name.as_str(), made.created), ("Fran Desk", NOW));
    let faults = bed.database.faulty_lines(&bed.practice, number, 9).await.unwrap();
    assert_eq!(faults, [fault(2, "", LineFault::Empty), fault(3, "nobody", LineFault::Unknown)]);
    assert_eq!(bed.database.faulty_lines(&bed.practice, number, 1).await.unwrap(), faults[..1]);
    assert_eq!(bed.database.count_faulty_lines(&bed.practice, number).await.unwrap(), 2);
    assert_eq!(
        bed.newest().await,
        ("batch.created".into(), Some("list 1: 1 patients, 2 lines left out".into()))
    );
    assert_eq!(take(&bed, "host", NOW).await, None, "nobody has started it");
}

pub(super) async fn a_list_is_started_once_and_each_step_is_on_record(bed: Bed) {
    let (db, practice, desk) = (&bed.database, &bed.practice, acting(frontdesk()));
    let nobody = db.propose_batch(practice, Wanted::default(), &desk, NOW).await.unwrap();
    assert!(!db.start_batch(practice, nobody, &desk, NOW).await.unwrap(), "there is nobody on it");
    let number = db.propose_batch(practice, wanted(&charts(3)), &desk, NOW).await.unwrap();

    assert!(db.start_batch(practice, number, &acting(admin()), NOW.plus_seconds(5)).await.unwrap());

    assert_eq!(bed.newest().await, ("batch.started".to_owned(), Some("list 2".to_owned())));
    assert!(!db.start_batch(practice, number, &desk, NOW).await.unwrap());
    assert!(!db.start_batch(practice, BatchNumber(9), &desk, NOW).await.unwrap());
    assert_eq!(bed.entries(None).await, 3);
    let running = batch(&bed, number).await;
    let since = BatchState::Running { started: NOW.plus_seconds(5) };
    assert_eq!(running.state, since);
    let work = take(&bed, "host", NOW).await.unwrap();
    assert_eq!(work.by, acting(admin()), "it goes on in the name of who started it");
    let newest = db.batches(practice, None, 9).await.unwrap();
    assert_eq!(newest.iter().map(|batch| batch.number.0).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(db.batches(practice, Some(number), 9).await.unwrap().len(), 1);
    assert_eq!(db.batch(practice, BatchNumber(9)).await.unwrap(), None);
}

pub(super) async fn a_list_is_worked_through_a_few_at_a_time(bed: Bed) {
    let number = started(&bed, 5).await;
    let [first, second, last] = [&charts(5)[..2], &charts(5)[2..4], &charts(5)[4..]];

    let work = take(&bed, "host", NOW).await.unwrap();
    assert_eq!((work.patients.as_slice(), work.was_under_way), (first, false));
    let work = record(&bed, "host", &work, &[BatchOutcome::Invited, left_out("off")]).await.unwrap();
    assert_eq!(work.patients, second);
    assert_eq!(batch(&bed, number).await.done, 2);
    let work = record(&bed, "host", &work, &[left_out("off"), left_out("active")]).await.unwrap();
    assert_eq!(work.patients, last);
    assert_eq!(
        outcomes(&bed, number).await,
        [(BatchOutcome::Open, 1), (BatchOutcome::Invited, 1), (left_out("active"), 1), (left_out("off"), 2)]
    );
    assert_eq!(record(&bed, "host", &work, &[BatchOutcome::Invited]).await, None);

    let done = batch(&bed, number).await;
    assert_eq!((done.state, done.done), (BatchState::Done { started: NOW, ended: NOW }, 5));
    assert_eq!(bed.newest().await, ("batch.finished".to_owned(), Some("list 1: 2 of 5 invited".to_owned())));
    assert_eq!(take(&bed, "host", NOW).await, None);
    assert!(!bed.database.cancel_batch(&bed.practice, number, &acting(admin()), NOW).await.unwrap());
}

pub(super) async fn what_a_dead_host_was_at_is_taken_up_by_another(bed: Bed) {
    let number = started(&bed, 5).await;
    let work = take(&bed, "dead", NOW).await.unwrap();
    let lost = record(&bed, "dead", &work, &[BatchOutcome::Invited, BatchOutcome::Invited]).await.unwrap();

    assert_eq!(take(&bed, "heir", NOW.plus_seconds(9)).await, None, "the lease still holds");
    let taken_up = take(&bed, "heir", NOW.plus_seconds(10)).await.unwrap();

    assert_eq!((&taken_up.patients, taken_up.was_under_way), (&lost.patients, true));
    assert_eq!(
        record(&bed, "dead", &lost, &[left_out("x"), left_out("x")]).await,
        None,
        "it has lost the list"
    );
    let next =
        record(&bed, "heir", &taken_up, &[BatchOutcome::Invited, BatchOutcome::Invited]).await.unwrap();
    assert_eq!(next.patients, charts(5)[4..]);
    assert_eq!(
        record(&bed, "heir", &taken_up, &[left_out("x"), left_out("x")]).await,
        None,
        "recorded before"
    );
    assert_eq!(outcomes(&bed, number).await, [(BatchOutcome::Open, 1), (BatchOutcome::Invited, 4)]);
}

pub(super) async fn a_host_that_waits_keeps_its_list_and_one_that_stops_leaves_it(bed: Bed) {
    let _number = started(&bed, 3).await;
    let work = take(&bed, "waiting", NOW).await.unwrap();
    let (db, practice) = (&bed.database, &bed.practice);

    db.hold_batch_work(practice, &worker("waiting"), &work, NOW.plus_seconds(8)).await.unwrap();
    db.hold_batch_work(practice, &worker("other"), &work, NOW.plus_seconds(80)).await.unwrap();
    assert_eq!(take(&bed, "other", NOW.plus_seconds(17)).await, None);
    let again = take(&bed, "waiting", NOW.plus_seconds(17)).await.unwrap();
    assert_eq!(again.patients, work.patients);

    db.release_batch_work(practice, &worker("other")).await.unwrap();
    assert_eq!(take(&bed, "other", NOW.plus_seconds(17)).await, None);
    db.release_batch_work(practice, &worker("waiting")).await.unwrap();
    assert_eq!(take(&bed, "other", NOW.plus_seconds(17)).await.unwrap().patients, work.patients);
}

pub(super) async fn a_cancelled_list_ends_after_what_is_under_way(bed: Bed) {
    let (db, practice, desk) = (&bed.database, &bed.practice, acting(admin()));
    let number = started(&bed, 5).await;
    let work = take(&bed, "host", NOW).await.unwrap();

    assert!(db.cancel_batch(practice, number, &desk, NOW.plus_seconds(3)).await.unwrap());
    assert!(!db.cancel_batch(practice, number, &desk, NOW).await.unwrap());

    assert_eq!(bed.newest().await, ("batch.cancelled".to_owned(), Some("list 1".to_owned())));
    assert!(batch(&bed, number).await.state.has_work(), "what is under way is still to be found out");
    assert_eq!(record(&bed, "host", &work, &[BatchOutcome::Invited, left_out("off")]).await, None);
    let cancelled = batch(&bed, number).await;
    let over = BatchState::Cancelled { started: NOW, ended: NOW.plus_seconds(3), is_under_way: false };
    assert_eq!((cancelled.state, cancelled.done), (over, 2));
    assert_eq!(outcomes(&bed, number).await.remove(0), (BatchOutcome::Open, 3));
    assert_eq!(take(&bed, "host", NOW).await, None);

    let proposed = db.propose_batch(practice, wanted(&charts(1)), &desk, NOW).await.unwrap();
    assert!(db.cancel_batch(practice, proposed, &desk, NOW).await.unwrap());
    assert!(!db.start_batch(practice, proposed, &desk, NOW).await.unwrap());
    assert_eq!(batch(&bed, proposed).await.state, BatchState::Discarded { ended: NOW });
}

pub(super) async fn a_list_that_cannot_go_on_says_why(bed: Bed) {
    let (db, practice, at) = (&bed.database, &bed.practice, NOW.plus_seconds(4));
    let (first, second) = (started(&bed, 3).await, started(&bed, 3).await);
    let work = take(&bed, "host", NOW).await.unwrap();
    let unclear = left_out("unclear");

    db.stop_batch(practice, &worker("other"), &work, "not theirs", &unclear, at).await.unwrap();
    assert_eq!(batch(&bed, first).await.state, BatchState::Running { started: NOW });
    db.stop_batch(practice, &worker("host"), &work, "The right is gone.", &unclear, at).await.unwrap();

    let stopped = batch(&bed, first).await;
    let why = "The right is gone.".to_owned();
    assert_eq!((stopped.state, stopped.done), (BatchState::Stopped { started: NOW, ended: at, why }, 0));
    let said = "list 1: The right is gone.".to_owned();
    assert_eq!(bed.newest().await, ("batch.stopped".to_owned(), Some(said)));
    assert_eq!(outcomes(&bed, first).await, [(BatchOutcome::Open, 3)], "nobody was asked about them");

    let _lost = take(&bed, "dead", NOW).await.unwrap();
    let taken_up = take(&bed, "host", NOW.plus_seconds(10)).await.unwrap();
    db.stop_batch(practice, &worker("host"), &taken_up, "The right is gone.", &unclear, at).await.unwrap();
    assert_eq!(outcomes(&bed, second).await, [(BatchOutcome::Open, 1), (unclear, 2)]);
    assert_eq!(take(&bed, "host", NOW.plus_seconds(99)).await, None);
}

pub(super) async fn a_cancelled_list_that_cannot_find_out_the_rest_says_so_on_record(bed: Bed) {
    let (db, practice, desk) = (&bed.database, &bed.practice, acting(admin()));
    let number = started(&bed, 3).await;
    let _lost = take(&bed, "dead", NOW).await.unwrap();
    assert!(db.cancel_batch(practice, number, &desk, NOW.plus_seconds(3)).await.unwrap());
    let taken_up = take(&bed, "host", NOW.plus_seconds(10)).await.unwrap();
    let unclear = left_out("unclear");

    db.stop_batch(practice, &worker("host"), &taken_up, "The right is gone.", &unclear, NOW).await.unwrap();

    let over = BatchState::Cancelled { started: NOW, ended: NOW.plus_seconds(3), is_under_way: false };
    assert_eq!(batch(&bed, number).await.state, over);
    assert_eq!(outcomes(&bed, number).await, [(BatchOutcome::Open, 1), (unclear, 2)]);
    let said = "list 1: The right is gone.".to_owned();
    assert_eq!(bed.newest().await, ("batch.stopped".to_owned(), Some(said)));
}

pub(super) async fn patients_of_an_outcome_are_listed_in_their_order_page_by_page(bed: Bed) {
    let number = started(&bed, 2).await;
    let work = take(&bed, "host", NOW).await.unwrap();
    record(&bed, "host", &work, &[BatchOutcome::Invited, BatchOutcome::Invited]).await;
    let listed = async |outcome: &BatchOutcome, after, limit| {
        bed.database.batch_patients(&bed.practice, number, outcome, after, limit).await.unwrap()
    };

    let first = listed(&BatchOutcome::Invited, None, 1).await.remove(0);
    assert_eq!((first.patient, first.name.written()), (maria(), "Maria Garcia".to_owned()));
    let rest = listed(&BatchOutcome::Invited, Some(first.position), 9).await;
    assert_eq!(rest.iter().map(|listed| listed.patient.clone()).collect::<Vec<_>>(), [elodie()]);
    assert_eq!(listed(&left_out("off"), None, 9).await, []);
}

pub(super) async fn another_practice_sees_nothing_of_a_list(bed: Bed) {
    let (db, other) = (&bed.database, &bed.other);
    assert_eq!(db.practices_with_batch_work().await.unwrap(), []);
    let number = started(&bed, 2).await;

    assert_eq!(db.practices_with_batch_work().await.unwrap(), std::slice::from_ref(&bed.practice));
    assert_eq!(db.batch(other, number).await.unwrap(), None);
    assert_eq!(db.batches(other, None, 9).await.unwrap(), []);
    assert_eq!(db.take_batch_work(other, &worker("host"), NOW).await.unwrap(), None);
    assert!(!db.cancel_batch(other, number, &acting(admin()), NOW).await.unwrap());
    assert_eq!(db.batch_outcomes(other, number).await.unwrap(), []);
    assert_eq!(db.batch_patients(other, number, &BatchOutcome::Open, None, 9).await.unwrap(), []);
    let theirs = db.propose_batch(other, wanted(&charts(1)), &acting(admin()), NOW).await.unwrap();
    assert_eq!(theirs, number, "each practice counts its own");
}
