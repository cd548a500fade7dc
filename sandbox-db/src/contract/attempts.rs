//! Counters: exactly the limit passes, however many try at once.

use super::bed::{Bed, NOW, by_front_desk, maria};
use portal_host::identity::Timestamp;
use portal_host::lent::{Attempts, Counter, Verdict};
use std::time::Duration;

fn counter(key: u8, limit: u32) -> Counter {
    Counter { key_hash: [key; 32], window: Duration::from_secs(600), limit }
}

async fn take(bed: &Bed, counters: &[Counter], at: Timestamp) -> Verdict {
    bed.database.take(&bed.practice, counters, at).await.unwrap()
}

fn blocked_for(seconds: u64) -> Verdict {
    Verdict::Blocked(vec![Duration::from_secs(seconds)])
}

fn blocked(seconds: &[u64]) -> Verdict {
    Verdict::Blocked(seconds.iter().copied().map(Duration::from_secs).collect())
}

fn allowed(attempts: &[u32]) -> Verdict {
    Verdict::Allowed(attempts.to_vec())
}

pub(super) async fn an_attempt_beyond_the_limit_is_blocked(bed: Bed) {
    for nth in 1..=3 {
        assert_eq!(take(&bed, &[counter(1, 3)], NOW).await, allowed(&[nth]));
    }
    assert_eq!(take(&bed, &[counter(1, 3)], NOW.plus_seconds(100)).await, blocked_for(500));
    assert_eq!(take(&bed, &[counter(2, 3)], NOW).await, allowed(&[1]));
    assert_eq!(take(&bed, &[counter(3, 0)], NOW).await, blocked_for(600));
    assert_eq!(take(&bed, &[], NOW).await, allowed(&[]));
}

pub(super) async fn a_blocked_attempt_raises_no_counter(bed: Bed) {
    let (wide, narrow) = (counter(1, 3), counter(2, 1));
    assert_eq!(take(&bed, &[wide.clone(), narrow.clone()], NOW).await, allowed(&[1, 1]));
    for _ in 0..5 {
        assert_eq!(take(&bed, &[wide.clone(), narrow.clone()], NOW).await, blocked(&[0, 600]));
    }

    let later = NOW.plus_seconds(60);
    assert_eq!(take(&bed, std::slice::from_ref(&wide), later).await, allowed(&[2]));
    assert_eq!(take(&bed, std::slice::from_ref(&wide), later).await, allowed(&[3]));
    // Each says when it starts afresh, in the order asked.
    take(&bed, &[counter(3, 1)], later).await;
    let all = [wide, counter(3, 1), counter(4, 1), narrow];
    assert_eq!(take(&bed, &all, later).await, blocked(&[540, 600, 0, 540]));
}

pub(super) async fn a_window_starts_afresh_when_it_is_over(bed: Bed) {
    take(&bed, &[counter(1, 2)], NOW).await;
    take(&bed, &[counter(1, 2)], NOW.plus_seconds(599)).await;
    assert_eq!(take(&bed, &[counter(1, 2)], NOW.plus_seconds(599)).await, blocked_for(1));

    let afresh = NOW.plus_seconds(600);
    assert_eq!(take(&bed, &[counter(1, 2)], afresh).await, allowed(&[1]));
    assert_eq!(take(&bed, &[counter(1, 2)], afresh).await, allowed(&[2]));
    assert_eq!(take(&bed, &[counter(1, 2)], afresh).await, blocked_for(600));
}

pub(super) async fn two_hundred_concurrent_attempts_pass_exactly_the_limit(bed: Bed) {
    // Listed in both orders: two transactions must not wait for each other.
    let tasks: Vec<_> = (0..200)
        .map(|index| {
            let bed = bed.clone();
            let both = [counter(1, 7), counter(2, 500)];
            let both = if index % 2 == 0 { both } else { [counter(2, 500), counter(1, 7)] };
            tokio::spawn(async move { take(&bed, &both, NOW).await })
        })
        .collect();
    let mut passed = 0;
    for task in tasks {
        if matches!(task.await.unwrap(), Verdict::Allowed(_)) {
            passed += 1;
        }
    }
    assert_eq!(passed, 7);
    let raised = "SELECT attempts FROM attempt_counter WHERE practice = $1 ORDER BY key_hash DESC LIMIT 1";
    assert_eq!(bed.rows_in(raised).await, 7);
}

pub(super) async fn a_forgiven_attempt_can_be_made_again(bed: Bed) {
    take(&bed, &[counter(1, 1)], NOW).await;
    let unknown = [9; 32];

    bed.database.forgive(&bed.practice, &[[1; 32], unknown]).await.unwrap();
    // Never below nothing, or the limit would grow.
    bed.database.forgive(&bed.practice, &[[1; 32]]).await.unwrap();

    assert_eq!(take(&bed, &[counter(1, 1)], NOW).await, allowed(&[1]));
    assert_eq!(take(&bed, &[counter(1, 1)], NOW).await, blocked_for(600));
}

pub(super) async fn looking_counts_nothing(bed: Bed) {
    let look =
        async |at| bed.database.look(&bed.practice, &[counter(1, 2), counter(2, 9)], at).await.unwrap();
    for _ in 0..5 {
        assert_eq!(look(NOW).await, allowed(&[0, 0]));
    }
    take(&bed, &[counter(1, 2)], NOW).await;
    assert_eq!(look(NOW).await, allowed(&[1, 0]));
    take(&bed, &[counter(1, 2)], NOW).await;
    assert_eq!(look(NOW.plus_seconds(1)).await, blocked(&[599, 0]));
    assert_eq!(look(NOW.plus_seconds(600)).await, allowed(&[0, 0]));
}

pub(super) async fn a_cleared_counter_starts_afresh_and_is_on_record(bed: Bed) {
    take(&bed, &[counter(1, 1), counter(2, 1)], NOW).await;
    let because = by_front_desk(&maria(), "test.cleared");

    bed.database.clear(&bed.practice, &[[1; 32], [9; 32]], &because, NOW).await.unwrap();

    assert_eq!(take(&bed, &[counter(1, 1)], NOW).await, allowed(&[1]));
    assert_eq!(take(&bed, &[counter(2, 1)], NOW).await, blocked_for(600));
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

pub(super) async fn expired_counters_are_swept(bed: Bed) {
    for key in 1..=40 {
        take(&bed, &[counter(key, 5)], NOW).await;
    }
    let counting = "SELECT COUNT(*) FROM attempt_counter WHERE practice = $1";
    take(&bed, &[counter(99, 5)], NOW.plus_seconds(600)).await;
    assert_eq!(bed.rows_in(counting).await, 40 - 32 + 1);
    take(&bed, &[counter(99, 5)], NOW.plus_seconds(600)).await;
    assert_eq!(bed.rows_in(counting).await, 1);
}
