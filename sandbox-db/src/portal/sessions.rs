//! Patients' sessions, by the SHA-256 of their token, each opened and closed together with the
//! event that says so.

use crate::audit::write_event;
use crate::columns::{count, seconds, timestamp, whole};
use crate::database::Database;
use crate::driver::{Connection, rows, statement, statements};
use crate::store_error::{StoreError, undone_no_more};
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{Event, Purpose, Session, Sessions, TokenHash, Unavailable};

statements! {
    OPEN = "INSERT INTO portal_session \
        (practice, token_hash, patient, purpose, opened, seen, ends, account_revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT patient, purpose, opened, seen, ends, account_revision FROM portal_session \
        WHERE practice = $1 AND token_hash = $2";
    OF_PATIENT = "SELECT token_hash, patient, purpose, opened, seen, ends, account_revision \
        FROM portal_session WHERE practice = $1 AND patient = $2 AND purpose = $3 \
        ORDER BY seen DESC, token_hash LIMIT 64";
    TOUCH = "UPDATE portal_session SET seen = $3 WHERE practice = $1 AND token_hash = $2 AND seen < $3";
    CLOSE = "DELETE FROM portal_session WHERE practice = $1 AND token_hash = $2";
    // Ended ones go as new ones come, a few at a time, so that no one request pays for all of them.
    SWEEP = "DELETE FROM portal_session WHERE practice = $1 AND token_hash IN (\
        SELECT token_hash FROM portal_session WHERE practice = $1 AND ends <= $2 ORDER BY ends LIMIT 32)";
}

#[async_trait::async_trait]
impl Sessions for Database {
    async fn open_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        Ok(undone_no_more!(open(self, practice, token, session, because, at))?)
    }

    async fn find_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
    ) -> Result<Option<Session>, Unavailable> {
        let row: Option<SessionRow> = rows(FIND)
            .bind(practice.as_str())
            .bind(token.0.as_slice())
            .fetch_optional(self.reader())
            .await
            .map_err(StoreError::from)?;
        Ok(row.map(SessionRow::session).transpose()?)
    }

    async fn sessions_of(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
        let stored: Vec<KeptRow> = rows(OF_PATIENT)
            .bind(practice.as_str())
            .bind(patient.as_str())
            .bind(purpose_column(purpose))
            .fetch_all(self.reader())
            .await
            .map_err(StoreError::from)?;
        Ok(stored.into_iter().map(KeptRow::kept).collect::<Result<_, _>>()?)
    }

    async fn touch_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        seen: Timestamp,
    ) -> Result<(), Unavailable> {
        Ok(touch(self, practice, token, seen).await?)
    }

    async fn close_session(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        Ok(close(self, practice, token, because, at).await?)
    }
}

async fn open(
    database: &Database,
    practice: &PracticeId,
    token: &TokenHash,
    session: &Session,
    because: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = database.write(practice).await?;
    statement(SWEEP).bind(practice.as_str()).bind(seconds(at)).execute(&mut *transaction).await?;
    insert_session(&mut transaction, practice, token, session).await?;
    write_event(&mut transaction, practice, because, at).await?;
    transaction.commit().await?;
    Ok(())
}

/// Stores a session, as part of what is being written.
pub(crate) async fn insert_session(
    connection: &mut Connection,
    practice: &PracticeId,
    token: &TokenHash,
    session: &Session,
) -> Result<(), sqlx::Error> {
    statement(OPEN)
        .bind(practice.as_str())
        .bind(token.0.as_slice())
        .bind(session.patient.as_str())
        .bind(purpose_column(session.purpose))
        .bind(seconds(session.opened))
        .bind(seconds(session.seen))
        .bind(seconds(session.ends))
        .bind(whole(session.account_revision))
        .execute(connection)
        .await?;
    Ok(())
}

async fn touch(
    database: &Database,
    practice: &PracticeId,
    token: &TokenHash,
    seen: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = database.write(practice).await?;
    statement(TOUCH)
        .bind(practice.as_str())
        .bind(token.0.as_slice())
        .bind(seconds(seen))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn close(
    database: &Database,
    practice: &PracticeId,
    token: &TokenHash,
    because: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = database.write(practice).await?;
    let closed =
        statement(CLOSE).bind(practice.as_str()).bind(token.0.as_slice()).execute(&mut *transaction).await?;
    if closed.rows_affected() > 0 {
        write_event(&mut transaction, practice, because, at).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn purpose_column(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Activation => "activation",
        Purpose::Portal => "portal",
        Purpose::Sheet => "sheet",
        Purpose::Device => "device",
    }
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    token_hash: Vec<u8>,
    #[sqlx(flatten)]
    session: SessionRow,
}

impl KeptRow {
    fn kept(self) -> Result<(TokenHash, Session), StoreError> {
        let unreadable = StoreError::Unreadable { table: "portal_session", column: "token_hash" };
        let token = self.token_hash.try_into().map(TokenHash).map_err(|_| unreadable)?;
        Ok((token, self.session.session()?))
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    patient: String,
    purpose: String,
    opened: i64,
    seen: i64,
    ends: i64,
    account_revision: i64,
}

impl SessionRow {
    fn session(self) -> Result<Session, StoreError> {
        let purpose = match self.purpose.as_str() {
            "activation" => Purpose::Activation,
            "portal" => Purpose::Portal,
            "sheet" => Purpose::Sheet,
            "device" => Purpose::Device,
            _ => return Err(StoreError::Unreadable { table: "portal_session", column: "purpose" }),
        };
        Ok(Session {
            patient: PatientId::new(self.patient),
            purpose,
            opened: timestamp(self.opened),
            seen: timestamp(self.seen),
            ends: timestamp(self.ends),
            account_revision: count(self.account_revision),
        })
    }
}
