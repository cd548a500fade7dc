//! What holds on SQLite alone: how a file is opened, and what its triggers forbid.

use super::bed::{Bed, NOW, active, by_front_desk, elodie, invited, keys, maria};
use crate::{Database, OpenError};
use portal_host::identity::PracticeId;
use portal_host::lent::{Account, Accounts, State};
use std::path::Path;

fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// The whole chain of causes, as an operator would see it.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

async fn refused(url: &str) -> OpenError {
    match Database::open(url, keys().audit()).await {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_file_and_its_folder_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/down/portal.db");
    let database = Database::open(&url(&file), keys().audit()).await.unwrap();
    assert_eq!(database.practices().await.unwrap(), []);
    assert!(file.exists());
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(database.reader()).await.unwrap();
    assert_eq!(mode, "wal");
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let database = Database::open(&url(&file), keys().audit()).await.unwrap();
    crate::seed_sandbox(&database, &super::bed::passwords()).await.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", entry.path().display());
    }
}

#[tokio::test]
async fn every_key_begins_with_the_practice() {
    let bed = Bed::sqlite().await;
    let indexed = "SELECT tables.name, indexes.name, columns.name FROM sqlite_schema AS tables, \
                   pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS columns \
                   WHERE tables.type = 'table' AND columns.seqno = 0 \
                   AND tables.name NOT IN ('_sqlx_migrations', 'host_key', 'practice')";
    let keys: Vec<(String, String, String)> =
        sqlx::query_as(indexed).fetch_all(bed.database.reader()).await.unwrap();
    assert!(keys.len() > 20, "{keys:?}");
    for (table, index, first) in keys {
        // A website's key is how its practice is found.
        let expected = if index == "sqlite_autoindex_website_1" { "host" } else { "practice" };
        assert_eq!(first, expected, "{index} of {table}");
    }
}

#[tokio::test]
async fn what_is_not_a_database_address_is_refused() {
    for url in ["", "portal.db", "sqlite:", "sqlite::memory:", "sqlite:a.db?mode=rwc", "mysql://host/db"] {
        let error = refused(url).await;
        assert!(matches!(error, OpenError::Unsupported(_)), "{error:?}");
        assert!(error.to_string().contains("sqlite:portal.db"), "{error}");
    }
}

#[tokio::test]
async fn a_refused_address_does_not_show_its_password() {
    for url in ["oracle://user:secret@host/db", "user@secret:5432/db", "secret"] {
        let error = refused(url).await;
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
    assert!(refused("oracle://user:secret@host/db").await.to_string().contains("\"oracle\""));
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.db");
    std::fs::write(&garbage, "no database at all, and long enough to be read as one. ".repeat(99)).unwrap();

    for path in [folder.path(), garbage.as_path()] {
        let error = refused(&url(path)).await;
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert!(told(&error).len() > error.to_string().len(), "{error}");
    }
    let beneath = refused(&url(&garbage.join("portal.db"))).await;
    assert!(matches!(beneath, OpenError::Folder { .. }), "{beneath:?}");
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let database = Database::open(&url(&file), keys().audit()).await.unwrap();
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'later', TRUE, x'00', 0)";
    let mut transaction = database.write(&PracticeId::new("none")).await.unwrap();
    sqlx::query(later).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    database.shut_down().await;

    let error = refused(&url(&file)).await;
    assert!(matches!(error, OpenError::LaterVersion { .. }), "{error:?}");
}

#[tokio::test]
async fn reopening_keeps_everything_and_migrates_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let applied = "SELECT COUNT(*) FROM _sqlx_migrations";
    let first = Database::open(&url(&file), keys().audit()).await.unwrap();
    let practice = crate::seed_sandbox(&first, &super::bed::passwords()).await.unwrap();
    first.note(&practice, &by_front_desk(&maria(), "test.noted"), NOW).await.unwrap();
    let before: i64 = sqlx::query_scalar(applied).fetch_one(first.reader()).await.unwrap();
    first.shut_down().await;
    first.practices().await.unwrap_err();

    let second = Database::open(&url(&file), keys().audit()).await.unwrap();

    let after: i64 = sqlx::query_scalar(applied).fetch_one(second.reader()).await.unwrap();
    assert_eq!((before, after), (14, 14));
    assert_eq!(second.history(&practice, &maria(), None, 9).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let one = Database::open(&url(&file), keys().audit()).await.unwrap();
    let practice = crate::seed_sandbox(&one, &super::bed::passwords()).await.unwrap();
    let other = Database::open(&url(&file), keys().audit()).await.unwrap();

    let writers = [one, other].map(|database| {
        let practice = practice.clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                database.note(&practice, &by_front_desk(&maria(), "test.noted"), NOW).await.unwrap();
            }
            database
        })
    });
    for writer in writers {
        let database = writer.await.unwrap();
        database.history(&practice, &maria(), None, 1).await.unwrap();
    }
    let third = Database::open(&url(&file), keys().audit()).await.unwrap();
    assert_eq!(third.history(&practice, &maria(), None, 999).await.unwrap().len(), 100);
}

#[tokio::test]
async fn the_audit_trail_is_append_only() {
    let bed = Bed::sqlite().await;
    bed.database.note(&bed.practice, &by_front_desk(&maria(), "test.noted"), NOW).await.unwrap();

    bed.database.checkpoint(&bed.practice, NOW).await.unwrap();

    for sql in [
        "UPDATE audit_entry SET action = 'nothing.happened'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET length = 0",
        "UPDATE audit_head SET length = length + 2",
        "UPDATE audit_head SET chain = 'x'",
        "UPDATE audit_checkpoint SET at = 0",
        "DELETE FROM audit_checkpoint",
        "INSERT OR REPLACE INTO audit_checkpoint SELECT * FROM audit_checkpoint",
        "UPDATE audit_checkpoint_head SET length = 0",
        "DELETE FROM audit_checkpoint_head",
        "INSERT OR REPLACE INTO audit_checkpoint_head SELECT * FROM audit_checkpoint_head",
    ] {
        let mut transaction = bed.database.write(&bed.practice).await.unwrap();
        let error = sqlx::query(sql).execute(&mut *transaction).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
    assert_eq!(bed.entries(Some(&maria())).await, 1);
}

/// No page more than there are: what a disk that is full comes to.
async fn fill_the_disk(bed: &Bed, full: bool) {
    let mut connection = bed.database.write(&bed.practice).await.unwrap();
    sqlx::query("COMMIT").execute(&mut *connection).await.unwrap();
    let most = if full { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 1000000" };
    sqlx::query(most).execute(&mut *connection).await.unwrap();
    sqlx::query("BEGIN").execute(&mut *connection).await.unwrap();
    connection.rollback().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_is_half_done_and_with_room_again_it_goes_on() {
    let bed = Bed::sqlite().await;
    let note = async || bed.database.note(&bed.practice, &by_front_desk(&maria(), "test.noted"), NOW).await;
    note().await.unwrap();
    fill_the_disk(&bed, true).await;

    let mut written = 1;
    let refused = loop {
        match note().await {
            // There is some room left in the last pages.
            Ok(()) => written += 1,
            Err(refused) => break refused,
        }
        assert!(written < 10_000, "the disk is not full");
    };
    assert!(told(&refused).contains("full"), "{}", told(&refused));
    assert_eq!(
        bed.entries(Some(&maria())).await,
        written,
        "what was refused is there, or what was not is gone"
    );

    fill_the_disk(&bed, false).await;
    note().await.unwrap();
    assert_eq!(bed.entries(Some(&maria())).await, written + 1);
    bed.database.verify_audit(&bed.practice, None, |_| {}).await.unwrap();
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let bed = Bed::sqlite().await;
    let refused = sqlx::query("DELETE FROM website").execute(bed.database.reader()).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
}

/// A Portal ID that was issued, replaced, used or has run out is nowhere in the files, in whatever form
/// it was handed to the store.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wiped_leaves_nothing_in_the_files() {
    let bed = Bed::sqlite().await;
    let sealed = |account: &Account| match &account.state {
        State::Invited(invitation) => invitation.portal_id.clone(),
        State::Lapsed(_) | State::Active(_) | State::Off(_) => panic!("not invited"),
    };
    let because = by_front_desk(&maria(), "test.saved");
    let (first, second) = (invited(&maria(), "735291", 0), invited(&maria(), "904617", 1));
    let other = Account { patient: elodie(), ..invited(&elodie(), "551908", 0) };
    for account in [&first, &second, &other] {
        bed.database.save(&bed.practice, account, &because, &[], NOW).await.unwrap();
    }
    let kept = [sealed(&second), sealed(&other)];
    let held = bytes(&bed).await;
    assert!(kept.iter().all(|id| is_in(&held, &id.ciphertext) && is_in(&held, &id.look_up.0)));
    assert!(!is_in(&held, &sealed(&first).ciphertext));

    let used = active(&maria(), "maria84", 2);
    bed.database.save(&bed.practice, &used, &because, &[], NOW).await.unwrap();
    bed.database.lapse_expired(&bed.practice, NOW.plus_seconds(30 * 86_400)).await.unwrap();

    let wiped = bytes(&bed).await;
    for id in &kept {
        assert!(!is_in(&wiped, &id.ciphertext) && !is_in(&wiped, &id.look_up.0));
    }
    for digits in ["735291", "904617", "551908"] {
        assert!(!is_in(&held, digits.as_bytes()) && !is_in(&wiped, digits.as_bytes()), "{digits}");
    }
}

/// Everything in the database's files, once the write-ahead log has been put into the main file.
async fn bytes(bed: &Bed) -> Vec<u8> {
    let mut connection = bed.database.write(&bed.practice).await.unwrap();
    sqlx::query("COMMIT").execute(&mut *connection).await.unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *connection).await.unwrap();
    sqlx::query("BEGIN").execute(&mut *connection).await.unwrap();
    connection.rollback().await.unwrap();
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(bed.file().parent().unwrap()).unwrap() {
        let file = file.unwrap().path();
        if !file.to_string_lossy().ends_with("-shm") {
            bytes.extend(std::fs::read(file).unwrap());
        }
    }
    bytes
}

fn is_in(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}
