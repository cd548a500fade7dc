//! Staff sessions and their notices.

use super::bed::{Bed, NOW, acting, admin};
use portal_host::tab::{Notice, Tone};

const TOKEN: [u8; 32] = [1; 32];

async fn open(bed: &Bed) {
    let ends = NOW.plus_seconds(600);
    bed.database.open_staff_session(&bed.practice, &TOKEN, &acting(admin()), NOW, ends).await.unwrap();
}

pub(super) async fn a_staff_session_opens_is_touched_and_closes(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    open(&bed).await;
    assert_eq!(bed.newest().await, ("staff.signed-in".to_owned(), None));

    db.touch_staff_session(practice, &TOKEN, NOW.plus_seconds(20)).await.unwrap();
    db.touch_staff_session(practice, &TOKEN, NOW.plus_seconds(10)).await.unwrap();
    let session = db.staff_session(practice, &TOKEN, NOW).await.unwrap().unwrap();
    assert_eq!((session.staff, session.name.as_str()), (admin(), "Alex Admin"));
    assert_eq!((session.opened, session.seen), (NOW, NOW.plus_seconds(20)));
    assert_eq!(session.ends, NOW.plus_seconds(600));

    db.close_staff_session(practice, &TOKEN, Some("192.0.2.7"), NOW).await.unwrap();
    db.close_staff_session(practice, &TOKEN, Some("192.0.2.7"), NOW).await.unwrap();
    assert_eq!(db.staff_session(practice, &TOKEN, NOW).await.unwrap(), None);
    assert_eq!(bed.newest().await.0, "staff.signed-out");
    assert_eq!(bed.entries(None).await, 2);
}

pub(super) async fn a_staff_session_is_not_found_once_it_has_ended(bed: Bed) {
    open(&bed).await;
    let ended = NOW.plus_seconds(600);
    let at = |at| bed.database.staff_session(&bed.practice, &TOKEN, at);
    assert!(at(NOW.plus_seconds(599)).await.unwrap().is_some());
    assert!(at(ended).await.unwrap().is_none());

    let later = ended.plus_seconds(600);
    bed.database.open_staff_session(&bed.practice, &[2; 32], &acting(admin()), ended, later).await.unwrap();
    assert_eq!(bed.rows_in("SELECT COUNT(*) FROM staff_session WHERE practice = $1").await, 1);
}

pub(super) async fn a_notice_is_taken_once(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let notice = |tone, text: &str| Notice { tone, text: text.to_owned() };
    db.leave_notice(practice, &TOKEN, &notice(Tone::Info, "to nobody")).await.unwrap();
    open(&bed).await;
    assert_eq!(db.take_notice(practice, &TOKEN).await.unwrap(), None);

    for tone in [Tone::Info, Tone::Success, Tone::Warning, Tone::Danger] {
        db.leave_notice(practice, &TOKEN, &notice(Tone::Info, "first")).await.unwrap();
        db.leave_notice(practice, &TOKEN, &notice(tone, "saved")).await.unwrap();
        assert_eq!(db.take_notice(practice, &TOKEN).await.unwrap(), Some(notice(tone, "saved")));
        assert_eq!(db.take_notice(practice, &TOKEN).await.unwrap(), None);
    }

    db.leave_notice(practice, &TOKEN, &notice(Tone::Info, "unread")).await.unwrap();
    db.close_staff_session(practice, &TOKEN, Some("192.0.2.7"), NOW).await.unwrap();
    assert_eq!(bed.rows_in("SELECT COUNT(*) FROM staff_notice WHERE practice = $1").await, 0);
}

pub(super) async fn a_search_is_kept_with_its_session_only(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    db.keep_search(practice, &TOKEN, "to nobody").await.unwrap();
    open(&bed).await;
    assert_eq!(db.kept_search(practice, &TOKEN).await.unwrap(), "");

    db.keep_search(practice, &TOKEN, "garcia").await.unwrap();
    db.keep_search(practice, &TOKEN, "o'brien").await.unwrap();
    assert_eq!(db.kept_search(practice, &TOKEN).await.unwrap(), "o'brien");
    assert_eq!(db.kept_search(practice, &[2; 32]).await.unwrap(), "");

    db.close_staff_session(practice, &TOKEN, Some("192.0.2.7"), NOW).await.unwrap();
    assert_eq!(db.kept_search(practice, &TOKEN).await.unwrap(), "");
}
