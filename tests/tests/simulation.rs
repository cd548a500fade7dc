//! The attacks of the security proof, against the real host and component, with a clock that the test moves.
//! Blind guessing is simulated for a day here and for the week it is bounded for by `cargo xtask simulate`.

use portal_tests::simulation::report::{Report, Table};
use portal_tests::simulation::town::Throttling;
use portal_tests::simulation::{SEED, blind, found_paper, sweeping};

fn assert_as_claimed(report: Report) {
    let reports = [report];
    println!("seed {SEED}\n{}", Table(&reports));
    assert_eq!(reports[0].shortcomings(), Vec::<String>::new(), "seed {SEED}\n{}", Table(&reports));
}

/// Nobody gets in here either, but that is luck: the bound is not kept.
fn assert_beyond_bound(report: Report) {
    let reports = [report];
    println!("seed {SEED}\n{}", Table(&reports));
    assert_eq!(reports[0].faults(), Vec::<String>::new(), "seed {SEED}\n{}", Table(&reports));
    assert!(reports[0].is_beyond_bound(), "seed {SEED}\n{}", Table(&reports));
}

#[tokio::test]
async fn guessing_blindly_from_everywhere_comes_to_nothing_and_patients_get_in() {
    assert_as_claimed(blind::from_everywhere(Throttling::Default, 24, 120, SEED).await);
}

#[tokio::test]
async fn guessing_blindly_from_one_network_comes_to_nothing_and_pauses_nobody() {
    assert_as_claimed(blind::from_one_network(Throttling::Default, 7, SEED).await);
}

#[tokio::test]
async fn knowing_a_patient_and_trying_ids_for_three_weeks_comes_to_nothing() {
    assert_as_claimed(sweeping::for_three_weeks(Throttling::Default, SEED).await);
}

#[tokio::test]
async fn finding_a_sheet_and_guessing_the_date_of_birth_comes_to_nothing() {
    assert_as_claimed(found_paper::every_other_day(Throttling::Default, SEED).await);
}

#[tokio::test]
async fn with_the_loosest_throttles_blind_guessers_get_beyond_the_bound() {
    assert_beyond_bound(blind::from_everywhere(Throttling::Loosest, 1, 600, SEED).await);
}

#[tokio::test]
async fn with_the_loosest_throttles_whoever_knows_a_patient_gets_beyond_the_bound() {
    assert_beyond_bound(sweeping::for_three_weeks(Throttling::Loosest, SEED).await);
}

#[tokio::test]
async fn with_the_loosest_throttles_whoever_found_a_sheet_gets_beyond_the_bound() {
    assert_beyond_bound(found_paper::every_other_day(Throttling::Loosest, SEED).await);
}
