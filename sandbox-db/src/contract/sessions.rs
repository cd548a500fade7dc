//! Patients' sessions: opened and closed on record, and gone when they have ended.

use super::bed::{Bed, NOW, by_front_desk, elodie, maria, session};
use portal_host::lent::{Event, Purpose, Session, Sessions, TokenHash};

fn token(key: u8) -> TokenHash {
    TokenHash([key; 32])
}

fn because(action: &str) -> Event {
    by_front_desk(&maria(), action)
}

pub(super) async fn a_session_is_found_as_it_was_opened(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let signed_in = session(&maria(), NOW.plus_seconds(60));
    let activating = Session { purpose: Purpose::Activation, ..session(&elodie(), NOW.plus_seconds(600)) };

    db.open_session(practice, &token(1), &signed_in, &because("session.opened"), NOW).await.unwrap();
    db.open_session(practice, &token(2), &activating, &because("session.opened"), NOW).await.unwrap();

    assert_eq!(db.find_session(practice, &token(1)).await.unwrap(), Some(signed_in));
    assert_eq!(db.find_session(practice, &token(2)).await.unwrap(), Some(activating));
    assert_eq!(db.find_session(practice, &token(3)).await.unwrap(), None);
    assert_eq!(bed.entries(Some(&maria())).await, 2);
}

pub(super) async fn a_token_opens_one_session(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let first = session(&maria(), NOW.plus_seconds(60));
    db.open_session(practice, &token(1), &first, &because("session.opened"), NOW).await.unwrap();

    let second = session(&elodie(), NOW.plus_seconds(60));
    db.open_session(practice, &token(1), &second, &because("session.opened"), NOW).await.unwrap_err();

    assert_eq!(db.find_session(practice, &token(1)).await.unwrap(), Some(first));
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

pub(super) async fn seen_moves_forward_and_never_back(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let opened = session(&maria(), NOW.plus_seconds(60));
    db.open_session(practice, &token(1), &opened, &because("session.opened"), NOW).await.unwrap();

    db.touch_session(practice, &token(1), NOW.plus_seconds(30)).await.unwrap();
    db.touch_session(practice, &token(1), NOW.plus_seconds(10)).await.unwrap();
    db.touch_session(practice, &token(9), NOW.plus_seconds(10)).await.unwrap();

    assert_eq!(db.find_session(practice, &token(1)).await.unwrap().unwrap().seen, NOW.plus_seconds(30));
    assert_eq!(db.find_session(practice, &token(9)).await.unwrap(), None);
}

pub(super) async fn a_closed_session_is_gone_and_on_record(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    let opened = session(&maria(), NOW.plus_seconds(60));
    db.open_session(practice, &token(1), &opened, &because("session.opened"), NOW).await.unwrap();

    db.close_session(practice, &token(1), &because("session.closed"), NOW).await.unwrap();

    assert_eq!(db.find_session(practice, &token(1)).await.unwrap(), None);
    let newest = db.audit_trail(practice, Some(&maria()), None, 1).await.unwrap().remove(0);
    assert_eq!(newest.event, because("session.closed"));
}

pub(super) async fn closing_an_unknown_session_writes_nothing(bed: Bed) {
    bed.database.close_session(&bed.practice, &token(1), &because("session.closed"), NOW).await.unwrap();
    assert_eq!(bed.entries(Some(&maria())).await, 0);
}

pub(super) async fn a_patients_sessions_are_listed_last_used_first(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    for (key, of, purpose) in [
        (1, maria(), Purpose::Portal),
        (2, maria(), Purpose::Portal),
        (3, maria(), Purpose::Device),
        (4, elodie(), Purpose::Portal),
    ] {
        let opened = Session { purpose, ..session(&of, NOW.plus_seconds(60)) };
        db.open_session(practice, &token(key), &opened, &because("session.opened"), NOW).await.unwrap();
    }
    db.touch_session(practice, &token(1), NOW.plus_seconds(30)).await.unwrap();

    let listed = db.sessions_of(practice, &maria(), Purpose::Portal).await.unwrap();

    let tokens: Vec<TokenHash> = listed.iter().map(|(token, _)| *token).collect();
    assert_eq!(tokens, [token(1), token(2)]);
    assert_eq!(listed[0].1.seen, NOW.plus_seconds(30));
    assert_eq!(db.sessions_of(&bed.other, &maria(), Purpose::Portal).await.unwrap(), []);
}

pub(super) async fn ended_sessions_are_swept_a_few_at_a_time(bed: Bed) {
    let (db, practice) = (&bed.database, &bed.practice);
    for key in 1..=40 {
        let brief = session(&maria(), NOW.plus_seconds(1));
        db.open_session(practice, &token(key), &brief, &because("session.opened"), NOW).await.unwrap();
    }
    let later = NOW.plus_seconds(1);
    let counting = "SELECT COUNT(*) FROM portal_session WHERE practice = $1";

    let lasting = session(&maria(), NOW.plus_seconds(9_999));
    db.open_session(practice, &token(50), &lasting, &because("session.opened"), later).await.unwrap();
    assert_eq!(bed.rows_in(counting).await, 40 - 32 + 1);
    db.open_session(practice, &token(51), &lasting, &because("session.opened"), later).await.unwrap();
    assert_eq!(bed.rows_in(counting).await, 2);
}
