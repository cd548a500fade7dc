//! The sealed trail as it grows: whole whoever writes, and checkpoints that cover it.

use super::bed::{Bed, NOW, by_front_desk, elodie, invited, keys, maria};
use crate::{AuditFault, AuditSummary, Broken, Checkpoint, Database};
use portal_host::SystemEntropy;
use portal_host::identity::Timestamp;
use portal_host::lent::Accounts;

pub(super) async fn noted(bed: &Bed, second: u64) {
    let about = if second.is_multiple_of(2) { maria() } else { elodie() };
    let event = by_front_desk(&about, "test.noted");
    bed.database.note(&bed.practice, &event, Timestamp(NOW.0 + second)).await.unwrap();
}

async fn verified(bed: &Bed, kept: Option<&Checkpoint>) -> Result<AuditSummary, Broken> {
    bed.database.verify_audit(&bed.practice, kept, |_| {}).await
}

pub(super) async fn an_untouched_trail_is_whole(bed: Bed) {
    assert_eq!(verified(&bed, None).await.unwrap(), AuditSummary::default());
    for second in 0..20 {
        noted(&bed, second).await;
    }
    let kept = bed.database.checkpoint(&bed.practice, NOW).await.unwrap();
    noted(&bed, 20).await;
    let expected =
        AuditSummary { entries: 21, chains: 2, checkpoints: 1, span: Some((NOW, NOW.plus_seconds(20))) };

    assert_eq!(verified(&bed, kept.as_ref()).await.unwrap(), expected);
    let other = bed.database.verify_audit(&bed.other, None, |_| {}).await.unwrap();
    assert_eq!(other.entries, 0);
}

pub(super) async fn concurrent_writers_keep_every_chain_whole(bed: Bed) {
    let tasks: Vec<_> = (0..60)
        .map(|second| {
            let bed = bed.clone();
            tokio::spawn(async move {
                noted(&bed, second).await;
                if second.is_multiple_of(7) {
                    bed.database.checkpoint(&bed.practice, NOW).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    assert_eq!(verified(&bed, None).await.unwrap().entries, 60);
}

/// Entries, heads and checkpoints are read one after the other, while others are written.
pub(super) async fn a_trail_that_grows_is_whole_at_every_moment(bed: Bed) {
    let writing = bed.clone();
    let writer = tokio::spawn(async move {
        for n in 0..300 {
            noted(&writing, n).await;
            if n % 20 == 0 {
                writing.database.checkpoint(&writing.practice, NOW).await.unwrap();
            }
        }
    });

    let mut looks = 0;
    while !writer.is_finished() {
        verified(&bed, None).await.unwrap();
        looks += 1;
    }

    writer.await.unwrap();
    assert!(looks > 3, "it was hardly looked at");
    assert_eq!(verified(&bed, None).await.unwrap().entries, 300);
}

pub(super) async fn what_was_undone_leaves_no_gap(bed: Bed) {
    noted(&bed, 0).await;
    let because = by_front_desk(&maria(), "test.saved");
    let stale = invited(&maria(), "111111", 9);
    bed.database.save(&bed.practice, &stale, &because, &[], NOW).await.unwrap_err();
    let mut dropped = bed.database.write(&bed.practice).await.unwrap();
    crate::audit::write_event(&mut dropped, &bed.practice, &because, NOW).await.unwrap();
    drop(dropped);
    noted(&bed, 2).await;

    assert_eq!(verified(&bed, None).await.unwrap().entries, 2);
}

pub(super) async fn a_checkpoint_covers_what_grew_since_the_last(bed: Bed) {
    let checkpoint = async || bed.database.checkpoint(&bed.practice, NOW).await.unwrap();
    assert_eq!(checkpoint().await, None);
    noted(&bed, 0).await;
    noted(&bed, 1).await;
    let first = checkpoint().await.unwrap();
    assert_eq!(checkpoint().await, None);
    noted(&bed, 2).await;
    let second = checkpoint().await.unwrap();
    for taken in [&first, &second] {
        assert!(bed.database.has_checkpoint(&bed.practice, taken).await.unwrap());
        let another = Checkpoint { mac: [9; 32], ..taken.clone() };
        assert!(!bed.database.has_checkpoint(&bed.practice, &another).await.unwrap());
        assert!(!bed.database.has_checkpoint(&bed.other, taken).await.unwrap());
    }

    assert_eq!((first.number, second.number), (1, 2));
    let covered = "SELECT COUNT(*) FROM audit_checkpoint_head WHERE practice = $1";
    assert_eq!(bed.rows_in(covered).await, 3);
    verified(&bed, Some(&second)).await.unwrap();
    verified(&bed, Some(&first)).await.unwrap();
    let of_another_trail = Checkpoint { number: 2, mac: first.mac };
    let fault = verified(&bed, Some(&of_another_trail)).await;
    assert!(matches!(fault, Err(Broken::Fault(AuditFault::CheckpointAltered { number: 2 }))), "{fault:?}");
    let from_the_future = Checkpoint { number: 3, mac: second.mac };
    let fault = verified(&bed, Some(&from_the_future)).await;
    assert!(matches!(fault, Err(Broken::Fault(AuditFault::CheckpointMissing { number: 3 }))), "{fault:?}");
}

pub(super) async fn after_rotation_the_trail_is_whole_while_both_keys_are_held(bed: Bed) {
    noted(&bed, 0).await;
    bed.database.checkpoint(&bed.practice, NOW).await.unwrap();
    let rotated = keys().rotated(&SystemEntropy).unwrap();
    let database = Database::open(&bed.url(), rotated.audit()).await.unwrap();
    let event = by_front_desk(&maria(), "test.noted");
    database.note(&bed.practice, &event, NOW).await.unwrap();
    let kept = database.checkpoint(&bed.practice, NOW).await.unwrap();

    assert_eq!(database.verify_audit(&bed.practice, kept.as_ref(), |_| {}).await.unwrap().entries, 2);
    let fault = verified(&bed, None).await;
    assert!(matches!(fault, Err(Broken::Fault(AuditFault::UnknownKey { key: 2, .. }))), "{fault:?}");
}
