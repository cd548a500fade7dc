//! Staff sessions, by the SHA-256 of their token, and the one notice a session may carry to its
//! next page.

use crate::audit::{By, write_staff_event};
use crate::columns::{seconds, timestamp};
use crate::database::Database;
use crate::driver::{rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, StaffId, Timestamp};
use portal_host::tab::{Notice, Tone};

statements! {
    OPEN = "INSERT INTO staff_session (practice, token_hash, staff, opened, seen, ends) \
        VALUES ($1, $2, $3, $4, $4, $5)";
    FIND = "SELECT staff_session.staff, staff.name, staff_session.opened, staff_session.seen, \
        staff_session.ends FROM staff_session JOIN staff ON staff.practice = staff_session.practice \
        AND staff.id = staff_session.staff \
        WHERE staff_session.practice = $1 AND staff_session.token_hash = $2 AND staff_session.ends > $3";
    TOUCH = "UPDATE staff_session SET seen = $3 \
        WHERE practice = $1 AND token_hash = $2 AND seen < $3";
    CLOSE = "DELETE FROM staff_session WHERE practice = $1 AND token_hash = $2 RETURNING staff";
    SWEEP = "DELETE FROM staff_session WHERE practice = $1 AND token_hash IN (\
        SELECT token_hash FROM staff_session WHERE practice = $1 AND ends <= $2 ORDER BY ends LIMIT 32)";
    // A session that ended meanwhile gets no notice.
    LEAVE_NOTICE = "INSERT INTO staff_notice (practice, token_hash, tone, text) \
        SELECT practice, token_hash, $3, $4 FROM staff_session WHERE practice = $1 AND token_hash = $2 \
        ON CONFLICT (practice, token_hash) DO UPDATE SET tone = $3, text = $4";
    HAS_NOTICE = "SELECT COUNT(*) FROM staff_notice WHERE practice = $1 AND token_hash = $2";
    TAKE_NOTICE = "DELETE FROM staff_notice WHERE practice = $1 AND token_hash = $2 RETURNING tone, text";
}

/// A staff user's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// Whose it is.
    pub staff: StaffId,
    /// As shown on the screen.
    pub name: String,
    /// When it was opened.
    pub opened: Timestamp,
    /// The last request made with it.
    pub seen: Timestamp,
    /// It is not found from this moment on.
    pub ends: Timestamp,
}

impl Database {
    /// Opens a session for `staff` and puts the sign-in on record.
    ///
    /// # Errors
    /// When the database does not answer, or has the token already.
    pub async fn open_staff_session(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        staff: &By,
        at: Timestamp,
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        statement(SWEEP).bind(practice.as_str()).bind(seconds(at)).execute(&mut *transaction).await?;
        statement(OPEN)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .bind(staff.staff.as_str())
            .bind(seconds(at))
            .bind(seconds(ends))
            .execute(&mut *transaction)
            .await?;
        write_staff_event(&mut transaction, practice, staff, "staff.signed-in", None, at).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The session with this token that has not ended by `at`, or none. When it was last used is
    /// in [`StaffSession::seen`]: how long may pass is for the caller to say.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_session(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<StaffSession>, StoreError> {
        let row: Option<(String, String, i64, i64, i64)> = rows(FIND)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .bind(seconds(at))
            .fetch_optional(self.reader())
            .await?;
        Ok(row.map(|(staff, name, opened, seen, ends)| StaffSession {
            staff: StaffId::new(staff),
            name,
            opened: timestamp(opened),
            seen: timestamp(seen),
            ends: timestamp(ends),
        }))
    }

    /// Moves `seen` forward, never back; an unknown session is left alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn touch_staff_session(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        seen: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        statement(TOUCH)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .bind(seconds(seen))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends a session from `address` and puts the sign-out on record. Closing an unknown one writes nothing and
    /// succeeds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn close_staff_session(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        address: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        let staff: Option<String> = scalar(CLOSE)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .fetch_optional(&mut *transaction)
            .await?;
        if let Some(staff) = staff {
            let by = By { staff: StaffId::new(staff), address: address.map(str::to_owned) };
            write_staff_event(&mut transaction, practice, &by, "staff.signed-out", None, at).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Leaves a notice for the session's next page, in place of one not taken yet. A session that
    /// is unknown gets none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn leave_notice(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
        notice: &Notice,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        statement(LEAVE_NOTICE)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .bind(tone_column(notice.tone))
            .bind(notice.text.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes the session's notice, if one was left. Of several callers one gets it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_notice(
        &self,
        practice: &PracticeId,
        token_hash: &[u8; 32],
    ) -> Result<Option<Notice>, StoreError> {
        // Asked for on every page and hardly ever there: look before queueing up to write.
        let left: i64 = scalar(HAS_NOTICE)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .fetch_one(self.reader())
            .await?;
        if left == 0 {
            return Ok(None);
        }
        let mut transaction = self.write(practice).await?;
        let taken: Option<(String, String)> = rows(TAKE_NOTICE)
            .bind(practice.as_str())
            .bind(token_hash.as_slice())
            .fetch_optional(&mut *transaction)
            .await?;
        transaction.commit().await?;
        taken.map(|(tone, text)| Ok(Notice { tone: tone_from_column(&tone)?, text })).transpose()
    }
}

fn tone_column(tone: Tone) -> &'static str {
    match tone {
        Tone::Info => "info",
        Tone::Success => "success",
        Tone::Warning => "warning",
        Tone::Danger => "danger",
    }
}

fn tone_from_column(tone: &str) -> Result<Tone, StoreError> {
    match tone {
        "info" => Ok(Tone::Info),
        "success" => Ok(Tone::Success),
        "warning" => Ok(Tone::Warning),
        "danger" => Ok(Tone::Danger),
        _ => Err(StoreError::Unreadable { table: "staff_notice", column: "tone" }),
    }
}
